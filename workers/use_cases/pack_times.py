"""The pack's handling times: percentiles against the limit, and the time of every unit and step."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.percentiles import DEFINITION, percentiles
from workers.reports.pack import Chart, Head, Section, Series, Table
from workers.use_cases.audit_steps import UnitTime
from workers.use_cases.calc_due import limit_in_words
from workers.use_cases.dimensions import NONE, Breakdown

if TYPE_CHECKING:
    from workers.reports.pack import Cell
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope, Times, Unit

_DRAWN: Final = 12
_TENTH: Final = Decimal("0.1")
_WORDS: Final[dict[Unit, str]] = {"days": "ngày làm việc", "minutes": "giờ làm việc"}
_PARTS: Final = tuple(Head(f"{name} trên thời gian cho phép", 12, "right") for name in ("p50", "p90", "p95"))
_TIMES: Final = (
    *(Head("Mã thủ tục", 16), Head("Thủ tục", 50), Head("Thời hạn hiện hành", 18)),
    *(Head("Đơn vị tính", 14), Head("Số hồ sơ", 9, "right")),
    *(Head(name, 8, "right") for name in ("p50", "p90", "p95")),
    *_PARTS,
    Head("Giới hạn", 10, "right"),
)
_STEPS: Final = (
    *(Head("Đơn vị", 34), Head("Thủ tục", 18), Head("Bước", 30), Head("Số lượt", 9, "right")),
    *(Head("Trước hạn", 9, "right"), Head("Đúng hạn", 9, "right"), Head("Trễ", 9, "right")),
    *(Head("Tỷ lệ trễ", 10, "right"), Head("Giờ mỗi lượt", 10, "right"), Head("Tổng số giờ", 11, "right")),
)


def times(work: UnitOfWork, scope: Scope, facts: Facts) -> Section:
    """Return the percentiles by procedure and the time by unit and step (clause 9.1.1)."""
    return Section(
        title="Thời gian giải quyết",
        clause="9.1.1",
        says=(
            (
                "Thời gian từ tiếp nhận đến khi có kết quả, kể cả lúc chờ, tạm dừng; thời gian cho phép "
                "tính đến hạn "
                "theo luật, cũng kể cả những lúc ấy. Hạn theo ngày đếm ngày làm việc sau ngày tiếp nhận; "
                "hạn theo giờ "
                "đếm giờ làm việc. Không đổi đơn vị này sang đơn vị kia."
            ),
            DEFINITION,
        ),
        tables=(_percentiles(scope, facts), *_steps(work, scope)),
    )


def _percentiles(scope: Scope, facts: Facts) -> Table:
    # Those with a part of the limit to be drawn first, of them the ones with most dossiers.
    found = sorted(
        facts.times.items(), key=lambda item: (not item[1].shares, -item[1].taken.total(), item[0])
    )
    rows = [row for key, each in found if (row := _row(scope, key, each)) is not None]
    series = (
        *(Series("p50", 8, "bars"), Series("p90", 9, "hatched"), Series("p95", 10, "dark")),
        Series("Giới hạn (100 %)", 11, "limit"),
    )
    last = min(sum(bool(each.shares) for _, each in found), _DRAWN) - 1
    title = "Phần thời gian cho phép đã dùng, các thủ tục nhiều hồ sơ nhất"
    return Table(
        code="bach-phan-vi",
        sheet="Bách phân vị",
        title="Bách phân vị theo thủ tục, hồ sơ có kết quả trong kỳ",
        heads=_TIMES,
        rows=(*rows, *_whole(facts)),
        charts=(Chart(title=title, series=series, first=0, last=last),) if last >= 0 else (),
        total=last >= 0,
        notes=("Hồ sơ phải trả ngay trong ngày không có phần thời gian để so.",),
    )


def _row(scope: Scope, key: tuple[str, Unit], each: Times) -> tuple[Cell, ...] | None:
    (procedure, unit), taken, parts = key, percentiles(each.taken), percentiles(each.shares)
    if taken is None:
        return None
    versions = scope.office.sla.procedures.get(procedure, ())
    return (
        *(procedure, versions[-1].name if versions else NONE),
        *(limit_in_words(versions[-1].limit, "vi") if versions else "", _WORDS[unit], taken.number),
        *(_time(int(value), unit) for value in (taken.p50, taken.p90, taken.p95)),
        *((None, None, None) if parts is None else (parts.p50, parts.p90, parts.p95)),
        Fraction(1),
    )


def _time(value: int, unit: Unit) -> Cell:
    return value if unit == "days" else (Decimal(value) / 60).quantize(_TENTH, ROUND_HALF_UP)


def _whole(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    shares = sum((each.shares for each in facts.times.values()), Counter[Fraction]())
    parts, number = percentiles(shares), sum(each.taken.total() for each in facts.times.values())
    if parts is None:
        return ()
    return (
        ("", "Toàn cơ quan", "", "", number, None, None, None, parts.p50, parts.p90, parts.p95, Fraction(1)),
    )


def _steps(work: UnitOfWork, scope: Scope) -> tuple[Table, Table]:
    units: dict[tuple[str, str, str], UnitTime] = defaultdict(UnitTime)
    steps: dict[tuple[str, str, str], UnitTime] = defaultdict(UnitTime)
    procedures = dict(work.steps.procedures(scope.begin, scope.end))
    for code, run in work.steps.between(scope.begin, scope.end):
        units[run.unit, "", ""].add(run)
        steps[run.unit, procedures.get(code, ""), run.step].add(run)
    note = "Lượt ở đơn vị kết thúc trong kỳ, theo những gì đang ghi; giờ làm việc, trừ lúc tạm dừng."
    return (
        Table(
            code="thoi-gian-don-vi",
            sheet="Thời gian đơn vị",
            title="Thời gian ở từng đơn vị",
            heads=tuple(head for head in _STEPS if head.text not in ("Thủ tục", "Bước")),
            rows=tuple((row[0], *row[3:]) for row in _stays(scope, units)),
            notes=(note,),
        ),
        Table(
            code="thoi-gian-buoc",
            sheet="Thời gian bước",
            title="Thời gian từng bước",
            heads=_STEPS,
            rows=tuple(_stays(scope, steps)),
            notes=(note,),
        ),
    )


def _stays(scope: Scope, found: dict[tuple[str, str, str], UnitTime]) -> list[tuple[Cell, ...]]:
    units, steps = Breakdown(("unit",), scope.office), Breakdown(("step",), scope.office)
    rows: list[tuple[Cell, ...]] = []
    for (unit, procedure, step), time in sorted(found.items()):
        name = steps.label((f"{procedure}:{step}",)).rpartition(" (")[0] if step else "ngoài quy trình"
        timed = sum(time.timings[timing] for timing in ("early", "on_time", "late"))
        hours = Decimal(time.worked) / 3600
        rows.append(
            (
                *(units.label((unit,)), procedure, name, time.stays),
                *(time.timings[timing] for timing in ("early", "on_time", "late")),
                Fraction(time.timings["late"], timed) if timed else None,
                *(
                    (hours / time.stays).quantize(_TENTH, ROUND_HALF_UP),
                    hours.quantize(_TENTH, ROUND_HALF_UP),
                ),
            )
        )
    return rows

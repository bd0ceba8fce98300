"""The pack's scoring by Circular 01/2018: per dossier, officer and unit, as far as it can be measured."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.handling_score import LEFT_OUT, MEASURED, Score, contact_points, time_points
from workers.reports.pack import Head, Section, Table
from workers.use_cases.causes import counts_in
from workers.use_cases.dimensions import NONE, Breakdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from fractions import Fraction

    from workers.reports.pack import Cell
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope

_LONG_AGO: Final = datetime(1900, 1, 1, tzinfo=UTC)
_INDICES: Final = tuple(MEASURED)
_HEADS: Final = (
    *(Head("Mã", 24), Head("Tên", 40), Head("Số hồ sơ", 11, "right")),
    *(Head(f"Chỉ số {number}", 11, "right") for number in _INDICES),
    Head("Tổng các chỉ số đo được", 14, "right"),
)
SAYS: Final = (
    (
        "Thông tư 01/2018/TT-VPCP Điều 13–15: mỗi chỉ số 0, 1 hoặc 2 điểm một hồ sơ; điểm của chỉ số là "
        "trung bình, "
        "làm tròn một chữ số. Hồ sơ có kết quả trong kỳ và có thời hạn."
    ),
    "Đo được: " + "; ".join(f"({number}) {name}" for number, name in MEASURED.items()) + ".",
    "Không đo được, để ngoài: " + "; ".join(f"({number}) {why}" for number, why in LEFT_OUT.items()) + ".",
    (
        "Chỉ số 2 của hồ sơ: theo lượt chậm nhất có kế hoạch; của đơn vị: mọi lượt ở đơn vị đó kết thúc "
        "trong kỳ. Chỉ số 3: "
        "số lần yêu cầu bổ sung; lỗi của ai không ghi nên tính cả. Vì còn chỉ số để ngoài nên không xếp loại."
    ),
)


class Points(NamedTuple):
    """Hold the points of one dossier by index, None where it was not measured."""

    code: str
    unit: str
    officer: str
    points: tuple[int | None, int | None, int | None]


def scores(work: UnitOfWork, scope: Scope, facts: Facts, *, tell: Callable[[Points], None]) -> Section:
    """Return the scores of units and officers (clause 9.1.3); `tell` is given those of every dossier."""
    worst, stays = _stays(work, scope)
    asked = _requests(work, scope)
    units: dict[str, list[Score]] = defaultdict(_none)
    officers: dict[str, list[Score]] = defaultdict(_none)
    handled: Counter[str] = Counter()
    for each in _points(facts, worst, asked):
        tell(each)
        for kept in (units[each.unit], officers[each.officer]):
            kept[:] = [score.plus(points) for score, points in zip(kept, each.points, strict=True)]
        handled.update((f"unit {each.unit}", f"officer {each.officer}"))
    for unit, score in stays.items():
        units[unit][1] = score
    names = Breakdown(("unit",), scope.office)
    return Section(
        title="Chấm điểm theo Thông tư 01/2018/TT-VPCP",
        clause="9.1.3",
        says=SAYS,
        tables=(
            _table(
                "cham-diem-don-vi",
                "Điểm đơn vị",
                "Theo đơn vị; từng hồ sơ: cham-diem-ho-so.csv",
                (
                    (unit, names.label((unit,)), handled[f"unit {unit}"], units[unit])
                    for unit in sorted(units)
                ),
            ),
            _table(
                "cham-diem-can-bo",
                "Điểm cán bộ",
                "Theo người thụ lý",
                (
                    (officer or NONE, "", handled[f"officer {officer}"], officers[officer])
                    for officer in sorted(officers)
                ),
            ),
        ),
    )


def _none() -> list[Score]:
    return [Score() for _ in _INDICES]


def _points(facts: Facts, worst: dict[str, int], asked: Counter[str]) -> Iterable[Points]:
    for code, unit, officer, timing in facts.timed:
        points = (time_points(timing), worst.get(code), contact_points(asked[code]))
        yield Points(code, unit, officer, points)


def _stays(work: UnitOfWork, scope: Scope) -> tuple[dict[str, int], dict[str, Score]]:
    """Return the points of the slowest stay of every dossier, and the scores of the stays of every unit."""
    worst: dict[str, int] = {}
    units: dict[str, Score] = defaultdict(Score)
    for code, run in work.steps.between(scope.months[0].begin, scope.end):
        points = None if run.planned is None else time_points(run.timing)
        if points is None:
            continue
        worst[code] = min(points, worst.get(code, points))
        if run.left_at >= scope.begin:
            units[run.unit] = units[run.unit].plus(points)
    return worst, units


def _requests(work: UnitOfWork, scope: Scope) -> Counter[str]:
    until = min(scope.end, scope.frame.until)
    asked = work.events.happened(("supplement_requested",), begin=_LONG_AGO, until=until)
    return Counter(entry.code for entry in asked if counts_in(entry, scope.frame))


def _table(code: str, sheet: str, title: str, rows: Iterable[tuple[str, str, int, list[Score]]]) -> Table:
    return Table(code=code, sheet=sheet, title=title, heads=_HEADS, rows=tuple(_row(*row) for row in rows))


def _row(code: str, name: str, number: int, found: list[Score]) -> tuple[Cell, ...]:
    means = [score.mean for score in found]
    known = [mean for mean in means if mean is not None]
    return (code, name, number, *map(_shown, means), _shown(sum(known)) if known else None)


def _shown(mean: Fraction | int | None) -> Cell:
    return None if mean is None else (Decimal(int(mean * 10)) / 10)

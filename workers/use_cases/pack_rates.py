"""The pack's objectives, its counts by unit and its trend by month."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.on_time_rate import DEFINITIONS, Counts, rates
from workers.reports.on_time_table import AGAINST, RATE_HEADS, STANDS
from workers.reports.pack import Chart, Head, Section, Series, Table
from workers.use_cases.dimensions import Breakdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.sla_targets import Target
    from domain.on_time_rate import Rate
    from workers.reports.pack import Cell
    from workers.use_cases.pack_facts import Facts, Scope

_COUNTED: Final = ("early", "on_time", "late", "pending_in_time", "waiting", "pending_overdue")
_ASIDE: Final = ("resolved_no_limit", "pending_no_limit", "withdrawn")
_OBJECTIVES: Final = (
    *(Head("Mục tiêu", 34), Head("Phạm vi", 24), Head("Công thức", 46)),
    *(Head("Chỉ tiêu ít nhất", 11, "right"), Head("Tử số", 10, "right"), Head("Mẫu số", 10, "right")),
    *(Head("Kết quả", 11, "right"), Head("Đánh giá", 14, "center")),
)
_UNITS: Final = (
    *(Head("Đơn vị", 34), Head("Tiếp nhận", 10, "right"), Head("Trước hạn", 9, "right")),
    *(
        Head("Đúng hạn", 9, "right"),
        Head("Trễ hạn", 9, "right"),
        Head("Đang giải quyết, trong hạn", 11, "right"),
    ),
    *(Head("Chờ, tạm dừng", 9, "right"), Head("Đang quá hạn", 9, "right")),
    *(
        Head("Không hạn, đã xong", 10, "right"),
        Head("Không hạn, đang làm", 10, "right"),
        Head("Rút", 7, "right"),
    ),
    *(Head(RATE_HEADS[name], 12, "right") for name in DEFINITIONS),
    Head("Tỷ lệ trễ", 10, "right"),
)
_MONTHS: Final = (
    *(Head("Tháng", 10, "center"), Head("Tiếp nhận", 11, "right"), Head("Đã giải quyết", 11, "right")),
    *(Head("Trước hạn", 11, "right"), Head("Đúng hạn", 11, "right"), Head("Trễ hạn", 11, "right")),
    *(Head("Không quy định thời hạn", 12, "right"), Head("Tỷ lệ đúng hạn", 12, "right")),
    *(Head("Tỷ lệ trễ", 12, "right"), Head("Trễ nhiều nhất theo mục tiêu", 14, "right")),
)


def objectives(scope: Scope, facts: Facts) -> Section:
    """Return the quality objectives with formula, target and result (clause 6.2)."""
    targets = scope.office.sla.targets.values()
    rows = tuple(_objective(target, scope, facts) for target in targets)
    none = "Cấu hình chưa có mục tiêu chất lượng nào: hãy ghi vào sla/quality.toml."
    return Section(
        title="Mục tiêu chất lượng",
        clause="6.2",
        says=(
            (
                "Tử số, mẫu số là số hồ sơ của kỳ; tỷ lệ so với chỉ tiêu khi chưa làm tròn; "
                "không có mẫu số thì không có tỷ lệ."
            ),
            *(() if rows else (none,)),
        ),
        tables=(
            Table(
                code="muc-tieu", sheet="Mục tiêu", title="Chỉ tiêu và kết quả", heads=_OBJECTIVES, rows=rows
            ),
        ),
    )


def _objective(target: Target, scope: Scope, facts: Facts) -> tuple[Cell, ...]:
    counts = facts.total if target.unit is None else facts.units.get(target.unit, Counts())
    found = next(rate for rate in rates(counts) if rate.name == target.rate)
    least = Fraction(target.at_least) / 100
    where = (
        "Toàn cơ quan" if target.unit is None else Breakdown(("unit",), scope.office).label((target.unit,))
    )
    formula = f"{RATE_HEADS[target.rate]}: {found.vi}"
    return (
        *(target.name, where, formula, least, found.numerator, found.denominator, found.value),
        _judged(found, least),
    )


def _judged(rate: Rate, least: Fraction) -> str:
    if rate.value is None:
        return "không có số liệu"
    return "ĐẠT" if rate.value >= least else "KHÔNG ĐẠT"


def by_unit(scope: Scope, facts: Facts) -> Section:
    """Return the counts and the three rates of every unit, and the trend by month (clause 9.1)."""
    labels = Breakdown(("unit",), scope.office)
    rows = [
        _unit(labels.label((unit,)), counts) for unit, counts in facts.units.items() if counts != Counts()
    ]
    rows.append(_unit("Toàn cơ quan", facts.total))
    says = (AGAINST["law"], *STANDS, *(f"{RATE_HEADS[name]}: {vi}." for name, (vi, _) in DEFINITIONS.items()))
    return Section(
        title="Kết quả giải quyết và xu hướng",
        clause="9.1.1, 9.1.3",
        says=says,
        tables=(
            Table(
                code="don-vi",
                sheet="Đơn vị",
                title="Theo đơn vị, trong kỳ",
                heads=_UNITS,
                rows=tuple(rows),
                total=True,
            ),
            _trend(scope, facts),
        ),
    )


def _unit(name: str, counts: Counts) -> tuple[Cell, ...]:
    late = Fraction(counts.late, counts.resolved) if counts.resolved else None
    counted = (getattr(counts, field) for field in (*_COUNTED, *_ASIDE))
    return (name, counts.received, *counted, *(rate.value for rate in rates(counts)), late)


def _trend(scope: Scope, facts: Facts) -> Table:
    target = next(
        (
            each
            for each in scope.office.sla.targets.values()
            if each.unit is None and each.rate == "rate_resolved"
        ),
        None,
    )
    most = None if target is None else 1 - Fraction(target.at_least) / 100
    rows = tuple(_month(place, scope, facts, most) for place in range(len(scope.months)))
    series = [Series("Tỷ lệ trễ", 8, "bars")]
    if most is not None:
        series.append(Series("Trễ nhiều nhất theo mục tiêu", 9, "limit"))
    chart = Chart(title="Tỷ lệ trễ theo tháng có kết quả", series=tuple(series), first=0, last=len(rows) - 1)
    return Table(
        code="theo-thang",
        sheet="Theo tháng",
        title="Xu hướng theo tháng, cả các tháng trước kỳ",
        heads=_MONTHS,
        rows=rows,
        charts=(chart,),
        notes=(
            (
                "Tiếp nhận: tháng tiếp nhận. Các cột còn lại: tháng có kết quả, xét lúc kết thúc kỳ. "
                "Tỷ lệ trên số đã giải quyết có thời hạn."
            ),
        ),
    )


def _month(place: int, scope: Scope, facts: Facts, most: Fraction | None) -> tuple[Cell, ...]:
    stands = ("early", "on_time", "late", "resolved_no_limit")
    early, on_time, late, no_limit = (
        sum(number for (month, _, found), number in facts.results.items() if (month, found) == (place, stand))
        for stand in stands
    )
    timed = early + on_time + late
    share = Fraction(late, timed) if timed else None
    return (
        *(scope.months[place].name, facts.received[place], timed, early, on_time, late, no_limit),
        *(None if share is None else 1 - share, share, most),
    )


def late_of_units(facts: Facts) -> Iterator[tuple[str, int, int]]:
    """Yield the units with results in the period: code, late ones, all that were due by a date."""
    for unit, counts in facts.units.items():
        if counts.resolved:
            yield unit, counts.late, counts.resolved

"""The pack's control charts: the late share of the office and of every unit, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.control_chart import ENOUGH, FEWEST, RUN, TREND, Counted, p_chart
from workers.reports.pack import Chart, Head, Section, Series, Table
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.pack_rates import late_of_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from domain.control_chart import Point, Signal
    from domain.tally import Stand
    from workers.reports.pack import Cell
    from workers.use_cases.pack_facts import Facts, Scope

OFFICE: Final = "Toàn cơ quan"
_TIMED: Final[tuple[Stand, ...]] = ("early", "on_time", "late")
_SIGNALS: Final[Mapping[Signal, str]] = {
    "beyond": "1: ngoài giới hạn",
    "run": f"2: {RUN} tháng liền một phía",
    "trend": f"3: {TREND} tháng liền tăng hoặc giảm",
    "two_of_three": "5: 2 trong 3 tháng ngoài 2 lần độ lệch",
}
_SIDES: Final = {"above": "trễ nhiều hơn thường lệ", "below": "trễ ít hơn thường lệ"}
_LINES: Final = (
    Series("Tỷ lệ trễ", 4, "line"),
    Series("Đường giữa", 5, "centre"),
    Series("Giới hạn trên", 7, "limit"),
    Series("Giới hạn dưới", 6, "limit"),
    Series("Điểm báo", 8, "signal"),
)
_HEADS: Final = (
    *(Head("Đơn vị", 34), Head("Tháng", 10, "center"), Head("Đã giải quyết", 11, "right")),
    *(Head("Trễ", 9, "right"), Head("Tỷ lệ trễ", 10, "right"), Head("Đường giữa", 10, "right")),
    *(Head("Giới hạn dưới", 10, "right"), Head("Giới hạn trên", 10, "right")),
    *(Head("Điểm báo", 10, "right"), Head("Dấu hiệu", 44)),
)
SAYS: Final = (
    (
        "Biểu đồ p: tỷ lệ trễ trên số đã giải quyết có thời hạn, theo tháng có kết quả. Đường giữa là tỷ "
        "lệ của mọi "
        "tháng trên biểu đồ cộng lại; giới hạn cách đường giữa 3 lần độ lệch chuẩn, tính riêng cho số hồ "
        "sơ từng tháng."
    ),
    (
        f"Khi số hồ sơ trễ (hoặc không trễ) kỳ vọng dưới {FEWEST}: giới hạn tính đúng theo phân phối nhị "
        "thức, mỗi phía "
        "bị vượt do ngẫu nhiên với xác suất nhiều nhất 0,135 %; xét không làm tròn."
    ),
    (
        f"Quy tắc (số của Nelson 1984): 1 một điểm ngoài giới hạn; 2 {RUN} điểm liền một phía; 3 {TREND} "
        "điểm liền tăng "
        "hoặc giảm; 5 hai trong ba điểm liền ngoài 2 lần độ lệch chuẩn, cùng phía. Quy tắc 2, 3, 5 chỉ "
        "xét các tháng đủ "
        "hồ sơ; không dùng 4, 6, 7, 8: mười hai tháng quá ít, báo động giả nhiều hơn phát hiện."
    ),
    f"Dưới {ENOUGH} điểm, giới hạn là tạm thời. Điểm báo là chỗ cần tìm nguyên nhân, chưa phải kết luận.",
)


def control(scope: Scope, facts: Facts) -> Section:
    """Return the p-charts by month and the comparison of the units (clause 9.1.3)."""
    return Section(
        title="Kiểm soát tỷ lệ trễ",
        clause="9.1.3",
        says=SAYS,
        tables=(_by_month(scope, facts), _between_units(scope, facts)),
    )


def _by_month(scope: Scope, facts: Facts) -> Table:
    labels = Breakdown(("unit",), scope.office)
    units = sorted({unit for (_, unit, stand) in facts.results if stand in _TIMED})
    rows: list[tuple[Cell, ...]] = []
    charts: list[Chart] = []
    for unit in (None, *units):
        name = OFFICE if unit is None else labels.label((unit,))
        first = len(rows)
        rows += _rows(name, _months(scope, facts, units if unit is None else [unit]))
        span = {"first": first, "last": len(rows) - 1, "labels": 1}
        charts.append(Chart(title=f"Biểu đồ p: {name}", series=_LINES, small=unit is not None, **span))
    return Table(
        code="bieu-do-p",
        sheet="Biểu đồ p",
        title="Theo đơn vị và tháng",
        heads=_HEADS,
        rows=tuple(rows),
        charts=tuple(charts) if units else (),
    )


def _months(scope: Scope, facts: Facts, units: Sequence[str]) -> list[Counted]:
    def number(place: int, stands: Iterable[Stand]) -> int:
        return sum(facts.results[place, unit, stand] for unit in units for stand in stands)

    return [
        Counted(month.name, number(place, ("late",)), number(place, _TIMED))
        for place, month in enumerate(scope.months)
    ]


def _rows(name: str, counted: Sequence[Counted]) -> list[tuple[Cell, ...]]:
    chart = p_chart(counted)
    return [(name, *_cells(point, chart.centre)) for point in chart.points]


def _cells(point: Point, centre: Fraction | None) -> tuple[Cell, ...]:
    counted = point.counted
    said = "; ".join(_SIGNALS[signal] for signal in point.signals)
    side = f" ({_SIDES[point.side]})" if point.side else ""
    few = "giới hạn nhị thức" if point.few else ""
    return (
        *(counted.label, counted.number, counted.late, counted.share, centre, point.lower, point.upper),
        *(counted.share if point.signals else None, "; ".join(filter(None, (said + side, few)))),
    )


def _between_units(scope: Scope, facts: Facts) -> Table:
    """Return the units of the period beside each other: their order means nothing, only rule 1 is asked."""
    labels = Breakdown(("unit",), scope.office)
    chart = p_chart([Counted(unit, late, number) for unit, late, number in late_of_units(facts)])
    rows = []
    for point in chart.points:
        alone = point._replace(signals=tuple(signal for signal in point.signals if signal == "beyond"))
        alone = alone if alone.signals else alone._replace(side=None)
        rows.append((labels.label((point.counted.label,)), *_cells(alone, chart.centre)))
    drawn = Chart(
        title="Tỷ lệ trễ của các đơn vị trong kỳ", series=_LINES_BESIDE, first=0, last=len(rows) - 1, labels=1
    )
    return Table(
        code="so-sanh-don-vi",
        sheet="So sánh đơn vị",
        title="Các đơn vị trong kỳ (chỉ xét quy tắc 1)",
        heads=tuple(head._replace(text="Mã đơn vị") if head.text == "Tháng" else head for head in _HEADS),
        rows=tuple(rows),
        charts=(drawn,) if rows else (),
    )


_LINES_BESIDE: Final = (Series("Tỷ lệ trễ", 4, "bars"), *_LINES[1:])

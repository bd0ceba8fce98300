"""The chart under the on-time table: one bar a unit, its parts told apart by pattern, not by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workers.reports.on_time_table import COLUMNS
from workers.reports.xlsx_styles import FONT

if TYPE_CHECKING:
    from workers.reports.on_time_table import OnTimeTable

# Each part: its count, its name in the legend and a fill that a black-and-white printer keeps apart.
PARTS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("early", "Trước hạn", {"fill": {"color": "#FFFFFF"}}),
    ("on_time", "Đúng hạn", {"fill": {"color": "#D0D0D0"}}),
    ("pending_in_time", "Đang giải quyết, trong hạn", {"pattern": "light_upward_diagonal"}),
    ("waiting", "Chờ bổ sung, tạm dừng", {"pattern": "wide_downward_diagonal"}),
    ("late", "Đã giải quyết, quá hạn", {"fill": {"color": "#707070"}}),
    ("pending_overdue", "Đang giải quyết, quá hạn", {"fill": {"color": "#000000"}}),
)
WIDTH: Final = 1180  # pixels
ROW_HEIGHT: Final = 26  # pixels
FRAME_HEIGHT: Final = 110  # pixels
INK: Final = "#000000"


def add_chart(book: Any, data: Any, table: OnTimeTable, *, sheet: Any, at_row: int, first_row: int) -> None:
    """Draw the parts of every unit's dossiers as shares of 100 %.

    `data` is the sheet with the counts from `first_row` on; the chart is set into `sheet` at `at_row`.
    """
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    last_row = first_row + len(table.rows) - 1
    keys = [key for key, _, _ in COLUMNS]
    for key, name, look in PARTS:
        column = 1 + keys.index(key)
        chart.add_series(
            {
                "name": name,
                "categories": [data.name, first_row, 0, last_row, 0],
                "values": [data.name, first_row, column, last_row, column],
                "border": {"color": INK, "width": 0.75},
                "gap": 45,
                **_look(look),
            }
        )
    _set_up(chart, len(table.rows))
    sheet.insert_chart(at_row, 0, chart, {"object_position": 2, "description": table.title})


def _look(look: dict[str, Any]) -> dict[str, Any]:
    if "pattern" not in look:
        return look
    return {"pattern": {"pattern": look["pattern"], "fg_color": INK, "bg_color": "#FFFFFF"}}


def _set_up(chart: Any, rows: int) -> None:
    chart.set_title(
        {"name": "Tình trạng hồ sơ theo đơn vị", "name_font": {"name": FONT, "size": 12}, "overlay": False}
    )
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 10}, "line": {"color": INK}})
    chart.set_x_axis(
        {"num_format": "0%", "num_font": {"name": FONT, "size": 10}, "major_gridlines": {"visible": True}}
    )
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 10}})
    chart.set_size({"width": WIDTH, "height": FRAME_HEIGHT + ROW_HEIGHT * rows})
    chart.set_chartarea({"border": {"none": True}})

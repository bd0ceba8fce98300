"""The charts of the audit pack in its workbook: told apart by marker, dash and pattern, never by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workers.reports.paper import set_up_page
from workers.reports.xlsx_styles import FONT

if TYPE_CHECKING:
    from workers.reports.pack import Chart, Look, Series, Table

INK: Final = "#000000"
HALF: Final = 500
HEIGHT: Final = 330
_GAP: Final = 10
_ROWS: Final = 17  # a chart and the space under it, in rows of 20 pixels
_SCALE: Final = 78
_LINES: Final[dict[Look, dict[str, Any]]] = {
    "line": {
        "line": {"color": INK, "width": 1.75},
        "marker": {"type": "circle", "size": 6, "fill": {"color": INK}},
    },
    "centre": {"line": {"color": INK, "width": 1}, "marker": {"type": "none"}},
    "limit": {
        "line": {"none": True},
        "marker": {"type": "long_dash", "size": 12, "fill": {"color": INK}, "border": {"color": INK}},
    },
    "signal": {
        "line": {"none": True},
        "marker": {
            "type": "square",
            "size": 13,
            "fill": {"none": True},
            "border": {"color": INK, "width": 2},
        },
    },
    "cumulative": {
        "line": {"color": INK, "width": 1.5},
        "marker": {"type": "diamond", "size": 7, "fill": {"color": "#FFFFFF"}, "border": {"color": INK}},
        "y2_axis": True,
    },
}
_BARS: Final[dict[Look, dict[str, Any]]] = {
    "bars": {"fill": {"color": "#D0D0D0"}, "border": {"color": INK}},
    "hatched": {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": INK, "bg_color": "#FFFFFF"},
        "border": {"color": INK},
    },
    "dark": {"fill": {"color": "#404040"}, "border": {"color": INK}},
}


def draw_charts(book: Any, table: Table, *, first_row: int, foot: str) -> None:
    """Draw the charts of a table on a sheet of their own, two rows of them a page: none is cut by its end.

    `first_row` is where the rows of the table begin on its sheet.
    """
    sheet = book.add_worksheet(f"{table.sheet} – hình")
    set_up_page(sheet, foot=foot)
    # Fitted to a width, a spreadsheet takes no notice of where pages are to end.
    sheet.set_print_scale(_SCALE)
    row, beside = 0, 0
    for chart in table.charts:
        beside = 0 if not chart.small else beside
        options = {
            "x_offset": beside * (HALF + _GAP),
            "y_offset": _GAP // 2,
            "object_position": 2,
            "description": chart.title,
        }
        sheet.insert_chart(row, 0, _drawn(book, table, chart, first_row), options)
        beside = 1 - beside if chart.small else 0
        row += 0 if beside else _ROWS
    sheet.set_h_pagebreaks(range(2 * _ROWS, row + _ROWS, 2 * _ROWS))


def _drawn(book: Any, table: Table, chart: Chart, first_row: int) -> Any:
    bars = [series for series in chart.series if series.look in _BARS]
    lines = [series for series in chart.series if series.look in _LINES]
    rows = (first_row + chart.first, first_row + chart.last)
    drawn = book.add_chart({"type": "column"} if bars else {"type": "line"})
    for series in bars or lines:
        drawn.add_series(_series(table.sheet, chart, series, rows))
    if bars and lines:
        second = book.add_chart({"type": "line"})
        for series in lines:
            second.add_series(_series(table.sheet, chart, series, rows))
        second.set_y2_axis({"num_format": "0%", "min": 0, "max": 1, "num_font": _font(9)})
        drawn.combine(second)
    _set_up(drawn, chart, percent=not any(series.look == "cumulative" for series in chart.series))
    drawn.set_size({"width": HALF if chart.small else 2 * HALF + _GAP, "height": HEIGHT})
    return drawn


def _series(sheet: str, chart: Chart, series: Series, rows: tuple[int, int]) -> dict[str, Any]:
    first, last = rows
    looks = _BARS.get(series.look) or _LINES[series.look]
    return {
        "name": series.name,
        "categories": [sheet, first, chart.labels, last, chart.labels],
        "values": [sheet, first, series.column, last, series.column],
        **({"gap": 60} if series.look in _BARS else {}),
        **looks,
    }


def _set_up(drawn: Any, chart: Chart, *, percent: bool) -> None:
    drawn.set_title({"name": chart.title, "name_font": _font(11, bold=True), "overlay": False})
    drawn.set_x_axis({"num_font": _font(9), "line": {"color": INK}, "label_position": "low"})
    axis: dict[str, Any] = {"num_font": _font(9), "min": 0, "line": {"color": INK}}
    axis["major_gridlines"] = {"visible": True, "line": {"color": "#BFBFBF", "width": 0.5}}
    drawn.set_y_axis(axis | ({"num_format": "0.0%"} if percent else {"num_format": "#,##0"}))
    drawn.set_legend({"position": "bottom", "font": _font(9)})
    drawn.set_chartarea({"border": {"color": "#808080"}})
    drawn.show_blanks_as("gap")


def _font(size: int, **more: Any) -> dict[str, Any]:
    return {"name": FONT, "size": size, **more}

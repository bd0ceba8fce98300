"""The charts of the audit pack in its workbook: told apart by marker, dash and pattern, never by colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workers.reports.xlsx_styles import FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers.reports.pack import Chart, Head, Look, Series

INK: Final = "#000000"
WIDTH: Final = 1000
HALF: Final = 520
HEIGHT: Final = 320
_PIXELS: Final = 7  # of a character's width
_LINES: Final[dict[Look, dict[str, Any]]] = {
    "line": {
        "line": {"color": INK, "width": 1.75},
        "marker": {"type": "circle", "size": 6, "fill": {"color": INK}},
    },
    "centre": {"line": {"color": INK, "width": 1}, "marker": {"type": "none"}},
    "limit": {"line": {"color": INK, "width": 1.25, "dash_type": "dash"}, "marker": {"type": "none"}},
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


def add_chart(
    book: Any, sheet: Any, chart: Chart, *, at: tuple[int, int], first_row: int, heads: Sequence[Head]
) -> int:
    """Set a chart at a row, in the left or right half (0, 1); return how high it is in pixels."""
    bars = [series for series in chart.series if series.look in _BARS]
    lines = [series for series in chart.series if series.look in _LINES]
    rows = (first_row + chart.first, first_row + chart.last)
    kind = {"type": "column"} if bars else {"type": "line"}
    drawn = book.add_chart(kind)
    for series in bars or lines:
        drawn.add_series(_series(sheet.name, chart, series, rows))
    if bars and lines:
        second = book.add_chart({"type": "line"})
        for series in lines:
            second.add_series(_series(sheet.name, chart, series, rows))
        second.set_y2_axis({"num_format": "0%", "min": 0, "max": 1, "num_font": _font(9)})
        drawn.combine(second)
    _set_up(drawn, chart, percent=not any(series.look == "cumulative" for series in chart.series))
    width = sum(head.width for head in heads) * _PIXELS
    offset = at[1] * (HALF + 10)
    options = {"x_offset": offset, "object_position": 2, "description": chart.title}
    sheet.insert_chart(at[0], 0, drawn, options)
    drawn.set_size({"width": HALF if chart.small else max(min(width, WIDTH), HALF), "height": HEIGHT})
    return HEIGHT


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

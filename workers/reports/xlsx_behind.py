"""The dossiers behind the figures of the on-time table: one sheet, on which every figure is a run of rows."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from workers.reports.on_time_table import COLUMNS, ORDER
from workers.reports.paper import PaperStyles, set_up_page
from workers.reports.xlsx_styles import safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workers.reports.on_time_table import Behind, OnTimeTable

SHEET: Final = "Hồ sơ"
_HEADS: Final = ("Mã hồ sơ", "Ô", "Đơn vị", "Thủ tục", "Tiếp nhận", "Hạn trả", "Có kết quả", "Tình trạng")
_WIDTHS: Final = (28, 34, 30, 46, 11, 11, 11, 22)
_HEAD_ROW: Final = 2
_FIRST_ROW: Final = 3
_RUNS: Final = {
    "received": ("early", "pending_overdue"),
    "resolved": ("early", "late"),
    "pending": ("pending_in_time", "pending_overdue"),
}
"""The sums of a row, by the first and the last of the stands that run together."""


def links_of(table: OnTimeTable) -> Mapping[tuple[int, str], str]:
    """Return where each figure leads, by the place of its row and its column; a figure of nought has none.

    That of a row leads to exactly its dossiers, that of the sum to the head of them all.
    """
    links: dict[tuple[int, str], str] = {}
    if not table.behind:
        return links
    numbers = Counter((each.row, each.stand) for each in table.behind)
    cells = [(row, stand) for row in range(len(table.rows)) for stand in ORDER]
    starts = dict(zip(cells, accumulate((numbers[cell] for cell in cells), initial=_FIRST_ROW), strict=False))
    for row, (_, counts) in enumerate(table.rows):
        for column, _, _ in COLUMNS:
            if number := getattr(counts, column):
                first = starts[row, _RUNS.get(column, (column, ""))[0]] + 1
                links[row, column] = f"internal:'{SHEET}'!A{first}:A{first + number - 1}"
    for column, _, _ in COLUMNS:
        if getattr(table.total, column):
            links[len(table.rows), column] = f"internal:'{SHEET}'!A1"
    return links


def write_behind(book: Any, table: OnTimeTable, *, back: str, foot: str) -> None:
    """Write the sheet of all dossiers of the table; `back` is the name of the sheet it belongs to."""
    sheet, styles = book.add_worksheet(SHEET), PaperStyles(book)
    set_up_page(sheet, foot=foot)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, table.period, styles.of(bold=True))
    sheet.write_url(1, 0, f"internal:'{back}'!A1", styles.of(underline=1), "Về bảng")
    for column, head in enumerate(_HEADS):
        sheet.write_string(_HEAD_ROW, column, head, styles.boxed(bold=True, align="center"))
    sheet.repeat_rows(_HEAD_ROW)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(table.behind), len(_HEADS) - 1)
    style = styles.of(border=1, font_size=10)
    for row, each in enumerate(table.behind, start=_FIRST_ROW):
        for column, text in enumerate(_texts(each, table.rows[each.row][0])):
            sheet.write_string(row, column, safe_text(text), style)


def _texts(each: Behind, name: str) -> tuple[str, ...]:
    days = (_day(each.accepted), _day(each.due), _day(each.finished))
    return (each.code, name, each.unit, each.procedure, *days, each.said)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

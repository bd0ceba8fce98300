"""The audit pack as a workbook: a sheet a table, with charts that a black-and-white printer keeps apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from workers.reports.pack import TITLE, rounded, shown
from workers.reports.pack_chart import draw_charts
from workers.reports.paper import PaperStyles, paper_book, set_up_page
from workers.reports.xlsx_styles import COUNT, PERCENT, safe_text

if TYPE_CHECKING:
    from pathlib import Path

    from workers.reports.pack import Cell, Head, Pack, Section, Table

COVER: Final = "Mục lục"
HOURS: Final = "[$-42A]#,##0.0"
_LINE: Final = 15.5
_WIDE: Final = 110


def write_pack_xlsx(pack: Pack, path: Path) -> None:
    """Write a pack to `path`, whole or not at all; the same pack gives the same bytes.

    Texts a spreadsheet could run are neutralised. Raises OSError when the file cannot be written.
    """
    with paper_book(path, title=TITLE, company=pack.office_name, as_of=pack.as_of) as book:
        styles = PaperStyles(book)
        _cover(book, styles, pack)
        for section in pack.sections:
            for table in section.tables:
                sheet = book.add_worksheet(table.sheet)
                set_up_page(sheet, foot=pack.foot)
                first_row = _Page(sheet, styles, table).write(section)
                if table.charts:
                    draw_charts(book, table, first_row=first_row, foot=pack.foot)


def _cover(book: Any, styles: PaperStyles, pack: Pack) -> None:
    sheet = book.add_worksheet(COVER)
    set_up_page(sheet, foot=pack.foot)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, _WIDE)
    sheet.write_string(0, 0, safe_text(pack.office_name.upper()), styles.of(bold=True))
    sheet.write_string(1, 0, TITLE.upper(), styles.of(bold=True, font_size=14))
    sheet.set_row(1, 24)
    row = 3
    for name, text in pack.facts:
        row = _pair(sheet, styles, row, name, text)
    row += 1
    for section in pack.sections:
        sheet.write_string(row, 0, f"ISO 9001:2015, {section.clause}", styles.of(italic=True))
        sheet.write_string(row, 1, section.title, styles.of(bold=True))
        row += 1
        for table in section.tables:
            link = styles.of(underline=1)
            sheet.write_url(row, 1, f"internal:'{table.sheet}'!A1", link, f"    {table.sheet}: {table.title}")
            row += 1
        if not section.tables:
            row = _pair(sheet, styles, row, "", " ".join(section.says))


def _pair(sheet: Any, styles: PaperStyles, row: int, name: str, text: str) -> int:
    sheet.write_string(row, 0, safe_text(name), styles.of(valign="top"))
    sheet.write_string(row, 1, safe_text(text), styles.of(text_wrap=True))
    sheet.set_row(row, _LINE * ceil(len(text) / _WIDE) + 2)
    return row + 1


class _Page:
    """Write one table on its sheet: title, what is said of it, rows."""

    def __init__(self, sheet: Any, styles: PaperStyles, table: Table) -> None:
        self._sheet, self._styles, self._table = sheet, styles, table
        self._row, self._width = 0, sum(head.width for head in table.heads)
        for column, head in enumerate(table.heads):
            sheet.set_column(column, column, head.width)

    def write(self, section: Section) -> int:
        """Return the row at which the rows of the table begin."""
        table = self._table
        self._line(f"{section.title} – {table.title}", bold=True, font_size=13)
        for said in (*section.says, *table.notes):
            self._line(f"– {said}", font_size=10)
        self._row += 1
        top = self._row
        for column, head in enumerate(table.heads):
            looks = {"align": "center", "bold": True, "font_size": 10, "bg_color": "#E7E6E6"}
            self._sheet.write_string(top, column, head.text, self._styles.boxed(**looks))
        lines = max(ceil(len(head.text) * 1.2 / head.width) for head in table.heads)
        self._sheet.set_row(top, _LINE * lines + 3)
        self._sheet.repeat_rows(top)
        self._sheet.freeze_panes(top + 1, 0)
        for index, row in enumerate(table.rows, start=1):
            self._values(top + index, row, bold=table.total and index == len(table.rows))
        return top + 1

    def _line(self, text: str, **looks: Any) -> None:
        room = max(self._width, 40) * 11 / looks.get("font_size", 11)
        self._sheet.set_row(self._row, _LINE * ceil(len(text) / room) + 3)
        style = self._styles.of(text_wrap=True, valign="top", **looks)
        self._sheet.merge_range(self._row, 0, self._row, len(self._table.heads) - 1, safe_text(text), style)
        self._row += 1

    def _values(self, row: int, values: tuple[Cell, ...], *, bold: bool) -> None:
        lines = 1
        for column, (cell, head) in enumerate(zip(values, self._table.heads, strict=True)):
            self._value(row, column, cell, head, bold=bold)
            lines = max(lines, ceil(len(shown(cell)) * 1.1 / head.width))
        if lines > 1:
            self._sheet.set_row(row, _LINE * lines + 2)

    def _value(self, row: int, column: int, cell: Cell, head: Head, *, bold: bool) -> None:
        looks: dict[str, Any] = {"align": head.align, "bold": bold, "font_size": 10}
        if isinstance(cell, Fraction):
            style = self._styles.boxed(num_format=PERCENT, **looks)
            self._sheet.write_number(row, column, rounded(cell) / 10_000, style)
        elif isinstance(cell, int | Decimal):
            style = self._styles.boxed(num_format=COUNT if isinstance(cell, int) else HOURS, **looks)
            self._sheet.write_number(row, column, float(cell), style)
        elif cell is None:
            self._sheet.write_blank(row, column, None, self._styles.boxed(**looks))
        else:
            self._sheet.write_string(row, column, safe_text(cell), self._styles.boxed(**looks))

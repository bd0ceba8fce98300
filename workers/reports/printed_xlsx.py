"""An official paper as sheets of a workbook: A4 landscape, real numbers, links from figures to lists."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from workers.reports.paper import PaperStyles, paper_book, set_up_page
from workers.reports.printed import MOTTO, NATION, Grid, HeadCell, Printed, Row, Value
from workers.reports.xlsx_styles import COUNT, safe_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

_LINE: Final = 15.5  # points a line of text takes
_HALF: Final = 2


def write_printed(
    paper: Printed,
    path: Path,
    *,
    sheets: Sequence[str],
    as_of: datetime,
    beside: Callable[[Any], None] = lambda _: None,
) -> None:
    """Write a paper to `path`, whole or not at all: each table on a sheet of its name.

    What stands over and under the tables is on the first sheet. `beside` is given the workbook for further
    sheets. Texts a spreadsheet could run are neutralised. Raises OSError when the file cannot be written.
    """
    with paper_book(path, title=paper.title, company=paper.office_name, as_of=as_of) as book:
        styles = PaperStyles(book)
        for index, (name, grid) in enumerate(zip(sheets, paper.grids, strict=True)):
            sheet = book.add_worksheet(name)
            set_up_page(sheet, foot=paper.foot)
            for column, width in enumerate(grid.widths):
                sheet.set_column(column, column, width)
            page = _Page(sheet, styles, grid.widths)
            if index == 0:
                page.letterhead(paper)
            elif grid.title:
                page.line(grid.title.upper(), bold=True, align="center")
            page.grid(grid)
            if index == 0:
                page.notes(paper)
                page.signatures(paper)
        beside(book)


class _Page:
    """Write one sheet from top to bottom."""

    def __init__(self, sheet: Any, styles: PaperStyles, widths: Sequence[float]) -> None:
        self._sheet, self._styles, self._widths, self._row = sheet, styles, widths, 0
        self._columns = len(widths)

    def letterhead(self, paper: Printed) -> None:
        self._halves(paper.office_name.upper(), NATION, bold=True)
        self._halves("", MOTTO, bold=True)
        self._halves(paper.number, "", italic=True)
        self._row += 1
        self.line(paper.title.upper(), bold=True, font_size=13, align="center")
        for said in paper.above:
            self.line(said, italic=True, align="center")
        if paper.unit:
            self.line(paper.unit, italic=True, align="right", font_size=10)

    def line(self, text: str, **looks: Any) -> None:
        """Write a text as wide as the page; a long one gets the height of its lines."""
        room = self._characters() * 11 / looks.get("font_size", 11)
        lines = max(1, ceil(len(text) / max(room, 1)))
        self._sheet.set_row(self._row, _LINE * lines + (4 if looks.get("font_size", 0) > 11 else 0))  # noqa: PLR2004 - larger than the text
        self._across(0, self._columns - 1, text, text_wrap=True, **looks)
        self._row += 1

    def grid(self, grid: Grid) -> None:
        top = self._row
        for cell in grid.head:
            self._head(grid, top, cell)
        for row in range(grid.head_rows):
            numbers = grid.numbered and row == grid.head_rows - 1
            cells = () if numbers else grid.head
            heights = [_lines(grid, cell) for cell in cells if cell.row == row and cell.rows == 1]
            self._sheet.set_row(top + row, _LINE * max(heights, default=1) + 3)
        self._row = top + grid.head_rows
        self._sheet.repeat_rows(top, self._row - 1)
        self._sheet.freeze_panes(self._row, 0)
        for index, row_values in enumerate(grid.rows):
            self._values(grid, index, row_values, bold=False)
        if grid.total is not None:
            self._values(grid, len(grid.rows), grid.total, bold=True)
        self._row += 1

    def notes(self, paper: Printed) -> None:
        for head, lines in paper.notes:
            if lines:
                self.line(head, bold=True, font_size=10)
                for said in lines:
                    self.line(f"– {said}", font_size=10)

    def signatures(self, paper: Printed) -> None:
        self._row += 1
        self._halves("", paper.dated, italic=True)
        self._halves(*(who.upper() for who, _ in paper.signers), bold=True)
        self._halves(*(how for _, how in paper.signers), italic=True)

    def _head(self, grid: Grid, top: int, cell: HeadCell) -> None:
        number = grid.numbered and cell.row == grid.head_rows - 1
        looks = {"italic": True, "font_size": 9} if number else {"bold": True, "font_size": 10}
        style = self._styles.boxed(align="center", **looks)
        row, last = top + cell.row, cell.column + cell.columns - 1
        if cell.rows == cell.columns == 1:
            self._sheet.write_string(row, cell.column, safe_text(cell.text), style)
        else:
            self._sheet.merge_range(row, cell.column, row + cell.rows - 1, last, safe_text(cell.text), style)

    def _values(self, grid: Grid, index: int, values: Row, *, bold: bool) -> None:
        lines = 1
        for column, value in enumerate(values):
            if isinstance(value, str):
                lines = max(lines, ceil(len(value) * 1.1 / grid.widths[column]))
            self._value(column, value, grid.links.get((index, column)), align=grid.aligns[column], bold=bold)
        self._sheet.set_row(self._row, _LINE * lines + 2)
        self._row += 1

    def _value(self, column: int, value: Value, link: str | None, **looks: Any) -> None:
        if isinstance(value, int):
            # Paper is black: a link is known by the pointer, not by colour.
            style = self._styles.boxed(num_format=COUNT, **looks, **_indent(looks))
            if link is not None:
                self._sheet.write_url(self._row, column, link, style, tip="Danh sách hồ sơ")
            self._sheet.write_number(self._row, column, value, style)
            return
        if isinstance(value, Decimal):
            style = self._styles.boxed(num_format=_format(value), **looks, **_indent(looks))
            self._sheet.write_number(self._row, column, value, style)
            return
        self._sheet.write_string(self._row, column, safe_text(value), self._styles.boxed(**looks))

    def _halves(self, left: str, right: str, **looks: Any) -> None:
        middle = self._middle()
        self._across(0, middle - 1, left, align="center", **looks)
        self._across(middle, self._columns - 1, right, align="center", **looks)
        self._row += 1

    def _middle(self) -> int:
        """Return the column at which the right half of the page begins."""
        half, width = self._characters() / _HALF, 0.0
        for column, own in enumerate(self._widths):
            if width + own / _HALF >= half:
                return min(max(column, 1), self._columns - 1)
            width += own
        return self._columns - 1

    def _across(self, first: int, last: int, text: str, **looks: Any) -> None:
        style = self._styles.of(**looks)
        if first == last:
            self._sheet.write_string(self._row, first, safe_text(text), style)
        else:
            self._sheet.merge_range(self._row, first, self._row, last, safe_text(text), style)

    def _characters(self) -> float:
        return sum(self._widths)


def _indent(looks: dict[str, Any]) -> dict[str, int]:
    return {"indent": 1} if looks["align"] == "right" else {}


def _format(value: Decimal) -> str:
    """Return the format that shows a number with the places it has; it has one at least."""
    places = -int(value.as_tuple().exponent)
    return f"{COUNT}.{'0' * places}"


def _lines(grid: Grid, cell: HeadCell) -> int:
    room = sum(grid.widths[cell.column : cell.column + cell.columns])
    return ceil(len(cell.text) * 1.15 / room)

"""An empty plan to be filled in: the head row that is read, a heading an area, units to choose from."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

from workers.reports.paper import PaperStyles, paper_book, set_up_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

SHEET: Final = "Kế hoạch"
UNITS_SHEET: Final = "Đơn vị"
_WIDTHS: Final = (6, 46, 26, 30, 26, 22)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_ROWS: Final = 4
"""Empty rows under each heading; more are put in where they are needed."""
_LEAD: Final = 3
_HEAD_ROWS: Final = 3
_MORE: Final = 200
_LINE: Final = 15.5  # points a line of text takes
TIMES: Final = "30/6/{year}, Tháng 12, Quý II, 6 tháng đầu năm, Trong năm {year}, Thường xuyên"


def write_template(
    path: Path,
    *,
    heads: Sequence[str],
    areas: Sequence[str],
    units: Mapping[str, str],
    year: int,
    office_name: str,
    now: datetime,
) -> None:
    """Write an empty plan to `path`, whole or not at all; `units` are names by code. Raises OSError."""
    title = f"Kế hoạch cải cách hành chính năm {year}"
    with paper_book(path, title=title, company=office_name, as_of=now) as book:
        page = _Page(book.add_worksheet(SHEET), PaperStyles(book), len(heads))
        set_up_page(page.sheet, foot=title)
        page.across(title.upper(), bold=True, font_size=13)
        page.across(f"Thời gian hoàn thành viết như: {TIMES.format(year=year)}", italic=True)
        page.head(heads)
        for number, area in enumerate(areas):
            page.heading(_ROMAN[number % len(_ROMAN)], area)
        _units(book, page, units)


class _Page:
    """Write the plan from top to bottom."""

    def __init__(self, sheet: Any, styles: PaperStyles, columns: int) -> None:
        self.sheet, self._styles, self._columns, self.row = sheet, styles, columns, 0
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)

    def across(self, text: str, **looks: Any) -> None:
        style = self._styles.of(align="center", **looks)
        self.sheet.merge_range(self.row, 0, self.row, self._columns - 1, text, style)
        self.row += 1

    def head(self, heads: Sequence[str]) -> None:
        for column, head in enumerate(heads):
            self.sheet.write_string(self.row, column, head, self._styles.boxed(bold=True, align="center"))
        self.row += 1
        self.sheet.freeze_panes(self.row, 0)

    def heading(self, number: str, area: str) -> None:
        self._empty()
        self.sheet.write_string(self.row, 0, number, self._styles.boxed(bold=True, align="center"))
        self.sheet.write_string(self.row, 1, area, self._styles.boxed(bold=True))
        self.sheet.set_row(self.row, _LINE * ceil(len(area) * 1.1 / _WIDTHS[1]) + 2)
        self.row += 1
        for _ in range(_ROWS):
            self._empty()
            self.row += 1

    def _empty(self) -> None:
        for column in range(self._columns):  # text: a spreadsheet would make a day of "12/2019"
            self.sheet.write_blank(self.row, column, None, self._styles.boxed(num_format="@"))


def _units(book: Any, page: _Page, units: Mapping[str, str]) -> None:
    """Write the units on a sheet of their own, for the column of the lead unit to choose from."""
    known = book.add_worksheet(UNITS_SHEET)
    known.set_column(0, 1, 40)
    for line, (code, name) in enumerate(units.items()):
        known.write_string(line, 0, name)
        known.write_string(line, 1, code)
    source = f"='{UNITS_SHEET}'!$A$1:$A${max(len(units), 1)}"
    chosen = {"validate": "list", "source": source, "error_type": "warning"}
    page.sheet.data_validation(_HEAD_ROWS, _LEAD, page.row + _MORE, _LEAD, chosen)

"""The on-time table as a workbook for paper: A4 landscape, every count and rate with its definition."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from domain.on_time_rate import Counts, Rate, rates
from workers.reports.on_time_table import COLUMNS, RATE_HEADS, OnTimeTable, explained
from workers.reports.paper import paper_book, set_up_page
from workers.reports.xlsx_behind import links_of, write_behind
from workers.reports.xlsx_chart import add_chart
from workers.reports.xlsx_styles import Styles, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SHEET: Final = "Đúng hạn"
CHART_SHEET: Final = "Biểu đồ"
ROWS_WITH_CHART: Final = 12  # so many units, notes and chart fill one page
HEAD_ROW: Final = 4
FIRST_ROW: Final = 6
NAME: Final = 0
FIRST_COUNT: Final = 1
FIRST_RATE: Final = 1 + len(COLUMNS)
LAST: Final = FIRST_RATE + len(RATE_HEADS) - 1
RATES_HEAD: Final = "Tỷ lệ đúng hạn"
NOTE_CHARACTERS: Final = 150
NAME_CHARACTERS: Final = 46
LONGEST_NAME: Final = 200


def write_xlsx(table: OnTimeTable, path: Path) -> None:
    """Write the table to `path`, whole or not at all; the same table gives the same bytes.

    Cells hold numbers, not formulas; rates are rounded half up to two places of a percentage; texts that a
    spreadsheet could take for a formula are neutralised. Raises OSError when the file cannot be written.
    """
    with paper_book(path, title=table.title, company=table.office_name, as_of=table.as_of) as book:
        sheet, styles = book.add_worksheet(SHEET), Styles(book)
        _set_up_page(sheet, table)
        _set_up_columns(sheet)
        _write_heads(sheet, styles, table)
        _write_rows(sheet, styles, table, links_of(table))
        end = _write_notes(sheet, styles, table)
        if table.rows:  # without rows there is nothing to draw
            _draw(book, sheet, table, end)
        if table.behind:
            write_behind(book, table, back=SHEET, foot=_foot(table))


def _draw(book: Any, sheet: Any, table: OnTimeTable, end: int) -> None:
    """Set the chart under the notes, or on a page of its own where it would be cut by the end of the page."""
    if len(table.rows) <= ROWS_WITH_CHART:
        add_chart(book, sheet, table, sheet=sheet, at_row=end + 1, first_row=FIRST_ROW)
        return
    page = book.add_worksheet(CHART_SHEET)
    _set_up_page(page, table)
    add_chart(book, sheet, table, sheet=page, at_row=0, first_row=FIRST_ROW)


def _set_up_page(sheet: Any, table: OnTimeTable) -> None:
    set_up_page(sheet, foot=_foot(table))


def _foot(table: OnTimeTable) -> str:
    return f"Tính đến {table.as_of:%H:%M %d/%m/%Y}"


def _set_up_columns(sheet: Any) -> None:
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 1)
    sheet.freeze_panes(FIRST_ROW, FIRST_COUNT)
    sheet.set_column(NAME, NAME, 38)
    sheet.set_column(FIRST_COUNT, FIRST_RATE - 1, 9)
    sheet.set_column(FIRST_RATE, LAST, 11.5)


def _write_heads(sheet: Any, styles: Styles, table: OnTimeTable) -> None:
    sheet.merge_range(0, NAME, 0, LAST, safe_text(table.office_name.upper()), styles.office)
    sheet.merge_range(1, NAME, 1, LAST, table.title.upper(), styles.title)
    sheet.merge_range(2, NAME, 2, LAST, table.period, styles.period)
    sheet.set_row(1, 24)
    sheet.set_row(3, 6)
    sheet.set_row(HEAD_ROW, 20)
    sheet.set_row(HEAD_ROW + 1, 32)
    sheet.merge_range(HEAD_ROW, NAME, HEAD_ROW + 1, NAME, safe_text(table.unit_label), styles.head)
    for first, last, group, heads in _groups():
        if group:
            sheet.merge_range(HEAD_ROW, first, HEAD_ROW, last, group, styles.head)
            for column, head in enumerate(heads, start=first):
                sheet.write_string(HEAD_ROW + 1, column, head, styles.head)
        else:
            sheet.merge_range(HEAD_ROW, first, HEAD_ROW + 1, last, heads[0], styles.head)


def _groups() -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield first and last column, group head and heads, from left to right."""
    entries = [(group, head) for _, group, head in COLUMNS]
    entries += [(RATES_HEAD, head) for head in RATE_HEADS.values()]
    at = 0
    while at < len(entries):
        group, upto = entries[at][0], at + 1
        while group and upto < len(entries) and entries[upto][0] == group:
            upto += 1
        yield FIRST_COUNT + at, FIRST_COUNT + upto - 1, group, [head for _, head in entries[at:upto]]
        at = upto


def _write_rows(sheet: Any, styles: Styles, table: OnTimeTable, links: Mapping[tuple[int, str], str]) -> None:
    last = len(table.rows)
    for index, (name, counts) in enumerate(table.with_total()):
        row, total = FIRST_ROW + index, index == last
        sheet.set_row(row, 18 * (1 + min(len(name), LONGEST_NAME) // NAME_CHARACTERS))
        sheet.write_string(row, NAME, safe_text(name), styles.name(total=total))
        for column, (key, _, head) in enumerate(COLUMNS, start=FIRST_COUNT):
            style = styles.count(total=total, strong=head == "Tổng" or key == "received")
            if link := links.get((index, key)):
                # Paper is black: a link is known by the pointer, not by colour.
                sheet.write_url(row, column, link, style, tip="Danh sách hồ sơ")
            sheet.write_number(row, column, getattr(counts, key), style)
        _write_rates(sheet, styles, row, counts, total=total)


def _write_rates(sheet: Any, styles: Styles, row: int, counts: Counts, *, total: bool) -> None:
    for column, rate in enumerate(rates(counts), start=FIRST_RATE):
        number = rounded(rate)
        if number is None:
            sheet.write_string(row, column, rate.percent(), styles.no_rate(total=total))
        else:
            sheet.write_number(row, column, number, styles.rate(total=total))


def rounded(rate: Rate) -> float | None:
    """Return a rate rounded half up to a hundredth of a percent, as the page shows it; None without one."""
    if rate.value is None:
        return None
    return int(rate.value * 10_000 + Fraction(1, 2)) / 10_000


def _write_notes(sheet: Any, styles: Styles, table: OnTimeTable) -> int:
    """Write definitions, annex and stands under the table; return the row after them."""
    row = FIRST_ROW + len(table.rows) + 2
    sections = (
        (RATES_HEAD, [explained(rate) for rate in rates(table.total)]),
        ("Ngoài bảng", table.annex),
        ("Cách tính", (table.against, *table.stands)),
        *([("Hồ sơ của từng ô", (table.behind_note,))] if table.behind_note else []),
    )
    for head, lines in sections:
        sheet.write_string(row, NAME, head, styles.note_head)
        for line in lines:
            row += 1
            sheet.merge_range(row, NAME, row, LAST, safe_text(line), styles.note)
            sheet.set_row(row, 15 * (1 + len(line) // NOTE_CHARACTERS))
        row += 1
    return row

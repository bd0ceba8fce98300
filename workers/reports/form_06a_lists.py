"""The dossiers behind the figures of form II.06a: a sheet a column, a block a line of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.form_06a import COLUMNS, Column
from workers.reports.on_time_table import grouped
from workers.reports.paper import PaperStyles, set_up_page
from workers.reports.xlsx_styles import safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from workers.reports.form_06a import Form06a, Line, Listed

HEADS: Final = (
    "Mã hồ sơ",
    "Lĩnh vực",
    "Đơn vị",
    "Thủ tục",
    "Tiếp nhận",
    "Hạn trả",
    "Có kết quả",
    "Tình trạng",
)
_WIDTHS: Final = (28, 24, 30, 46, 11, 11, 11, 22)
_FIRST_ROW: Final = 3
_BEFORE_FIGURES: Final = 2  # columns of the form that hold no figure


class Block(NamedTuple):
    """Hold the dossiers behind one figure: the line it stands in, where its rows begin, how many are left."""

    line: int
    column: Column
    row: int
    dossiers: tuple[Listed, ...]
    left: int


def sheet_of(column: Column) -> str:
    """Return the name of the sheet with the dossiers of a column."""
    return f"Cột {column}"


def lists_of(form: Form06a) -> tuple[Block, ...]:
    """Return the blocks of all sheets; a figure of nought has none."""
    blocks = []
    for column in COLUMNS:
        row = _FIRST_ROW
        for index, line in enumerate(form.lines):
            number, dossiers = line.cells.get(column, 0), line.listed.get(column, ())
            if number:
                left = number - len(dossiers)
                blocks.append(Block(index, column, row, dossiers, left))
                row += len(dossiers) + (1 if left else 0)
    return tuple(blocks)


def links_of(form: Form06a, blocks: tuple[Block, ...]) -> Mapping[tuple[int, int], str]:
    """Return where each figure leads: to its block; that of the sum to the head of the sheet."""
    links = {(block.line, _place(block.column)): _to(block.column, block.row) for block in blocks}
    return links | {(len(form.lines), _place(block.column)): _to(block.column, 0) for block in blocks}


def write_lists(book: Any, form: Form06a, blocks: tuple[Block, ...]) -> None:
    """Write a sheet for each column that has any dossier."""
    styles = PaperStyles(book)
    for column in COLUMNS:
        own = [block for block in blocks if block.column == column]
        if own:
            _write_sheet(book.add_worksheet(sheet_of(column)), styles, form, column, own)


def _write_sheet(sheet: Any, styles: PaperStyles, form: Form06a, column: Column, blocks: list[Block]) -> None:
    set_up_page(sheet, foot=f"{form.office_name}, {form.period}")
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.write_string(0, 0, f"Cột {column}. {COLUMNS[column]}", styles.of(bold=True, font_size=12))
    sheet.write_url(1, 0, "internal:'II.06a'!A1", styles.of(underline=1), "Về biểu")
    for index, head in enumerate(HEADS):
        sheet.write_string(_FIRST_ROW - 1, index, head, styles.boxed(bold=True, align="center"))
    sheet.repeat_rows(_FIRST_ROW - 1)
    sheet.freeze_panes(_FIRST_ROW, 1)
    for block in blocks:
        for row, dossier in enumerate(block.dossiers, block.row):
            for index, value in enumerate(_values(dossier)):
                sheet.write_string(row, index, safe_text(value), styles.of(border=1, font_size=10))
        if block.left:
            said = _rest(form, form.lines[block.line], block)
            sheet.write_string(block.row + len(block.dossiers), 0, safe_text(said), styles.of(italic=True))


def _rest(form: Form06a, line: Line, block: Block) -> str:
    cell = f"field={line.label},column={block.column}"
    return f"Còn {grouped(block.left)} hồ sơ nữa: {form.command.format(cell=cell)}"


def _values(dossier: Listed) -> tuple[str, ...]:
    days = (_day(dossier.accepted), _day(dossier.due), _day(dossier.finished))
    return (dossier.code, dossier.field, dossier.unit, dossier.procedure, *days, dossier.stand)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _place(column: Column) -> int:
    return column - 3 + _BEFORE_FIGURES


def _to(column: Column, row: int) -> str:
    return f"internal:'{sheet_of(column)}'!A{row + 1}"

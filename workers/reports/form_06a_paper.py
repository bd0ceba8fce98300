"""Form II.06a as an official paper, and its workbook with the dossiers behind each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.form_06a import COLUMNS, SUMS, Column
from workers.reports.form_06a import (
    CAUSE_HEADS,
    CAUSES_TITLE,
    NUMBER,
    SIGNERS,
    TITLE,
    UNIT_OF_COUNT,
    Cells,
    Form06a,
)
from workers.reports.form_06a_lists import links_of, lists_of, write_lists
from workers.reports.printed import Align, Grid, HeadCell, Printed, Row, plain_head
from workers.reports.printed_pdf import write_pdf
from workers.reports.printed_xlsx import write_printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FIGURES: Final[tuple[Align, ...]] = tuple("right" for _ in COLUMNS)
SHEET: Final = "II.06a"
CAUSES_SHEET: Final = "Nguyên nhân"
TOTAL: Final = "Tổng số"
_TALL: Final = (
    (0, "STT"),
    (1, "Lĩnh vực, công việc giải quyết theo cấp"),
)
_GROUPS: Final = (
    (2, 4, "Số lượng hồ sơ tiếp nhận"),
    (6, 4, "Số lượng hồ sơ đã giải quyết"),
    (10, 3, "Số lượng hồ sơ đang giải quyết"),
)
_PARTS: Final = {3: TOTAL, 6: "Từ kỳ trước chuyển qua", 7: TOTAL, 8: "Trước hạn", 9: "Đúng hạn",
                 10: "Quá hạn", 11: TOTAL, 12: "Trong hạn", 13: "Quá hạn"}  # fmt: skip


def write_form(form: Form06a, path: Path) -> None:
    """Write the form to a file .xlsx or .pdf, whole or not at all."""
    if path.suffix.lower() == ".pdf":
        write_pdf(paper_of(form), path)
        return
    lists = lists_of(form)
    write_printed(
        paper_of(form, links_of(form, lists)),
        path,
        sheets=(SHEET, CAUSES_SHEET),
        as_of=form.as_of,
        beside=lambda book: write_lists(book, form, lists),
    )


def paper_of(form: Form06a, links: Mapping[tuple[int, int], str] | None = None) -> Printed:
    """Return the form as an official paper, its causes behind it."""
    return Printed(
        number=NUMBER,
        office_name=form.office_name,
        title=TITLE,
        above=(form.period,),
        unit=UNIT_OF_COUNT,
        grids=(_figures(form, links or {}), _causes(form)),
        notes=form.notes,
        dated=form.dated,
        signers=SIGNERS,
        foot=f"Tính đến {form.as_of:%H:%M %d/%m/%Y}",
    )


def _figures(form: Form06a, links: Mapping[tuple[int, int], str]) -> Grid:
    return Grid(
        widths=(5, 34, *[12] * len(COLUMNS)),
        head=tuple(_head()),
        rows=tuple((number, line.label, *_cells(line.cells)) for number, line in enumerate(form.lines, 1)),
        total=("", TOTAL, *_cells(form.total)),
        aligns=("center", "left", *_FIGURES),
        numbered=True,
        links=links,
    )


def _cells(cells: Cells) -> list[int]:
    return [cells.get(column, 0) for column in COLUMNS]


def _head() -> Iterator[HeadCell]:
    for column, text in _TALL:
        yield HeadCell(0, column, text, rows=3)
    for column, columns, text in _GROUPS:
        yield HeadCell(0, column, text, columns=columns)
    for number, text in _PARTS.items():
        yield HeadCell(1, number - 1, text, rows=2)
    yield HeadCell(1, 3, "Trong kỳ", columns=2)
    yield HeadCell(2, 3, "Trực tuyến")
    yield HeadCell(2, 4, "Trực tiếp, dịch vụ bưu chính")
    sums: dict[int, tuple[Column, ...]] = dict(reversed(SUMS))
    for column in range(1, 14):
        parts = "+".join(f"({part})" for part in sums.get(column, ()))
        yield HeadCell(3, column - 1, f"({column})={parts}" if parts else f"({column})")


def _causes(form: Form06a) -> Grid:
    rows: list[Row] = [
        (number, cause.text, cause.late, cause.overdue, cause.late + cause.overdue)
        for number, cause in enumerate(form.causes, 1)
    ]
    late, overdue = sum(cause.late for cause in form.causes), sum(cause.overdue for cause in form.causes)
    return Grid(
        title=CAUSES_TITLE,
        widths=(6, 70, 18, 18, 12),
        head=plain_head(CAUSE_HEADS),
        rows=tuple(rows),
        total=("", TOTAL, late, overdue, late + overdue),
        aligns=("center", "left", "right", "right", "right"),
    )

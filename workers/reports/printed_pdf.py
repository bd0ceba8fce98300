"""An official paper as pdf, set by typst: A4 landscape, its heads on every page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workers.reports.printed import MOTTO, NATION
from workers.reports.typesetting import set_pdf

if TYPE_CHECKING:
    from workers.reports.printed import Grid, Printed, Row

_PROGRAM: Final = Path(__file__).with_name("printed.typ")


def write_pdf(paper: Printed, path: Path) -> None:
    """Write a paper to `path`, whole or not at all; the same paper gives the same pages.

    Raises LookupError where the library for it (the extra `reports`) is not installed, OSError when the file
    cannot be written.
    """
    set_pdf(_PROGRAM, path, paper=_data(paper))


def _data(paper: Printed) -> dict[str, Any]:
    return {
        "nation": NATION,
        "motto": MOTTO,
        "number": paper.number,
        "office_name": paper.office_name,
        "title": paper.title,
        "above": paper.above,
        "unit": paper.unit,
        "grids": [_grid(grid) for grid in paper.grids],
        "notes": paper.notes,
        "dated": paper.dated,
        "signers": paper.signers,
        "foot": paper.foot,
    }


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "title": grid.title,
        "size": grid.size,
        "widths": grid.widths,
        "head": [cell._asdict() for cell in grid.head],
        "head_rows": grid.head_rows,
        "numbered": grid.numbered,
        "rows": [_row(row) for row in grid.rows],
        "total": None if grid.total is None else _row(grid.total),
        "aligns": grid.aligns,
    }


def _row(row: Row) -> list[str | int]:
    return [f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value for value in row]

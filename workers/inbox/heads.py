"""Why no head row was found: what the file has, what was looked for, which spelling is near."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from config.columns import fold
from workers.inbox.faults import SheetError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from config.columns import ColumnMapping

_SHOWN_HEADS: Final = 15
_SHOWN_LETTERS: Final = 40


def no_head_row(
    path: Path, rows: Sequence[tuple[int, list[str]]], mappings: Sequence[ColumnMapping]
) -> SheetError:
    """Make the error for a file none of whose first rows is a head row, from the row that is likest one."""
    expected = "dòng tiêu đề trong 20 dòng đầu"
    if not any(any(cells) for _, cells in rows):
        return SheetError(path.name, found="tệp không có dữ liệu", expected=expected)
    known = {fold(head) for mapping in mappings for heads in mapping.heads.values() for head in heads}
    line, cells = max(rows, key=lambda row: _likeness(row[1], known))
    mapping = min(mappings, key=lambda mapping: len(mapping.missing_in(cells)))
    missing = [_with_neighbour(mapping.heads[field][0], cells) for field in mapping.missing_in(cells)]
    return SheetError(
        path.name,
        line=line,
        found="có các cột " + _listed(cells),
        expected=f"{expected}, còn thiếu " + ", ".join(missing),
        advice=f"Tên cột được khai trong {mapping.file}.",
    )


def _likeness(cells: list[str], known: set[str]) -> tuple[int, int]:
    return sum(fold(cell) in known for cell in cells), sum(map(bool, cells))


def _with_neighbour(head: str, cells: list[str]) -> str:
    near = get_close_matches(fold(head), [fold(cell) for cell in cells], n=1)
    written = next((cell for cell in cells if near and fold(cell) == near[0]), "")
    return f"“{head}”" + (f" (gần giống “{written}”)" if written else "")


def _listed(cells: list[str]) -> str:
    heads = [f"“{cell[:_SHOWN_LETTERS]}”" for cell in cells if cell]
    more = f" và {len(heads) - _SHOWN_HEADS} cột nữa" if len(heads) > _SHOWN_HEADS else ""
    return ", ".join(heads[:_SHOWN_HEADS]) + more

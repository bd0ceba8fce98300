"""The reject file: bad rows with their reason, to be corrected and imported again."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from config.columns import fold
from workers.inbox.csv_records import NEEDS_APOSTROPHE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from workers.inbox.faults import BadRow

LINE_HEAD: Final = "dòng"
FAULT_HEAD: Final = "lỗi"
_OWN_HEADS: Final = frozenset((LINE_HEAD, FAULT_HEAD))


class RejectFile:
    """Write bad rows as csv (UTF-8 with BOM, semicolons: opens in Excel), whole or not at all.

    The head row is that of the list, then “dòng” (line in the list) and “lỗi” (what is wrong); columns of
    these names in the list itself, left from an earlier reject file, are replaced. Cells that a spreadsheet
    would take for a formula get an apostrophe in front, which reading takes away. Nothing is written before
    the first bad row; the file gets its name when the block ends, and none if it ends by an exception.
    """

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self.path = path
        self.count = 0
        self._part = path.with_name(f".{path.name}.part")
        self._kept = [index for index, head in enumerate(header) if fold(head) not in _OWN_HEADS]
        self._head = [header[index] for index in self._kept]
        self._files = ExitStack()
        self._stream: Any = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def write(self, row: BadRow) -> None:
        """Add one row; cells that it lacks stay empty, cells beyond the head row come after the others."""
        if self._writer is None:
            self._begin()
        cells = [row.cells[index] if index < len(row.cells) else "" for index in self._kept]
        fault = "; ".join(map(str, row.problems))
        beyond = row.cells[max(self._kept, default=-1) + 1 :]
        self._writer.writerow([safe(cell) for cell in (*cells, str(row.line), fault, *beyond)])
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is None:
            return
        with self._files:
            if kind is None:
                self._stream.flush()
                os.fsync(self._stream.fileno())
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)

    def _begin(self) -> None:
        self._stream = self._files.enter_context(self._part.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(self._stream, delimiter=";")
        self._writer.writerow([safe(head) for head in (*self._head, LINE_HEAD, FAULT_HEAD)])


def safe(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run; `csv_records.bare` is the way back."""
    return f"'{cell}" if cell.lstrip("'").startswith(NEEDS_APOSTROPHE) else cell

"""A csv file for a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from workers.inbox.rejects import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType


class CsvFile:
    """Write lines (UTF-8 with BOM, semicolons: opens in Excel); the file gets its name when the block ends.

    Every cell that begins with = + - @ gets an apostrophe in front: a spreadsheet would run it as a formula.
    """

    def __init__(self, path: Path, heads: Sequence[str]) -> None:
        self.path, self.heads = path, heads
        self._part = path.with_name(f".{path.name}.part")
        self._files = ExitStack()

    def __enter__(self) -> Self:
        self._stream = self._files.enter_context(self._part.open("w", encoding="utf-8-sig", newline=""))
        self._writer: Any = csv.writer(self._stream, delimiter=";")
        self._writer.writerow(self.heads)
        return self

    def line(self, cells: Iterable[str]) -> None:
        """Add one line."""
        self._writer.writerow([safe(cell) for cell in cells])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._files:
                if kind is None:
                    self._stream.flush()
                    os.fsync(self._stream.fileno())
            if kind is None:
                self._part.replace(self.path)
        finally:
            self._part.unlink(missing_ok=True)

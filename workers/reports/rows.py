"""Rows for a spreadsheet or a program, written as they are found: csv, json or xlsx by the file's name."""

from __future__ import annotations

import csv
import json
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

import xlsxwriter

from config.errors import ConfigError, Problem
from config.said import as_is, say
from workers.reports.xlsx_styles import safe_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

ENDINGS: Final = (".csv", ".json", ".xlsx")
MOST_OF_SHEET: Final = 1_048_575
"""Rows that one sheet holds below its head."""


class RowFile:
    """Write rows to a file that gets its name when the block ends, and none if it ends by an exception.

    csv is UTF-8 with BOM and semicolons (opens in Excel), json one list of objects by the names of `heads`
    (name to title). Texts that a spreadsheet could take for a formula are neutralised. Memory does not grow
    with the rows. Raises ConfigError for another ending or a folder that is not there.
    """

    def __init__(self, path: Path, heads: Mapping[str, str]) -> None:
        if path.suffix.lower() not in ENDINGS or not path.absolute().parent.is_dir():
            expected = say("name_that_ends", names=tuple(ENDINGS))
            raise ConfigError([Problem(file=str(path), found=as_is(path.name), expected=expected)])
        self.path, self.heads, self.count = path, heads, 0
        self._part = path.with_name(f".{path.stem}.part{path.suffix.lower()}")
        self._files = ExitStack()

    def __enter__(self) -> Self:
        writer = {".csv": self._csv, ".json": self._json, ".xlsx": self._xlsx}[self._part.suffix]
        self._write = writer()
        return self

    def write(self, cells: Mapping[str, str]) -> None:
        """Add one row, a text for each name of the heads."""
        self._write([cells[name] for name in self.heads])
        self.count += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._part.suffix == ".json" and kind is None:
                self._stream.write("\n]\n" if self.count else "[]\n")
            self._files.close()
            if kind is None:
                os.replace(self._part, self.path)  # noqa: PTH105 - within one folder, at once
        finally:
            self._part.unlink(missing_ok=True)

    def _csv(self) -> Any:
        stream = self._files.enter_context(self._part.open("w", encoding="utf-8-sig", newline=""))
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(self.heads.values())
        return lambda cells: writer.writerow([safe_text(cell) for cell in cells])

    def _json(self) -> Any:
        self._stream = self._files.enter_context(self._part.open("w", encoding="utf-8"))

        def write(cells: list[str]) -> None:
            row = json.dumps(dict(zip(self.heads, cells, strict=True)), ensure_ascii=False)
            self._stream.write((",\n" if self.count else "[\n") + row)

        return write

    def _xlsx(self) -> Any:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = self._files.enter_context(xlsxwriter.Workbook(self._part, options))
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, head in enumerate(self.heads.values()):
            sheet.write_string(0, column, head, bold)

        def write(cells: list[str]) -> None:
            if self.count >= MOST_OF_SHEET:
                raise ConfigError(
                    [Problem(file=str(self.path), found=say("too_many_rows"), expected=say("a_csv"))]
                )
            for column, cell in enumerate(cells):
                sheet.write_string(self.count + 1, column, safe_text(cell))

        return write

"""Rows of a csv file: streamed, bounded, and one broken row never takes its neighbours with it."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Final
from unicodedata import is_normalized, normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workers.inbox.encodings import Encoding

# Line, cells, and a Vietnamese word about what is wrong with the row as a whole, empty when it is sound.
Record = tuple[int, list[str], str]

CELL_LIMIT: Final = 32_768
LINE_LIMIT: Final = 1 << 20
NEEDS_APOSTROPHE: Final = ("=", "+", "-", "@", "\t", "\r")
TOO_LONG: Final = "có ô dài quá 32.768 ký tự"
_TOO_LONG_LINE: Final = "dòng dài quá 1 MiB"
_BAD_QUOTE: Final = 'dấu ngoặc kép (") đặt sai hoặc không khép'
_BAD_BYTE: Final = "có ký tự sai mã (\ufffd)"


def csv_records(path: Path, encoding: Encoding, delimiter: str, width: int) -> Iterator[Record]:
    """Yield the rows of a file from its first line: cells stripped, NFC, lines counted as an editor does.

    `width` is the number of columns, 0 while the head row is being looked for. Blank lines are skipped. An
    apostrophe that a reject file put before = + - @ is taken away again.
    """
    with path.open(encoding=encoding.codec, errors="replace", newline="") as stream:
        lines = _Lines(_bounded(stream.readline))
        for line in lines:
            number, fault = lines.number, ""
            if '"' in line and len(line) <= LINE_LIMIT:
                cells, fault = _quoted(line, lines, delimiter, width)
            else:
                cells = line.split(delimiter)
            cells = [cell.strip() for cell in cells]
            if "'" in line:
                cells = [bare(cell) for cell in cells]
            if len(line) > CELL_LIMIT or encoding.is_damaged:
                fault = fault or _fault(line, cells)
            if not line.isspace():
                yield number, cells, fault


def bare(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from reading a cell as a formula."""
    if cell[:1] == "'" and cell.lstrip("'").startswith(NEEDS_APOSTROPHE):
        return cell[1:]
    return cell


def _fault(line: str, cells: list[str]) -> str:
    if len(line) > LINE_LIMIT:
        return _TOO_LONG_LINE
    if any(len(cell) > CELL_LIMIT for cell in cells):
        return TOO_LONG
    return _BAD_BYTE if "\ufffd" in line else ""


def _bounded(readline: Callable[[int], str]) -> Iterator[str]:
    """Yield lines in NFC; of a line above the limit only its beginning, one character too long to pass."""
    while line := readline(LINE_LIMIT + 1):
        rest = line
        while len(rest) > LINE_LIMIT and not rest.endswith(("\n", "\r")):
            rest = readline(LINE_LIMIT + 1)
        if line.isascii() or is_normalized("NFC", line):
            yield line
        else:
            yield normalize("NFC", line)


class _Lines:
    """Lines with their number; what was read ahead in vain can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.number = 0
        self._lines = lines
        self._back: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.number += 1
        return line

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _quoted(line: str, lines: _Lines, delimiter: str, width: int) -> tuple[list[str], str]:
    """Parse a row with quotation marks, which may go on over the following lines."""
    taken = [line]
    try:
        # strict: a cell that swallowed the next row ends in text after its closing mark, and is noticed.
        return next(csv.reader(_taking(taken, lines), delimiter=delimiter, strict=True)), ""
    except csv.Error:
        is_long = sum(map(len, taken)) > CELL_LIMIT
        _resume(taken, lines, delimiter, width)
        return [cell[:CELL_LIMIT] for cell in line.split(delimiter)], TOO_LONG if is_long else _BAD_QUOTE


def _taking(taken: list[str], lines: _Lines) -> Iterator[str]:
    yield taken[0]
    size = len(taken[0])
    for line in lines:
        taken.append(line)
        size += len(line)
        if size > LINE_LIMIT:
            raise csv.Error(TOO_LONG)
        yield line


def _resume(taken: list[str], lines: _Lines, delimiter: str, width: int) -> None:
    """Find where the row after a broken one begins.

    Where lines that were swallowed look like rows, the mark was never closed and they are read again.
    Otherwise they are the inside of a monstrous cell, which ends at the line with its closing mark.
    """
    swallowed = taken[1:]
    if any(line.count(delimiter) >= max(width - 1, 1) for line in swallowed):
        lines.put_back(swallowed)
    elif swallowed and not swallowed[-1].count('"') % 2:
        for line in lines:
            if line.count('"') % 2:
                return

"""What can be wrong with a list that came in: the whole file, a row, a cell; said in the office's words."""

from __future__ import annotations

from dataclasses import dataclass

_SHOWN = 80


class SheetError(Exception):
    """Refuse a whole file; its text is one Vietnamese sentence with file, line and column.

    `line` is 1-based, 0 when the fault concerns the whole file; `column` is a head, or empty.
    """

    def __init__(
        self, file: str, *, found: str, expected: str, line: int = 0, column: str = "", advice: str = ""
    ) -> None:
        self.file, self.line, self.column = file, line, column
        self.found, self.expected, self.advice = found, expected, advice
        place = file + (f", dòng {line}" if line else "") + (f", cột “{column}”" if column else "")
        super().__init__(f"{place}: {found}; cần {expected}." + (f" {advice}" if advice else ""))


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Name one fault of a row: the head of its column, what was found, what was expected (Vietnamese).

    `column` is empty when the fault concerns the row as a whole; `found` is then a description, and
    `expected` may be empty.
    """

    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        if not self.column:
            return f"{self.found}, cần {self.expected}" if self.expected else self.found
        shown = self.found if len(self.found) <= _SHOWN else self.found[:_SHOWN] + "…"
        found = f"có “{shown}”" if shown else "để trống"
        return f"cột “{self.column}”: {found}, cần {self.expected}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """Hold a row that cannot go in: its cells as they were read, and every fault at once."""

    line: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...]

"""What is wrong with a configuration: every problem at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Name one fault of a configuration file: where it is, what was found, what was expected.

    `line` and `column` are 1-based; 0 means that the fault concerns the whole file.
    """

    file: str
    found: str
    expected: str
    line: int = 0
    column: int = 0
    key: str = ""
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        key = f" {self.key}:" if self.key else ""
        advice = f" ({self.advice})" if self.advice else ""
        return f"{place}:{key} found {self.found}, expected {self.expected}{advice}"


class ConfigError(Exception):
    """Carry every problem found in a configuration; its text is one line each."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

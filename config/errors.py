"""What is wrong with a configuration: every problem at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from config.said import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.said import Language, Said

_LINE: Final = {
    "vi": "{place}:{key} {found}; cần {expected}{advice}",
    "en": "{place}:{key} found {found}, expected {expected}{advice}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Name one fault of a configuration file: where it is, what was found, what was expected.

    `line` and `column` are 1-based; 0 means that the fault concerns the whole file. What is said is a text
    in English, and by `said` in Vietnamese.
    """

    file: str
    found: Said
    expected: Said
    line: int = 0
    column: int = 0
    key: str = ""
    advice: Said = NOTHING

    @property
    def place(self) -> str:
        """Return its place as editors understand it: file:line:column."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        return self.said("en")

    def said(self, lang: Language = "vi") -> str:
        """Return the whole of it in one line, in a language."""
        return _LINE[lang].format(
            place=self.place,
            key=f" {self.key}:" if self.key else "",
            found=self.found.said(lang),
            expected=self.expected.said(lang),
            advice=f" ({self.advice.said(lang)})" if self.advice else "",
        )

    def as_json(self) -> dict[str, object]:
        """Return it for programs: what is said in English, and under "vi" in Vietnamese."""
        said = {"found": self.found, "expected": self.expected, "advice": self.advice}
        place = {"file": self.file, "line": self.line, "column": self.column, "key": self.key}
        return {**place, **said, "vi": {name: text.said() for name, text in said.items()}}


class ConfigError(Exception):
    """Carry every problem found in a configuration; its text is one line each, in English."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def said(self, lang: Language = "vi") -> str:
        """Return every problem in a language, one line each."""
        return "\n".join(problem.said(lang) for problem in self.problems)

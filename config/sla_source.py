"""One file of the configuration while it is being read: its text, its values, and where a fault stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from config.errors import ConfigError, Problem
from config.locate import KeyPath, locate, parse_toml
from config.said import NOTHING, say
from config.said_misfits import listed, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from config.said import Said
    from domain.time_limit import TimeLimit

M = TypeVar("M")
Kind = Literal[
    "unit",
    "role",
    "calendar",
    "ladder",
    "person",
    "source",
    "template",
    "procedure",
    "step",
    "field",
    "commune",
    "area",
]
"""What a name of one file can stand for in another; each is a word of the catalogue."""

RECORDED: Final = "recorded"
"""The name under which the texts of a file are told that they were in force once."""


@dataclass(slots=True)
class Findings:
    """Gather problems (the configuration is refused) and warnings (it is read, a person should look).

    `recorded`: the configuration was in force once. What its files say must still be understood; what must
    agree in them has grown since, and would stop an office over decisions it has lived by: that is a warning.
    """

    recorded: bool = False
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self) -> ConfigError:
        """Return the error that carries every problem, in the order of files and lines."""
        return ConfigError(sorted(set(self.problems), key=lambda p: (p.file, p.line, p.column, p.key)))


@dataclass(slots=True, kw_only=True)
class Draft(Generic[M]):
    """Hold a file with its parsed values; `model` is None when they do not fit, and the faults are noted."""

    file: str
    text: str
    findings: Findings
    data: dict[str, Any] = field(default_factory=dict)
    model: M | None = None
    readable: bool = False

    def problem_at(self, path: KeyPath, *, found: Said, expected: Said, advice: Said = NOTHING) -> Problem:
        """Describe a fault at a key path of this file."""
        line, column = locate(self.text, path)
        key = ".".join(map(str, path))
        return Problem(
            file=self.file, line=line, column=column, key=key, found=found, expected=expected, advice=advice
        )

    def refuse(self, path: KeyPath, *, found: Said, expected: Said, advice: Said = NOTHING) -> None:
        """Note something that does not agree, for which no configuration is recorded."""
        findings = self.findings
        noted = findings.warnings if findings.recorded else findings.problems
        noted.append(self.problem_at(path, found=found, expected=expected, advice=advice))

    def misfit(self, path: KeyPath, *, found: Said, expected: Said, advice: Said = NOTHING) -> None:
        """Note a fault that leaves the configuration without a meaning, even one that is recorded."""
        self.findings.problems.append(self.problem_at(path, found=found, expected=expected, advice=advice))

    def warn(self, path: KeyPath, *, found: Said, expected: Said, advice: Said = NOTHING) -> None:
        """Note something doubtful that a person should look at."""
        self.findings.warnings.append(self.problem_at(path, found=found, expected=expected, advice=advice))

    def must_know(self, path: KeyPath, what: Kind, name: str, known: Iterable[str]) -> bool:
        """Say whether a reference is known; an unknown one is noted with the nearest right spelling."""
        names = list(known)
        if name in names:
            return True
        kind = say(what)
        expected = (
            say("known_name", what=kind, names=listed(names)) if names else say("no_known_name", what=kind)
        )
        found = say("unknown_name", what=kind, name=name)
        self.refuse(path, found=found, expected=expected, advice=nearest(name, names))
        return False


def read_draft(file: str, text: str, findings: Findings) -> Draft[Any]:
    """Parse one file; a mistake in its TOML is noted and leaves it empty."""
    draft: Draft[Any] = Draft(file=file, text=text, findings=findings)
    try:
        draft.data = parse_toml(text, file=file)
        draft.readable = True
    except ConfigError as error:
        findings.problems += error.problems
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, brackets nested by the thousand
        found = say("unread_value", kind=type(error).__name__)
        findings.problems.append(Problem(file=file, found=found, expected=say("valid_toml")))
    return draft


def limit_text(limit: TimeLimit) -> str:
    """Write a limit as it stands in a file."""
    return f"{limit.amount} {limit.unit}" if limit.amount else str(limit.unit)


def digest_of(files: Mapping[str, str]) -> str:
    """Return the sha256 of all paths and texts, in the order of the paths."""
    whole = sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            data = part.encode("utf-8", "surrogatepass")
            whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()

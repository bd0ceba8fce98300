"""The file `.env`: one KEY=VALUE a line, with comments and quotes; nothing is expanded or executed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.errors import Problem
from config.said import say

if TYPE_CHECKING:
    from pathlib import Path

ASSIGNMENT = re.compile(r"^(?:export\s+)?(?P<key>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)$")
QUOTED = re.compile(r"""^(?P<quote>['"])(?P<value>.*?)(?P=quote)\s*(?:#.*)?$""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one value and the place it came from; `line` is 1-based, 0 when there is no file."""

    value: str
    file: str
    line: int = 0


def read_dotenv(path: Path) -> tuple[dict[str, Entry], list[Problem]]:
    """Read `path` into entries by key, with every problem found; a missing file is an empty one."""
    if not path.is_file():
        return {}, []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return {}, [
            Problem(file=str(path), found=say("unread_file", error=error), expected=say("readable_utf8"))
        ]
    return _parse(text, str(path))


def _parse(text: str, file: str) -> tuple[dict[str, Entry], list[Problem]]:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line and not line.startswith("#"):
            problems.extend(_take(line, number, file, entries))
    return entries, problems


def _take(line: str, number: int, file: str, entries: dict[str, Entry]) -> list[Problem]:
    match = ASSIGNMENT.match(line)
    if match is None:
        # The line may hold a secret whose key was forgotten: say where it is, not what it says.
        return [
            Problem(
                file=file, line=number, column=1, found=say("line_without_key"), expected=say("key_and_value")
            )
        ]
    key, value = match["key"], _unquote(match["value"])
    if value is None:
        expected = say("closed_quote")
        return [
            Problem(file=file, line=number, column=1, key=key, found=say("open_quote"), expected=expected)
        ]
    if key in entries:
        found = say("key_again", line=entries[key].line)
        expected = say("key_once")
        return [Problem(file=file, line=number, column=1, key=key, found=found, expected=expected)]
    entries[key] = Entry(value=value, file=file, line=number)
    return []


def _unquote(value: str) -> str | None:
    if value[:1] not in {"'", '"'}:
        # Only a hash sign after a space begins a comment; a password may hold one.
        return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()
    match = QUOTED.match(value)
    return match["value"] if match else None

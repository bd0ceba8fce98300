"""Edits of people.toml by a command: an absence is written or cut short, comments and shape are kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import tomlkit
from tomlkit.items import AoT

from config.locate import locate

if TYPE_CHECKING:
    from datetime import date

    from domain.absence import Absence

PEOPLE: Final = "people.toml"
_ABSENCES: Final = "absences"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_absence(text: str, person: str, absence: Absence) -> str:
    """Return people.toml with one more absence; whether it agrees with the others is not asked here."""
    document = tomlkit.parse(text)
    known: Any = document.get(_ABSENCES)
    if known is not None and not isinstance(known, AoT):
        known.append(_filled(tomlkit.inline_table(), person, absence))
        return tomlkit.dumps(document)
    # A new block at the end needs nothing of what stands before it to be written anew.
    block = tomlkit.dumps({_ABSENCES: [_filled({}, person, absence)]})
    return f"{text.rstrip()}\n\n{block}"


def _filled(table: Any, person: str, absence: Absence) -> Any:
    values = {
        "person": person,
        "from": absence.first,
        "to": absence.last,
        "substitute": absence.substitute,
    }
    table.update({key: value for key, value in values.items() if value is not None})
    return table


def back_from(text: str, person: str, day: date) -> str:
    """Return people.toml with a person back on a local day: the absence that covers it ends the day before.

    One that would begin on that day goes. Raises LookupError where none covers it.
    """
    known: Any = tomlkit.parse(text).get(_ABSENCES, [])
    for index, absence in enumerate(known):
        if absence["person"] == person and absence["from"] <= day <= absence["to"]:
            if absence["from"] == day:
                return _without(text, index)
            return _until(text, index, day - timedelta(days=1))
    raise LookupError(f"{person} is not away on {day}")


def _until(text: str, index: int, last: date) -> str:
    """Return the text with another last day of one absence, and not a letter more."""
    line, column = locate(text, (_ABSENCES, index, "to"))
    lines = text.splitlines(keepends=True)
    before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    lines[line - 1] = before + _DAY.sub(last.isoformat(), rest, count=1)
    return "".join(lines)


def _without(text: str, index: int) -> str:
    """Return the text without one absence: its lines alone, so that no comment around them goes with it."""
    document = tomlkit.parse(text)
    known: Any = document[_ABSENCES]
    if not isinstance(known, AoT):
        del known[index]
        return tomlkit.dumps(document)
    block = (_ABSENCES, index)
    first, _ = locate(text, block)
    last = max(locate(text, (*block, key))[0] for key in known[index])
    lines = text.splitlines(keepends=True)
    return "".join(lines[: first - 1]).rstrip("\n") + "\n" + "".join(lines[last:])

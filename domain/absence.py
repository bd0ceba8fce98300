"""Absence (vắng mặt): from which day to which a person is away, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Hold one absence in local days of the office, the first and the last one included.

    `substitute` is the code of the person who stands in; None: whoever is next holds the fort.
    """

    first: date
    last: date
    substitute: str | None = None

    def covers(self, day: date) -> bool:
        """Say whether a local day lies within it."""
        return self.first <= day <= self.last

    def overlaps(self, other: Absence) -> bool:
        """Say whether two absences share a day."""
        return self.first <= other.last and other.first <= self.last


def absence_on(absences: Sequence[Absence], day: date) -> Absence | None:
    """Return the absence that covers a local day, None for a day at work."""
    return next((absence for absence in absences if absence.covers(day)), None)


def circle_of(person: str, absence: Absence, known: Mapping[str, Sequence[Absence]]) -> tuple[str, ...]:
    """Return the people among whom standing in goes round from an absence back to its person; empty: none.

    `known` has the absences of everybody by code. Everybody in a circle is away on the day on which the last
    of them leaves, so that only first days need to be looked at.
    """
    days = [other.first for others in known.values() for other in others if absence.covers(other.first)]
    return next(filter(None, (_round(person, known, day) for day in days)), ())


def _round(person: str, known: Mapping[str, Sequence[Absence]], day: date) -> tuple[str, ...]:
    passed = [person]
    while absence := absence_on(known.get(passed[-1], ()), day):
        following = absence.substitute
        if following == person:
            return (*passed, person)
        if following is None or following in passed:
            return ()
        passed.append(following)
    return ()

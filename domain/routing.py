"""Routing: from a role and a unit to the people who are told, up the line when nobody holds the role.

Who is away on the day is told by whoever stands in; nobody away is told while somebody else can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.absence import absence_on
from domain.errors import RoutingError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from domain.absence import Absence
    from domain.deadline import Language
    from domain.working_calendar import WorkingCalendar

Delivery = Literal["at_once", "working_hours", "next_morning"]
Way = Literal["mail", "sms"]

MORNING_LASTS: Final = timedelta(hours=1)
"""From the opening on: a rung of the day stands at the opening and is found soon after it, never before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Hold one holder of a role in a unit: an invented code in samples, never a name.

    `delivery` says when mail may arrive: at once, only in working hours, or in the next working morning.
    `ways` say how, the preferred one first; a later one only stands in when an earlier one cannot be used.
    `sms` is what the gateway of short messages knows the person by: a phone number or an id of its own.
    """

    code: str
    role: str
    unit: str
    email: str
    delivery: Delivery = "working_hours"
    ways: tuple[Way, ...] = ("mail",)
    sms: str = ""
    lang: Language = "vi"
    absences: tuple[Absence, ...] = ()

    def away_on(self, day: date) -> Absence | None:
        """Return the absence that covers a local day of the office, None for a day at work."""
        return absence_on(self.absences, day)

    def address(self, way: Way) -> str:
        """Return where a person is reached by one of the ways."""
        return self.email if way == "mail" else self.sms


class Told(NamedTuple):
    """Pair a person who is told with those away in whose place it happens; most often there are none."""

    person: Person
    in_place_of: tuple[Person, ...] = ()

    def also_for(self, away: Iterable[Person]) -> Told:
        """Return the same person told in the place of some more."""
        return Told(self.person, (*self.in_place_of, *away))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeUnit:
    """Hold one unit (đơn vị); `parent` is the next one up the line, None for the head of the office."""

    code: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Hold the units, people and the order of roles up the line (lowest first)."""

    units: Mapping[str, OfficeUnit]
    people: Sequence[Person]
    role_order: Sequence[str]

    def recipients(self, role: str, unit: str, officer: str | None = None, *, on: date) -> tuple[Person, ...]:
        """Return who is told as `role` of `unit` on a local day: `told` without saying in whose place."""
        return tuple(person for person, _ in self.told(role, unit, officer, on=on))

    def told(self, role: str, unit: str, officer: str | None = None, *, on: date) -> tuple[Told, ...]:
        """Return who is told as `role` of `unit` on a local day of the office, each once.

        The dossier's own officer stands for the role he or she holds. Whoever is away on that day is told by
        the substitute, a chain of them is followed; without one by the next holder of the role in the unit.
        Where nobody in the unit is there, the units above are asked, then the next role up; never silence:
        where everybody is away, those asked first are told all the same. Nobody at all raises RoutingError.
        """
        found = self.first_there(self.asked(role, unit, officer), on=on)
        if not found:
            raise RoutingError("nobody_holds", role=role, unit=unit)
        return found

    def asked(self, role: str, unit: str, officer: str | None = None) -> Iterator[Sequence[Person]]:
        """Yield groups of people in the order in which they are asked; the first one of use is told."""
        own = [person for person in self.people if person.code == officer and person.role == role]
        if own:
            yield own
            yield from ([person] for person in self._after(own[0], unit))
        start = self.role_order.index(role) if role in self.role_order else 0
        for candidate in [role, *self.role_order[start + 1 :]]:
            for place in self.up_the_line(unit):
                yield [p for p in self.people if p.role == candidate and p.unit == place]

    def _after(self, own: Person, unit: str) -> list[Person]:
        """Return the other holders of a person's role in a unit, beginning with the next one in the file."""
        place = self.people.index(own)
        others = (*self.people[place + 1 :], *self.people[:place])
        return [person for person in others if person.role == own.role and person.unit == unit]

    def first_there(self, groups: Iterable[Sequence[Person]], *, on: date) -> tuple[Told, ...]:
        """Return who is told of the first group of which somebody is there, in person or by a substitute.

        Where the first people asked are all away, the first person there is told in their place; where nobody
        at all is there, they are told all the same. Of no people, nobody.
        """
        away: list[Person] = []
        for group in groups:
            there, missing = self._there(group, on)
            if there and away:  # asked for others alone: whoever is away here would not have been told either
                there = [Told(person) for person, _ in there]
            away = away or missing
            if there:
                return (there[0].also_for(away), *there[1:])
        return tuple(Told(person) for person in away)

    def _there(self, group: Sequence[Person], on: date) -> tuple[list[Told], list[Person]]:
        """Return who is told for a group, each once, and those for whom nobody is there."""
        found: dict[str, Told] = {}
        missing: list[Person] = []
        for person in group:
            told = self.standing_in_for(person, on=on)
            if told is None:
                missing.append(person)
            else:
                known = found.get(told.code, Told(told))
                found[told.code] = known if told is person else known.also_for([person])
        return list(found.values()), missing

    def standing_in_for(self, person: Person, *, on: date) -> Person | None:
        """Return who is told for a person on a local day: the person, or the last of a chain of substitutes.

        None: away, and nobody was named who is there.
        """
        seen: set[str] = set()
        while absence := person.away_on(on):
            seen.add(person.code)
            following = [other for other in self.people if other.code == absence.substitute]
            if not following or following[0].code in seen:
                return None
            person = following[0]
        return person

    def up_the_line(self, unit: str) -> Iterable[str]:
        """Yield the unit and those above it, each once."""
        seen: set[str] = set()
        place: str | None = unit
        while place is not None and place not in seen:
            seen.add(place)
            yield place
            known = self.units.get(place)
            place = known.parent if known else None


def ways_to(person: Person, *, leaving: Container[Way], kept: Container[Way]) -> tuple[Way, ...]:
    """Return the ways by which a person can be told, in the order in which they stand in for each other.

    `leaving` are those that reach people, `kept` those that end in a folder of the machine. Each notice goes
    one way, never two at once: the first of the person's own that reaches people; the next only when that one
    has failed for good. A folder is for an office that has nothing else yet. Empty: nobody can tell them.
    """
    found = tuple(way for way in person.ways if way in leaving)
    return found or tuple(way for way in person.ways if way in kept)[:1]


def deliver_at(person: Person, calendar: WorkingCalendar, *, now: datetime, urgent: bool = False) -> datetime:
    """Return the UTC instant from which a mail may go to a person (nobody is told at midnight).

    "working_hours": now if the office is open, else its next opening. "next_morning": in the morning of a
    working day, which is its first hour: before it the opening of today, in it now, after it the opening of
    the next working day. What is urgent waits for nobody's hours.
    """
    if urgent or person.delivery == "at_once":
        return now
    if person.delivery == "working_hours":
        return calendar.add_time(now, 0)
    today = calendar.local(now).date()
    opening = calendar.opening_of(today)
    if calendar.is_working_day(today) and now < opening + MORNING_LASTS:
        return max(now, opening)
    return calendar.opening_of(calendar.add_days(today, 1))


def not_before(person: Person, calendar: WorkingCalendar, *, at: datetime, urgent: bool = False) -> datetime:
    """Return when what could go to a person at an instant may go: then, or at the next opening of the office.

    Whoever is told in the morning only has had that morning: what comes late may still go in working hours.
    """
    return at if urgent or person.delivery == "at_once" else calendar.add_time(at, 0)

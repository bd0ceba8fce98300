"""Routing: from a role and a unit to the people who are told, up the line when nobody holds the role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.errors import RoutingError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import datetime

    from domain.deadline import Language
    from domain.working_calendar import WorkingCalendar

Delivery = Literal["at_once", "working_hours", "next_morning"]
Way = Literal["mail", "sms"]


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

    def address(self, way: Way) -> str:
        """Return where a person is reached by one of the ways."""
        return self.email if way == "mail" else self.sms


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

    def recipients(self, role: str, unit: str, officer: str | None = None) -> tuple[Person, ...]:
        """Return who is told as `role` of `unit`.

        The dossier's own officer stands for the role he or she holds; where nobody in the unit holds it, the
        units above are asked, then the next role up; never silence. Nobody at all raises RoutingError.
        """
        own = [person for person in self.people if person.code == officer and person.role == role]
        if own:
            return tuple(own)
        start = self.role_order.index(role) if role in self.role_order else 0
        for candidate in [role, *self.role_order[start + 1 :]]:
            for place in self.up_the_line(unit):
                found = [p for p in self.people if p.role == candidate and p.unit == place]
                if found:
                    return tuple(found)
        raise RoutingError(f"nobody holds the role {role!r} for unit {unit!r}, nor any role above it")

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

    "working_hours": now if the office is open, else its next opening. "next_morning": the opening of the next
    working day. What is urgent waits for nobody's hours.
    """
    if urgent or person.delivery == "at_once":
        return now
    if person.delivery == "working_hours":
        return calendar.add_time(now, 0)
    tomorrow = calendar.add_days(calendar.local(now).date(), 1)
    return calendar.opening_of(tomorrow)

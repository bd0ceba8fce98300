"""Caretakers: who is told of what concerns the office itself, and no dossier and no unit of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.errors import RoutingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.routing import Lines, Person

OPS: Final = "ops"
"""The role of those who keep the machinery of the office."""


def caretakers(lines: Lines, role: str, *, on: date) -> tuple[Person, ...]:
    """Return who is told as `role` of the whole office on a local day: everybody who holds it, in any unit.

    Whoever is away is told by the substitute. Where nobody is there, it goes up the line from the head of the
    office (`Lines.asked`). A role that stands last in the order has nobody above it; then whoever stands
    nearest before it is told, at the head of the office if there is somebody: never silence. An office
    without people raises RoutingError.
    """
    found = lines.first_there(_asked(lines, role), on=on)
    if not found:
        raise RoutingError("no_people", role=role)
    return tuple(person for person, _ in found)


def _asked(lines: Lines, role: str) -> Iterator[list[Person]]:
    yield _holders(lines, role)
    heads = [unit.code for unit in lines.units.values() if unit.parent is None]
    for head in heads:
        yield from map(list, lines.asked(role, head))
    anywhere = [_holders(lines, other) for other in reversed(lines.role_order)]
    yield from ([person for person in held if person.unit in heads] for held in anywhere)
    yield from anywhere


def _holders(lines: Lines, role: str) -> list[Person]:
    return [person for person in lines.people if person.role == role]

"""Caretakers: who is told of what concerns the office itself, and no dossier and no unit of it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from domain.errors import RoutingError

if TYPE_CHECKING:
    from domain.routing import Lines, Person


def caretakers(lines: Lines, role: str) -> tuple[Person, ...]:
    """Return who is told as `role` of the whole office: everybody who holds it, in whichever unit.

    Where nobody does, it goes up the line from the head of the office (`Lines.recipients`). A role that
    stands last in the order has nobody above it; then whoever stands nearest before it is told, at the head
    of the office if there is somebody: never silence. An office without people raises RoutingError.
    """
    holders = _holders(lines, role)
    if holders:
        return holders
    heads = [unit.code for unit in lines.units.values() if unit.parent is None]
    for head in heads:
        with suppress(RoutingError):
            return lines.recipients(role, head)
    return _nearest_before(lines, heads, role)


def _nearest_before(lines: Lines, heads: list[str], role: str) -> tuple[Person, ...]:
    anywhere = [_holders(lines, other) for other in reversed(lines.role_order)]
    at_the_head = [tuple(person for person in held if person.unit in heads) for held in anywhere]
    for found in (*at_the_head, *anywhere):
        if found:
            return found
    raise RoutingError(f"nobody can be told as {role!r}: the office has no people")


def _holders(lines: Lines, role: str) -> tuple[Person, ...]:
    return tuple(person for person in lines.people if person.role == role)

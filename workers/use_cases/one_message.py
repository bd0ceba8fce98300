"""One message a person: which of the rungs that came due together is told for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.ladder import PlannedRung
    from domain.routing import Person
    from domain.rung_terms import Key


class Line(NamedTuple):
    """Hold one rung for one person in one role; `told_to` is somebody else if that person is away."""

    entry: PlannedRung
    role: str
    person: Person
    told_to: Person

    @property
    def key(self) -> tuple[Key, str]:
        """Return what tells it from others, whatever the role."""
        return self.entry.key, self.person.code

    @property
    def place(self) -> tuple[str, str]:
        """Return what lines have in common that may be told together: step and person."""
        return self.entry.step, self.person.code


class Message(NamedTuple):
    """Hold the one message in which a person is told what came due: the rung it is for.

    It is as urgent as the most urgent of what it tells, and stands alone if any of it does.
    """

    rung: str
    is_urgent: bool
    is_alone: bool


def messages_of(
    lines: Sequence[Line], asks: Callable[[PlannedRung], bool]
) -> Mapping[tuple[Key, str], Message]:
    """Return in which message each line is told: that of the last rung for its person.

    What asks for an acknowledgement is told in the last message that asks. Covered by one that does not, its
    question would be lost, and with it what nobody answers would never go up.
    """
    last = {line.place: line.entry for line in lines}
    asking = {line.place: line.entry for line in lines if asks(line.entry)}
    told_in = {line.key: (asking if asks(line.entry) else last)[line.place] for line in lines}
    tellers = {line.key: (told_in[line.key].key, line.person.code) for line in lines}
    urgent = {tellers[line.key] for line in lines if line.entry.rung.urgent}
    alone = {tellers[line.key] for line in lines if line.entry.rung.alone}
    return {
        key: Message(told_in[key].code, teller in urgent, teller in alone) for key, teller in tellers.items()
    }

"""Acknowledgement (xác nhận): who said an escalation is in hand, and how one that nobody answers goes up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.caretakers import OPS, caretakers
from domain.ladder import PlannedRung
from domain.routing import Told
from domain.rung_terms import code_in_ladder
from domain.time_limit import CountingRules, land

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from domain.ladder import Rung
    from domain.routing import Lines, Person
    from domain.rung_terms import Key
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar

AcknowledgedBy = Literal["link", "cli", "task"]

TEMPLATE: Final = "unacknowledged"
"""What a rung that went up is told by, whatever the mail of the rung itself was."""
LONGEST_CODE: Final = 61
"""Of a rung that asks for an acknowledgement: its code must have room for the mark of a level."""
PROMPT: Final = timedelta(minutes=5)
"""Who is told no later than this after their moment has the time that was planned: a round one, for all."""
_MARK: Final = "^"
# Who is asked on one day has until the end of office hours of a later one.
_BY_EVENING: Final = CountingRules(time_of_day="end_of_working_day", due_on_nonworking="as_is")


class Acknowledgement(NamedTuple):
    """Hold who said that an escalation is in hand, when (UTC) and by which way.

    It holds for the rung and for every lower one of the same dossier or step (`step`; empty: the dossier's)
    and of the same epoch: whoever knows of the higher level knows of the lower.
    """

    step: str
    rung: str
    level: int
    epoch: int
    at: datetime
    by: str
    way: AcknowledgedBy

    def holds_for(self, step: str, level: int, epoch: int) -> bool:
        """Say whether it answers for a rung of this step, level and epoch."""
        return (self.step, self.epoch) == (step, epoch) and level <= self.level


def first_for(known: Iterable[Acknowledgement], step: str, level: int, epoch: int) -> Acknowledgement | None:
    """Return the first acknowledgement that holds for a rung; None: nobody has answered."""
    fitting = (one for one in known if one.holds_for(step, level, epoch))
    return min(fitting, key=lambda one: one.at, default=None)


def answered(
    rungs: Iterable[Rung], step: str, known: Sequence[Acknowledgement], epoch: int
) -> dict[Key, datetime]:
    """Return which rungs of the ladder of a dossier, or of a step, were acknowledged, and since when."""
    found = {rung.code: first_for(known, step, rung.level, epoch) for rung in rungs} if known else {}
    return {(step, code): answer.at for code, answer in found.items() if answer is not None}


def asked_until(within: TimeLimit, told_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the UTC instant, exclusive, until which somebody told at `told_at` is asked to acknowledge.

    Working hours run from that moment. Of working days the day of telling is not counted, and the last one
    ends with its office hours.
    """
    return land(within, told_at, calendar, _BY_EVENING)


def asked_from(
    told_at: datetime, planned: datetime, within: TimeLimit, calendar: WorkingCalendar
) -> datetime:
    """Return until when somebody is asked who was really told at `told_at`; `planned` had been the plan.

    The time counts from the telling; whoever is told promptly keeps the plan. It is never before that.
    """
    if asked_until(within, told_at - PROMPT, calendar) <= planned:
        return planned
    return asked_until(within, told_at, calendar)


def asked_at_soonest(
    told_at: datetime, planned: datetime, within: TimeLimit, calendar: WorkingCalendar, *, now: datetime
) -> datetime:
    """Return until when somebody is asked at the soonest who still waits and is told at `told_at` or later.

    It lies after `now`, and never after what `asked_from` gives in the end: then it is time to look again.
    """
    soonest = max(planned, asked_until(within, told_at - PROMPT, calendar))
    return soonest if soonest > now else asked_until(within, told_at, calendar)


def first_asked(step: str, code: str, asked: Mapping[Key, datetime]) -> datetime | None:
    """Return until when an answer to a rung of a ladder is asked for, be it in the mail of a repeat; or None.

    A repeat gives no more time than what was told before it.
    """
    moments = [until for (of, told), until in asked.items() if of == step and code_in_ladder(told) == code]
    return min(moments, default=None)


def with_raised(
    planned: Sequence[PlannedRung],
    asked: Mapping[Key, datetime],
    known: Sequence[Acknowledgement],
    lines: Lines,
    *,
    epoch: int,
) -> tuple[PlannedRung, ...]:
    """Return the rungs with those that went up a level because nobody acknowledged them, in order.

    `asked` says until when the last of those told of a rung was asked, for the rungs that were told: nothing
    goes up that nobody has heard of. A rung goes up at that very instant unless it was acknowledged before;
    one that came in late stops the levels above. The levels are bounded by the line (`roles_above`); a repeat
    has none of its own.
    """
    raised = [
        level
        for entry in planned
        if entry.rung.acknowledge_within is not None and not entry.repeat
        for level in _levels(entry, asked, known, lines, epoch)
    ]
    return tuple(sorted((*planned, *raised), key=lambda entry: (entry.at, entry.step, entry.rung.level)))


def _levels(
    entry: PlannedRung,
    asked: Mapping[Key, datetime],
    known: Sequence[Acknowledgement],
    lines: Lines,
    epoch: int,
) -> Iterator[PlannedRung]:
    answer = first_for(known, entry.step, entry.rung.level, epoch)
    until = first_asked(entry.step, entry.rung.code, asked)
    for number, role in enumerate(roles_above(lines, entry.rung.roles), 1):
        if until is None or (answer is not None and answer.at < until):
            return
        level = PlannedRung(raised_rung(entry.rung, number, role), until, entry.step)
        yield level
        until = asked.get(level.key)


def raised_rung(rung: Rung, number: int, role: str) -> Rung:
    """Return a rung as it is told so many levels up, to one role, with a code of its own."""
    code = f"{rung.code}{_MARK}{number}"
    return replace(rung, code=code, roles=(role,), template=TEMPLATE, subject="", repeat=None)


def went_up(code: str) -> tuple[str, int]:
    """Return the code of the rung itself and how many levels it went up (0: it is the rung itself)."""
    base, _, number = code.partition(_MARK)
    return base, int(number or 0)


def base_of(code: str) -> str:
    """Return the code that what was told has in its ladder, be it a level up or a repeat."""
    return code_in_ladder(went_up(code)[0])


def roles_above(lines: Lines, roles: Collection[str]) -> tuple[str, ...]:
    """Return the roles to which something told to `roles` goes up, one after the other.

    They are those above the highest of them that somebody holds, and at last whoever keeps the machinery of
    the office: never silence. What is told to the caretakers alone goes nowhere.
    """
    order, told = list(lines.role_order), [role for role in roles if role != OPS]
    if not told:
        return ()
    held = {person.role for person in lines.people} - {OPS}
    highest = max((order.index(role) for role in told if role in order), default=-1)
    return (*(role for role in order[highest + 1 :] if role in held), OPS)


def told_as(lines: Lines, role: str, unit: str, officer: str | None, *, on: date) -> tuple[Told, ...]:
    """Return who is told as a role of a unit on a local day; the caretakers are those of the whole office."""
    if role == OPS:
        return tuple(Told(person) for person in caretakers(lines, OPS, on=on))
    return lines.told(role, unit, officer, on=on)


def may_acknowledge(by: str, told: Collection[str], lines: Lines) -> bool:
    """Say whether a person may answer for what `told` were told: one of them, or a superior of one.

    A superior holds a higher role, in the unit of the other or up the line from it.
    """
    people = {person.code: person for person in lines.people}
    superior = people.get(by)
    others = [people[code] for code in told if code in people]
    return by in told or (superior is not None and any(_above(lines, superior, one) for one in others))


def _above(lines: Lines, one: Person, other: Person) -> bool:
    order = list(lines.role_order)
    if one.role not in order or other.role not in order or one.unit not in lines.up_the_line(other.unit):
        return False
    return order.index(one.role) > order.index(other.role)

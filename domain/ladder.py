"""The ladder (thang nhắc): rungs before and after the due date, which have come due, when to look next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from domain.time_limit import SECONDS_OF, CountingRules, TimeLimit, land

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.working_calendar import WorkingCalendar

RungKind = Literal["reminder", "apology", "escalation"]

# People are told in the morning of the day: a rung in days stands at the opening of its working day.
MORNING: Final = CountingRules(time_of_day="start_of_working_day", due_on_nonworking="as_is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Hold one rung: how long before (negative) or after the due date, who is told and what.

    `offset` is in working days, counted from the due day, or in working hours, counted from `due_at`.
    `level` ascends: a higher level says what the lower ones said, and more. What an `urgent` rung says is
    delivered at once, whatever the hours of the recipient; the mail of one that stands `alone` is never put
    together with others.
    """

    code: str
    offset: TimeLimit
    kind: RungKind
    roles: tuple[str, ...]
    level: int
    template: str
    subject: str = ""
    urgent: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRung:
    """Pair a rung with the UTC instant at which it comes due for one dossier, or for one step of it."""

    rung: Rung
    at: datetime
    step: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells this rung from every other of the dossier: its step (empty: none) and code."""
        return self.step, self.rung.code


def moment_of(
    offset: TimeLimit, anchor: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    """Return the UTC instant that lies an offset before or after an anchor."""
    return land(offset, anchor, calendar, rules)


def plan(
    ladder: Iterable[Rung],
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    counting_from: datetime,
    step: str = "",
) -> tuple[PlannedRung, ...]:
    """Return the rungs of a dossier, or of the named step of it, in the order of their instants.

    A rung before the due date whose instant does not lie after the beginning of the count has no meaning for
    so short a limit (two days before a one-day limit) and is left out.
    """
    planned = _planned(ladder, deadline, calendar, counting_from, step)
    return tuple(sorted(planned, key=lambda entry: (entry.at, entry.rung.level)))


def first_moment(
    ladder: Sequence[Rung], deadline: Deadline, calendar: WorkingCalendar, *, counting_from: datetime
) -> datetime | None:
    """Return the earliest instant of the plan, None when it is empty.

    Rungs in one unit come in the order of their amounts, so that only the first of them is worked out.
    """
    rungs = sorted(ladder, key=lambda rung: rung.offset.amount * SECONDS_OF.get(rung.offset.unit, 1))
    days = [rung for rung in rungs if rung.offset.unit not in SECONDS_OF]
    hours = [rung for rung in rungs if rung.offset.unit in SECONDS_OF]
    firsts = (next(_planned(group, deadline, calendar, counting_from), None) for group in (days, hours))
    return min((first.at for first in firsts if first), default=None)


def _planned(
    ladder: Iterable[Rung],
    deadline: Deadline,
    calendar: WorkingCalendar,
    counting_from: datetime,
    step: str = "",
) -> Iterator[PlannedRung]:
    for rung in ladder:
        anchor = deadline.due_at if rung.offset.unit in SECONDS_OF else deadline.appointment_at
        at = moment_of(rung.offset, anchor, calendar, MORNING)
        if at > counting_from or rung.offset.amount > 0:
            yield PlannedRung(rung, at, step)


def come_due(
    planned: Sequence[PlannedRung], fired: Collection[tuple[str, str]], *, now: datetime
) -> tuple[PlannedRung, ...]:
    """Return the rungs that have come due and whose key has not fired, in order; after a gap, all of them."""
    return tuple(entry for entry in planned if entry.at <= now and entry.key not in fired)


def next_action_at(
    planned: Sequence[PlannedRung], fired: Collection[tuple[str, str]], *, now: datetime
) -> datetime | None:
    """Return the next instant after `now` at which a rung comes due, or None when the ladder has ended."""
    return next((entry.at for entry in planned if entry.at > now and entry.key not in fired), None)

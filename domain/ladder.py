"""The ladder (thang nhắc): rungs before and after the due date, which have come due, when to look next."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

from domain.part_of_limit import moment_of_part
from domain.rung_terms import NOTHING, PartOfLimit, repeated
from domain.time_limit import SECONDS_OF, CountingRules, TimeLimit, land

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.pauses import Pause
    from domain.rung_terms import Condition, Key, Repeat, Stops
    from domain.working_calendar import WorkingCalendar

RungKind = Literal["reminder", "apology", "escalation"]

# People are told in the morning of the day: a rung in days stands at the opening of its working day.
MORNING: Final = CountingRules(time_of_day="start_of_working_day", due_on_nonworking="as_is")
_IN_DAYS, _IN_HOURS, _IN_PERCENT = range(3)
_ORDER: Final = attrgetter("order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Hold one rung: how long before (negative) or after the due date, who is told and what.

    `offset` is in working days, counted from the due day, in working hours, counted from `due_at`, or a part
    of the limit. `when` says for which dossiers it is (None: all), `repeat` how often it is told again.
    `level` ascends: a higher level says what the lower ones said, and more. What an `urgent` rung says is
    delivered at once, whatever the hours of the recipient; the mail of one that stands `alone` is never put
    together with others. `acknowledge_within`, in working hours or working days, asks whoever is told of an
    escalation to say that it is in hand.
    """

    code: str
    offset: TimeLimit | PartOfLimit
    kind: RungKind
    roles: tuple[str, ...]
    level: int
    template: str
    subject: str = ""
    urgent: bool = False
    alone: bool = False
    when: Condition | None = None
    repeat: Repeat | None = None
    acknowledge_within: TimeLimit | None = None
    # Which kind of offset it has, and what orders it among those of its kind; asked for each dossier.
    order: tuple[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", _order(self.offset))

    @property
    def is_after(self) -> bool:
        """Say whether it stands after the due date."""
        offset = self.offset
        return offset.is_after if isinstance(offset, PartOfLimit) else offset.amount > 0

    @property
    def asks(self) -> bool:
        """Say whether its mail asks to be acknowledged: else it goes up the line, or is told again."""
        stopped_by = self.repeat.until if self.repeat else "closed"
        return self.acknowledge_within is not None or stopped_by == "acknowledged"


@dataclass(frozen=True, slots=True)
class PlannedRung:
    """Pair a rung with the UTC instant at which it comes due for one dossier, or for one step of it.

    `repeat` counts how often it was told before: 0 is the rung itself, 1 its first repeat.
    """

    rung: Rung
    at: datetime
    step: str = ""
    repeat: int = 0

    @property
    def code(self) -> str:
        """Return the code under which it is told: "t+5", its first repeat "t+5#1"."""
        return repeated(self.rung.code, self.repeat) if self.repeat else self.rung.code

    @property
    def key(self) -> Key:
        """Return what tells this rung from every other of the dossier."""
        return self.step, self.code


@dataclass(frozen=True, slots=True)
class _Course:
    """Hold the time beside which a ladder stands: from the beginning of a count to its due date."""

    deadline: Deadline
    calendar: WorkingCalendar
    begin: datetime
    pauses: Sequence[Pause]
    step: str


def moment_of(
    offset: TimeLimit, anchor: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    """Return the UTC instant that lies an offset before or after an anchor."""
    return land(offset, anchor, calendar, rules)


def holding(ladder: tuple[Rung, ...], dossier: Dossier) -> tuple[Rung, ...]:
    """Return the rungs whose condition holds for a dossier as it stands now.

    One that did not hold at its moment is planned as soon as it holds: its moment has passed, so that it
    comes due at once.
    """
    return tuple(rung for rung in ladder if rung.when is None or rung.when.holds(dossier))


def plan(
    ladder: Iterable[Rung],
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    counting_from: datetime,
    step: str = "",
    pauses: Sequence[Pause] = (),
    stops: Stops = NOTHING,
) -> tuple[PlannedRung, ...]:
    """Return the rungs of a dossier, or of the named step of it, in the order of their instants.

    A rung before the due date whose instant does not lie after the beginning of the count has no meaning for
    so short a limit (two days before a one-day limit) and is left out. Each repeat is a rung of its own; one
    that `stops` ended, and one of a rung before the due date that would stand after it, is left out.
    """
    course = _Course(deadline, calendar, counting_from, pauses, step)
    planned = [
        entry
        for first in _planned(ladder, course)
        for entry in (first, *_repeats(first, first.rung.repeat, course, stops))
    ]
    return tuple(sorted(planned, key=lambda entry: (entry.at, entry.rung.level)))


def first_moment(
    ladder: Sequence[Rung],
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    counting_from: datetime,
    pauses: Sequence[Pause] = (),
) -> datetime | None:
    """Return the earliest instant of the plan, None when it is empty.

    Rungs of one kind of offset come in the order of their amounts, so that only the first of them is worked
    out; repeats come later still.
    """
    course = _Course(deadline, calendar, counting_from, pauses, "")
    first: datetime | None = None
    done = -1
    for rung in sorted(ladder, key=_ORDER):
        kind = rung.order[0]
        if kind != done and (at := _at(rung, course)) is not None:
            done = kind
            first = at if first is None else min(first, at)
    return first


def _order(offset: TimeLimit | PartOfLimit) -> tuple[int, int]:
    """Return which kind of offset it is, and what orders it among those of its kind."""
    if isinstance(offset, PartOfLimit):
        return _IN_PERCENT, offset.percent
    seconds = SECONDS_OF.get(offset.unit)
    return (_IN_DAYS, offset.amount) if seconds is None else (_IN_HOURS, offset.amount * seconds)


def _planned(ladder: Iterable[Rung], course: _Course) -> Iterator[PlannedRung]:
    for rung in ladder:
        at = _at(rung, course)
        if at is not None:
            yield PlannedRung(rung, at, course.step)


def _at(rung: Rung, course: _Course) -> datetime | None:
    """Return the instant of a rung, None where it has no meaning for so short a limit."""
    offset, deadline, calendar, begin = rung.offset, course.deadline, course.calendar, course.begin
    if isinstance(offset, PartOfLimit):
        at = moment_of_part(offset, deadline, calendar, counting_from=begin, pauses=course.pauses)
    else:
        anchor = deadline.appointment_at if rung.order[0] == _IN_DAYS else deadline.due_at
        at = moment_of(offset, anchor, calendar, MORNING)
    return at if has_meaning(rung, at, begin) else None


def has_meaning(rung: Rung, at: datetime, begin: datetime) -> bool:
    """Say whether a rung at an instant means anything to a count that begins then: a reminder comes later."""
    return at > begin or rung.is_after


def _repeats(
    first: PlannedRung, repeat: Repeat | None, course: _Course, stops: Stops
) -> Iterator[PlannedRung]:
    if repeat is None:
        return
    code, every = first.rung.code, repeat.every
    keys = {first.key, *((first.step, repeated(code, n)) for n in range(1, repeat.at_most + 1))}
    stop = stops.stop_of(repeat, keys, first=first.at)
    for number in range(1, repeat.at_most + 1):
        at = moment_of(TimeLimit(every.amount * number, every.unit), first.at, course.calendar, MORNING)
        too_late = not first.rung.is_after and at >= course.deadline.due_at
        if too_late or (stop is not None and at >= stop):
            return
        yield PlannedRung(first.rung, at, first.step, number)


def come_due(
    planned: Sequence[PlannedRung], fired: Collection[Key], *, now: datetime
) -> tuple[PlannedRung, ...]:
    """Return the rungs that have come due and whose key has not fired, in order; after a gap, all of them."""
    return tuple(entry for entry in planned if entry.at <= now and entry.key not in fired)


def next_action_at(
    planned: Sequence[PlannedRung], fired: Collection[Key], *, now: datetime
) -> datetime | None:
    """Return the next instant after `now` at which a rung comes due, or None when the ladder has ended."""
    return next((entry.at for entry in planned if entry.at > now and entry.key not in fired), None)

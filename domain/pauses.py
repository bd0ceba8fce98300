"""Pauses: time that does not count against a limit, taken away in the limit's own unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from domain.errors import LimitError
from domain.time_limit import (
    SECONDS_OF,
    CountingRules,
    TimeLimit,
    Unit,
    at_time_of_day,
    land,
    land_on_day,
    start_moment,
)
from domain.trace import Leg, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.trace import LegKind, Trace
    from domain.working_calendar import WorkingCalendar

Pause = tuple[datetime, datetime]
"""Two aware instants: from (inclusive) and to (exclusive)."""
_BACK: Final[dict[LegKind, LegKind]] = {
    "working_days": "back_working_days",
    "calendar_days": "back_calendar_days",
}


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the pauses in order, overlaps joined; one that ends before it begins raises LimitError."""
    merged: list[Pause] = []
    for begin, end in sorted(pauses):
        if end < begin:
            raise LimitError("pause_backwards", begin=begin.isoformat(), end=end.isoformat())
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def land_with_pauses(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    pauses: Sequence[Pause] = (),
    *,
    trace: Trace | None = None,
) -> datetime:
    """Return the UTC instant at which a limit ends when the pauses do not count.

    A pause is counted in the unit of its limit: working days, calendar days or working time. A unit is never
    converted into another. A `trace` is told what was counted and what was not.
    """
    if not pauses:
        return land(limit, start, calendar, rules, trace)
    count = _Count(limit, start, calendar, rules, [] if trace is None else trace)
    joined = merge(pauses)
    if limit.unit in SECONDS_OF:
        return count.time(joined)
    if rules.pause_in == "working_time":
        return count.days_then_time(joined)
    return count.more_days(joined)


@dataclass(frozen=True, slots=True)
class _Count:
    """Hold what is counted, from when and how; every way of counting tells its legs to `told`."""

    limit: TimeLimit
    start: datetime
    calendar: WorkingCalendar
    rules: CountingRules
    told: Trace

    def days_then_time(self, pauses: Sequence[Pause]) -> datetime:
        calendar, backward = self.calendar, self.limit.amount < 0
        due = land(self.limit, self.start, calendar, self.rules, self.told)
        for begin, end in reversed(pauses) if backward else pauses:
            inside = (begin, min(end, self.start)) if backward else (max(begin, self.start), end)
            if inside[0] >= inside[1]:
                continue
            if end <= due if backward else begin >= due:
                break  # the limit had run out before this pause
            paused = calendar.elapsed(*inside)
            before, due = due, calendar.add_time(due, -paused if backward else paused) if paused else due
            self.told.extend((Span("pause", *inside, paused), Span("back_time", before, due, paused)))
        return due

    def more_days(self, pauses: Sequence[Pause]) -> datetime:
        if self.limit.amount < 0:
            raise LimitError("no_pause_backwards")
        due, days = land(self.limit, self.start, self.calendar, self.rules, self.told), 0
        stops: list[Leg] = []
        for begin, end in pauses:
            if end <= self.start:
                continue
            if begin >= due:
                break  # the limit had run out before this pause: it cannot make a late result timely
            stop = self._stop(max(begin, self.start), end)
            due = self._land_extended(days + stop.amount)
            while due <= end:
                # Used up on the day of the stop, or while the last day was rolling on: what is left then is
                # the day of resumption. A clock that stopped in time never goes on late.
                stop = replace(stop, amount=stop.amount + 1)
                due = self._land_extended(days + stop.amount)
            days += stop.amount
            stops.append(stop)
        self.told.extend(stops)
        return due

    def _stop(self, begin: datetime, end: datetime) -> Leg:
        # As with receipt, the day on which something happens is not counted: the day of resumption is day 0.
        first, last = self.calendar.local(begin).date(), self.calendar.local(end).date()
        if self.limit.unit in (Unit.CALENDAR_DAYS, Unit.MONTHS):
            return Leg("pause", first, last, (last - first).days)
        return Leg("pause", first, last, self.calendar.count_days(first, last))

    def _land_extended(self, days: int) -> datetime:
        limit = self.limit
        if limit.unit is Unit.MONTHS:
            return self._months_and_days(days)
        if limit.unit is Unit.SAME_DAY:
            return self._same_day_and_days(days)
        longer = TimeLimit(limit.amount + days, limit.unit)
        return land(longer, self.start, self.calendar, self.rules, self.told)

    def _same_day_and_days(self, days: int) -> datetime:
        morning = replace(self.rules, time_of_day="start_of_working_day")
        begin = land(self.limit, self.start, self.calendar, morning, self.told)
        further: Trace = []
        due = land(TimeLimit(days, Unit.WORKING_DAYS), begin, self.calendar, self.rules, further)
        self.told.extend(_given_back(further))
        return due

    def _months_and_days(self, days: int) -> datetime:
        # Months have no days to add to: the days paused follow the corresponding day, and the last one rolls.
        begin = start_moment(self.limit, self.start, self.calendar, self.rules)
        plain = replace(self.rules, due_on_nonworking="as_is", first_day_after_end=False)
        self.told.clear()
        corresponding = land_on_day(self.limit, begin.date(), self.calendar, plain, self.told)
        counted = replace(
            self.rules, start_on_nonworking="as_is", count_from="receipt", start_day_counts=False
        )
        further: Trace = []
        paused = TimeLimit(days, Unit.CALENDAR_DAYS)
        day = land_on_day(paused, corresponding, self.calendar, counted, further)
        self.told.extend(_given_back(further))
        return at_time_of_day(day, begin, self.calendar, self.rules)

    def time(self, pauses: Sequence[Pause]) -> datetime:
        if self.limit.amount <= 0:
            return self._backward(pauses) if self.limit.amount else self._working_moment(pauses)
        self.told.clear()
        moment, remaining = self.start, self.limit.micros
        for begin, end in pauses:
            if end <= moment:
                continue
            stop = max(begin, moment)
            available = self.calendar.elapsed(moment, stop)
            if remaining <= available:
                break
            self.told.extend((Span("working_time", moment, stop, available), Span("pause", stop, end)))
            moment, remaining = end, remaining - available
        due = self.calendar.add_time(moment, remaining)
        self.told.append(Span("working_time", moment, due, remaining))
        return due

    def _working_moment(self, pauses: Sequence[Pause]) -> datetime:
        calendar, backward = self.calendar, self.rules.zero_direction == "backward"
        moment = calendar.previous_moment(self.start) if backward else calendar.add_time(self.start, 0)
        for begin, end in reversed(pauses) if backward else pauses:
            if backward and begin < moment <= end:
                moment = calendar.previous_moment(begin)
            elif not backward and begin <= moment < end:
                moment = calendar.add_time(end, 0)
        return moment

    def _backward(self, pauses: Sequence[Pause]) -> datetime:
        moment, remaining = self.start, -self.limit.micros
        for begin, end in reversed(pauses):
            if begin >= moment:
                continue
            available = self.calendar.elapsed(min(end, moment), moment)
            if remaining <= available:
                break
            moment, remaining = begin, remaining - available
        return self.calendar.add_time(moment, -remaining)


def _given_back(further: Trace) -> Iterator[Leg]:
    for leg in further:
        if isinstance(leg, Leg) and leg.kind != "receipt":
            yield replace(leg, kind=_BACK.get(leg.kind, leg.kind))


def elapsed_with_pauses(
    start: datetime, end: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()
) -> int:
    """Return the working time from start to end less the pauses, in microseconds; negative backwards."""
    if end < start:
        return -elapsed_with_pauses(end, start, calendar, pauses)
    paused = sum(
        calendar.elapsed(max(begin, start), min(until, end))
        for begin, until in merge(pauses)
        if begin < end and until > start
    )
    return calendar.elapsed(start, end) - paused

"""Pauses: time that does not count against a limit, taken away in the limit's own unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.working_calendar import WorkingCalendar

Pause = tuple[datetime, datetime]
"""Two aware instants: from (inclusive) and to (exclusive)."""


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the pauses in order, overlaps joined; one that ends before it begins raises LimitError."""
    merged: list[Pause] = []
    for begin, end in sorted(pauses):
        if end < begin:
            raise LimitError(
                f"the pause from {begin.isoformat()} ends before it begins, at {end.isoformat()}"
            )
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
) -> datetime:
    """Return the UTC instant at which a limit ends when the pauses do not count.

    A pause is counted in the unit of its limit: working days, calendar days or working time. A unit is never
    converted into another.
    """
    if not pauses:
        return land(limit, start, calendar, rules)
    joined = merge(pauses)
    if limit.unit in SECONDS_OF:
        return _land_time(limit, start, calendar, rules, joined)
    if rules.pause_in == "working_time":
        return _land_days_then_time(limit, start, calendar, rules, joined)
    return _land_more_days(limit, start, calendar, rules, joined)


def _land_days_then_time(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    pauses: Sequence[Pause],
) -> datetime:
    due = land(limit, start, calendar, rules)
    backward = limit.amount < 0
    for begin, end in reversed(pauses) if backward else pauses:
        inside = (begin, min(end, start)) if backward else (max(begin, start), end)
        if inside[0] >= inside[1]:
            continue
        if end <= due if backward else begin >= due:
            break  # the limit had run out before this pause
        paused = calendar.elapsed(*inside)
        due = calendar.add_time(due, -paused if backward else paused) if paused else due
    return due


def _land_more_days(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    pauses: Sequence[Pause],
) -> datetime:
    if limit.amount < 0:
        raise LimitError("a limit that counts days backwards cannot be paused in days")
    due, days = land(limit, start, calendar, rules), 0
    for begin, end in pauses:
        if end <= start:
            continue
        if begin >= due:
            break  # the limit had run out before this pause: it cannot make a late result timely
        days += _paused_days(limit, max(begin, start), end, calendar)
        due = _land_extended(limit, days, start, calendar, rules)
    return due


def _land_extended(
    limit: TimeLimit, days: int, start: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    if limit.unit is Unit.MONTHS:
        return _months_and_days(limit, days, start, calendar, rules)
    if limit.unit is Unit.SAME_DAY:
        begin = land(limit, start, calendar, replace(rules, time_of_day="start_of_working_day"))
        return land(TimeLimit(days, Unit.WORKING_DAYS), begin, calendar, rules)
    return land(TimeLimit(limit.amount + days, limit.unit), start, calendar, rules)


def _months_and_days(
    limit: TimeLimit, days: int, start: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    # Months have no days to add to: the days paused follow the corresponding day, and the last one rolls.
    begin = start_moment(limit, start, calendar, rules)
    plain = replace(rules, due_on_nonworking="as_is", first_day_after_end=False)
    corresponding = land_on_day(limit, begin.date(), calendar, plain)
    counted = replace(rules, start_on_nonworking="as_is", count_from="receipt", start_day_counts=False)
    day = land_on_day(TimeLimit(days, Unit.CALENDAR_DAYS), corresponding, calendar, counted)
    return at_time_of_day(day, begin, calendar, rules)


def _paused_days(limit: TimeLimit, begin: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    # As with receipt, the day on which something happens is not counted: the day of resumption is day 0.
    first, last = calendar.local(begin).date(), calendar.local(end).date()
    if limit.unit in (Unit.CALENDAR_DAYS, Unit.MONTHS):
        return (last - first).days
    return calendar.count_days(first, last)


def _land_time(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    pauses: Sequence[Pause],
) -> datetime:
    if limit.amount == 0:
        return _working_moment_outside(start, calendar, rules, pauses)
    if limit.amount < 0:
        return _land_backward(limit, start, calendar, pauses)
    moment, remaining = start, limit.micros
    for begin, end in pauses:
        if end <= moment:
            continue
        available = calendar.elapsed(moment, max(begin, moment))
        if remaining <= available:
            break
        moment, remaining = end, remaining - available
    return calendar.add_time(moment, remaining)


def _working_moment_outside(
    start: datetime, calendar: WorkingCalendar, rules: CountingRules, pauses: Sequence[Pause]
) -> datetime:
    backward = rules.zero_direction == "backward"
    moment = calendar.previous_moment(start) if backward else calendar.add_time(start, 0)
    for begin, end in reversed(pauses) if backward else pauses:
        if backward and begin < moment <= end:
            moment = calendar.previous_moment(begin)
        elif not backward and begin <= moment < end:
            moment = calendar.add_time(end, 0)
    return moment


def _land_backward(
    limit: TimeLimit, start: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause]
) -> datetime:
    moment, remaining = start, -limit.micros
    for begin, end in reversed(pauses):
        if begin >= moment:
            continue
        available = calendar.elapsed(min(end, moment), moment)
        if remaining <= available:
            break
        moment, remaining = begin, remaining - available
    return calendar.add_time(moment, -remaining)


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

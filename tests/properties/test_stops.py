"""On every calendar a stop of n units moves the due date by n of that unit, and what was left is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.budget import budget_at
from domain.deadline import Deadline, derive
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.properties.calendars import calendars, instants

if TYPE_CHECKING:
    from domain.pauses import Pause
    from domain.working_calendar import WorkingCalendar

QUICK = settings(max_examples=40)
days = st.integers(1, 8)
stops = st.tuples(st.integers(0, 60 * 24 * 12), st.integers(0, 60 * 24 * 12))
"""Minutes from the start to the stop, and minutes that it lasts."""


def _derived(limit: TimeLimit, start: datetime, calendar: WorkingCalendar, *pauses: Pause) -> Deadline:
    found = derive(limit, start, calendar, CIVIL_CODE, pauses)
    assert found is not None
    return found


def _pause(start: datetime, stop: tuple[int, int]) -> Pause:
    begin = start + timedelta(minutes=stop[0])
    return begin, begin + timedelta(minutes=stop[1])


def _days(calendar: WorkingCalendar, pause: Pause) -> tuple[date, date]:
    return calendar.local(pause[0]).date(), calendar.local(pause[1]).date()


@QUICK
@given(calendars(), instants(), days, stops)
def test_working_days_of_a_stop_are_given_back_as_working_days(
    calendar: WorkingCalendar, start: datetime, n: int, stop: tuple[int, int]
) -> None:
    limit, pause = TimeLimit(n, Unit.WORKING_DAYS), _pause(start, stop)
    plain = _derived(limit, start, calendar)
    assume(pause[0] < plain.due_at)
    stopped, resumed = _days(calendar, pause)
    lost = calendar.count_days(stopped, resumed)
    moved = calendar.add_days(plain.due_on, lost)
    # Where all was used on the day of the stop, what is left is the day of resumption.
    expected = max(moved, calendar.roll(resumed)) if resumed > stopped else moved
    assert _derived(limit, start, calendar, pause).due_on == expected
    if stopped < plain.due_on:
        assert calendar.count_days(plain.due_on, expected) == lost


@QUICK
@given(calendars(), instants(), days, stops)
def test_calendar_days_of_a_stop_are_given_back_as_calendar_days(
    calendar: WorkingCalendar, start: datetime, n: int, stop: tuple[int, int]
) -> None:
    limit, pause = TimeLimit(n, Unit.CALENDAR_DAYS), _pause(start, stop)
    plain = _derived(limit, start, calendar)
    assume(pause[0] < plain.due_at)
    stopped, resumed = _days(calendar, pause)
    last = calendar.local(start).date() + timedelta(days=n)
    moved = calendar.roll(last + (resumed - stopped))
    expected = max(moved, calendar.roll(resumed)) if resumed > stopped else plain.due_on
    assert _derived(limit, start, calendar, pause).due_on == expected


@QUICK
@given(calendars(), instants(), st.integers(1, 60), stops)
def test_working_time_of_a_stop_is_given_back_as_working_time(
    calendar: WorkingCalendar, start: datetime, n: int, stop: tuple[int, int]
) -> None:
    limit, pause = TimeLimit(n, Unit.HOURS), _pause(start, stop)
    plain = _derived(limit, start, calendar)
    assume(pause[0] < plain.due_at)
    paused = _derived(limit, start, calendar, pause)
    assert calendar.elapsed(plain.due_at, paused.due_at) == calendar.elapsed(*pause)


@QUICK
@given(
    calendars(),
    instants(),
    days,
    st.sampled_from((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.HOURS)),
    stops,
)
def test_what_was_left_when_the_clock_stopped_is_what_is_left_when_it_goes_on(
    calendar: WorkingCalendar, start: datetime, n: int, unit: Unit, stop: tuple[int, int]
) -> None:
    limit, pause = TimeLimit(n, unit), _pause(start, stop)
    assume(pause[0] < _derived(limit, start, calendar).due_at)
    stopped, resumed = _days(calendar, pause)
    assume(resumed > stopped or unit is Unit.HOURS)
    budget = budget_at(pause[0], limit, start, calendar, CIVIL_CODE)
    assert budget is not None
    due = _derived(limit, start, calendar, pause)
    if unit is Unit.HOURS:
        assert budget.used.micros + budget.left.micros == limit.micros
        assert due.due_at == calendar.add_time(pause[1], budget.left.micros)
        return
    assert budget.used.amount + budget.left.amount == n
    # The day of resumption is day 0 of what is left; where nothing is left it is the day itself.
    again = calendar.end_of(resumed) - timedelta(microseconds=1)
    assert due.due_on == _derived(budget.left, again, calendar).due_on


@QUICK
@given(calendars(), instants(), days, st.sampled_from(tuple(Unit)), stops)
def test_a_clock_that_stopped_in_time_never_goes_on_late(
    calendar: WorkingCalendar, start: datetime, n: int, unit: Unit, stop: tuple[int, int]
) -> None:
    assume(unit is not Unit.NONE)
    limit, pause = TimeLimit(0 if unit is Unit.SAME_DAY else n, unit), _pause(start, stop)
    plain, paused = _derived(limit, start, calendar), _derived(limit, start, calendar, pause)
    if pause[0] < plain.due_at:
        assert paused.due_at >= plain.due_at
        assert paused.due_at > pause[1]
    else:
        assert paused == plain

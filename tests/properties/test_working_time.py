"""What must hold of working time on every calendar, checked on random ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.deadline import derive
from domain.errors import CalendarError, LimitError
from domain.explain import walk
from domain.pauses import elapsed_with_pauses, land_with_pauses
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit, land_on_day
from domain.timetable import SECOND
from domain.working_calendar import SpecialDay, WeekHours, WorkingCalendar
from tests.properties.calendars import calendars, days, instants, nth_working_day, windows, works_at

MINUTE = 60 * SECOND
# In these zones no clock changed between 2014 and 2018: a wall time names one instant.
STEADY = ("UTC", "Asia/Ho_Chi_Minh", "Asia/Kolkata", "America/Phoenix")
amounts = st.integers(1, 60 * 40)


@given(calendars(), instants(), amounts, amounts)
def test_adding_twice_is_adding_the_sum(calendar: WorkingCalendar, start: datetime, a: int, b: int) -> None:
    once = calendar.add_time(start, (a + b) * MINUTE)
    assert calendar.add_time(calendar.add_time(start, a * MINUTE), b * MINUTE) == once


@given(calendars(), instants(), amounts)
def test_what_was_added_has_elapsed(calendar: WorkingCalendar, start: datetime, n: int) -> None:
    assert calendar.elapsed(start, calendar.add_time(start, n * MINUTE)) == n * MINUTE
    assert calendar.elapsed(start, calendar.add_time(start, -n * MINUTE)) == -n * MINUTE


@given(calendars(), instants(), instants(), instants())
def test_elapsed_time_adds_up_and_changes_sign_with_direction(
    calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert calendar.elapsed(a, b) == -calendar.elapsed(b, a)


@settings(max_examples=60)
@given(calendars(STEADY), instants(), st.integers(1, 60 * 24 * 4))
def test_elapsed_time_is_the_minutes_that_work(calendar: WorkingCalendar, start: datetime, span: int) -> None:
    worked = sum(works_at(calendar, start + timedelta(minutes=i)) for i in range(span))
    assert calendar.elapsed(start, start + timedelta(minutes=span)) == worked * MINUTE


@settings(max_examples=60)
@given(st.sampled_from(("Europe/Berlin", "America/New_York")), st.booleans(), st.integers(0, 60 * 24))
def test_across_a_clock_change_windows_outside_the_changed_hours_keep_their_wall_time(
    zone: str,
    spring: bool,  # noqa: FBT001 - drawn by Hypothesis
    offset: int,
) -> None:
    windows_of_day = ((0, 3600), (5 * 3600, 12 * 3600), (13 * 3600, 24 * 3600))
    calendar = WorkingCalendar(
        zone=ZoneInfo(zone), weeks=[WeekHours(windows=(windows_of_day,) * 7)], special={}
    )
    change = (
        (date(2016, 3, 27) if zone == "Europe/Berlin" else date(2016, 3, 13))
        if spring
        else (date(2016, 10, 30) if zone == "Europe/Berlin" else date(2016, 11, 6))
    )
    start = datetime(change.year, change.month, change.day, tzinfo=calendar.zone).astimezone(ZoneInfo("UTC"))
    start += timedelta(minutes=offset - 12 * 60)
    worked = sum(works_at(calendar, start + timedelta(minutes=i)) for i in range(60 * 30))
    assert calendar.elapsed(start, start + timedelta(hours=30)) == worked * MINUTE


@given(calendars(), instants())
def test_rolling_reaches_the_nearest_working_moment(calendar: WorkingCalendar, start: datetime) -> None:
    after, before = calendar.add_time(start, 0), calendar.previous_moment(start)
    assert before <= start <= after
    assert calendar.elapsed(before, after) == 0
    assert calendar.elapsed(after, after + timedelta(minutes=1)) > 0
    assert calendar.add_time(after, 0) == after
    assert calendar.previous_moment(before) == before


@given(calendars(), days(), st.integers(-40, 40).filter(bool))
def test_the_nth_working_day_is_the_one_a_walk_finds(calendar: WorkingCalendar, day: date, n: int) -> None:
    found = calendar.add_days(day, n)
    assert found == nth_working_day(calendar, day, n)
    assert calendar.count_days(day, found) == n if n > 0 else calendar.count_days(found, day) >= -n - 1


@given(calendars(), days(), st.integers(0, 60))
def test_counted_days_are_those_a_walk_meets(calendar: WorkingCalendar, day: date, span: int) -> None:
    until = day + timedelta(days=span)
    met = sum(bool(calendar.windows_on(day + timedelta(days=i))) for i in range(1, span + 1))
    assert calendar.count_days(day, until) == met == -calendar.count_days(until, day)


limits = st.one_of(
    st.builds(TimeLimit, st.integers(1, 30), st.sampled_from((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS))),
    st.builds(TimeLimit, st.integers(1, 6), st.just(Unit.MONTHS)),
    st.builds(TimeLimit, st.integers(1, 60), st.just(Unit.HOURS)),
)


def _with(calendar: WorkingCalendar, day: date, special: SpecialDay) -> WorkingCalendar:
    return replace(calendar, special={**calendar.special, day: special})


@given(calendars(), instants(), limits, days())
def test_a_new_closure_never_brings_a_due_date_forward(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit, closed: date
) -> None:
    before = land_with_pauses(limit, start, calendar, CIVIL_CODE)
    after = land_with_pauses(limit, start, _with(calendar, closed, SpecialDay(kind="off")), CIVIL_CODE)
    assert after >= before


@given(calendars(), instants(), limits, days(), windows().filter(bool))
def test_a_make_up_day_never_pushes_a_due_date_back(
    calendar: WorkingCalendar,
    start: datetime,
    limit: TimeLimit,
    day: date,
    hours: tuple[tuple[int, int], ...],
) -> None:
    assume(not calendar.is_working_day(day))
    before = land_with_pauses(limit, start, calendar, CIVIL_CODE)
    made_up = _with(calendar, day, SpecialDay(kind="swap_work", windows=hours))
    assert land_with_pauses(limit, start, made_up, CIVIL_CODE) <= before


@given(calendars(), instants(), limits, st.integers(0, 5000), st.integers(0, 5000))
def test_a_pause_never_brings_a_due_date_forward(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit, after: int, length: int
) -> None:
    begin = start + timedelta(minutes=after)
    pause = (begin, begin + timedelta(minutes=length))
    for rules in (CIVIL_CODE, replace(CIVIL_CODE, pause_in="working_time")):
        paused = land_with_pauses(limit, start, calendar, rules, [pause])
        plain = land_with_pauses(limit, start, calendar, rules)
        assert paused >= plain
        assert paused == plain or begin < plain


@given(calendars(), instants(), amounts, st.integers(-5000, 5000), st.integers(0, 5000))
def test_working_time_less_its_pauses_is_the_limit(
    calendar: WorkingCalendar, start: datetime, n: int, after: int, length: int
) -> None:
    begin = start + timedelta(minutes=after)
    pauses = [(begin, begin + timedelta(minutes=length)), (begin, begin + timedelta(minutes=length // 2))]
    for limit in (TimeLimit(n, Unit.MINUTES), TimeLimit(-n, Unit.MINUTES)):
        due = land_with_pauses(limit, start, calendar, CountingRules(), pauses)
        assert elapsed_with_pauses(start, due, calendar, pauses) == limit.micros


@given(calendars(), instants(), limits)
def test_the_walk_counts_the_limit_and_ends_on_the_due_day(
    calendar: WorkingCalendar, start: datetime, limit: TimeLimit
) -> None:
    deadline, steps = derive(limit, start, calendar, CIVIL_CODE), walk(limit, start, calendar)
    assert deadline is not None
    assert steps[0].day == calendar.local(start).date()
    assert steps[-1].day == deadline.due_on
    numbers = [step.number for step in steps if step.counted]
    assert numbers == list(range(1, len(numbers) + 1))
    if limit.unit is Unit.HOURS:
        assert sum(step.seconds for step in steps) * SECOND == limit.micros
    else:
        assert len(numbers) == limit.amount


@given(calendars(), instants(), st.integers(1, 20), st.integers(0, 20000), st.integers(0, 20000))
def test_the_walk_of_a_paused_limit_counts_the_limit_too(
    calendar: WorkingCalendar, start: datetime, n: int, after: int, length: int
) -> None:
    begin = start + timedelta(minutes=after)
    pauses = [(begin, begin + timedelta(minutes=length))]
    for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        limit = TimeLimit(n, unit)
        deadline = derive(limit, start, calendar, CIVIL_CODE, pauses)
        steps = walk(limit, start, calendar, pauses=pauses)
        assert deadline is not None
        assert steps[-1].day == deadline.due_on
        assert sum(step.counted for step in steps) == n


@given(st.lists(st.just(()), min_size=7, max_size=7), st.lists(days(), max_size=5))
def test_a_calendar_that_never_works_is_refused(week: list[tuple[()]], off: list[date]) -> None:
    special = {day: SpecialDay(kind="off") for day in off}
    with pytest.raises(CalendarError, match="never works"):
        WorkingCalendar(zone=ZoneInfo("UTC"), weeks=[WeekHours(windows=tuple(week))], special=special)


@settings(max_examples=6)
@given(days(), st.integers(2, 30), st.booleans())
def test_a_calendar_that_works_once_answers_or_refuses_but_never_hangs(
    day: date,
    n: int,
    back: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    once = SpecialDay(kind="swap_work", windows=((9 * 3600, 10 * 3600),))
    calendar = WorkingCalendar(
        zone=ZoneInfo("UTC"), weeks=[WeekHours(windows=((),) * 7)], special={day: once}
    )
    assert calendar.roll(day) == day
    limit = TimeLimit(-n if back else n, Unit.WORKING_DAYS)
    with pytest.raises(LimitError, match="does not work that far"):
        land_on_day(limit, day, calendar, CountingRules())

"""The working calendar at its edges: the last microsecond, the last known day, the end of what it tabled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from domain.errors import CalendarError, LimitError
from domain.timetable import SECOND
from domain.working_calendar import LONGEST_COUNT, SpecialDay, WeekHours, WorkingCalendar
from tests.shared_data import NINE_TO_FIVE, weekdays

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.timetable import Window

HOUR = 3600 * SECOND
TICK = timedelta(microseconds=1)
FRIDAY, LATER = date(2019, 4, 26), date(2029, 4, 26)
TEN, NOON = datetime(2019, 4, 26, 10, tzinfo=UTC), datetime(2019, 4, 26, 12, tzinfo=UTC)


def _works_on(*days: date) -> WorkingCalendar:
    day = SpecialDay(kind="swap_work", windows=NINE_TO_FIVE)
    return WorkingCalendar(
        zone=ZoneInfo("UTC"), weeks=[WeekHours(windows=((),) * 7)], special=dict.fromkeys(days, day)
    )


def test_one_microsecond_before_closing_a_microsecond_of_work_is_left() -> None:
    opening, closing = (datetime(2019, 4, 26, hour, tzinfo=UTC) for hour in (9, 17))
    calendar = weekdays()
    assert calendar.add_time(closing - TICK, 1) == closing
    assert calendar.add_time(opening, 1) == opening + TICK
    assert calendar.add_time(opening + TICK, -1) == opening
    assert calendar.add_time(closing, -1) == closing - TICK
    assert calendar.elapsed(closing - TICK, closing + TICK) == 1


def test_the_known_years_begin_and_end_at_the_local_midnights() -> None:
    calendar = weekdays(zone="Asia/Ho_Chi_Minh", known_from=date(2019, 1, 1), known_until=date(2019, 12, 31))
    begin, end = datetime(2018, 12, 31, 17, tzinfo=UTC), datetime(2019, 12, 31, 17, tzinfo=UTC)
    asked = (begin - TICK, begin, end - TICK, end)
    assert [calendar.is_known_at(instant) for instant in asked] == [False, True, True, False]
    always = weekdays()
    assert always.is_known_at(datetime.min.replace(tzinfo=UTC))
    assert always.is_known_at(datetime.max.replace(tzinfo=UTC) - TICK)


def test_years_may_be_known_from_a_day_on_or_until_a_day_only() -> None:
    since, until = weekdays(known_from=FRIDAY), weekdays(known_until=FRIDAY)
    around = [FRIDAY - timedelta(days=1), FRIDAY, FRIDAY + timedelta(days=1)]
    assert [since.is_known(day) for day in around] == [False, True, True]
    assert [until.is_known(day) for day in around] == [True, True, False]


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ((), "the calendar never works: no weekday and no special day has a window"),
        (
            ((690, 330),),
            (
                "the window from minute 11 to minute 5 of the day ends before it begins or overlaps another; "
                "windows are in order, night work is split at midnight"
            ),
        ),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_in_a_sentence(windows: tuple[Window, ...], told: str) -> None:
    with pytest.raises(CalendarError) as refused:
        weekdays(windows)
    assert str(refused.value) == told


def test_what_a_calendar_answers_is_in_utc() -> None:
    calendar = weekdays(zone="Asia/Ho_Chi_Minh")
    start = datetime(2019, 4, 26, 11, tzinfo=calendar.zone)
    for _ in range(2):  # worked out, then remembered
        assert calendar.opening_of(FRIDAY).tzinfo is UTC
        assert calendar.closing_of(FRIDAY).tzinfo is UTC
        assert calendar.end_of(FRIDAY).tzinfo is UTC
    assert calendar.add_time(start, HOUR).tzinfo is UTC
    assert calendar.previous_moment(start).tzinfo is UTC
    assert calendar.local(start.astimezone(UTC)).tzinfo is calendar.zone


@pytest.mark.parametrize("asked_before", [FRIDAY, LATER])
def test_time_from_a_tabled_day_to_one_far_beyond_is_counted_whole(asked_before: date) -> None:
    early, late = datetime(2019, 4, 26, 16, tzinfo=UTC), datetime(2029, 4, 26, 10, tzinfo=UTC)

    def asked() -> WorkingCalendar:
        calendar = _works_on(FRIDAY, LATER)
        assert calendar.is_working_day(asked_before)
        assert calendar.count_days(asked_before, asked_before) == 0
        return calendar

    assert asked().elapsed(early, late) == 2 * HOUR
    assert asked().elapsed(late, early) == -2 * HOUR
    assert asked().add_time(early, 2 * HOUR) == late
    assert asked().add_time(late, -2 * HOUR) == early
    assert asked().count_days(FRIDAY, LATER) == 1
    assert asked().add_days(FRIDAY, 1) == LATER
    assert asked().add_days(LATER, -1) == FRIDAY


def test_the_nearest_working_moment_may_lie_years_ahead_or_back() -> None:
    between = datetime(2024, 1, 1, tzinfo=UTC)
    assert _works_on(FRIDAY, LATER).add_time(between, 0) == datetime(2029, 4, 26, 9, tzinfo=UTC)
    assert _works_on(FRIDAY, LATER).previous_moment(between) == datetime(2019, 4, 26, 17, tzinfo=UTC)


def test_two_centuries_of_days_are_counted_from_the_first_question_on() -> None:
    found = weekdays().add_days(FRIDAY, LONGEST_COUNT)
    assert weekdays().count_days(FRIDAY, found) == LONGEST_COUNT
    assert weekdays().add_days(found, -LONGEST_COUNT) == FRIDAY


def test_a_working_day_two_thousand_years_away_is_not_searched_for() -> None:
    refusal = r"^no such working moment: the calendar does not work that far or that long$"
    with pytest.raises(LimitError, match=refusal):
        _works_on(FRIDAY, date(4019, 4, 26)).add_days(FRIDAY, 1)


@pytest.mark.parametrize(
    ("ask", "spanned"),
    [
        (lambda calendar: calendar.count_days(FRIDAY, date(2019, 5, 3)), 7),
        (lambda calendar: calendar.elapsed(TEN, NOON), 2),
        (lambda calendar: calendar.add_time(TEN, 0), 41),
        (lambda calendar: calendar.add_time(TEN, 8 * HOUR), 43),
        (lambda calendar: calendar.add_time(TEN, -8 * HOUR), 43),
        (lambda calendar: calendar.add_time(TEN, 400 * HOUR), 181),
        (lambda calendar: calendar.previous_moment(TEN), 9),
        (lambda calendar: calendar.add_days(FRIDAY, 10), 54),
        (lambda calendar: calendar.add_days(FRIDAY, -10), 54),
    ],
)
def test_a_first_question_tables_what_it_may_span_and_four_hundred_days_on_either_side(
    ask: Callable[[WorkingCalendar], object], spanned: int
) -> None:
    calendar = weekdays()
    ask(calendar)
    assert calendar.held_days == 400 + spanned + 1 + 400
    ask(calendar)
    assert calendar.held_days == 400 + spanned + 1 + 400


def test_a_question_within_what_is_tabled_tables_nothing_more() -> None:
    calendar, margin = weekdays(), timedelta(days=400)
    first, last = FRIDAY - margin, date(2019, 5, 3) + margin
    assert calendar.count_days(FRIDAY, date(2019, 5, 3)) == 5
    held = calendar.held_days
    calendar.count_days(first, last)
    assert calendar.held_days == held
    calendar.count_days(first, last + timedelta(days=1))
    assert calendar.held_days > held


class _Asked(Mapping[date, SpecialDay]):
    """No special day at all, and how often one was asked for."""

    def __init__(self) -> None:
        self.times = 0

    def __getitem__(self, day: date) -> SpecialDay:
        self.times += 1
        raise KeyError(day)

    def __iter__(self) -> Iterator[date]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Zone(tzinfo):
    """Seven hours before UTC, and how often a local time was asked for."""

    times = 0

    def utcoffset(self, _moment: datetime | None) -> timedelta:
        return timedelta(hours=7)

    def dst(self, _moment: datetime | None) -> timedelta:
        return timedelta(0)

    def tzname(self, _moment: datetime | None) -> str:
        return "+07"

    def fromutc(self, moment: datetime) -> datetime:
        self.times += 1
        return super().fromutc(moment)


def test_what_many_dossiers_ask_of_one_due_day_is_worked_out_once() -> None:
    asked, zone = _Asked(), _Zone()
    calendar = WorkingCalendar(zone=zone, weeks=[WeekHours(windows=(NINE_TO_FIVE,) * 7)], special=asked)
    for _ in range(3):
        midnight = calendar.end_of(FRIDAY)
        assert calendar.opening_of(FRIDAY) == datetime(2019, 4, 26, 2, tzinfo=UTC)
        assert calendar.closing_of(FRIDAY) == datetime(2019, 4, 26, 10, tzinfo=UTC)
        assert calendar.day_before(midnight) == FRIDAY
    assert (asked.times, zone.times) == (1, 1)

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from domain.errors import CalendarError, LimitError
from domain.timetable import SECOND
from domain.working_calendar import LONGEST_COUNT, SpecialDay, WeekHours, WorkingCalendar
from tests.properties.calendars import nth_working_day
from tests.shared_data import NINE_TO_FIVE, OFFICE_HOURS, weekdays

HOUR = 3600 * SECOND
FRIDAY, SATURDAY, MONDAY = date(2019, 4, 26), date(2019, 4, 27), date(2019, 4, 29)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_zero_days_stay_where_they_are_even_on_a_day_off() -> None:
    assert weekdays().add_days(SATURDAY, 0) == SATURDAY


def test_a_day_off_is_skipped_and_a_make_up_day_is_not() -> None:
    calendar = weekdays(off=("2019-04-29",), work=("2019-05-04",))
    assert calendar.add_days(FRIDAY, 1) == date(2019, 4, 30)
    assert calendar.add_days(date(2019, 5, 3), 1) == date(2019, 5, 4)
    assert calendar.add_days(date(2019, 5, 6), -1) == date(2019, 5, 4)


def test_a_day_off_rolls_forward_or_back_and_a_working_day_stays() -> None:
    calendar = weekdays()
    assert calendar.roll(SATURDAY) == MONDAY
    assert calendar.roll(SATURDAY, -1) == FRIDAY
    assert calendar.roll(FRIDAY) == FRIDAY


def test_counting_days_backwards_gives_a_negative_number() -> None:
    calendar = weekdays()
    assert calendar.count_days(FRIDAY, MONDAY) == 1
    assert calendar.count_days(MONDAY, FRIDAY) == -1
    assert calendar.count_days(FRIDAY, FRIDAY) == 0


def test_working_time_ends_at_the_closing_going_forward_and_at_the_opening_going_back() -> None:
    calendar = weekdays()
    assert calendar.add_time(_at("2019-04-26T09:00"), 8 * HOUR) == _at("2019-04-26T17:00")
    assert calendar.add_time(_at("2019-04-26T17:00"), -8 * HOUR) == _at("2019-04-26T09:00")


def test_a_start_at_the_very_closing_counts_from_the_next_opening() -> None:
    calendar = weekdays()
    assert calendar.add_time(_at("2019-04-26T17:00"), HOUR) == _at("2019-04-29T10:00")
    assert calendar.add_time(_at("2019-04-26T09:00"), -HOUR) == _at("2019-04-25T16:00")


def test_zero_time_moves_to_a_working_moment() -> None:
    calendar = weekdays()
    assert calendar.add_time(_at("2019-04-26T17:00"), 0) == _at("2019-04-29T09:00")
    assert calendar.add_time(_at("2019-04-26T09:00"), 0) == _at("2019-04-26T09:00")
    assert calendar.previous_moment(_at("2019-04-26T09:00")) == _at("2019-04-26T09:00")
    assert calendar.previous_moment(_at("2019-04-28T12:00")) == _at("2019-04-26T17:00")


def test_elapsed_time_before_after_and_across_windows() -> None:
    calendar = weekdays(OFFICE_HOURS)
    assert calendar.elapsed(_at("2019-04-26T10:00"), _at("2019-04-26T14:00")) == 2 * HOUR
    assert calendar.elapsed(_at("2019-04-26T14:00"), _at("2019-04-26T10:00")) == -2 * HOUR
    assert calendar.elapsed(_at("2019-04-27T00:00"), _at("2019-04-28T23:00")) == 0


def test_weekly_hours_change_on_the_day_they_come_into_force() -> None:
    late = ((8 * 3600, 16 * 3600),)
    calendar = WorkingCalendar(
        zone=UTC,
        weeks=[
            WeekHours(windows=(NINE_TO_FIVE,) * 7),
            WeekHours(windows=(late,) * 7, valid_from=MONDAY),
        ],
        special={},
    )
    assert calendar.windows_on(date(2019, 4, 28)) == NINE_TO_FIVE
    assert calendar.windows_on(MONDAY) == late


def test_opening_and_closing_of_a_day_off_are_its_midnights() -> None:
    calendar = weekdays(zone="Asia/Ho_Chi_Minh")
    assert calendar.opening_of(FRIDAY) == _at("2019-04-26T02:00")
    assert calendar.closing_of(FRIDAY) == _at("2019-04-26T10:00")
    assert calendar.opening_of(SATURDAY) == _at("2019-04-26T17:00")
    assert calendar.closing_of(SATURDAY) == _at("2019-04-27T17:00")


@pytest.mark.parametrize(
    ("day", "known"),
    [("2018-12-31", False), ("2019-01-01", True), ("2019-12-31", True), ("2020-01-01", False)],
)
def test_days_outside_the_published_years_are_not_known(day: str, known: bool) -> None:  # noqa: FBT001 - a column
    calendar = weekdays(known_from=date(2019, 1, 1), known_until=date(2019, 12, 31))
    assert calendar.is_known(date.fromisoformat(day)) is known
    assert weekdays().is_known(date.fromisoformat(day))


@pytest.mark.parametrize(
    "windows",
    [((10, 10),), ((20, 10),), ((10, 30), (20, 40)), ((30, 40), (10, 20)), ((0, 86_401),), ((-60, 60),)],
)
def test_windows_that_end_before_they_begin_or_overlap_are_refused(
    windows: tuple[tuple[int, int], ...],
) -> None:
    with pytest.raises(CalendarError, match="night work is split at midnight"):
        weekdays(windows)


def test_windows_that_touch_are_one_stretch_of_work() -> None:
    calendar = weekdays(((9 * 3600, 12 * 3600), (12 * 3600, 17 * 3600)))
    assert calendar.add_time(_at("2019-04-26T11:00"), 2 * HOUR) == _at("2019-04-26T13:00")


def test_a_calendar_without_any_window_is_refused() -> None:
    with pytest.raises(CalendarError, match="never works"):
        weekdays(())


def test_a_naive_moment_is_refused() -> None:
    calendar, aware = weekdays(), _at("2019-04-26T09:00")
    naive = aware.replace(tzinfo=None)
    for ask in (
        lambda: calendar.local(naive),
        lambda: calendar.add_time(naive, HOUR),
        lambda: calendar.previous_moment(naive),
        lambda: calendar.elapsed(naive, aware),
        lambda: calendar.elapsed(aware, naive),
        lambda: calendar.day_before(naive),
    ):
        calendar.add_time(aware, HOUR)  # with a table in memory too
        with pytest.raises(LimitError, match="has no time zone"):
            ask()


@pytest.mark.parametrize("offset", [-12, 0, 14])
def test_a_moment_at_either_end_of_time_is_refused_in_words(offset: int) -> None:
    calendar, zone = weekdays(zone="Asia/Ho_Chi_Minh"), timezone(timedelta(hours=offset))
    for moment, micros in (
        (datetime.min.replace(tzinfo=zone), -9000 * HOUR),
        (datetime.max.replace(tzinfo=zone), 9000 * HOUR),
    ):
        with pytest.raises(LimitError, match=r"years 1 to 9999|does not work that far"):
            calendar.add_time(moment, micros)


def test_an_opening_before_the_year_1_in_utc_is_refused_in_words() -> None:
    early = WorkingCalendar(
        zone=ZoneInfo("Asia/Ho_Chi_Minh"), weeks=[WeekHours(windows=(((0, 3600),),) * 7)], special={}
    )
    with pytest.raises(LimitError, match="outside the years 1 to 9999"):
        early.add_time(datetime(1, 1, 1, 18, tzinfo=UTC), -2 * HOUR)


def test_a_count_beyond_two_centuries_is_refused() -> None:
    with pytest.raises(LimitError, match="longer than"):
        weekdays().add_days(FRIDAY, LONGEST_COUNT + 1)


def test_a_count_beyond_two_centuries_is_refused_however_much_is_tabled() -> None:
    calendar = weekdays()
    assert calendar.count_days(date(1700, 1, 1), date(2090, 1, 1)) > LONGEST_COUNT
    for n in (LONGEST_COUNT, -LONGEST_COUNT):
        start = date(1700, 1, 1) if n > 0 else date(2090, 1, 1)
        assert abs(calendar.count_days(start, calendar.add_days(start, n))) >= LONGEST_COUNT - 1
        with pytest.raises(LimitError, match="longer than"):
            calendar.add_days(start, n + (1 if n > 0 else -1))
        with pytest.raises(LimitError, match="longer than"):
            calendar.add_time(_at(f"{start}T12:00"), 5 * HOUR * n)


def test_the_last_day_of_all_is_refused() -> None:
    calendar = weekdays()
    for ask in (lambda: calendar.add_days(date.max, 1), lambda: calendar.count_days(FRIDAY, date.max)):
        with pytest.raises(LimitError, match="years 1 to 9999"):
            ask()


def test_a_search_that_leaves_the_years_ends_with_a_refusal() -> None:
    calendar = weekdays()
    with pytest.raises(LimitError, match="does not work that far"):
        calendar.add_days(date(9999, 12, 20), 30)
    with pytest.raises(LimitError, match="does not work that far"):
        calendar.add_days(date(1, 1, 5), -30)
    with pytest.raises(LimitError, match="does not work that far"):
        calendar.previous_moment(datetime(1, 1, 1, 3, tzinfo=UTC))
    with pytest.raises(LimitError, match="does not work that far"):
        calendar.add_time(datetime(1, 1, 3, 3, tzinfo=UTC), -9 * HOUR * 10)


def test_far_apart_questions_do_not_pile_up_tables() -> None:
    calendar = WorkingCalendar(
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        weeks=[WeekHours(windows=(NINE_TO_FIVE,) * 5 + ((),) * 2)],
        special={SATURDAY: SpecialDay(kind="swap_work", windows=NINE_TO_FIVE)},
    )
    assert calendar.held_days == 0
    assert calendar.add_days(FRIDAY, 1) == SATURDAY
    held = calendar.held_days
    assert 0 < held < 2_000
    assert calendar.add_days(date(9000, 1, 1), 1) == date(9000, 1, 2)
    assert calendar.add_days(FRIDAY, 1) == SATURDAY
    assert calendar.held_days < 2_000


def test_a_calendar_changed_in_one_thing_answers_for_itself() -> None:
    calendar = weekdays()
    assert calendar.add_days(FRIDAY, 1) == MONDAY
    assert calendar.day_before(calendar.end_of(MONDAY)) == MONDAY
    changed = replace(calendar, special={MONDAY: SpecialDay(kind="off")})
    assert changed.add_days(FRIDAY, 1) == date(2019, 4, 30)
    assert changed.closing_of(MONDAY) == changed.end_of(MONDAY)
    assert calendar.add_days(FRIDAY, 1) == MONDAY


def test_a_long_list_in_order_rebuilds_the_table_a_few_times_only() -> None:
    for years in (range(1960, 2060), range(2060, 1960, -1)):
        calendar, held = weekdays(), set()
        for year in years:
            calendar.add_days(date(year, 6, 3), 10)
            held.add(calendar.held_days)
        assert 1 < len(held) <= 12


def test_the_day_before_a_midnight_is_the_day_that_it_ends() -> None:
    calendar = weekdays(zone="Asia/Ho_Chi_Minh")
    midnight = _at("2019-04-26T17:00")
    assert calendar.end_of(FRIDAY) == midnight
    for _ in range(2):
        assert calendar.day_before(midnight) == FRIDAY
        assert calendar.day_before(midnight + timedelta(microseconds=1)) == SATURDAY
    for minute in range(20_000):  # more moments than are remembered
        calendar.day_before(midnight + timedelta(minutes=minute))
    assert calendar.day_before(midnight) == FRIDAY


def test_threads_that_ask_at_once_get_the_answers_of_one_that_asks_alone() -> None:
    starts = [_at("2019-04-26T10:00") + timedelta(days=n * 7919 % 8_000 - 4_000) for n in range(200)]

    def answers(calendar: WorkingCalendar) -> list[object]:
        moved = [calendar.add_time(start, 30 * HOUR) for start in starts]
        spent = [calendar.elapsed(start, end) for start, end in zip(starts, moved, strict=True)]
        return [*moved, *spent, *(calendar.add_days(start.date(), -12) for start in starts)]

    alone, shared = answers(weekdays()), weekdays()
    with ThreadPoolExecutor(8) as threads:
        assert all(together == alone for together in threads.map(answers, [shared] * 8))


def test_more_due_days_than_are_remembered_are_answered_too() -> None:
    calendar = weekdays()
    for n in range(10_001):
        day = FRIDAY + timedelta(days=n)
        assert calendar.end_of(day) == _at(f"{day + timedelta(days=1)}T00:00")
    assert calendar.end_of(FRIDAY) == _at("2019-04-27T00:00")


def test_a_count_that_leaves_the_table_goes_on_in_a_larger_one() -> None:
    calendar = weekdays()
    assert calendar.add_days(FRIDAY, 1) == MONDAY
    held = calendar.held_days
    for n in (1_000, -1_000):
        assert calendar.add_days(FRIDAY, n) == nth_working_day(weekdays(), FRIDAY, n)
    assert calendar.held_days > held


def test_a_working_day_many_years_away_is_found_in_both_directions() -> None:
    first, last = date(2019, 4, 26), date(2060, 4, 26)
    work = SpecialDay(kind="swap_work", windows=NINE_TO_FIVE)
    calendar = WorkingCalendar(
        zone=UTC, weeks=[WeekHours(windows=((),) * 7)], special={first: work, last: work}
    )
    assert calendar.add_days(first, 1) == last
    assert calendar.add_days(last, -1) == first
    assert calendar.add_time(_at("2019-04-26T17:00"), HOUR) == _at("2060-04-26T10:00")
    assert calendar.add_time(_at("2060-04-26T09:00"), -HOUR) == _at("2019-04-26T16:00")
    assert calendar.previous_moment(_at("2060-04-26T08:00")) == _at("2019-04-26T17:00")

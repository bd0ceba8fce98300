"""How many known days a calendar has left, and which marks of warning have passed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.expiry import MARKS, Ending, ending_of
from domain.working_calendar import WeekHours, WorkingCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE_DAY = ((7 * 3600, 11 * 3600),)
END = date(2026, 12, 31)


def calendar(until: date | None) -> WorkingCalendar:
    week = WeekHours(windows=(OFFICE_DAY,) * 5 + ((), ()))
    return WorkingCalendar(zone=ZONE, weeks=[week], special={}, code="main", known_until=until)


def ending(today: date) -> Ending:
    found = ending_of(calendar(END), today=today)
    assert found is not None
    return found


def codes(today: date) -> list[str]:
    return [mark.code for mark in ending(today).passed()]


def test_today_is_one_of_the_days_left() -> None:
    assert ending(date(2026, 12, 31)).days_left == 1
    assert ending(date(2026, 12, 30)).days_left == 2
    assert ending(date(2027, 1, 1)).days_left == 0
    assert ending(date(2027, 1, 2)).days_left == -1


def test_a_calendar_without_an_end_has_no_ending() -> None:
    assert ending_of(calendar(None), today=END) is None


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 2), "d-60"),
        (date(2026, 12, 1), "d-60"),
        (date(2026, 12, 2), "d-30"),
        (date(2026, 12, 17), "d-30"),
        (date(2026, 12, 18), "d-14"),
        (date(2026, 12, 24), "d-14"),
        (date(2026, 12, 25), "d-7"),
        (date(2026, 12, 30), "d-7"),
        (date(2026, 12, 31), "d-1"),
        (date(2027, 1, 1), "over"),
        (date(2036, 1, 1), "over"),
    ],
)
def test_the_last_mark_passed_is_that_of_the_day(today: date, last: str) -> None:
    assert codes(today)[-1] == last


def test_the_day_before_the_sixtieth_nothing_has_passed() -> None:
    assert codes(date(2026, 11, 1)) == []
    assert not ending(date(2026, 11, 1)).is_near
    assert ending(date(2026, 11, 2)).is_near


def test_after_the_end_every_mark_has_passed_in_its_order() -> None:
    assert codes(date(2027, 1, 1)) == ["d-60", "d-30", "d-14", "d-7", "d-1", "over"]
    assert [mark.level for mark in ending(date(2027, 1, 1)).passed()] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("left", MARKS)
def test_a_mark_stands_on_the_day_on_which_so_many_days_are_left(left: int) -> None:
    day = END - timedelta(days=left - 1)
    mark = ending(day).passed()[-1]
    assert (mark.days_left, mark.day, ending(day).days_left) == (left, day, left)
    assert mark not in ending(day - timedelta(days=1)).passed()


def test_a_mark_begins_at_the_midnight_of_the_office() -> None:
    first, *_ = ending(END).passed()
    assert first.begins(ZONE) == datetime(2026, 11, 2, 0, 0, tzinfo=ZONE)
    assert first.begins(ZONE).utcoffset() == timedelta(0)


def test_it_is_urgent_when_fewer_than_fourteen_days_are_left() -> None:
    assert not ending(date(2026, 12, 18)).is_urgent
    assert ending(date(2026, 12, 19)).is_urgent
    assert ending(date(2027, 2, 1)).is_urgent


def test_the_year_to_be_recorded_is_that_of_the_day_after() -> None:
    assert ending(date(2026, 11, 2)).next_year == 2027
    half = ending_of(calendar(date(2026, 6, 30)), today=date(2026, 6, 1))
    assert half is not None
    assert half.next_year == 2026

"""A calendar looks as far as it must and keeps what it found in bounds."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.working_calendar import SpecialDay, WeekHours, WorkingCalendar
from tests.cases import CALENDAR, at
from tests.shared_data import OFFICE_HOURS


def test_the_next_working_day_may_be_years_away() -> None:
    only = date(2029, 6, 4)
    calendar = WorkingCalendar(
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        weeks=[WeekHours(windows=((),) * 7)],
        special={only: SpecialDay(kind="swap_work", windows=OFFICE_HOURS)},
    )
    assert calendar.add_days(date(2019, 6, 3), 1) == only
    assert calendar.add_time(at("3 8:00"), 0) == at("2029-06-04T07:00")
    assert calendar.previous_moment(at("2039-06-03T08:00")) == at("2029-06-04T17:00")


def test_the_edges_of_more_days_than_are_kept_are_found_again() -> None:
    first = date(2019, 6, 3)
    for number in range(10_001):
        CALENDAR.end_of(first + timedelta(days=number))
    assert CALENDAR.end_of(first) == at("4 0:00")
    assert CALENDAR.closing_of(first) == at("3 17:00")

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.deadline import Language, derive, in_words, is_past
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(
    OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", known_from=date(2019, 1, 1), known_until=date(2019, 12, 31)
)
DAYS, HOURS = TimeLimit(3, Unit.WORKING_DAYS), TimeLimit(8, Unit.HOURS)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


def test_a_limit_in_days_has_its_three_forms() -> None:
    found = derive(DAYS, _local("2019-06-03T09:00"), CALENDAR, CIVIL_CODE)
    assert found is not None
    assert found.due_on == date(2019, 6, 6)
    assert found.due_at == _local("2019-06-07T00:00")
    assert found.appointment_at == _local("2019-06-06T17:00")
    assert (found.in_days, found.provisional) == (True, False)
    assert found.due_at.tzinfo is UTC


def test_a_limit_in_hours_is_due_at_its_minute() -> None:
    found = derive(HOURS, _local("2019-06-03T09:00"), CALENDAR, CIVIL_CODE)
    assert found is not None
    assert found.due_at == found.appointment_at == _local("2019-06-04T09:00")
    assert (found.due_on, found.in_days) == (date(2019, 6, 4), False)


def test_other_rules_of_the_time_of_day_keep_the_due_day() -> None:
    rules = CountingRules(time_of_day="end_of_working_day")
    found = derive(DAYS, _local("2019-06-03T09:00"), CALENDAR, rules)
    assert found is not None
    assert (found.due_on, found.due_at) == (date(2019, 6, 6), _local("2019-06-06T17:00"))


def test_a_kept_time_at_the_very_midnight_is_due_on_the_day_it_begins() -> None:
    rules = CountingRules(time_of_day_outside_hours="kept")
    found = derive(DAYS, _local("2019-06-03T00:00"), CALENDAR, rules)
    assert found is not None
    assert (found.due_on, found.due_at) == (date(2019, 6, 6), _local("2019-06-06T00:00"))


def test_without_a_limit_there_is_no_due_date() -> None:
    assert derive(TimeLimit(0, Unit.NONE), _local("2019-06-03T09:00"), CALENDAR, CIVIL_CODE) is None


@pytest.mark.parametrize(
    ("received", "provisional"),
    [("2018-12-31T09:00", True), ("2019-12-25T09:00", False), ("2019-12-30T09:00", True)],
)
def test_a_count_that_leaves_the_published_years_is_provisional(received: str, provisional: bool) -> None:  # noqa: FBT001 - a column
    found = derive(DAYS, _local(received), CALENDAR, CIVIL_CODE)
    assert found is not None
    assert found.provisional is provisional


@pytest.mark.parametrize(
    ("limit", "now", "vi", "en"),
    [
        (DAYS, "2019-06-04T09:00", "còn 2 ngày 6 giờ làm việc", "2 days 6 hours of working time left"),
        (DAYS, "2019-06-04T09:30", "còn 2 ngày 5 giờ làm việc", "2 days 5 hours of working time left"),
        (DAYS, "2019-06-06T16:30", "còn 30 phút làm việc", "30 minutes of working time left"),
        (DAYS, "2019-06-06T20:00", "đến hạn, đã hết giờ làm việc", "due, after office hours"),
        (
            DAYS,
            "2019-06-07T08:30",
            "quá hạn 1 ngày làm việc",
            "overdue by 1 day of working time",
        ),
        (
            DAYS,
            "2019-06-10T08:00",
            "quá hạn 2 ngày làm việc",
            "overdue by 2 days of working time",
        ),
        (HOURS, "2019-06-03T10:00", "còn 7 giờ làm việc", "7 hours of working time left"),
        (HOURS, "2019-06-04T09:01", "quá hạn 1 phút làm việc", "overdue by 1 minute of working time"),
    ],
)
def test_the_distance_is_told_in_the_limits_own_unit(limit: TimeLimit, now: str, vi: str, en: str) -> None:
    found = derive(limit, _local("2019-06-03T09:00"), CALENDAR, CIVIL_CODE)
    assert found is not None
    languages: tuple[tuple[Language, str], ...] = (("vi", vi), ("en", en))
    for lang, words in languages:
        assert in_words(found, CALENDAR, now=_local(now), lang=lang) == words


def test_at_the_due_instant_a_limit_has_run_out() -> None:
    found = derive(DAYS, _local("2019-06-03T09:00"), CALENDAR, CIVIL_CODE)
    assert found is not None
    assert in_words(found, CALENDAR, now=found.due_at) == "quá hạn 1 ngày làm việc"
    just_before = found.due_at - timedelta(microseconds=1)
    assert in_words(found, CALENDAR, now=just_before) == "đến hạn, đã hết giờ làm việc"
    assert in_words(replace(found, in_days=False), CALENDAR, now=found.due_at) == "vừa quá hạn"


def test_on_the_day_off_after_the_due_day_it_is_just_overdue() -> None:
    found = derive(DAYS, _local("2019-06-04T09:00"), CALENDAR, CIVIL_CODE)
    assert found is not None
    assert found.due_on.isoformat() == "2019-06-07"
    assert in_words(found, CALENDAR, now=_local("2019-06-08T10:00")) == "vừa quá hạn"
    assert in_words(found, CALENDAR, now=_local("2019-06-08T10:00"), lang="en") == "just overdue"
    assert in_words(found, CALENDAR, now=_local("2019-06-10T07:00")) == "quá hạn 1 ngày làm việc"


def test_a_due_date_has_passed_from_its_own_instant_on() -> None:
    due_at = _local("2019-06-07T00:00")
    assert not is_past(due_at, now=due_at - timedelta(microseconds=1))
    assert is_past(due_at, now=due_at)
    assert is_past(due_at, now=due_at.astimezone(UTC))
    assert is_past(due_at, now=due_at + timedelta(days=1))

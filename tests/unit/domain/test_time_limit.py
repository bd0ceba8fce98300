from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.errors import LimitError
from domain.time_limit import (
    CIVIL_CODE,
    CountingRules,
    TimeLimit,
    Unit,
    add_months,
    land,
    land_on_day,
    start_moment,
)
from domain.working_calendar import LONGEST_COUNT
from tests.shared_data import weekdays

SATURDAY, MONDAY = date(2019, 4, 27), date(2019, 4, 29)
WD, CD, MO = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _day(n: int, unit: Unit, start: date, **rules: Any) -> date:
    return land_on_day(TimeLimit(n, unit), start, weekdays(), CountingRules(**rules))


def _land(n: int, unit: Unit, start: str, **rules: Any) -> str:
    due = land(TimeLimit(n, unit), _at(start), weekdays(), CountingRules(**rules))
    assert due.tzinfo is UTC
    assert (due.second, due.microsecond) == (0, 0)
    return due.strftime("%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("n", "rules", "due"),
    [
        (1, {}, 29),
        (1, {"start_on_nonworking": "roll_forward_first"}, 30),
        (1, {"start_on_nonworking": "following"}, 30),
        (1, {"start_on_nonworking": "preceding"}, 29),
        (-1, {}, 26),
        (-1, {"start_on_nonworking": "roll_forward_first"}, 26),
        (-1, {"start_on_nonworking": "roll_in_direction"}, 25),
        (1, {"start_on_nonworking": "roll_in_direction"}, 30),
        (0, {}, 29),
        (0, {"zero_direction": "backward"}, 26),
        (0, {"start_on_nonworking": "preceding"}, 26),
        (0, {"start_on_nonworking": "roll_in_direction"}, 29),
        (1, {"start_on_nonworking": "roll_in_direction", "zero_direction": "backward"}, 30),
        (0, {"start_on_nonworking": "roll_in_direction", "zero_direction": "backward"}, 26),
    ],
)
def test_a_start_on_saturday_counts_as_the_rules_say(n: int, rules: dict[str, Any], due: int) -> None:
    assert _day(n, WD, SATURDAY, **rules) == date(2019, 4, due)


@pytest.mark.parametrize(
    ("n", "unit", "due"),
    [
        (1, WD, "2019-04-29"),
        (5, WD, "2019-05-03"),
        (-1, WD, "2019-04-29"),
        (-2, WD, "2019-04-26"),
        (1, CD, "2019-04-29"),
        (3, CD, "2019-05-01"),
        (-3, CD, "2019-04-27"),
        (1, MO, "2019-05-28"),
        (0, CD, "2019-04-29"),
    ],
)
def test_a_start_day_that_counts_is_day_one(n: int, unit: Unit, due: str) -> None:
    found = _day(n, unit, MONDAY, start_day_counts=True, due_on_nonworking="as_is")
    assert found.isoformat() == due


def test_counting_from_the_day_after_receipt_and_answering_the_first_day_after_the_end() -> None:
    assert _day(1, MO, date(2019, 4, 30), count_from="day_after_receipt", due_on_nonworking="as_is") == date(
        2019, 6, 1
    )
    assert _day(1, WD, MONDAY, first_day_after_end=True) == date(2019, 5, 1)


def test_a_last_calendar_day_off_rolls_unless_the_rules_leave_it() -> None:
    assert _day(5, CD, MONDAY) == date(2019, 5, 6)
    assert _day(5, CD, MONDAY, due_on_nonworking="as_is") == date(2019, 5, 4)


def test_months_are_clamped_and_stay_within_the_years() -> None:
    assert add_months(date(2019, 1, 31), 1) == date(2019, 2, 28)
    assert add_months(date(2020, 3, 31), -1) == date(2020, 2, 29)
    assert add_months(date(1, 3, 31), -2) == date(1, 1, 31)
    assert add_months(date(9999, 6, 1), 6) == date(9999, 12, 1)
    for day, months in ((date(9999, 6, 1), 7), (date(1, 2, 1), -2)):
        with pytest.raises(LimitError, match="outside the years"):
            add_months(day, months)
    with pytest.raises(LimitError, match="outside the years"):
        _day(300, CD, date(9999, 6, 1))


@pytest.mark.parametrize(
    ("start", "rules", "due"),
    [
        ("2019-04-26T12:30", {}, "04-29T12:30"),
        ("2019-04-26T17:00", {}, "04-29T17:00"),
        ("2019-04-26T18:00", {}, "04-30T09:00"),
        ("2019-04-26T18:00", {"time_of_day_outside_hours": "kept"}, "04-29T18:00"),
        ("2019-04-26T18:00", {"time_of_day_outside_hours": "previous_close"}, "04-29T17:00"),
        ("2019-04-26T12:30", {"time_of_day": "end_of_working_day"}, "04-29T17:00"),
        ("2019-04-26T12:30", {"time_of_day": "start_of_working_day"}, "04-29T09:00"),
        ("2019-04-26T12:30", {"time_of_day": "end_of_day"}, "04-30T00:00"),
        ("2019-04-27T12:30", {"start_outside_hours": "next_open"}, "04-30T09:00"),
        ("2019-04-27T12:30", {"start_on_nonworking": "roll_forward_first"}, "04-30T09:00"),
        ("2019-04-27T12:30", {"start_on_nonworking": "roll_in_direction"}, "04-30T09:00"),
        ("2019-04-27T23:55", {"start_on_nonworking": "roll_in_direction"}, "04-30T09:00"),
        ("2019-04-26T12:30", {"start_on_nonworking": "roll_in_direction"}, "04-29T12:30"),
        ("2019-04-27T12:30", {"start_on_nonworking": "following"}, "04-30T12:30"),
    ],
)
def test_a_day_limit_ends_at_the_time_of_day_the_rules_name(
    start: str, rules: dict[str, Any], due: str
) -> None:
    assert _land(1, WD, start, **rules) == due


def test_counting_backwards_from_a_day_off_begins_at_the_opening_of_the_day_before_it() -> None:
    assert _land(-1, WD, "2019-04-27T12:30", start_on_nonworking="roll_in_direction") == "04-25T09:00"
    assert _land(-1, WD, "2019-04-27T12:30", start_on_nonworking="roll_forward_first") == "04-26T09:00"
    assert _land(-1, WD, "2019-04-27T12:30", start_on_nonworking="preceding") == "04-25T12:30"


def test_a_fraction_of_a_second_after_closing_is_outside_hours() -> None:
    start = datetime(2019, 4, 26, 17, 0, 0, 1, tzinfo=UTC)
    due = land(TimeLimit(1, WD), start, weekdays(), CountingRules())
    assert due == _at("2019-04-30T09:00")


@pytest.mark.parametrize(
    ("start", "rules", "due"),
    [
        ("2019-04-26T12:30", {}, "04-26T12:30"),
        ("2019-04-26T18:00", {}, "04-29T09:00"),
        ("2019-04-26T18:00", {"time_of_day_outside_hours": "kept"}, "04-26T18:00"),
        ("2019-04-26T18:00", {"time_of_day_outside_hours": "previous_close"}, "04-26T17:00"),
        ("2019-04-26T18:00", {"zero_direction": "backward"}, "04-26T17:00"),
        ("2019-04-27T12:30", {}, "04-29T09:00"),
        ("2019-04-27T12:30", {"zero_direction": "backward"}, "04-26T17:00"),
        (
            "2019-04-27T12:30",
            {"zero_direction": "backward", "start_on_nonworking": "roll_in_direction"},
            "04-26T09:00",
        ),
        ("2019-04-27T12:30", {"start_on_nonworking": "roll_in_direction"}, "04-29T09:00"),
        ("2019-04-27T12:30", {"start_on_nonworking": "preceding"}, "04-26T17:00"),
        ("2019-04-27T12:30", {"time_of_day": "end_of_working_day"}, "04-29T17:00"),
    ],
)
def test_zero_working_days_move_to_a_working_moment(start: str, rules: dict[str, Any], due: str) -> None:
    assert _land(0, WD, start, **rules) == due


def test_zero_hours_move_forward_or_back() -> None:
    assert _land(0, Unit.HOURS, "2019-04-27T12:30") == "04-29T09:00"
    assert _land(0, Unit.HOURS, "2019-04-27T12:30", zero_direction="backward") == "04-26T17:00"


def test_an_as_is_due_day_off_keeps_its_time() -> None:
    assert _land(1, CD, "2019-04-26T20:00", due_on_nonworking="as_is") == "04-27T20:00"


def test_the_kept_time_is_wall_time_across_a_clock_change() -> None:
    calendar = weekdays(zone="Europe/Berlin")
    due = land(TimeLimit(1, WD), datetime(2016, 3, 25, 11, tzinfo=UTC), calendar, CountingRules())
    assert calendar.local(due).isoformat() == "2016-03-28T12:00:00+02:00"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2019-04-26T15:00", 26),
        ("2019-04-26T15:00:00.000001", 29),
        ("2019-04-26T15:01", 29),
        ("2019-04-27T09:00", 29),
    ],
)
def test_same_day_means_the_next_working_day_after_the_cut_off(received: str, due: int) -> None:
    limit = TimeLimit(0, Unit.SAME_DAY)
    at = land(limit, _at(received), weekdays(), CIVIL_CODE)
    assert at == _at(f"2019-04-{due + 1}T00:00")


def test_same_day_at_a_kept_time_is_the_minute_of_receipt() -> None:
    assert _land(0, Unit.SAME_DAY, "2019-04-26T10:00") == "04-26T10:00"


def test_a_start_that_rolls_keeps_its_wall_time_in_the_calendars_zone() -> None:
    calendar, rules = weekdays(zone="Asia/Ho_Chi_Minh"), CountingRules(start_on_nonworking="following")
    begin = start_moment(TimeLimit(1, WD), _at("2019-04-27T05:30"), calendar, rules)
    assert begin.isoformat() == "2019-04-29T12:30:00+07:00"


@pytest.mark.parametrize(
    "limit",
    [
        (LONGEST_COUNT + 1, WD),
        (LONGEST_COUNT + 1, CD),
        (LONGEST_COUNT, MO),
        (LONGEST_COUNT * 24 + 1, Unit.HOURS),
    ],
)
def test_a_limit_beyond_two_centuries_is_refused(limit: tuple[int, Unit]) -> None:
    with pytest.raises(LimitError, match="longer than two centuries"):
        TimeLimit(*limit)


@pytest.mark.parametrize(
    "limit",
    [
        (LONGEST_COUNT, WD),
        (-LONGEST_COUNT, CD),
        (LONGEST_COUNT // 31, MO),
        (LONGEST_COUNT * 24, Unit.HOURS),
        (-LONGEST_COUNT * 24 * 60, Unit.MINUTES),
    ],
)
def test_a_limit_of_two_centuries_is_still_a_limit(limit: tuple[int, Unit]) -> None:
    assert (TimeLimit(*limit).amount, TimeLimit(*limit).unit) == limit


def test_no_limit_has_no_end() -> None:
    with pytest.raises(LimitError, match=r"^a procedure without a limit has no due date$"):
        _land(0, Unit.NONE, "2019-04-26T12:30")


def test_days_are_judged_by_date_and_working_time_by_instant() -> None:
    assert TimeLimit(0, Unit.SAME_DAY).in_days
    assert not TimeLimit(8, Unit.HOURS).in_days
    assert TimeLimit(2, Unit.MINUTES).micros == 120_000_000


@pytest.mark.parametrize(
    ("rules", "keeps"),
    [
        (CIVIL_CODE, True),
        (CountingRules(time_of_day="start_of_working_day"), True),
        (CountingRules(), False),
        (replace(CIVIL_CODE, start_on_nonworking="following"), False),
    ],
)
def test_whether_later_received_is_never_due_earlier_follows_from_the_rules(
    rules: CountingRules,
    keeps: bool,  # noqa: FBT001 - of the table
) -> None:
    assert rules.keeps_order is keeps

"""The calculator protocol at its edges: clock changes, midnights, short days, breaks, pauses, month ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.calc.asking import FRI, ask, due

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SUNDAY_NIGHT: dict[str, Any] = {"tz": "Europe/Berlin", "hours": {"sun": [["01:00", "04:00"]]}}
ROUND_THE_CLOCK = {"tz": "Europe/Berlin", "hours": {key: [["00:00", "24:00"]] for key in WEEK}}
FRIDAY_NIGHT = {"hours": {"fri": [["22:00", "24:00"]], "sat": [["00:00", "06:00"]]}}
LUNCH: dict[str, Any] = {
    "hours": {key: [["08:00", "12:00"], ["13:00", "17:00"]] for key in WEEK[:5]},
    "breaks": {"2019-04-26": [["11:00", "14:00"]], "2019-04-29": [["00:00", "24:00"]]},
}
SHORT_HOLIDAY = {"special": {"2019-05-01": [["10:00", "12:00"]]}}


@pytest.mark.parametrize(("day", "hours"), [("2020-03-29", 2), ("2020-10-25", 4), ("2020-11-01", 3)])
def test_a_window_across_a_clock_change_works_as_long_as_it_really_is(day: str, hours: int) -> None:
    found = ask("elapsed", calendar=SUNDAY_NIGHT, start=f"{day}T00:00+02:00", end=f"{day}T12:00+02:00")
    assert found == {"elapsed_seconds": hours * 3600}


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2020-03-29T01:00+01:00", 2, "2020-03-29T04:00:00+02:00"),
        ("2020-10-25T01:00+02:00", 3, "2020-10-25T03:00:00+01:00"),
        ("2020-10-25T04:00+01:00", -3, "2020-10-25T02:00:00+02:00"),
    ],
)
def test_working_hours_pass_a_clock_change_in_real_time(start: str, n: int, expected: str) -> None:
    assert due(start, n, "hours", calendar=SUNDAY_NIGHT) == expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2020-03-27T02:30+01:00", 2, "2020-03-29T03:30:00+02:00"),  # 02:30 is skipped that night
        ("2020-10-23T02:30+02:00", 2, "2020-10-25T02:30:00+02:00"),  # 02:30 comes twice: the first
        ("2020-03-28T12:00+01:00", 1, "2020-03-29T12:00:00+02:00"),
        ("2020-10-26T12:00+01:00", -1, "2020-10-25T12:00:00+01:00"),
    ],
)
@pytest.mark.parametrize("unit", ["working_days", "calendar_days"])
def test_a_kept_time_of_day_is_a_local_time(start: str, n: int, expected: str, unit: str) -> None:
    assert due(start, n, unit, calendar=ROUND_THE_CLOCK) == expected


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2019-04-26T22:00Z", 2, "2019-04-27T00:00"),
        ("2019-04-26T22:00Z", 3, "2019-04-27T01:00"),
        ("2019-04-26T22:00Z", 8, "2019-04-27T06:00"),
        ("2019-04-26T22:00Z", 9, "2019-05-03T23:00"),
        ("2019-04-27T06:00Z", -6, "2019-04-27T00:00"),
        ("2019-04-27T06:00Z", -7, "2019-04-26T23:00"),
        ("2019-04-27T06:00Z", -8, "2019-04-26T22:00"),
        ("2019-04-27T06:00Z", -9, "2019-04-20T05:00"),
    ],
)
def test_a_night_split_at_midnight_is_one_stretch_of_work(start: str, n: int, expected: str) -> None:
    assert due(start, n, "hours", calendar=FRIDAY_NIGHT) == f"{expected}:00+00:00"


@pytest.mark.parametrize(
    ("start", "n", "unit", "expected"),
    [
        ("2019-04-30T16:00Z", 2, "hours", "2019-05-01T11:00"),
        ("2019-05-02T10:00Z", -2, "hours", "2019-05-01T11:00"),
        ("2019-04-30T11:00Z", 1, "working_days", "2019-05-01T11:00"),
        ("2019-04-30T16:00Z", 1, "working_days", "2019-05-02T09:00"),
        ("2019-04-30T09:30Z", 1, "working_days", "2019-05-01T10:00"),
        ("2019-05-01T09:00Z", 0, "hours", "2019-05-01T10:00"),
    ],
)
def test_a_short_day_on_a_holiday_works_in_its_own_hours(
    start: str, n: int, unit: str, expected: str
) -> None:
    assert due(start, n, unit, calendar=SHORT_HOLIDAY) == f"{expected}:00+00:00"


@pytest.mark.parametrize(
    ("start", "n", "unit", "expected"),
    [
        ("2019-04-26T10:00Z", 2, "hours", "2019-04-26T15:00"),
        ("2019-04-26T15:00Z", -2, "hours", "2019-04-26T10:00"),
        ("2019-04-26T10:00Z", 1, "working_days", "2019-04-30T10:00"),
        ("2019-04-26T12:30Z", 0, "hours", "2019-04-26T14:00"),
        ("2019-04-26T12:30Z", -1, "minutes", "2019-04-26T10:59"),
        ("2019-04-26T16:30Z", 1, "hours", "2019-04-30T08:30"),
    ],
)
def test_a_break_may_span_the_lunch_hour_or_the_whole_day(
    start: str, n: int, unit: str, expected: str
) -> None:
    assert due(start, n, unit, calendar=LUNCH) == f"{expected}:00+00:00"


@pytest.mark.parametrize("unit", ["seconds", "minutes", "hours", "working_days"])
@pytest.mark.parametrize(
    ("at", "forward", "backward"),
    [
        ("26T08:00", "26T09:00", "25T17:00"),
        ("26T09:00", "26T09:00", "26T09:00"),
        ("26T12:34", "26T12:34", "26T12:34"),
        ("26T17:00", "29T09:00", "26T17:00"),
        ("27T12:00", "29T09:00", "26T17:00"),
    ],
)
def test_a_limit_of_nothing_moves_to_a_working_moment(
    at: str, forward: str, backward: str, unit: str
) -> None:
    back = {"zero_direction": "backward"}
    assert due(f"2019-04-{at}Z", 0, unit) == f"2019-04-{forward}:00+00:00"
    assert due(f"2019-04-{at}Z", 0, unit, convention=back) == f"2019-04-{backward}:00+00:00"


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2019-01-31T12:00Z", 1, "2019-02-28"),
        ("2019-03-31T12:00Z", -1, "2019-02-28"),
        ("2019-05-31T12:00Z", -3, "2019-02-28"),
        ("2020-01-31T12:00Z", 1, "2020-03-02"),  # the 29th is a Saturday
        ("2020-02-29T12:00Z", 12, "2021-03-01"),  # the 28th is a Sunday
        ("2018-11-30T12:00Z", 3, "2019-02-28"),
    ],
)
def test_a_month_too_short_ends_on_its_last_day(start: str, n: int, expected: str) -> None:
    assert due(start, n, "months") == f"{expected}T12:00:00+00:00"


@pytest.mark.parametrize(
    ("n", "unit", "pauses", "expected"),
    [
        (2, "working_days", [("26T12:00", "29T10:00")], "2019-05-02T10:00"),
        (-2, "working_days", [("25T10:00", "25T13:00")], "2019-04-24T09:00"),
        (2, "hours", [("26T12:30", "26T13:30"), ("26T13:00", "26T14:00")], "2019-04-26T15:30"),
        (-2, "hours", [("26T11:00", "26T11:30")], "2019-04-26T09:30"),
        (1, "hours", [("26T11:00", "26T12:30")], "2019-04-26T13:30"),
        (1, "hours", [("27T00:00", "28T00:00")], "2019-04-26T13:00"),
    ],
)
def test_paused_time_is_made_up_for_in_the_direction_of_the_count(
    n: int, unit: str, pauses: list[tuple[str, str]], expected: str
) -> None:
    found = due(FRI, n, unit, pauses=[[f"2019-04-{low}Z", f"2019-04-{high}Z"] for low, high in pauses])
    assert found == f"{expected}:00+00:00"


def test_time_counted_backwards_leaves_pauses_out_too() -> None:
    pauses = [["2019-04-26T11:00Z", "2019-04-26T11:30Z"]]
    assert ask("elapsed", start=FRI, end="2019-04-26T10:00Z", pauses=pauses) == {"elapsed_seconds": -5400}


@pytest.mark.parametrize(
    ("start", "n", "unit", "convention", "expected"),
    [
        ("2019-04-27", 1, "working_days", {"receipt_on_nonworking": "next_working_day"}, "2019-04-30"),
        ("2019-04-27", 1, "working_days", {"receipt_on_nonworking": "as_is"}, "2019-04-29"),
        ("2019-04-29", 1, "months", {"count_from": "day_after_receipt"}, "2019-05-30"),
        ("2019-04-26", 2, "calendar_days", {"end_on_nonworking": "next_working_day"}, "2019-04-29"),
        ("2019-04-26", 2, "calendar_days", {"end_on_nonworking": "as_is"}, "2019-04-28"),
        ("2019-04-26", 2, "working_days", {"expected_is": "first day after the end"}, "2019-05-01"),
        ("2019-04-26", 2, "working_days", {"start_day_counts": True}, "2019-04-29"),
        ("2019-04-26", 1, "working_days", {"due_is": "end of the due day"}, "2019-04-29"),
    ],
)
def test_a_date_is_counted_from_its_receipt_to_its_end(
    start: str, n: int, unit: str, convention: dict[str, Any], expected: str
) -> None:
    found = ask("due_date", start=start, limit={"n": n, "unit": unit}, convention=convention)
    assert found == {"due": expected}

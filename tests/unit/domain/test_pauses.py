from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import LimitError
from domain.pauses import elapsed_with_pauses, land_with_pauses, merge
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from domain.timetable import SECOND
from tests.shared_data import weekdays

HOUR = 3600 * SECOND


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}").replace(tzinfo=UTC)


def _due(n: int, unit: Unit, start: str, *pauses: tuple[str, str], rules: CountingRules = CIVIL_CODE) -> str:
    found = [(_at(begin), _at(end)) for begin, end in pauses]
    due = land_with_pauses(TimeLimit(n, unit), _at(start), weekdays(), rules, found)
    assert due.tzinfo is UTC
    assert (due.second, due.microsecond) == (0, 0)
    return due.strftime("%m-%dT%H:%M")


def _as_time(**rules: Any) -> CountingRules:
    return CountingRules(pause_in="working_time", **rules)


def test_overlapping_and_touching_pauses_are_one() -> None:
    found = merge(
        [(_at("06-05"), _at("06-06")), (_at("06-03"), _at("06-04")), (_at("06-04"), _at("06-05T12:00"))]
    )
    assert found == ((_at("06-03"), _at("06-06")),)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(LimitError, match="ends before it begins"):
        merge([(_at("06-05"), _at("06-04"))])


@pytest.mark.parametrize(
    ("n", "pauses", "due"),
    [
        (4, [], "06-03T13:00"),
        (4, [("06-03T10:00", "06-03T11:00")], "06-03T14:00"),
        (4, [("06-03T08:00", "06-03T10:00")], "06-03T14:00"),
        (4, [("06-03T13:00", "06-03T15:00")], "06-03T13:00"),
        (4, [("06-03T14:00", "06-03T15:00")], "06-03T13:00"),
        (4, [("06-02T14:00", "06-02T15:00")], "06-03T13:00"),
        (4, [("06-02T14:00", "06-02T15:00"), ("06-03T10:00", "06-03T11:00")], "06-03T14:00"),
        (1, [("06-03T09:30", "06-03T11:00")], "06-03T11:30"),
        (4, [("06-03T10:00", "06-03T11:00"), ("06-03T10:30", "06-03T12:00")], "06-03T15:00"),
        (-2, [("06-03T08:00", "06-03T08:30")], "05-31T15:00"),
        (-2, [("05-31T16:00", "06-03T09:00")], "05-31T14:00"),
        (-2, [("05-31T13:00", "05-31T15:00")], "05-31T15:00"),
        (-2, [("06-04T08:00", "06-04T09:00")], "05-31T15:00"),
        (-2, [("05-31T16:00", "06-03T09:00"), ("06-04T08:00", "06-04T09:00")], "05-31T14:00"),
    ],
)
def test_working_time_does_not_run_in_a_pause(n: int, pauses: list[tuple[str, str]], due: str) -> None:
    assert _due(n, Unit.HOURS, "06-03T09:00", *pauses) == due


@pytest.mark.parametrize(
    ("start", "direction", "due"),
    [
        ("06-03T08:00", "forward", "06-03T11:00"),
        ("06-03T10:00", "forward", "06-03T11:00"),
        ("06-03T11:00", "forward", "06-03T11:00"),
        ("06-03T12:00", "forward", "06-03T12:00"),
        ("06-03T10:00", "backward", "05-31T17:00"),
        ("06-03T11:00", "backward", "05-31T17:00"),
        ("06-03T12:00", "backward", "06-03T12:00"),
        ("06-03T18:00", "backward", "06-03T17:00"),
    ],
)
def test_zero_working_time_moves_out_of_a_pause(start: str, direction: Any, due: str) -> None:
    rules = CountingRules(zero_direction=direction)
    assert (
        _due(
            0, Unit.HOURS, start, ("06-01T00:00", "06-02T00:00"), ("06-03T08:30", "06-03T11:00"), rules=rules
        )
        == due
    )


def test_zero_working_time_at_the_very_stop_moves_to_the_resumption() -> None:
    assert _due(0, Unit.HOURS, "06-03T10:00", ("06-03T10:00", "06-03T11:00")) == "06-03T11:00"


def test_zero_working_time_moves_through_pauses_with_only_a_night_between_them() -> None:
    pauses = [("06-03T16:00", "06-03T18:00"), ("06-04T08:00", "06-04T10:00")]
    assert _due(0, Unit.HOURS, "06-03T16:30", *pauses) == "06-04T10:00"
    rules = CountingRules(zero_direction="backward")
    assert _due(0, Unit.HOURS, "06-04T09:30", *pauses, rules=rules) == "06-03T16:00"


@pytest.mark.parametrize(
    ("n", "unit", "pauses", "due"),
    [
        (2, Unit.WORKING_DAYS, [("06-04T10:00", "06-06T10:00")], "06-08T00:00"),
        (2, Unit.WORKING_DAYS, [("06-04T10:00", "06-04T16:00")], "06-06T00:00"),
        (2, Unit.WORKING_DAYS, [("05-30T10:00", "05-31T10:00")], "06-06T00:00"),
        (2, Unit.WORKING_DAYS, [("06-06T00:00", "06-20T10:00")], "06-06T00:00"),
        (
            2,
            Unit.WORKING_DAYS,
            [("05-30T10:00", "05-31T10:00"), ("06-04T10:00", "06-06T10:00")],
            "06-08T00:00",
        ),
        (
            2,
            Unit.WORKING_DAYS,
            [("06-04T10:00", "06-05T10:00"), ("06-06T10:00", "06-07T10:00")],
            "06-08T00:00",
        ),
        (
            10,
            Unit.WORKING_DAYS,
            [("06-04T10:00", "06-05T10:00"), ("06-05T12:00", "06-06T12:00"), ("06-06T14:00", "06-07T14:00")],
            "06-21T00:00",
        ),
        (4, Unit.WORKING_DAYS, [("06-07T10:00", "06-08T00:00")], "06-11T00:00"),
        (2, Unit.CALENDAR_DAYS, [("06-04T10:00", "06-06T10:00")], "06-08T00:00"),
        (5, Unit.CALENDAR_DAYS, [], "06-11T00:00"),
        (5, Unit.CALENDAR_DAYS, [("06-04T10:00", "06-05T10:00")], "06-11T00:00"),
        (1, Unit.MONTHS, [("06-04T10:00", "06-06T10:00")], "07-06T00:00"),
        (1, Unit.MONTHS, [("06-04T10:00", "06-04T12:00")], "07-04T00:00"),
        (0, Unit.SAME_DAY, [("06-03T10:00", "06-05T10:00")], "06-06T00:00"),
    ],
)
def test_days_are_paused_in_their_own_unit(
    n: int, unit: Unit, pauses: list[tuple[str, str]], due: str
) -> None:
    assert _due(n, unit, "06-03T09:00", *pauses) == due


def test_a_paused_same_day_of_an_evening_receipt_counts_from_the_next_day() -> None:
    assert _due(0, Unit.SAME_DAY, "06-03T18:00", ("06-04T10:00", "06-05T10:00")) == "06-06T00:00"


@pytest.mark.parametrize(
    ("start", "rules", "due"),
    [
        # 7/7 is a Sunday: the corresponding day does not roll before the day paused is added.
        ("06-07T09:00", {}, "07-09T00:00"),
        ("06-07T09:00", {"start_on_nonworking": "following"}, "07-09T00:00"),
        ("06-08T09:00", {"start_on_nonworking": "following"}, "07-12T00:00"),
        ("06-03T09:00", {"count_from": "day_after_receipt"}, "07-06T00:00"),
        ("06-03T09:00", {"start_day_counts": True}, "07-04T00:00"),
        ("06-03T09:00", {"first_day_after_end": True}, "07-06T00:00"),
        ("06-03T09:00", {"time_of_day": "kept"}, "07-04T09:00"),
    ],
)
def test_a_day_paused_follows_the_corresponding_day_of_a_month(
    start: str, rules: dict[str, Any], due: str
) -> None:
    found = replace(CIVIL_CODE, **rules)
    assert _due(1, Unit.MONTHS, start, ("06-12T10:00", "06-13T10:00"), rules=found) == due


def test_days_that_count_backwards_cannot_be_paused_in_days() -> None:
    with pytest.raises(LimitError, match=r"^a limit that counts days backwards cannot be paused in days$"):
        _due(-2, Unit.WORKING_DAYS, "06-03T09:00", ("06-01", "06-02"))


@pytest.mark.parametrize(
    ("n", "pauses", "due"),
    [
        (2, [("06-04T10:00", "06-04T12:00")], "06-05T14:00"),
        (2, [("06-04T18:00", "06-04T20:00")], "06-05T12:00"),
        (2, [("06-01T10:00", "06-03T13:00")], "06-05T13:00"),
        (2, [("06-01T10:00", "06-02T12:00")], "06-05T12:00"),
        (2, [("06-05T12:00", "06-07T12:00")], "06-05T12:00"),
        (2, [("06-05T11:00", "06-06T11:00")], "06-06T12:00"),
        (-2, [("05-31T10:00", "05-31T12:00")], "05-30T10:00"),
        (-2, [("06-04T10:00", "06-04T12:00")], "05-30T12:00"),
        (-2, [("05-29T10:00", "05-29T12:00")], "05-30T12:00"),
        (-2, [("05-30T10:00", "05-30T12:00")], "05-30T12:00"),
        (0, [("06-03T10:00", "06-03T13:00")], "06-03T13:00"),
        (2, [("06-01T10:00", "06-02T12:00"), ("06-04T10:00", "06-04T12:00")], "06-05T14:00"),
        (2, [("06-04T10:00", "06-04T12:00"), ("06-05T13:00", "06-05T15:00")], "06-05T16:00"),
        (-2, [("05-30T09:00", "05-30T11:00"), ("05-31T10:00", "05-31T12:00")], "05-29T16:00"),
    ],
)
def test_days_paused_in_working_time_move_by_its_hours(
    n: int, pauses: list[tuple[str, str]], due: str
) -> None:
    assert _due(n, Unit.WORKING_DAYS, "06-03T12:00", *pauses, rules=_as_time()) == due


def test_a_pause_outside_office_hours_leaves_a_closing_where_it_is() -> None:
    rules = _as_time(time_of_day="end_of_working_day")
    pause = ("06-04T18:00", "06-04T20:00")
    assert _due(2, Unit.WORKING_DAYS, "06-03T12:00", pause, rules=rules) == "06-05T17:00"


def test_elapsed_time_leaves_pauses_out_in_both_directions() -> None:
    calendar, start, end = weekdays(), _at("06-03T09:00"), _at("06-03T15:00")
    pauses = [(_at("06-03T08:00"), _at("06-03T10:00")), (_at("06-03T14:00"), _at("06-03T16:00"))]
    outside = [(_at("06-02T08:00"), _at("06-03T09:00")), (_at("06-03T16:00"), _at("06-03T17:00"))]
    assert elapsed_with_pauses(start, end, calendar, pauses) == 4 * HOUR
    assert elapsed_with_pauses(end, start, calendar, pauses) == -4 * HOUR
    assert elapsed_with_pauses(start, end, calendar, outside) == 6 * HOUR
    assert elapsed_with_pauses(start, start, calendar, pauses) == 0

"""The calculator protocol: calendars, amounts, units and conventions, and what it refuses of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.calc.asking import FRI, NINE, ask, code, due


def test_instants_are_printed_in_the_calendars_zone() -> None:
    assert (
        due("2019-04-26T05:00:00-04:00", 1, "hours", calendar={"tz": "Europe/Paris"})
        == "2019-04-26T12:00:00+02:00"
    )


@pytest.mark.parametrize(
    ("n", "expected"), [(2, "14:00"), (2.0, "14:00"), ("2", "14:00"), (1.5, "13:30"), ("0.25", "12:15")]
)
def test_an_amount_may_be_a_fraction_or_text(n: Any, expected: str) -> None:
    assert due(FRI, n, "hours") == f"2019-04-26T{expected}:00+00:00"


@pytest.mark.parametrize(
    "n", [True, None, "two", "", "1e3", "٣", [1], float("nan"), float("inf"), 10**400, 1e300, 80_000]
)
def test_an_amount_that_is_no_number_or_beyond_any_calendar_is_refused(n: Any) -> None:
    assert due(FRI, n, "working_days") == "limit"


def test_a_fraction_of_a_day_is_refused() -> None:
    assert due(FRI, 1.5, "working_days") == "limit"
    assert due(FRI, 3.0, "working_days") == "2019-05-02T12:00:00+00:00"


@pytest.mark.parametrize("unit", ["days", "", None, ["hours"], "same_day", "none"])
def test_an_unknown_unit_is_refused(unit: Any) -> None:
    assert code("due", start=FRI, limit={"n": 1, "unit": unit}) == "limit"


@pytest.mark.parametrize(
    ("special", "breaks", "expected"),
    [
        ({}, {}, 8),
        ({"2019-04-26": []}, {}, 0),
        ({"2019-05-01": NINE}, {}, 8),
        ({"2019-04-26": [["10:00", "11:00"], ["08:00", "09:00"]]}, {}, 2),
        ({}, {"2019-04-26": [["12:00", "13:00"]]}, 7),
        ({}, {"2019-04-26": [["08:00", "18:00"]]}, 0),
        ({}, {"2019-04-26": [["12:00", "13:00"], ["12:30", "14:00"], ["08:00", "09:30"]]}, 5.5),
        ({"2019-04-26": [["08:00", "12:00"]]}, {"2019-04-26": [["09:00", "10:00"]]}, 3),
        ({"2019-04-26": [["22:00", "24:00"]]}, {}, 2),
        ({}, {"2019-05-01": [["12:00", "13:00"]]}, 0),
        ({"2019-04-26": [["09:00:30", "9:01"]]}, {}, 30 / 3600),
    ],
)
def test_special_days_replace_and_breaks_take_away(special: Any, breaks: Any, expected: float) -> None:
    day = "2019-05-01" if "2019-05-01" in {**special, **breaks} else "2019-04-26"
    found = ask(
        "elapsed",
        calendar={"special": special, "breaks": breaks},
        start=f"{day}T00:00:00Z",
        end=f"{day}T23:59:59.999999Z",
    )
    assert found["elapsed_seconds"] == pytest.approx(expected * 3600, abs=0.001)


@pytest.mark.parametrize(
    "change",
    [
        {"tz": "Mars/Olympus"},
        {"tz": ""},
        {"tz": None},
        {"tz": "../etc/passwd"},
        {"tz": "America"},
        {"hours": {"monday": NINE}},
        {"hours": {}},
        {"hours": {"mon": [["17:00", "09:00"]]}},
        {"hours": {"mon": [["09:00", "09:00"]]}},
        {"hours": {"mon": [["09:00", "24:01"]]}},
        {"hours": {"mon": [["09:61", "12:00"]]}},
        {"hours": {"mon": [["09:00"]]}},
        {"hours": {"mon": "09:00"}},
        {"hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}},
        {"hours": {"mon": ["09:00", "12:00"]}},
        {"holidays": "2019-05-01"},
        {"holidays": ["1/5/2019"]},
        {"holidays": ["2019-02-30"]},
        {"holidays": [20190501]},
        {"special": {"tomorrow": []}},
        {"breaks": {"2019-04-26": [["10:00", "10:00"]]}},
        {"feiertage": []},
    ],
)
def test_a_calendar_that_is_not_clear_is_refused(change: dict[str, Any]) -> None:
    assert code("due", calendar=change, start=FRI, limit={"n": 1, "unit": "hours"}) == "calendar"


@pytest.mark.parametrize(
    ("convention", "expected"),
    [
        ({}, "2019-04-29T12:00"),
        ({"start_on_nonworking": "following"}, "2019-04-30T12:00"),
        ({"start_on_nonworking": "roll_forward_first"}, "2019-04-30T09:00"),
        ({"start_on_nonworking": "preceding"}, "2019-04-29T12:00"),
        ({"receipt_on_nonworking": "next_working_day"}, "2019-04-30T12:00"),
        ({"start_day_counts": True}, "2019-04-29T12:00"),
        ({"time_of_day": "end_of_working_day"}, "2019-04-29T17:00"),
        ({"expected_is": "first day after the end"}, "2019-04-30T12:00"),
        (
            {"month_overflow": "clamp_to_last_day", "interval": "[)", "due_on_nonworking": None},
            "2019-04-29T12:00",
        ),
    ],
)
def test_a_saturday_receipt_lands_where_the_convention_says(convention: Any, expected: str) -> None:
    assert due("2019-04-27T12:00:00Z", 1, "working_days", convention=convention) == f"{expected}:00+00:00"


@pytest.mark.parametrize(
    "convention",
    [
        {"interval": "()"},
        {"rounding": "up"},
        {"month_overflow": "roll_over"},
        {"start_on_nonworking": "modified_following"},
        {"start_day_counts": "yes"},
        {"start_day_counts": 1},
        {"due_is": "end of the due day"},
        {"time_of_day": ["kept"]},
        {"receipt_on_nonworking": "next_working_day", "start_on_nonworking": "preceding"},
        {"end_on_nonworking": "as_is", "due_on_nonworking": "next_working_day"},
    ],
)
def test_a_convention_outside_the_table_is_never_guessed(convention: dict[str, Any]) -> None:
    assert (
        code("due", start=FRI, limit={"n": 1, "unit": "working_days"}, convention=convention)
        == "unsupported_convention"
    )


def test_a_convention_that_is_no_object_is_a_bad_case() -> None:
    assert code("due", start=FRI, limit={"n": 1, "unit": "hours"}, convention=["kept"]) == "bad_case"


def test_the_paused_working_seconds_follow_the_day_count() -> None:
    pauses = [["2019-04-26T16:00:00Z", "2019-04-29T10:00:00Z"]]
    sentence = {"pause_with_day_limit": "the pauses' working seconds are added after the day count"}
    assert due(FRI, 1, "working_days", pauses=pauses, convention=sentence) == "2019-04-29T14:00:00+00:00"
    assert due(FRI, 6, "hours", pauses=pauses) == "2019-04-29T12:00:00+00:00"


@pytest.mark.parametrize(
    ("start", "limit", "more", "expected"),
    [
        ("2019-04-26", (3, "working_days"), {}, "2019-05-02"),
        ("2019-04-26T23:30:00Z", (1, "working_days"), {"calendar": {"tz": "Asia/Tokyo"}}, "2019-04-29"),
        ("2019-04-26T23:30:00", (1, "working_days"), {}, "2019-04-29"),
        ("2019-04-26", (5, "calendar_days"), {}, "2019-05-02"),
        ("2019-04-26", (5, "calendar_days"), {"convention": {"due_on_nonworking": "as_is"}}, "2019-05-01"),
        ("2019-01-31", (1, "months"), {}, "2019-02-28"),
        ("2019-04-26", (10, "hours"), {}, "2019-04-29"),
        ("2019-04-26", (1, "working_days"), {"pauses": [["2019-04-29", "2019-04-30"]]}, "2019-04-30"),
        ("2019-04-26", (1, "working_days"), {"pauses": [["2019-04-30", "2019-05-03"]]}, "2019-04-29"),
        ("2019-04-26", (-1, "working_days"), {"pauses": [["2019-04-25", "2019-04-26"]]}, "2019-04-24"),
        ("2019-04-27", (0, "working_days"), {"convention": {"zero_direction": "backward"}}, "2019-04-26"),
    ],
)
def test_a_due_date_is_a_local_date(
    start: str, limit: tuple[int, str], more: dict[str, Any], expected: str
) -> None:
    found = ask("due_date", start=start, limit={"n": limit[0], "unit": limit[1]}, **more)
    assert found == {"due": expected}

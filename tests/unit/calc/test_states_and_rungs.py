"""The calculator protocol: states at a moment, and the rungs that fire at it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.calc.asking import FRI, ask, code


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2019-04-29T23:59:59Z", "on_time"),
        ("2019-04-30T00:00:00Z", "overdue"),
        ("2019-04-29", "on_time"),
        ("2019-04-30", "overdue"),
        ("2019-04-29T23:59:59", "on_time"),
        ("2019-04-30T00:00:00", "overdue"),
        ("2019-04-30T01:59:59+02:00", "on_time"),
        ("2019-05-02T23:59:59Z", "overdue"),
        ("2019-05-03T00:00:00Z", "very_overdue"),
    ],
)
def test_a_limit_in_days_is_late_from_the_day_after(now: str, state: str) -> None:
    found = ask(
        "state_at",
        start=FRI,
        now=now,
        limit={"n": 1, "unit": "working_days"},
        second_limit={"n": 3, "unit": "working_days"},
        convention={"due_is": "end of the due day"},
    )
    assert found == {"state": state, "due": "2019-04-29", "second_due": "2019-05-02"}


@pytest.mark.parametrize(
    ("now", "state"), [("2019-04-26T13:59:59Z", "on_time"), ("2019-04-26T14:00:00Z", "overdue")]
)
def test_working_time_is_late_at_its_due_instant(now: str, state: str) -> None:
    found = ask("state_at", start=FRI, now=now, limit={"n": 2, "unit": "hours"})
    assert found == {"state": state, "due": "2019-04-26T14:00:00+00:00"}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2019-04-29T11:59:59Z", "on_time"),
        ("2019-04-29T12:00:00Z", "overdue"),
        ("2019-05-03T11:59:59Z", "overdue"),
        ("2019-05-03T12:00:00Z", "very_overdue"),
    ],
)
def test_days_counted_from_an_instant_end_at_an_instant_unless_the_due_date_is_a_whole_day(
    now: str, state: str
) -> None:
    one, four = {"n": 1, "unit": "working_days"}, {"n": 4, "unit": "working_days"}
    found = ask("state_at", start=FRI, now=now, limit=one, second_limit=four)
    assert found == {
        "state": state,
        "due": "2019-04-29T12:00:00+00:00",
        "second_due": "2019-05-03T12:00:00+00:00",
    }


def test_days_counted_from_a_date_and_hours_due_by_the_end_of_a_day_are_late_from_the_day_after() -> None:
    days: dict[str, Any] = {"start": "2019-04-26", "limit": {"n": 1, "unit": "working_days"}}
    assert ask("state_at", now="2019-04-29T23:59:59Z", **days) == {"state": "on_time", "due": "2019-04-29"}
    assert ask("state_at", now="2019-04-30T00:00:00Z", **days) == {"state": "overdue", "due": "2019-04-29"}
    hours: dict[str, Any] = {
        "start": FRI,
        "limit": {"n": 6, "unit": "hours"},
        "convention": {"due_is": "end of the due day"},
    }
    assert ask("state_at", now="2019-04-29T23:59:59Z", **hours) == {"state": "on_time", "due": "2019-04-29"}
    assert ask("state_at", now="2019-04-30T00:00:00Z", **hours) == {"state": "overdue", "due": "2019-04-29"}


RUNGS = [{"n": 0, "unit": "calendar_days"}, {"n": -2, "unit": "calendar_days"}, {"n": -1, "unit": "hours"}]


@pytest.mark.parametrize(
    ("now", "fired", "fire", "following"),
    [
        ("2019-04-27T11:59:59Z", [], [], "2019-04-27T12:00:00+00:00"),
        ("2019-04-27T12:00:00Z", [], [-2], "2019-04-29T11:00:00+00:00"),
        ("2019-04-29T12:00:00Z", [], [-2, -1, 0], None),
        ("2019-04-29T12:00:00Z", [-2, 0, 9], [-1], None),
        ("2019-04-29T12:00:00Z", [{"n": -2, "unit": "calendar_days"}], [-1, 0], None),
        ("2019-04-29T11:00:00Z", [-1], [-2], "2019-04-29T12:00:00+00:00"),
    ],
)
def test_passed_rungs_fire_in_order_each_once(
    now: str, fired: list[Any], fire: list[int], following: str | None
) -> None:
    found = ask(
        "rungs_at",
        deadline="2019-04-29T12:00:00Z",
        rungs=RUNGS,
        already_fired=fired,
        now=now,
        suspended=False,
    )
    assert found == {"fire": fire, "next": following}


@pytest.mark.parametrize("unit", ["hours", "working_days", "calendar_days"])
def test_a_rung_of_no_offset_is_the_deadline_itself_though_the_office_is_closed(unit: str) -> None:
    sunday: dict[str, Any] = {"deadline": "2019-04-28T12:00:00Z", "rungs": [{"n": 0, "unit": unit}]}
    assert ask("rungs_at", now="2019-04-28T12:00:00Z", **sunday) == {"fire": [0], "next": None}
    early = ask("rungs_at", now="2019-04-28T11:59:59Z", **sunday)
    assert early == {"fire": [], "next": "2019-04-28T12:00:00+00:00"}


def test_rungs_keep_the_hour_of_the_deadline_across_a_clock_change() -> None:
    rungs = [{"n": n, "unit": "calendar_days"} for n in (-9, -4, 3)]
    zone = {"tz": "Europe/Amsterdam"}
    found = ask(
        "rungs_at",
        calendar=zone,
        deadline="2026-10-29T08:30:00+01:00",
        rungs=rungs,
        now="2026-10-24T12:00:00Z",
    )
    assert found == {"fire": [-9], "next": "2026-10-25T08:30:00+01:00"}
    after = ask(
        "rungs_at", calendar=zone, deadline="2026-10-29", rungs=rungs, now="2026-11-01", already_fired=[-4]
    )
    assert after == {"fire": [-9, 3], "next": None}


def test_a_suspended_clock_fires_none() -> None:
    found = ask("rungs_at", deadline=FRI, rungs=RUNGS, now="2019-04-29T12:00:00Z", suspended=True)
    assert found == {"fire": [], "next": None}


def test_rungs_that_are_not_clear_are_refused() -> None:
    assert code("rungs_at", deadline=FRI, now=FRI, rungs=5) == "bad_case"
    assert code("rungs_at", deadline=FRI, now=FRI, suspended="no") == "bad_case"
    assert code("rungs_at", deadline=FRI, now=FRI, rungs=[{"n": "x", "unit": "hours"}]) == "limit"

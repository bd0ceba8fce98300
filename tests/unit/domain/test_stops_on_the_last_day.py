"""A clock that stopped before the due date never goes on late, whatever day it goes on."""

from __future__ import annotations

import pytest

from domain.deadline import derive
from domain.explain import walk
from domain.time_limit import CIVIL_CODE
from tests.cases import CALENDAR, at, limit, told


def _due(text: str, start: str, *pauses: tuple[str, str]) -> str | None:
    found = [(at(begin), at(end)) for begin, end in pauses]
    deadline = derive(limit(text), at(start), CALENDAR, CIVIL_CODE, found)
    assert deadline is not None
    return told(deadline.due_at)


@pytest.mark.parametrize(
    ("text", "start", "pause", "due"),
    [
        # Friday 14/6 is the due day of all of them but the calendar days that end on Saturday.
        ("9 working_days", "3 8:00", ("14 10:00", "14 16:00"), "15 0:00"),
        ("9 working_days", "3 8:00", ("14 10:00", "15 9:00"), "18 0:00"),
        ("9 working_days", "3 8:00", ("14 10:00", "16 23:59"), "18 0:00"),
        ("9 working_days", "3 8:00", ("14 10:00", "17 9:00"), "18 0:00"),
        ("9 working_days", "3 8:00", ("14 23:59", "18 9:00"), "19 0:00"),
        ("11 calendar_days", "3 8:00", ("14 10:00", "15 9:00"), "18 0:00"),
        ("11 calendar_days", "3 8:00", ("14 10:00", "18 9:00"), "19 0:00"),
        ("same_day", "14 8:00", ("14 10:00", "16 9:00"), "18 0:00"),
        ("same_day", "14 8:00", ("14 10:00", "18 9:00"), "19 0:00"),
        ("8 hours", "13 8:00", ("14 7:30", "16 9:00"), "17 7:30"),
    ],
)
def test_what_is_left_of_the_last_day_is_the_day_of_resumption(
    text: str, start: str, pause: tuple[str, str], due: str
) -> None:
    assert _due(text, start, pause) == due


@pytest.mark.parametrize(
    ("stop", "resumed", "due"),
    [
        ("15 9:00", "19 9:00", "20 0:00"),
        ("16 9:00", "19 9:00", "20 0:00"),
        ("17 9:00", "19 9:00", "20 0:00"),
        ("17 9:00", "22 9:00", "25 0:00"),
        ("17 9:00", "17 16:00", "18 0:00"),
        ("18 0:00", "19 9:00", "18 0:00"),
    ],
)
def test_a_stop_while_the_last_day_rolls_on_ends_on_the_day_of_resumption(
    stop: str, resumed: str, due: str
) -> None:
    # Twelve calendar days from 3/6 end on Saturday 15/6 and roll to Monday 17/6.
    assert _due("12 calendar_days", "3 8:00") == "18 0:00"
    assert _due("12 calendar_days", "3 8:00", (stop, resumed)) == due


def test_a_month_that_rolls_on_is_paused_in_the_same_way() -> None:
    # The corresponding day of 16/5 is Sunday 16/6.
    assert _due("1 months", "2019-05-16T08:00") == "18 0:00"
    assert _due("1 months", "2019-05-16T08:00", ("17 9:00", "19 9:00")) == "20 0:00"


def test_a_second_stop_is_counted_on_top_of_the_first() -> None:
    pauses = ("14 10:00", "15 9:00"), ("17 9:00", "19 9:00")
    assert _due("9 working_days", "3 8:00", *pauses) == "20 0:00"
    after_due = ("14 10:00", "15 9:00"), ("18 0:00", "19 9:00")
    assert _due("9 working_days", "3 8:00", *after_due) == "18 0:00"


@pytest.mark.parametrize(
    ("text", "pause", "last"),
    [
        ("9 working_days", ("14 10:00", "16 9:00"), "gives back the time of the pause"),
        ("11 calendar_days", ("14 10:00", "16 9:00"), "the due date moves to this working day"),
        ("12 calendar_days", ("14 10:00", "16 9:00"), "days off are counted too"),
        ("12 calendar_days", ("16 10:00", "17 9:00"), "the clock was stopped"),
        ("1 months", ("14 10:00", "16 9:00"), "the due date moves to this working day"),
    ],
)
def test_the_walk_counts_no_more_days_than_the_limit_has(
    text: str, pause: tuple[str, str], last: str
) -> None:
    start = at("2019-05-14T08:00") if "months" in text else at("3 8:00")
    steps = walk(limit(text), start, CALENDAR, pauses=[(at(pause[0]), at(pause[1]))], lang="en")
    assert [step.number for step in steps if step.counted] == list(range(1, limit(text).amount + 1))
    assert (steps[-1].day.isoformat(), steps[-1].reason) == ("2019-06-17", last)

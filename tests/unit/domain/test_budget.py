"""What is used and left of a limit at a moment: always in the unit of the limit, never converted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.budget import Budget, budget_at, written
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.cases import CALENDAR, at, limit


def budget(text: str, moment: str, *pauses: tuple[str, str], start: str = "3 8:00") -> Budget | None:
    found = [(at(begin), at(end)) for begin, end in pauses]
    return budget_at(at(moment), limit(text), at(start), CALENDAR, CIVIL_CODE, pauses=found)


@pytest.mark.parametrize(
    ("text", "moment", "used", "left"),
    [
        ("10 working_days", "3 8:00", "0 working_days", "10 working_days"),
        ("10 working_days", "4 0:00", "1 working_days", "9 working_days"),
        ("10 working_days", "8 9:00", "4 working_days", "6 working_days"),  # a Saturday
        ("10 working_days", "17 23:59", "10 working_days", "0 working_days"),
        ("10 working_days", "28 9:00", "10 working_days", "0 working_days"),
        ("10 calendar_days", "8 9:00", "5 calendar_days", "5 calendar_days"),
        ("12 calendar_days", "17 9:00", "12 calendar_days", "0 calendar_days"),  # while it rolls on
        ("1 months", "28 9:00", "0 months", "1 months"),
        ("2 months", "2019-07-03T09:00", "1 months", "1 months"),
        ("same_day", "3 9:00", "1 working_days", "0 working_days"),
        ("24 hours", "3 7:00", "0 seconds", "86400 seconds"),
        ("24 hours", "3 8:30", "1800 seconds", "84600 seconds"),
        ("24 hours", "3 12:00", "10800 seconds", "75600 seconds"),
        ("24 hours", "28 9:00", "86400 seconds", "0 seconds"),
        ("90 minutes", "3 9:00", "3600 seconds", "1800 seconds"),
        ("100 seconds", "3 8:01", "60 seconds", "40 seconds"),
    ],
)
def test_used_and_left_together_are_the_limit(text: str, moment: str, used: str, left: str) -> None:
    found = budget(text, moment)
    assert found == Budget(limit(used), limit(left))
    assert found.used.unit is found.left.unit


def test_a_same_day_limit_received_too_late_has_its_day_left() -> None:
    found = budget("same_day", "3 16:00", start="3 15:30")
    assert found == Budget(limit("0 working_days"), limit("1 working_days"))


def test_what_was_paused_is_not_used() -> None:
    days = ("4 9:00", "6 9:00")
    assert budget("10 working_days", "7 9:00", days) == Budget(
        limit("2 working_days"), limit("8 working_days")
    )
    assert budget("10 calendar_days", "7 9:00", days) == Budget(
        limit("2 calendar_days"), limit("8 calendar_days")
    )
    assert budget("24 hours", "3 14:00", ("3 9:00", "3 13:30")) == Budget(
        limit("5400 seconds"), limit("81000 seconds")
    )


def test_a_limit_without_an_end_has_no_budget() -> None:
    assert budget("none", "4 9:00") is None


def test_a_day_of_receipt_that_counts_is_used() -> None:
    rules = replace(CIVIL_CODE, start_day_counts=True)
    found = budget_at(at("3 9:00"), limit("3 working_days"), at("3 8:00"), CALENDAR, rules)
    assert found == Budget(limit("1 working_days"), limit("2 working_days"))


@pytest.mark.parametrize("unit", [unit for unit in Unit if unit is not Unit.NONE])
def test_an_amount_is_written_as_the_configuration_reads_it(unit: Unit) -> None:
    amount = 0 if unit is Unit.SAME_DAY else 6
    assert written(TimeLimit(amount, unit)) == f"{amount} {unit.value}"
    assert limit(written(TimeLimit(amount, unit))) == TimeLimit(amount, unit)

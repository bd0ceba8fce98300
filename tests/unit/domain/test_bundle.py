"""Several procedures at once: one code, one appointment, one limit by the policy of the bundle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.bundle import Bundle, component_code, in_order, slip_of, total
from domain.errors import LimitError
from domain.time_limit import CIVIL_CODE
from tests.cases import CALENDAR, at, limit

if TYPE_CHECKING:
    from domain.bundle import Policy
    from domain.time_limit import TimeLimit


def bundle(policy: Policy, own: str = "") -> Bundle:
    return Bundle(
        code="b",
        name="B",
        components=("1", "2", "3"),
        policy=policy,
        in_force_from=date(2018, 1, 1),
        in_force_until=date(2019, 12, 31),
        limit=limit(own) if own else None,
    )


def limit_of(policy: Policy, *texts: str, own: str = "", start: str = "3 8:00") -> TimeLimit:
    found = [limit(text) for text in texts]
    return bundle(policy, own).limit_of(found, at(start), CALENDAR, CIVIL_CODE)


@pytest.mark.parametrize(
    ("day", "is_in_force"),
    [("2017-12-31", False), ("2018-01-01", True), ("2019-12-31", True), ("2020-01-01", False)],
)
def test_both_days_in_force_are_inclusive(day: str, *, is_in_force: bool) -> None:
    assert bundle("sum").in_force_on(date.fromisoformat(day)) is is_in_force


def test_a_rule_without_an_end_goes_on() -> None:
    open_ended = Bundle(code="b", name="B", components=("1",), policy="max", in_force_from=date(2018, 1, 1))
    assert open_ended.in_force_on(date(2099, 1, 1))


def test_the_three_policies_of_three_land_procedures() -> None:
    land = ("5 working_days", "10 working_days", "10 working_days")
    assert limit_of("sum", *land) == limit("25 working_days")
    assert limit_of("max", *land) == limit("10 working_days")
    assert limit_of("fixed", *land, own="12 working_days") == limit("12 working_days")


@pytest.mark.parametrize(
    ("texts", "start", "longest"),
    [
        # One working day from Monday ends on Tuesday at midnight; eight hours end on Tuesday at 8:00.
        (("8 hours", "1 working_days"), "3 8:00", "1 working_days"),
        # Eighteen hours end on Wednesday at 10:00: longer, whatever the bare numbers say.
        (("18 hours", "1 working_days"), "3 8:00", "18 hours"),
        (("1 working_days", "30 minutes"), "3 8:00", "1 working_days"),
        # Ten calendar days end on Thursday 13/6, eight working days too: the first one named stands.
        (("10 calendar_days", "8 working_days"), "3 8:00", "10 calendar_days"),
        (("10 calendar_days", "9 working_days"), "3 8:00", "9 working_days"),
        (("1 months", "20 working_days"), "3 8:00", "1 months"),
        (("same_day", "1 hours"), "3 8:00", "same_day"),
        (("same_day", "1 hours"), "3 15:01", "same_day"),
        # Received on Friday evening: an hour on Monday morning, the same day is all of Monday.
        (("1 hours", "1 calendar_days"), "7 18:00", "1 calendar_days"),
    ],
)
def test_the_longest_is_the_one_that_ends_last(texts: tuple[str, ...], start: str, longest: str) -> None:
    assert limit_of("max", *texts, start=start) == limit(longest)


@pytest.mark.parametrize(
    ("texts", "units"),
    [
        (("5 working_days", "10 calendar_days"), "calendar_days, working_days"),
        (("8 hours", "30 minutes"), "hours, minutes"),
        (("same_day", "same_day"), "same_day"),
        (("none", "none"), "none"),
        ((), "no unit"),
    ],
)
def test_what_is_not_of_one_unit_cannot_be_added_up(texts: tuple[str, ...], units: str) -> None:
    with pytest.raises(LimitError, match=f"limits in {units} cannot be added up"):
        total([limit(text) for text in texts])
    with pytest.raises(LimitError, match="cannot be added up"):
        limit_of("sum", *texts)


def test_a_procedure_without_a_limit_cannot_be_the_longest() -> None:
    with pytest.raises(LimitError, match="has no due date"):
        limit_of("max", "5 working_days", "none")


def test_hours_are_added_to_hours() -> None:
    assert total([limit("8 hours"), limit("4 hours")]) == limit("12 hours")


def test_a_component_has_the_code_on_the_slip_and_its_number() -> None:
    assert component_code("000.00.19.H51-190531-0001", 2) == "000.00.19.H51-190531-0001/2"


@pytest.mark.parametrize(
    ("code", "slip"),
    [
        ("A/1", "A"),
        ("A/20", "A"),
        ("A/B/3", "A/B"),
        ("A/1/2", "A/1"),
        ("A", None),
        ("A/", None),
        ("A/01", None),
        ("A/0", None),
        ("A/x", None),
        ("A/²", None),
        ("/1", None),
        ("1", None),
    ],
)
def test_a_code_with_a_number_behind_it_looks_like_a_component(code: str, slip: str | None) -> None:
    assert slip_of(code) == slip


def test_components_stand_in_the_order_of_their_numbers() -> None:
    assert in_order(f"A/{number}" for number in (10, 2, 1, 20)) == ["A/1", "A/2", "A/10", "A/20"]

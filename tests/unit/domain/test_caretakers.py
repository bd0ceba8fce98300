"""Whoever keeps the office's machinery is told; where nobody does, the line is: never silence."""

from __future__ import annotations

from datetime import date

import pytest

from domain.caretakers import caretakers
from domain.errors import RoutingError
from domain.routing import Lines, OfficeUnit, Person

DAY = date(2019, 6, 3)


def person(code: str, role: str, unit: str) -> Person:
    return Person(code=code, role=role, unit=unit, email=f"{code}@example.invalid")


def lines(*people: Person, order: tuple[str, ...] = ("officer", "head", "chair", "ops")) -> Lines:
    units = {"top": None, "land": "top", "desk": "top"}
    return Lines(
        units={code: OfficeUnit(code=code, name=code, parent=parent) for code, parent in units.items()},
        people=people,
        role_order=order,
    )


OFFICER, HEAD, CHAIR = (
    person("o", "officer", "land"),
    person("h", "head", "land"),
    person("c", "chair", "top"),
)
OPS, SECOND = person("ops.1", "ops", "desk"), person("ops.2", "ops", "land")


def test_everybody_who_holds_the_role_is_told_in_whichever_unit() -> None:
    assert caretakers(lines(OFFICER, CHAIR, OPS, SECOND), "ops", on=DAY) == (OPS, SECOND)


def test_a_role_nobody_holds_goes_up_the_line_from_the_head_of_the_office() -> None:
    order = ("ops", "officer", "head", "chair")
    assert caretakers(lines(OFFICER, HEAD, CHAIR, order=order), "ops", on=DAY) == (CHAIR,)


def test_a_role_the_office_does_not_know_goes_up_the_line_too() -> None:
    assert caretakers(lines(OFFICER, HEAD, CHAIR, order=("officer", "head", "chair")), "ops", on=DAY) == (
        CHAIR,
    )


def test_above_the_last_role_is_nobody_so_the_one_before_it_is_told() -> None:
    assert caretakers(lines(OFFICER, HEAD, CHAIR), "ops", on=DAY) == (CHAIR,)


def test_then_the_head_of_the_office_comes_before_the_heads_of_its_units() -> None:
    boss = person("b", "head", "top")
    assert caretakers(lines(OFFICER, HEAD, boss), "ops", on=DAY) == (boss,)


def test_without_anybody_at_the_head_the_highest_role_that_is_held_is_told() -> None:
    assert caretakers(lines(OFFICER, HEAD), "ops", on=DAY) == (HEAD,)


def test_an_office_without_people_is_an_error_and_not_silence() -> None:
    with pytest.raises(RoutingError, match="no people"):
        caretakers(lines(), "ops", on=DAY)

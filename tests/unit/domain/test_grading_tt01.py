"""What is said beside a score of Circular 01/2018: its grade, what was left out, the stands taken."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from domain.grading_tt01 import COUNTED_CONTACTS, OF_OFFICERS, STANDS, Grade, Grades, stands, why_left_out
from domain.scoring_tt01 import INDICES

if TYPE_CHECKING:
    from domain.scoring_tt01 import Index

GOOD, POOR = Grade(Fraction(12), "Tốt"), Grade(Fraction(0), "Yếu")


def test_a_grade_is_said_only_when_no_index_left_out_could_change_it() -> None:
    assert Grades(GOOD, GOOD).said() == "Tốt"
    assert Grades(POOR, GOOD).said() == "chưa xếp được: từ “Yếu” đến “Tốt”"


def test_every_index_that_was_measured_of_nobody_is_named_with_its_reason() -> None:
    assert why_left_out(tuple(INDICES)[:-1]) == ["9. " + why_left_out(())[-1].removeprefix("9. ")]
    assert len(why_left_out(())) == len(INDICES)


def test_the_stands_name_contacts_and_officers_only_where_they_are_scored() -> None:
    assert stands((), "unit") == STANDS
    contacts: tuple[Index, ...] = (3,)
    assert stands(contacts, "unit", "officer") == (*STANDS, COUNTED_CONTACTS, OF_OFFICERS)

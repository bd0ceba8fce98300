"""The Pareto order: the most frequent causes first, the vital ones marked."""

from __future__ import annotations

from fractions import Fraction

from domain.pareto import Bar, pareto


def test_the_most_frequent_comes_first_and_the_vital_few_make_four_fifths() -> None:
    found = pareto({"khác": 5, "thiếu người": 50, "chờ ý kiến": 30, "phần mềm": 15})
    assert found == (
        Bar("thiếu người", 50, Fraction(1, 2), vital=True),
        Bar("chờ ý kiến", 30, Fraction(4, 5), vital=True),
        Bar("phần mềm", 15, Fraction(19, 20), vital=False),
        Bar("khác", 5, Fraction(1), vital=False),
    )


def test_as_frequent_ones_stand_by_name_and_what_never_occurs_is_left_out() -> None:
    assert [bar.name for bar in pareto({"b": 1, "a": 1, "c": 0})] == ["a", "b"]


def test_without_causes_there_is_nothing() -> None:
    assert pareto({}) == ()

"""The p-chart: limits, the rules that ring, and months with few dossiers or none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.control_chart import Chart, Counted, ordinary, p_chart


def chart(*late: int, number: int = 400) -> Chart:
    return p_chart([Counted(f"T{index}", each, number) for index, each in enumerate(late, 1)])


def signals(found: Chart) -> dict[str, tuple[str, ...]]:
    return {point.counted.label: point.signals for point in found.points if point.signals}


def test_the_limits_lie_three_deviations_from_the_share_of_all() -> None:
    found = chart(20, 24, 16)
    point = found.points[0]
    assert found.centre == Fraction(1, 20)
    assert point.lower is not None
    assert point.upper is not None
    # 3 × sqrt(0.05 × 0.95 / 400) = 0.032692
    assert round(float(point.lower), 5) == 0.01731
    assert round(float(point.upper), 5) == 0.08269
    assert not point.few


def test_a_month_beyond_a_limit_rings_and_says_to_which_side() -> None:
    found = chart(20, 20, 20, 20, 20, 20, 20, 50, 20, 20, 20, 20)
    assert signals(found) == {"T8": ("beyond",)}
    assert found.points[7].side == "above"
    better = chart(40, 40, 40, 40, 40, 40, 40, 8, 40, 40, 40, 40)
    assert signals(better) == {"T8": ("beyond",)}
    assert better.points[7].side == "below"


def test_what_lies_on_a_limit_does_not_ring() -> None:
    # Centre 1/2, 36 results: the deviation is exactly 3, the limits 9 and 27.
    assert "T1" not in signals(chart(27, 9, 18, 18, number=36))
    assert signals(chart(28, 8, 18, 18, number=36))["T1"] == ("beyond",)


def test_nine_months_in_a_row_on_one_side_ring_at_the_ninth() -> None:
    found = chart(21, 22, 21, 22, 21, 22, 21, 22, 21, 10, 11, 12)
    assert signals(found)["T9"] == ("run",)
    assert "T8" not in signals(found)


def test_a_month_on_the_centre_line_ends_a_row() -> None:
    assert signals(chart(21, 22, 21, 22, 20, 22, 21, 22, 21, 10)) == {}


@pytest.mark.parametrize(
    ("late", "side"), [((16, 17, 18, 19, 22, 24), "above"), ((24, 22, 19, 18, 17, 16), "below")]
)
def test_six_months_that_rise_or_fall_ring_at_the_sixth(late: tuple[int, ...], side: str) -> None:
    found = chart(*late)
    assert signals(found) == {"T6": ("trend",)}
    assert found.points[5].side == side


def test_two_of_three_months_beyond_two_deviations_ring() -> None:
    found = chart(30, 20, 31, 20, 15, 16, 17, 18, 17, 16, 20, 20)
    assert signals(found)["T3"] == ("two_of_three",)


def test_one_beyond_two_deviations_on_each_side_does_not_ring() -> None:
    assert signals(chart(30, 20, 10, 20, 20, 20)) == {}


def test_with_few_dossiers_the_exact_limits_hold() -> None:
    # 10 results at 2 %: P(X >= 3) = 0.00086 and P(X >= 2) = 0.0162, so two are ordinary and three are not.
    assert ordinary(10, Fraction(1, 50)) == (0, 2)
    found = p_chart([Counted("nhiều", 17, 980), Counted("ít", 3, 10), Counted("hai", 0, 10)])
    assert found.centre == Fraction(1, 50)
    few = found.points[1]
    assert (few.few, few.lower, few.upper) == (True, Fraction(0), Fraction(1, 5))
    assert (few.signals, few.side) == (("beyond",), "above")
    assert found.points[2].signals == ()


def test_where_nearly_all_are_late_the_few_in_time_are_counted_instead() -> None:
    assert ordinary(10, Fraction(49, 50)) == (8, 10)


def test_a_month_with_few_dossiers_ends_a_row() -> None:
    months = [Counted(f"T{index}", 21, 400) for index in range(8)]
    months += [
        Counted("ít", 1, 8),
        Counted("T9", 21, 400),
        *(Counted(f"S{index}", 18, 400) for index in range(5)),
    ]
    assert {point.signals for point in p_chart(months).points} == {()}


def test_a_month_without_results_has_no_share_and_ends_a_row() -> None:
    months = [Counted(f"T{index}", 16 + index, 400) for index in range(3)]
    months += [Counted("trống", 0, 0), *(Counted(f"S{index}", 19 + index, 400) for index in range(3))]
    found = p_chart(months)
    assert found.points[3].counted.share is None
    assert found.points[3].upper is None
    assert signals(found) == {}


@pytest.mark.parametrize("late", [0, 400])
def test_where_nothing_varies_nothing_rings(late: int) -> None:
    found = chart(late, late, late, late, late, late, late, late, late)
    assert signals(found) == {}
    assert found.points[0].upper is None


def test_without_any_result_there_is_no_centre() -> None:
    assert chart(0, 0, number=0).centre is None

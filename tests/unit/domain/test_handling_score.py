"""Scoring by Circular 01/2018: the points of each index, means to one decimal, and what is left out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from domain.handling_score import LEFT_OUT, MEASURED, Score, contact_points, time_points

if TYPE_CHECKING:
    from domain.on_time_rate import Timing


@pytest.mark.parametrize(
    ("timing", "points"), [("early", 2), ("on_time", 1), ("late", 0), ("no_limit", None)]
)
def test_a_time_shorter_equal_or_longer_gives_two_one_or_no_point(timing: Timing, points: int | None) -> None:
    assert time_points(timing) == points


@pytest.mark.parametrize(("requests", "points"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_every_request_for_papers_costs_a_point(requests: int, points: int) -> None:
    assert contact_points(requests) == points


@pytest.mark.parametrize(
    ("points", "mean"),
    [
        ((2, 2, 1), Fraction(17, 10)),
        ((1, 2, 2, 2), Fraction(18, 10)),  # 1.75
        ((0,), Fraction(0)),
        ((2,) * 20, Fraction(2)),
    ],
)
def test_a_mean_is_rounded_half_up_to_one_decimal(points: tuple[int, ...], mean: Fraction) -> None:
    score = Score()
    for each in points:
        score = score.plus(each)
    assert score.mean == mean


def test_what_was_not_measured_counts_nowhere() -> None:
    assert Score().plus(None) == Score()
    assert Score().mean is None


def test_nine_indices_are_measured_or_left_out_with_a_reason() -> None:
    assert sorted([*MEASURED, *LEFT_OUT]) == list(range(1, 10))
    assert all(": " in why for number, why in LEFT_OUT.items())

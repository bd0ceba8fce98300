"""Percentiles by nearest rank: always a value there is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from domain.percentiles import percentile, percentiles

# The five values of the textbooks: 15, 20, 35, 40, 50.
FIVE = Counter([15, 20, 35, 40, 50])


@pytest.mark.parametrize(
    ("percent", "value"),
    [(5, 15), (20, 15), (21, 20), (30, 20), (40, 20), (50, 35), (90, 50), (95, 50), (100, 50)],
)
def test_the_percentile_is_the_value_at_the_nearest_rank(percent: int, value: int) -> None:
    assert percentile(FIVE, percent) == value


def test_half_of_an_even_number_is_the_lower_of_the_two_in_the_middle() -> None:
    assert percentile(Counter([1, 2, 3, 4]), 50) == 2


def test_a_value_counts_as_often_as_it_occurs() -> None:
    found = percentiles({3: 90, 7: 5, 30: 5})
    assert found is not None
    assert (found.number, found.p50, found.p90, found.p95) == (100, 3, 3, 7)


def test_shares_of_a_limit_are_exact() -> None:
    assert percentile({Fraction(1, 3): 1, Fraction(2, 3): 1}, 50) == Fraction(1, 3)


def test_without_values_there_are_no_percentiles() -> None:
    assert percentiles(Counter[int]()) is None
    with pytest.raises(ValueError, match="no 50 % of 0 values"):
        percentile(Counter[int](), 50)


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_a_percentage_there_is_not_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match=f"no {percent} %"):
        percentile(FIVE, percent)

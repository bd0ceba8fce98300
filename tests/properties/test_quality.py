"""Quality figures of any numbers: limits against the whole distribution, percentiles, samples."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb

from hypothesis import given
from hypothesis import strategies as st

from domain.audit_sample import draw
from domain.control_chart import TAIL, Counted, ordinary, p_chart
from domain.pareto import pareto
from domain.percentiles import percentile

shares = st.fractions(min_value=Fraction(1, 500), max_value=Fraction(499, 500), max_denominator=500)
counted = st.integers(0, 60).flatmap(
    lambda number: st.integers(0, number).map(lambda late: Counted("T", late, number))
)
codes = st.lists(st.text("AB-0123", min_size=1, max_size=6), unique=True, max_size=30)


def chance(number: int, share: Fraction, least: int) -> Fraction:
    """P(X >= least), added up term by term."""
    terms = (
        comb(number, k) * share**k * (1 - share) ** (number - k) for k in range(max(least, 0), number + 1)
    )
    return sum(terms, Fraction(0))


@given(st.integers(1, 60), shares)
def test_chance_passes_an_exact_limit_as_rarely_as_it_says(number: int, share: Fraction) -> None:
    fewest, most = ordinary(number, share)
    assert chance(number, share, most + 1) <= TAIL < chance(number, share, most)
    assert 1 - chance(number, share, fewest) <= TAIL < 1 - chance(number, share, fewest + 1)
    assert 0 <= fewest <= most <= number


@given(st.lists(counted, max_size=24))
def test_limits_hold_the_centre_between_them(months: list[Counted]) -> None:
    found = p_chart(months)
    assert [point.counted for point in found.points] == months
    for point in found.points:
        if point.lower is not None and point.upper is not None and found.centre is not None:
            assert 0 <= point.lower <= found.centre <= point.upper <= 1 or point.few
        assert bool(point.signals) == (point.side is not None)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=80), st.integers(1, 100))
def test_so_many_percent_do_not_exceed_a_percentile_and_fewer_any_smaller_value(
    values: list[int], percent: int
) -> None:
    found = percentile(Counter(values), percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


@given(st.dictionaries(st.text("abc", max_size=3), st.integers(0, 50)))
def test_the_bars_add_up_to_all_cases_and_do_not_rise(numbers: dict[str, int]) -> None:
    bars = pareto(numbers)
    assert sum(bar.number for bar in bars) == sum(numbers.values())
    assert [bar.number for bar in bars] == sorted((bar.number for bar in bars), reverse=True)
    assert not bars or bars[-1].cumulative == 1
    vital = [bar.vital for bar in bars]
    assert vital == sorted(vital, reverse=True)


@given(codes, st.integers(0, 10), st.integers(0, 10))
def test_a_larger_sample_begins_with_the_smaller_one(found: list[str], size: int, more: int) -> None:
    small, large = draw(found, seed="s", size=size), draw(found, seed="s", size=size + more)
    assert large.codes[: len(small.codes)] == small.codes
    assert len(small.codes) == min(size, len(found))


@given(codes.filter(bool), st.integers(0, 10), st.data())
def test_a_dossier_that_was_not_drawn_does_not_matter(
    found: list[str], size: int, data: st.DataObject
) -> None:
    drawn = draw(found, seed="s", size=size).codes
    gone = data.draw(st.sampled_from(found))
    if gone not in drawn:
        rest = [code for code in found if code != gone]
        assert draw(rest, seed="s", size=size).codes == drawn

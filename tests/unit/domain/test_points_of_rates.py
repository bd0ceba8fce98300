"""What an on-time rate brings: the progress score of Decision 766, and the brackets of the PAR index."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from domain.on_time_rate import Counts, rates
from domain.par_index import Bracket, Criterion
from domain.score_766 import progress

CRITERION = Criterion(
    code="on-time",
    name="Đúng hạn",
    rate="rate_resolved",
    most=Fraction(3, 2),
    brackets=(
        Bracket(Fraction(95, 100), None),
        Bracket(Fraction(80, 100), Fraction(1, 4)),
        Bracket(Fraction(0), Fraction(0)),
    ),
    source="QĐ",
    verified=False,
    valid_from=date(2019, 1, 1),
    until=date(2019, 12, 31),
)


def test_the_progress_score_is_twenty_times_the_rate_of_the_decision() -> None:
    # An example of the portal: 314,557 of 358,643 on time are 87.71 % and 17.54 points.
    counts = Counts(early=300_000, on_time=4_557, pending_in_time=10_000, late=40_000, pending_overdue=4_086)
    *_, rate = rates(counts)
    found = progress(rate)
    assert found == Fraction(20 * 314_557, 358_643)
    assert round(found, 2) == Fraction("17.54")
    assert rate.percent() == "87,71 %"


def test_pending_in_time_and_waiting_count_as_on_time_and_overdue_does_not() -> None:
    *_, rate = rates(Counts(waiting=1, pending_in_time=1, pending_overdue=2, withdrawn=9, pending_no_limit=9))
    assert progress(rate) == 10


def test_nothing_received_has_no_progress_score() -> None:
    *_, rate = rates(Counts(withdrawn=3, resolved_no_limit=4))
    assert progress(rate) is None


def test_no_other_rate_can_pass_for_that_of_the_decision() -> None:
    resolved, *_ = rates(Counts(early=1))
    with pytest.raises(ValueError, match="rate_766, not of rate_resolved"):
        progress(resolved)


@pytest.mark.parametrize(
    ("rate", "points"),
    [
        ("1", "1.5"),
        ("0.98", "1.47"),
        ("0.95", "1.425"),
        ("0.949999", "0.25"),
        ("0.8", "0.25"),
        ("0.7999", "0"),
        ("0", "0"),
    ],
)
def test_a_rate_brings_the_points_of_its_bracket(rate: str, points: str) -> None:
    assert CRITERION.points(Fraction(rate)) == Fraction(points)


def test_no_rate_brings_no_points_and_no_zero() -> None:
    assert CRITERION.points(None) is None


def test_a_criterion_is_in_force_on_its_days_both_included() -> None:
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1))
    assert [CRITERION.is_valid_on(day) for day in days] == [False, True, True, False]

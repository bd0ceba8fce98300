"""Early, on time, late; counts that add up; three rates that never pretend."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from domain.deadline import Deadline
from domain.on_time_rate import Counts, Rate, rates, timing
from tests.shared_data import weekdays

CALENDAR = weekdays(((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600)), zone="Asia/Ho_Chi_Minh")
DUE_AT = datetime(2019, 6, 17, 17, tzinfo=UTC)  # the local midnight that ends 17 June
MICROSECOND = timedelta(microseconds=1)


def deadline(*, in_days: bool, due_at: datetime = DUE_AT) -> Deadline:
    return Deadline(
        due_at=due_at, due_on=date(2019, 6, 17), appointment_at=due_at, in_days=in_days, provisional=False
    )


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        (DUE_AT, "late"),
        (DUE_AT - MICROSECOND, "on_time"),
        (DUE_AT - timedelta(days=1), "on_time"),
        (DUE_AT - timedelta(days=1) - MICROSECOND, "early"),
    ],
)
def test_a_limit_in_days_is_judged_by_the_local_day(finished: datetime, expected: str) -> None:
    assert timing(finished, deadline(in_days=True), CALENDAR) == expected


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        (datetime(2019, 6, 17, 8, 30, 30, tzinfo=UTC), "late"),
        (datetime(2019, 6, 17, 8, 30, 29, tzinfo=UTC), "on_time"),
        (datetime(2019, 6, 17, 8, 30, tzinfo=UTC), "on_time"),
        (datetime(2019, 6, 17, 8, 29, 59, 999_999, tzinfo=UTC), "early"),
    ],
)
def test_a_limit_in_hours_is_judged_by_the_minute(finished: datetime, expected: str) -> None:
    due = deadline(in_days=False, due_at=datetime(2019, 6, 17, 8, 30, 30, tzinfo=UTC))
    assert timing(finished, due, CALENDAR) == expected


def test_without_a_limit_there_is_nothing_to_be_late_against() -> None:
    assert timing(DUE_AT, None, CALENDAR) == "no_limit"


def test_counts_add_up_cell_by_cell() -> None:
    one = Counts(early=1, on_time=2, late=3, pending_in_time=4, pending_overdue=5, waiting=6, withdrawn=7)
    both = one + Counts(early=1, pending_no_limit=8, resolved_no_limit=9)
    assert both == Counts(
        early=2,
        on_time=2,
        late=3,
        resolved_no_limit=9,
        pending_in_time=4,
        pending_overdue=5,
        waiting=6,
        pending_no_limit=8,
        withdrawn=7,
    )
    assert (both.resolved, both.in_time, both.pending, both.received) == (7, 10, 15, 22)


def test_the_three_rates_have_their_own_denominators() -> None:
    counts = Counts(early=3, on_time=2, late=1, pending_in_time=3, waiting=1, pending_overdue=2, withdrawn=9)
    found = {rate.name: rate.value for rate in rates(counts)}
    assert found == {
        "rate_resolved": Fraction(5, 6),
        "rate_received": Fraction(5, 12),
        "rate_766": Fraction(9, 12),
    }


def test_procedures_without_a_limit_and_withdrawn_dossiers_are_in_no_rate() -> None:
    plain, more = Counts(early=1, late=1), Counts(resolved_no_limit=5, pending_no_limit=5, withdrawn=5)
    assert [rate.value for rate in rates(plain + more)] == [rate.value for rate in rates(plain)]


def test_nothing_counted_is_no_rate_and_neither_0_nor_100() -> None:
    assert [(rate.value, rate.percent()) for rate in rates(Counts())] == [(None, "—")] * 3


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(2, 3, "66,67 %"), (1, 800, "0,13 %"), (1, 1, "100,00 %"), (0, 7, "0,00 %"), (1999, 2000, "99,95 %")],
)
def test_a_rate_is_rounded_half_up_and_only_when_it_is_shown(
    numerator: int, denominator: int, shown: str
) -> None:
    rate = Rate(name="x", numerator=numerator, denominator=denominator, vi="", en="")
    assert rate.percent() == shown
    assert rate.value == Fraction(numerator, denominator)


def test_a_rate_says_what_it_counts_in_both_languages() -> None:
    assert all(rate.vi and rate.en for rate in rates(Counts()))


def test_so_many_times_the_counts_is_their_sum() -> None:
    one = Counts(early=1, waiting=2, refused=3, suspended=4, carried_in=5)
    assert one.times(3) == one + one + one
    assert one.times(0) == Counts()

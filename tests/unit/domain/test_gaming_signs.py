"""Signs to be looked at: both sides of every measure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.gaming_signs import SIGNS, USUAL, is_asked_late, is_registered_again, is_rush, is_told_late
from tests.cases import Case, at, terms

TERMS = terms("10 working_days")
RECEIVED = at("3 8:00")
DAYS = [date(2019, 6, day) for day in (3, 4, 5, 6, 7)]
LAST = date(2019, 6, 28)


@pytest.mark.parametrize(
    ("asked", "late"), [("12 16:00", False), ("13 6:59", False), ("13 7:00", True), ("20 8:00", True)]
)
def test_papers_asked_for_in_the_last_fifth_of_the_limit_are_a_sign(asked: str, late: bool) -> None:  # noqa: FBT001
    # Received on Monday 3 June, ten working days: the eighth is Thursday the 13th.
    dossier = Case(TERMS).dossier
    deadline = TERMS.due(dossier)
    assert deadline is not None
    assert is_asked_late(at(asked), deadline, TERMS.calendar, counting_from=RECEIVED) is late


def test_a_result_told_by_the_end_of_the_next_working_day_is_no_sign() -> None:
    friday = at("14 16:00")
    end_of_monday = datetime(2019, 6, 17, 17, tzinfo=UTC)
    assert not is_told_late(friday, end_of_monday - timedelta(microseconds=1), TERMS.calendar)
    assert is_told_late(friday, end_of_monday, TERMS.calendar)


def test_coming_again_within_thirty_days_is_a_sign() -> None:
    closed = at("3 8:00")
    assert is_registered_again(closed, closed)
    assert is_registered_again(closed, closed + timedelta(days=30))
    assert not is_registered_again(closed, closed + timedelta(days=30, microseconds=1))
    assert not is_registered_again(closed, closed - timedelta(microseconds=1))


@pytest.mark.parametrize(("results", "rush"), [(9, False), (10, True), (40, True)])
def test_many_results_on_the_last_day_are_a_sign(results: int, rush: bool) -> None:  # noqa: FBT001
    assert is_rush({LAST: results, DAYS[0]: 3}, LAST, DAYS) is rush


def test_many_results_are_no_sign_where_every_day_has_many() -> None:
    busy = dict.fromkeys(DAYS, 10)
    assert not is_rush({**busy, LAST: 29}, LAST, DAYS)
    assert is_rush({**busy, LAST: 30}, LAST, DAYS)


def test_the_only_day_of_a_month_is_held_against_nothing() -> None:
    assert is_rush({LAST: 10}, LAST, [])


def test_every_sign_says_how_it_is_measured() -> None:
    assert set(USUAL.words()) == set(SIGNS)

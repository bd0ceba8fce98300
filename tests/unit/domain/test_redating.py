"""Other rules for an open dossier: whether they move a due date, and the event that keeps old and new."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.reckoning import recounted
from domain.redating import moved_from, moves, redated
from tests.cases import CALENDAR, Case, at, terms
from tests.shared_data import OFFICE_HOURS, weekdays

CLOSED_ON_12TH = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-12",))
CLOSED_IN_JULY = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-07-12",))
DUE = at("18 0:00")


def test_a_day_off_in_the_count_moves_it_and_one_behind_it_does_not() -> None:
    case = Case(terms())
    moved = recounted(case.reckoning, case.dossier, terms(calendar=CLOSED_ON_12TH, version=2))
    assert (moved.due_at, moved.under, moved.epoch) == (at("19 0:00"), 2, 0)
    assert moves(case.reckoning, moved)
    same = recounted(case.reckoning, case.dossier, terms(calendar=CLOSED_IN_JULY, version=2))
    assert same.under == 2
    assert not moves(case.reckoning, same)


@pytest.mark.parametrize("name", ["due_at", "appointed_at", "step_due_at"])
def test_each_date_that_people_work_by_counts(name: str) -> None:
    reckoning = Case(terms()).reckoning
    dates: dict[str, Any] = {name: at("25 0:00")}
    assert moves(reckoning, reckoning._replace(**dates))


def test_a_date_that_is_provisional_no_more_is_told_as_well() -> None:
    reckoning = Case(terms()).reckoning
    assert moves(reckoning, reckoning._replace(provisional=True))
    assert not moves(reckoning, reckoning._replace(epoch=4, under=9))


def test_the_event_keeps_the_old_day_and_the_new_one_with_what_is_said() -> None:
    case = Case(terms())
    later = terms(calendar=CLOSED_ON_12TH)
    dates = case.terms.due(case.dossier), later.due(case.dossier)
    event = redated(
        "calendar_changed", case.dossier, dates, CALENDAR, said={"reason": "bão"}, now=at("5 9:00")
    )
    assert (event.kind, event.occurred_at) == ("calendar_changed", at("5 9:00"))
    assert event.data == {"reason": "bão", "due_before": "2019-06-17", "due_after": "2019-06-18"}


def test_what_was_late_already_is_marked_for_the_inspector() -> None:
    case = Case(terms())
    dates = (case.terms.due(case.dossier),) * 2
    late = redated("terms_changed", case.dossier, dates, CALENDAR, said={}, now=DUE)
    in_time = redated("terms_changed", case.dossier, dates, CALENDAR, said={}, now=DUE - timedelta(seconds=1))
    assert late.data["recorded_after_due"] == "yes"
    assert "recorded_after_due" not in in_time.data


def test_nothing_is_dated_before_the_acceptance() -> None:
    case = Case(terms())
    event = redated("terms_changed", case.dossier, (None, None), CALENDAR, said={}, now=at("1 9:00"))
    assert (event.occurred_at, event.data) == (case.dossier.accepted_at, {})


def test_a_limit_in_hours_is_told_by_the_minute_and_no_limit_not_at_all() -> None:
    case = Case(terms("12 hours"))
    hours = case.terms.due(case.dossier)
    assert moved_from(None, hours, CALENDAR) == {"due_after": "2019-06-04T14:00+07:00"}
    assert moved_from(hours, None, CALENDAR) == {"due_before": "2019-06-04T14:00+07:00"}

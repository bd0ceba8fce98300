"""What is told late of a result or a calendar is kept beside it, and a person answers for it by name."""

from __future__ import annotations

from datetime import timedelta

from domain.event import Event
from domain.lawful import weigh
from tests.cases import Case, at, refusal, terms
from tests.shared_data import OFFICE_HOURS, weekdays

DUE = at("18 0:00")
INSTANT = timedelta(microseconds=1)


def test_a_result_before_the_last_hand_over_is_marked_and_answered_for() -> None:
    case = Case(terms())
    case.take("handed_over", "6 9:00", unit="chair")
    assert (
        refusal(case, "finished", "5 9:00", now="7 9:00", by_hand=True).message == "result_before_hand_over"
    )
    around = case.around("7 9:00", by_hand=True)
    at_once = Event(kind="finished", occurred_at=at("6 9:00"))
    assert weigh(at_once, case.dossier, around) is at_once
    forced = Event(kind="finished", occurred_at=at("5 9:00"), data={"forced_by": "chair"})
    assert weigh(forced, case.dossier, around).data == {"forced_by": "chair", "before_hand_over": "yes"}
    told = Event(kind="finished", occurred_at=at("5 9:00"))
    assert weigh(told, case.dossier, case.around("7 9:00")).data == {"before_hand_over": "yes"}


def test_a_changed_calendar_keeps_the_old_day_and_the_new_one() -> None:
    # DOMAIN decision 6: recorded with the old date, the new one and the reason.
    case = Case(terms())
    off = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-12",))
    case.terms = terms(calendar=off, version=2)
    kept = case.take("calendar_changed", "5 9:00", reason="r").data
    assert kept == {"reason": "r", "due_before": "2019-06-17", "due_after": "2019-06-18"}


def test_a_calendar_changed_when_the_date_has_passed_is_marked_and_answered_for() -> None:
    case = Case(terms())
    assert refusal(case, "calendar_changed", DUE, by_hand=True).message == "dated_back"
    assert "recorded_after_due" not in case.take("calendar_changed", DUE - INSTANT).data
    assert case.take("calendar_changed", DUE).data["recorded_after_due"] == "yes"


def test_without_a_limit_no_calendar_has_anything_to_count_anew() -> None:
    error = refusal(Case(terms("none")), "calendar_changed", "5 9:00")
    assert (error.message, error.found) == ("nothing_recounted", {"code": "HS-1"})

"""The one re-appointment (Decree 61/2018 art. 19.9): to the microsecond on both sides of each boundary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.apology import apology_until
from domain.deadline import Deadline
from domain.event import Event
from domain.lawful import Circumstances, weigh
from tests.cases import CALENDAR, Case, at, refusal, terms, told
from tests.shared_data import OFFICE_HOURS, weekdays

INSTANT = timedelta(microseconds=1)
DUE = at("18 0:00")  # ten working days from Monday 3 June


def reappoint(case: Case, moment: str | datetime, day: str = "2019-06-20", **more: Any) -> dict[str, str]:
    return dict(case.take("reappointed", moment, appointed_on=day, **more).data)


def test_the_apology_goes_out_before_the_midnight_that_ends_the_working_day_before_the_due_day() -> None:
    # Due on Monday 17/6: the working day before is Friday 14/6.
    latest = at("15 0:00")
    assert reappoint(Case(terms()), latest - INSTANT) == {"appointed_on": "2019-06-20"}
    error = refusal(Case(terms()), "reappointed", latest, appointed_on="2019-06-20")
    assert (error.message, error.found) == ("apology_too_late", {"at": latest, "latest": "14/06/2019"})
    for moment in ("16 9:00", "17 9:00", "18 0:00", "19 9:00"):
        assert refusal(Case(terms()), "reappointed", moment, appointed_on="2019-06-20").message == (
            "apology_too_late"
        )


def test_a_make_up_saturday_is_the_working_day_before() -> None:
    saturday = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", work=("2019-06-15",))
    found = terms("11 working_days", calendar=saturday)
    assert reappoint(Case(found), at("16 0:00") - INSTANT)
    assert refusal(Case(found), "reappointed", "16 0:00", appointed_on="2019-06-20").message == (
        "apology_too_late"
    )


def test_a_late_apology_needs_a_name_and_is_marked() -> None:
    case = Case(terms())
    assert refusal(case, "reappointed", "15 0:00", appointed_on="2019-06-20", forced_by="").message == (
        "apology_too_late"
    )
    kept = reappoint(case, "15 0:00", forced_by="chair", reason="r")
    assert kept["late_apology"] == "yes"
    assert told(case.reckoning.target_at) == "21 0:00"
    assert case.due == "18 0:00"


@pytest.mark.parametrize(
    ("text", "accepted", "day"),
    [
        ("1 working_days", "3 9:00", "2019-06-06"),
        ("1 calendar_days", "7 9:00", "2019-06-12"),  # Friday, due on Monday
        ("same_day", "3 9:00", "2019-06-06"),
        ("same_day", "3 15:01", "2019-06-06"),
        ("4 hours", "3 9:00", "2019-06-06"),
        ("8 hours", "3 16:00", "2019-06-06"),
    ],
)
def test_with_a_limit_of_a_day_or_less_the_letter_is_owed_as_soon_as_the_date_is_missed(
    text: str, accepted: str, day: str
) -> None:
    case = Case(terms(text), accepted)
    due_at = case.reckoning.due_at
    assert due_at is not None
    for moment in (due_at - INSTANT, due_at, due_at + timedelta(hours=8)):
        assert reappoint(Case(terms(text), accepted), moment, day) == {"appointed_on": day}


@pytest.mark.parametrize(
    ("text", "accepted", "latest"),
    [
        ("2 working_days", "3 9:00", "5 0:00"),
        ("24 hours", "3 9:00", "6 0:00"),
        ("17 hours", "3 7:00", "5 0:00"),
    ],
)
def test_with_a_longer_limit_there_is_a_day_to_apologise_on(text: str, accepted: str, latest: str) -> None:
    assert reappoint(Case(terms(text), accepted), at(latest) - INSTANT)
    error = refusal(Case(terms(text), accepted), "reappointed", latest, appointed_on="2019-06-20")
    last_day = at(latest) - INSTANT
    assert error.found["latest"] == f"{CALENDAR.local(last_day):%d/%m/%Y}"


def test_the_new_day_lies_after_the_due_day() -> None:
    for day in ("2019-06-14", "2019-06-17"):
        error = refusal(Case(terms()), "reappointed", "5 9:00", appointed_on=day)
        assert error.message == "appointed_not_later"
        assert error.found["due"] == "17/06/2019"
    assert reappoint(Case(terms()), "5 9:00", "2019-06-18")


def test_the_new_day_is_a_working_day() -> None:
    for day in ("2019-06-22", "2019-06-23"):
        error = refusal(Case(terms()), "reappointed", "5 9:00", appointed_on=day)
        assert (error.message, error.found) == (
            "appointed_day_off",
            {"day": f"{day[8:]}/06/2019"},
        )
    holiday = terms(calendar=weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-20",)))
    assert refusal(Case(holiday), "reappointed", "5 9:00", appointed_on="2019-06-20").message == (
        "appointed_day_off"
    )


def test_the_new_day_has_not_passed_when_the_apology_is_made() -> None:
    late = {"forced_by": "chair", "reason": "r"}
    error = refusal(Case(terms()), "reappointed", "21 9:00", appointed_on="2019-06-20", **late)
    assert (error.message, error.found["day"]) == ("appointed_in_the_past", "20/06/2019")
    assert reappoint(Case(terms()), "20 9:00", "2019-06-20", **late)


def test_without_a_limit_there_is_nothing_to_appoint_anew() -> None:
    error = refusal(Case(terms("none")), "reappointed", "5 9:00", appointed_on="2019-06-20")
    assert error.message == "nothing_to_reappoint"


def test_a_day_that_is_no_date_is_refused_before_anything_is_asked_of_it() -> None:
    for text in ("20/06/2019", "", "2019-06-31"):
        assert refusal(Case(terms()), "reappointed", "5 9:00", appointed_on=text).message == "unfit_date"


def test_an_apology_dated_back_behind_the_due_date_is_marked_and_answered_for() -> None:
    told_late = reappoint(Case(terms()), "14 9:00", now=DUE - INSTANT)
    assert told_late == {"appointed_on": "2019-06-20", "late_apology": "yes"}
    assert reappoint(Case(terms()), "14 9:00", now=DUE)["recorded_after_due"] == "yes"
    by_hand = {"now": DUE - INSTANT, "by_hand": True, "appointed_on": "2019-06-20"}
    assert refusal(Case(terms()), "reappointed", "14 9:00", **by_hand).message == "apology_too_late"
    error = refusal(Case(terms()), "reappointed", "14 9:00", now=DUE, by_hand=True, appointed_on="2019-06-20")
    assert error.message == "dated_back"
    kept = reappoint(Case(terms()), "17 9:00", now=DUE, by_hand=True, forced_by="chair")
    assert (kept["late_apology"], kept["recorded_after_due"]) == ("yes", "yes")


def test_after_a_restart_the_letter_is_due_the_day_before_the_new_due_day() -> None:
    case = Case(terms())
    case.take("supplement_requested", "6 9:00")
    case.take("supplemented", "13 9:00")  # due on Thursday 27/6
    assert reappoint(case, at("27 0:00") - INSTANT, "2019-07-02")
    assert told(case.reckoning.target_at) == "2019-07-03 0:00"


def test_the_last_moment_of_an_apology_is_a_midnight() -> None:
    deadline = terms().due(Case(terms()).dossier)
    assert isinstance(deadline, Deadline)
    assert told(apology_until(deadline, CALENDAR)) == "15 0:00"


@pytest.mark.parametrize("kind", ["finished", "refused"])
def test_a_late_result_without_an_apology_bears_a_mark(kind: Any) -> None:
    for moment, kept in ((DUE - INSTANT, {}), (DUE, {"no_apology": "yes"})):
        assert Case(terms()).take(kind, moment).data == kept


def test_an_apology_makes_the_mark_needless_and_a_late_one_bears_its_own() -> None:
    in_time, late = Case(terms()), Case(terms())
    reappoint(in_time, "14 9:00")
    reappoint(late, "17 9:00", forced_by="chair", reason="r")
    for case in (in_time, late):
        assert "no_apology" not in case.take("finished", "24 9:00").data


def test_what_was_withdrawn_or_has_no_limit_or_was_first_heard_of_with_its_result_owes_no_apology() -> None:
    assert Case(terms()).take("withdrawn", "20 9:00").data == {}
    assert Case(terms("none")).take("finished", "28 9:00").data == {}
    event = Event(kind="finished", occurred_at=at("20 9:00"))
    assert weigh(event, Case(terms()).dossier, Circumstances(terms(), at("20 9:00"))).data == {}


def test_a_dossier_that_stopped_in_time_is_not_late_however_long_it_stands() -> None:
    case = Case(terms())
    case.take("supplement_requested", "5 9:00")
    assert "no_apology" not in case.take("refused", "28 9:00", now="28 9:00").data


def test_with_a_limit_of_a_day_the_letter_is_missed_only_a_working_day_after_the_due_day() -> None:
    # Received on Monday, due on Tuesday: the letter is lawful until Wednesday ends.
    for moment, kept in ((at("6 0:00") - INSTANT, {}), (at("6 0:00"), {"no_apology": "yes"})):
        assert Case(terms("1 working_days")).take("finished", moment).data == kept

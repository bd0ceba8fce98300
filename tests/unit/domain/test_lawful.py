"""What the law says of an event when it is reported: to the microsecond on both sides of each boundary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import HistoryError
from domain.event import Event
from domain.lawful import Circumstances, weigh
from domain.procedure import ClockPolicy, Step
from tests.cases import ACCEPTANCE, Case, at, refusal, terms
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.event import EventKind

INSTANT = timedelta(microseconds=1)
DUE = at("18 0:00")  # ten working days from Monday 3 June


def test_the_future_has_not_happened() -> None:
    case = Case(terms())
    now = at("5 9:00")
    assert case.take("officer_changed", now, now=now, officer="b").occurred_at == now
    error = refusal(case, "finished", now + INSTANT, now=now)
    assert (error.message, error.found) == ("future", {"what": "finished", "at": now + INSTANT})
    with pytest.raises(HistoryError) as caught:
        weigh(
            Event(kind="accepted", occurred_at=now + INSTANT, data=ACCEPTANCE),
            None,
            Circumstances(terms=terms(), now=now),
        )
    assert caught.value.message == "future"


def test_a_moment_without_a_zone_cannot_be_weighed() -> None:
    naive = Event(kind="finished", occurred_at=datetime(2019, 6, 5, 9))  # noqa: DTZ001 - naive on purpose
    case = Case(terms())
    with pytest.raises(HistoryError) as caught:
        weigh(naive, case.dossier, case.around("6 9:00"))
    assert caught.value.message == "no_zone"


def test_nothing_is_kept_beside_an_event_that_the_law_says_nothing_of() -> None:
    case = Case(terms())
    for kind in ("officer_changed", "promise_changed", "resumed", "returned"):
        event = Event(kind=kind, occurred_at=at("5 9:00"), data={"officer": "b"})
        assert weigh(event, case.dossier, case.around("5 9:00")) is event
    finished = Event(kind="finished", occurred_at=at("5 9:00"))
    assert weigh(finished, case.dossier, case.around("5 9:00")) is finished
    case.take("finished", "6 9:00")
    assert weigh(finished, case.dossier, case.around("5 9:00")) is finished  # closed: history refuses it
    assert weigh(finished, None, Circumstances(terms=terms(), now=at("5 9:00"))) is finished


# What a stop does, what was left, and stops that come too late


@pytest.mark.parametrize(
    ("kind", "data", "effect"),
    [
        ("supplement_requested", {}, "restart"),
        ("suspended", {}, "pause"),
        ("suspended", {"cause": "suspended"}, "pause"),
        ("suspended", {"cause": "financial_obligation"}, "none"),
        ("consultation_requested", {"agency": "tax"}, "none"),
    ],
)
def test_the_effect_of_a_stop_is_written_into_it(kind: EventKind, data: dict[str, Any], effect: str) -> None:
    case = Case(terms())
    kept = case.take(kind, "6 9:00", legal_basis="l", **data).data
    left = {} if effect == "none" else {"remaining": "7 working_days"}
    assert kept == {"legal_basis": "l", **data, "clock": effect, **left}


def test_a_suspension_without_its_law_is_marked() -> None:
    assert Case(terms()).take("suspended", "6 9:00", legal_basis="Luật").data.get("no_basis") is None
    assert Case(terms()).take("suspended", "6 9:00", reason="r").data["no_basis"] == "yes"


@pytest.mark.parametrize(("moment", "is_late"), [("6 23:59", False), ("7 0:00", True)])
def test_papers_asked_for_after_three_working_days_are_marked(moment: str, *, is_late: bool) -> None:
    # Decree 61/2018 art. 19.4: received on Monday 3/6, so at latest on Thursday 6/6.
    kept = Case(terms()).take("supplement_requested", moment).data
    assert ("late_request" in kept) is is_late


def test_papers_asked_for_a_second_time_by_a_named_person_are_marked() -> None:
    case = Case(terms())
    case.take("supplement_requested", "4 9:00")
    case.take("supplemented", "5 9:00")
    kept = case.take("supplement_requested", "6 9:00", forced_by="chair", reason="r").data
    assert kept["second_supplement"] == "yes"


def test_a_stop_told_later_than_the_next_working_day_is_marked_and_answered_for() -> None:
    # Dated Friday 7/6, so to be told by the end of Monday 10/6: until then everybody saw the clock run.
    told: dict[str, Any] = {"legal_basis": "Luật", "reason": "r"}
    in_time = Case(terms()).take("suspended", "7 9:00", now=at("11 0:00") - INSTANT, by_hand=True, **told)
    assert "dated_back" not in in_time.data
    marked = Case(terms()).take("suspended", "7 9:00", now="11 0:00", **told).data
    assert marked["dated_back"] == "yes"
    error = refusal(Case(terms()), "suspended", "7 9:00", now="11 0:00", by_hand=True, **told)
    assert error.message == "stop_dated_back"
    forced = Case(terms()).take("suspended", "7 9:00", now="11 0:00", by_hand=True, forced_by="c", **told)
    assert forced.data["dated_back"] == "yes"


def test_nobody_writes_the_effect_of_a_stop_but_the_policy_in_force() -> None:
    case = Case(terms())
    assert case.take("consultation_requested", "4 9:00", agency="tax", clock="pause").data["clock"] == "none"
    kept = case.take("suspended", "4 9:00", clock="restart", remaining="99 working_days").data
    assert (kept["clock"], kept["remaining"]) == ("pause", "9 working_days")


def test_a_suspension_for_an_unknown_cause_is_refused() -> None:
    error = refusal(Case(terms()), "suspended", "4 9:00", cause="supplement")
    assert error.message == "unknown_cause"
    assert error.found == {"found": "supplement", "known": "suspended, financial_obligation"}


@pytest.mark.parametrize(
    ("text", "remaining"),
    [
        ("10 working_days", "8 working_days"),
        ("10 calendar_days", "8 calendar_days"),
        ("2 months", "2 months"),
        ("40 hours", "86400 seconds"),  # 7 hours of the 3rd, 8 of the 4th, one of the 5th: 24 are left
    ],
)
def test_what_is_left_is_told_in_the_unit_of_the_limit(text: str, remaining: str) -> None:
    assert Case(terms(text)).take("suspended", "5 8:00").data["remaining"] == remaining


def test_of_no_limit_nothing_is_left() -> None:
    assert Case(terms("none")).take("suspended", "5 8:00", legal_basis="l").data == {
        "legal_basis": "l",
        "clock": "pause",
    }


@pytest.mark.parametrize(
    ("kind", "policy"),
    [
        ("supplement_requested", ClockPolicy()),
        ("supplement_requested", ClockPolicy(supplement="pause")),
        ("suspended", ClockPolicy()),
        ("consultation_requested", ClockPolicy(consultation="pause")),
    ],
)
def test_a_stop_at_the_due_date_or_later_is_marked_and_helps_nobody(
    kind: EventKind, policy: ClockPolicy
) -> None:
    goes_on: dict[str, EventKind] = {
        "supplement_requested": "supplemented",
        "suspended": "resumed",
        "consultation_requested": "consultation_answered",
    }
    for moment, is_late in ((DUE - INSTANT, False), (DUE, True), (at("20 9:00"), True)):
        case = Case(terms(clock=policy))
        kept = case.take(kind, moment, agency="tax").data
        assert ("after_due" in kept, "remaining" in kept) == (is_late, not is_late)
        case.take(goes_on[kind], "24 9:00", agency="tax")
        assert (case.reckoning.due_at == DUE) is is_late
        assert case.reckoning.due_original == DUE


def test_after_the_due_date_a_stop_that_stops_nothing_bears_no_mark() -> None:
    case = Case(terms())
    assert case.take("consultation_requested", "20 9:00", agency="tax").data["clock"] == "none"
    assert "after_due" not in case.history[-1][0].data


# Dated back


@pytest.mark.parametrize("kind", ["finished", "refused", "withdrawn", "suspended", "supplement_requested"])
def test_what_is_dated_before_the_due_date_but_told_after_it_is_marked(kind: EventKind) -> None:
    for now, told_late in ((DUE - INSTANT, False), (DUE, True)):
        case = Case(terms())
        kept = case.take(kind, DUE - 2 * INSTANT, now=now).data
        assert ("recorded_after_due" in kept) is told_late


@pytest.mark.parametrize("kind", ["finished", "refused", "withdrawn", "suspended", "supplement_requested"])
def test_a_person_answers_by_name_for_what_is_dated_back_behind_the_due_date(kind: EventKind) -> None:
    yesterday_evening = at("17 16:30")
    case = Case(terms())
    error = refusal(case, kind, yesterday_evening, now="18 8:00", by_hand=True)
    assert error.message == "dated_back"
    assert error.found == {"kind": kind, "at": yesterday_evening, "due": "17/06/2019"}
    kept = case.take(kind, yesterday_evening, now="18 8:00", by_hand=True, forced_by="chair", reason="r").data
    assert kept["recorded_after_due"] == "yes"
    assert kept["forced_by"] == "chair"


def test_a_person_may_tell_of_a_late_result_as_it_was() -> None:
    case = Case(terms())
    assert case.take("finished", DUE, now="20 9:00", by_hand=True).data == {"no_apology": "yes"}


def test_a_person_may_date_back_what_neither_stops_nor_ends_anything() -> None:
    case = Case(terms())
    kept = case.take("consultation_requested", "5 9:00", now="20 9:00", by_hand=True, agency="tax").data
    assert kept == {"agency": "tax", "clock": "none"}


def test_without_a_limit_nothing_is_dated_back_behind_a_due_date() -> None:
    case = Case(terms("none"))
    assert case.take("finished", "5 9:00", now="28 9:00", by_hand=True).data == {}


def test_a_dossier_first_heard_of_tells_its_story_in_its_own_time() -> None:
    case = Case(terms())
    around = Circumstances(terms=case.terms, now=at("28 9:00"))
    finished = Event(kind="finished", occurred_at=at("5 9:00"))
    assert weigh(finished, case.dossier, around) is finished


def test_the_due_date_that_counts_is_the_recorded_one() -> None:
    # The calendar in force lost a day since: until somebody records the change, the old date holds.
    case = Case(terms())
    shorter = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-06",))
    case.terms = terms(calendar=shorter, version=2)
    assert "after_due" in case.take("suspended", DUE).data


def test_a_count_begun_anew_within_one_report_has_the_new_due_date() -> None:
    before = Case(terms())
    before.take("supplement_requested", "6 9:00")
    known = before.around("26 9:00")
    before.take("supplemented", "13 9:00")  # due on 27/6 now, told together with what follows
    event = Event(kind="suspended", occurred_at=at("20 9:00"), data={"legal_basis": "l"})
    assert weigh(event, before.dossier, known).data == {
        "legal_basis": "l",
        "clock": "pause",
        "dated_back": "yes",
        "remaining": "5 working_days",
    }


# Decree 61/2018 art. 19.9: the re-appointment


# Steps are found where nobody names them

PROCESS = (
    Step(code="receive", name="r", unit="counter", role="reception"),
    Step(code="check", name="c", unit="land", role="officer"),
    Step(code="sign", name="s", unit="chair", role="chair"),
)


def test_a_dossier_begins_in_the_first_step_of_its_unit() -> None:
    found = terms(steps=PROCESS)
    assert Case(found).history[0][0].data["step"] == "check"
    assert Case(found, unit="elsewhere").history[0][0].data["step"] == "receive"
    assert Case(found, step="sign").history[0][0].data["step"] == "sign"
    assert "step" not in Case(terms()).history[0][0].data


def test_a_hand_over_opens_the_next_step_of_the_unit() -> None:
    case = Case(terms(steps=PROCESS))
    assert case.take("handed_over", "4 9:00", unit="chair").data == {"unit": "chair", "step": "sign"}
    assert case.take("handed_over", "5 9:00", unit="counter").data == {"unit": "counter", "step": "receive"}
    assert case.take("handed_over", "6 9:00", unit="elsewhere").data == {"unit": "elsewhere"}
    assert case.take("handed_over", "6 9:00", unit="land", step="sign").data["step"] == "sign"

"""What each event makes of a dossier: waiting by policy, consultation, hand-overs, the one re-appointment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.event import Event
from domain.history import apply, replay
from domain.procedure import ClockPolicy
from tests.cases import Case, at, refusal, terms, told

if TYPE_CHECKING:
    from domain.event import EventKind

POLICIES: dict[str, Any] = {
    "restart": ClockPolicy(supplement="restart"),
    "pause": ClockPolicy(supplement="pause"),
    "none": ClockPolicy(supplement="none"),
}
LAND = ClockPolicy(financial_obligation="pause", consultation="pause")


def case(policy: ClockPolicy = POLICIES["restart"], text: str = "10 working_days") -> Case:
    return Case(terms(text, clock=policy))


@pytest.mark.parametrize(
    ("policy", "due"),
    # Asked on day 3 (6/6), papers on 13/6: counted anew; five working days paused; nothing.
    [("restart", "28 0:00"), ("pause", "25 0:00"), ("none", "18 0:00")],
)
def test_a_supplement_does_to_the_clock_what_its_policy_says(policy: str, due: str) -> None:
    found = case(POLICIES[policy])
    found.take("supplement_requested", "6 9:00", reason="thiếu bản vẽ")
    asked = found.dossier
    assert asked.stopped_by == "supplement"
    assert asked.is_running is (policy == "none")
    assert asked.restarts is (policy == "restart")
    assert found.due == "18 0:00"  # nothing moves before the papers are there
    found.take("supplemented", "13 9:00")
    assert (found.dossier.stopped_by, found.dossier.supplements, found.dossier.restarts) == (None, 1, False)
    assert found.dossier.is_running
    assert found.due == due


@pytest.mark.parametrize("policy", POLICIES)
def test_papers_are_asked_for_once_whatever_the_policy(policy: str) -> None:
    found = case(POLICIES[policy])
    found.take("supplement_requested", "4 9:00")
    found.take("supplemented", "5 9:00")
    assert refusal(found, "supplement_requested", "6 9:00").message == "second_supplement"
    assert refusal(found, "supplement_requested", "6 9:00", forced_by="").message == "second_supplement"
    found.take("supplement_requested", "6 9:00", forced_by="land.head", reason="bản vẽ sai")
    assert found.dossier.stopped_by == "supplement"
    found.take("supplemented", "7 9:00")
    assert found.dossier.supplements == 2


def test_a_second_request_is_refused_while_the_first_one_waits() -> None:
    found = case(POLICIES["none"])
    found.take("supplement_requested", "4 9:00")
    error = refusal(found, "supplement_requested", "5 9:00", forced_by="land.head")
    assert (error.message, error.found["at"]) == ("stands_still", at("4 9:00"))


def test_a_stop_that_stops_nothing_lets_a_result_come() -> None:
    for policy, message in (("none", None), ("pause", "resume_unknown"), ("restart", "resume_unknown")):
        found = case(POLICIES[policy])
        found.take("supplement_requested", "4 9:00")
        if message:
            assert refusal(found, "finished", "5 9:00").message == message
        else:
            found.take("finished", "5 9:00")
            assert found.dossier.outcome == "finished"


@pytest.mark.parametrize(
    ("policy", "due"), [(ClockPolicy(), "18 0:00"), (LAND, "25 0:00")], ids=["by decree", "land"]
)
def test_a_financial_obligation_stops_only_where_special_law_says_so(policy: ClockPolicy, due: str) -> None:
    found = case(policy)
    found.take("suspended", "6 9:00", cause="financial_obligation")
    assert found.dossier.stopped_by == "financial_obligation"
    found.take("resumed", "13 9:00")
    assert found.due == due


def test_a_suspension_of_another_kind_is_a_pause() -> None:
    found = case()
    found.take("suspended", "6 9:00", reason="giám định")
    found.take("resumed", "13 9:00")
    assert (found.dossier.pauses, found.due) == (((at("6 9:00"), at("13 9:00")),), "25 0:00")


def test_consulting_others_does_not_stop_the_clock() -> None:
    found = case()
    found.take("consultation_requested", "4 9:00", agency="tax", reply_by="2019-06-07")
    assert (found.dossier.consulting, found.dossier.is_running) == (("tax",), True)
    found.take("consultation_answered", "14 9:00", agency="tax")
    assert (found.dossier.consulting, found.due) == ((), "18 0:00")


def test_where_consultation_stops_the_clock_it_goes_on_with_the_last_answer() -> None:
    found = case(LAND)
    found.take("consultation_requested", "4 9:00", agency="tax")
    found.take("consultation_requested", "5 9:00", agency="roads")
    assert (found.dossier.consulting, found.dossier.stopped_by) == (("tax", "roads"), "consultation")
    assert found.dossier.stopped_since == at("4 9:00")
    found.take("consultation_answered", "6 9:00", agency="tax")
    assert not found.dossier.is_running
    found.take("consultation_answered", "12 9:00", agency="roads")
    assert (found.dossier.is_running, found.dossier.consulting) == (True, ())
    assert (found.dossier.pauses, found.due) == (((at("4 9:00"), at("12 9:00")),), "26 0:00")


def test_an_agency_asked_while_the_clock_stands_still_for_another_reason_does_not_stop_it_twice() -> None:
    found = case(LAND)
    found.take("suspended", "4 9:00", cause="financial_obligation")
    found.take("consultation_requested", "5 9:00", agency="tax")
    assert (found.dossier.stopped_by, found.dossier.consulting) == ("financial_obligation", ("tax",))
    found.take("consultation_answered", "6 9:00", agency="tax")
    assert found.dossier.stopped_by == "financial_obligation"
    found.take("resumed", "7 9:00")
    assert found.dossier.pauses == ((at("4 9:00"), at("7 9:00")),)


def test_an_agency_is_asked_once_at_a_time_and_answers_what_it_was_asked() -> None:
    found = case()
    found.take("consultation_requested", "4 9:00", agency="tax")
    assert refusal(found, "consultation_requested", "5 9:00", agency="tax").message == "consulted_already"
    assert refusal(found, "consultation_answered", "5 9:00", agency="roads").message == "not_consulted"
    found.take("consultation_answered", "6 9:00", agency="tax")
    found.take("consultation_requested", "7 9:00", agency="tax")
    assert found.dossier.consulting == ("tax",)


def test_an_answer_dated_before_the_clock_stopped_for_it_is_refused() -> None:
    found = case(LAND)
    found.take("consultation_requested", "5 9:00", agency="tax")
    assert refusal(found, "consultation_answered", "5 8:59", agency="tax").message == "before_last_change"


def test_a_hand_over_closes_the_old_step_and_opens_the_next() -> None:
    found = case()
    assert (found.dossier.step_number, found.dossier.step_since) == (1, at("3 8:00"))
    found.take("handed_over", "4 9:00", unit="civil", officer="b", step="check")
    assert (found.dossier.unit, found.dossier.officer, found.dossier.step) == ("civil", "b", "check")
    assert (found.dossier.step_number, found.dossier.step_since) == (2, at("4 9:00"))
    found.take("handed_over", "4 9:00", unit="land")
    assert (found.dossier.officer, found.dossier.step, found.dossier.step_number) == (None, None, 3)
    assert [(run.number, run.unit) for run in found.runs] == [(1, "land"), (2, "civil")]


def test_a_hand_over_before_the_last_one_is_refused() -> None:
    found = case()
    found.take("handed_over", "5 9:00", unit="civil")
    error = refusal(found, "handed_over", "5 8:59", unit="land")
    assert (error.message, error.found["since"]) == ("before_hand_over", at("5 9:00"))


def test_a_dossier_is_handed_over_while_its_clock_stands_still() -> None:
    found = case()
    found.take("suspended", "4 9:00")
    found.take("handed_over", "5 9:00", unit="civil")
    assert (found.dossier.unit, found.dossier.stopped_since) == ("civil", at("4 9:00"))


def test_the_day_is_appointed_anew_once() -> None:
    found = case()
    found.take("reappointed", "11 9:00", appointed_on="2019-06-20", reason="nhiều hồ sơ", document="01/PXL")
    assert found.dossier.appointed_on == date(2019, 6, 20)
    error = refusal(found, "reappointed", "12 9:00", appointed_on="2019-06-24", forced_by="chair")
    assert (error.message, error.found["day"]) == ("second_reappointment", "20/06/2019")


def test_a_restart_does_not_give_another_re_appointment() -> None:
    found = case()
    found.take("reappointed", "5 9:00", appointed_on="2019-06-20")
    found.take("supplement_requested", "6 9:00")
    found.take("supplemented", "10 9:00")
    assert refusal(found, "reappointed", "11 9:00", appointed_on="2019-06-28").message == (
        "second_reappointment"
    )


def test_a_calendar_that_changed_changes_nothing_else() -> None:
    found = case()
    found.take("calendar_changed", "5 9:00", reason="lịch 2")
    assert (found.dossier.last_at, found.dossier.counting_from) == (at("5 9:00"), at("3 8:00"))


BEFORE: list[tuple[EventKind, dict[str, str]]] = [
    ("suspended", {}),
    ("resumed", {}),
    ("supplement_requested", {}),
    ("supplemented", {}),
    ("consultation_requested", {"agency": "tax"}),
    ("consultation_answered", {"agency": "tax"}),
    ("handed_over", {"unit": "civil"}),
    ("reappointed", {"appointed_on": "2019-06-20"}),
    ("calendar_changed", {}),
    ("finished", {}),
    ("refused", {}),
    ("withdrawn", {}),
]


@pytest.mark.parametrize(("kind", "data"), BEFORE)
@pytest.mark.parametrize("outcome", ["finished", "refused", "withdrawn"])
def test_nothing_happens_to_the_clock_of_a_closed_dossier(
    outcome: EventKind, kind: EventKind, data: dict[str, str]
) -> None:
    found = case()
    found.take(outcome, "5 9:00")
    error = refusal(found, kind, "6 9:00", **data)
    assert error.message == "closed"
    assert error.found == {"kind": kind, "code": "HS-1", "outcome": outcome, "at": at("5 9:00")}


def test_a_slip_and_an_officer_may_be_corrected_after_the_end() -> None:
    found = case()
    found.take("finished", "5 9:00")
    found.take("officer_changed", "6 9:00", officer="b")
    found.take("promise_changed", "6 9:00", promised_at="2019-06-17T00:00:00+07:00/day")
    assert (found.dossier.officer, found.due) == ("b", "18 0:00")


@pytest.mark.parametrize(("kind", "data"), BEFORE)
def test_nothing_happens_before_the_acceptance(kind: EventKind, data: dict[str, str]) -> None:
    error = refusal(case(), kind, "3 7:59", **data)
    assert (error.message, error.found["accepted"]) == ("earlier_than_acceptance", at("3 8:00"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("suspended", {}),
        ("supplement_requested", {}),
        ("consultation_requested", {"agency": "tax"}),
        ("reappointed", {"appointed_on": "2019-06-26"}),
        ("finished", {}),
        ("refused", {}),
        ("withdrawn", {}),
    ],
)
def test_what_moves_the_clock_may_not_come_before_its_last_move(
    kind: EventKind, data: dict[str, str]
) -> None:
    found = case(LAND)
    found.take("suspended", "4 9:00")
    found.take("resumed", "6 9:00")
    error = refusal(found, kind, "5 9:00", now="7 9:00", **data)
    assert (error.message, error.found["latest"]) == ("before_last_change", at("6 9:00"))


def test_a_resumption_before_its_suspension_is_refused() -> None:
    kinds: list[tuple[EventKind, EventKind]] = [
        ("suspended", "resumed"),
        ("supplement_requested", "supplemented"),
    ]
    for stop, goes_on in kinds:
        found = case()
        found.take(stop, "5 9:00")
        assert refusal(found, goes_on, "5 8:59").message == "before_last_change"


def test_an_event_file_out_of_order_is_refused_where_it_breaks() -> None:
    found = case()
    found.take("supplement_requested", "4 9:00")
    found.take("supplemented", "12 9:00")
    kinds: tuple[EventKind, ...] = ("suspended", "finished")
    for kind in kinds:
        error = refusal(found, kind, "11 9:00", now="12 9:00")
        assert (error.message, error.found["latest"]) == ("before_last_change", at("12 9:00"))


def test_replaying_the_events_as_they_were_kept_gives_the_same_dossier() -> None:
    found = case(LAND)
    found.take("consultation_requested", "4 9:00", agency="tax")
    found.take("consultation_answered", "6 9:00", agency="tax")
    found.take("reappointed", "11 9:00", appointed_on="2019-06-20")
    found.take("finished", "19 9:00")
    assert replay([event for event, _ in found.history], code="HS-1") == found.dossier


def test_history_is_the_same_whatever_the_policy_says_today() -> None:
    # The effect of a stop is written into its event: a later change of the policy changes no history.
    kept = Event(
        kind="consultation_requested", occurred_at=at("4 9:00"), data={"agency": "t", "clock": "pause"}
    )
    found = case(ClockPolicy(consultation="none"))
    assert apply(found.dossier, kept).stopped_by == "consultation"
    plain = Event(kind="supplement_requested", occurred_at=at("4 9:00"))
    assert apply(found.dossier, plain).restarts  # an event that says nothing follows the decree
    assert told(apply(found.dossier, plain).stopped_since) == "4 9:00"

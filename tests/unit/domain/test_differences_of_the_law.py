"""What one row says of steps, stops by policy, consultations and results that are dated back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import HistoryError
from domain.procedure import ClockPolicy

if TYPE_CHECKING:
    from domain.event import EventKind
    from domain.snapshot import Listed
from tests.rows_of_lists import PROCESS, differences, dossier, reading, said, told, told_by_an_event


def test_what_the_list_says_of_the_receipt_is_kept_with_the_acceptance() -> None:
    more: dict[str, Any] = {"limit_case": "far", "commune": "xa-01", "bundle": "HS-1", "channel": "online"}
    events, known = differences(None, reading(step="sign", **more))
    assert events[0].data == {
        **more,
        "procedure": "1.001",
        "procedure_version": "2018-01-01",
        "unit": "land",
        "officer": "a",
        "step": "sign",
    }
    assert (known.limit_case, known.commune, known.bundle, known.channel) == tuple(more.values())


def test_a_dossier_begins_in_the_step_of_its_unit_where_the_list_names_none() -> None:
    assert dossier(procedure={"steps": PROCESS}).step == "check"
    assert dossier(procedure={"steps": PROCESS}, unit="chair").step == "sign"


def test_a_step_that_the_list_shows_onward_is_a_hand_over_also_within_a_unit() -> None:
    steps: dict[str, Any] = {"procedure": {"steps": PROCESS}}
    known = dossier(**steps)
    assert told(known, **steps, last=said(), step="write", status_at="5 8:00") == [("handed_over", "5 8:00")]
    assert told(known, **steps, last=said(step="write"), step="write") == []
    assert told(known, **steps, last=said(step="check"), step="check") == []
    events, after = differences(known, reading(**steps, last=said(), unit="chair"))
    assert (events[0].kind, after.step, after.unit) == ("handed_over", "sign", "chair")


def test_a_hand_over_dated_before_the_last_one_happened_when_the_list_saw_it() -> None:
    known = told_by_an_event(dossier(), "handed_over", "6 8:00", unit="civil")
    assert told(known, last=said(unit="civil"), unit="chair", status_at="5 8:00") == [
        ("handed_over", "28 8:00")
    ]
    assert told(known, last=said(unit="civil"), unit="chair", status_at="7 8:00") == [
        ("handed_over", "7 8:00")
    ]


@pytest.mark.parametrize(
    ("status", "kind", "data"),
    [
        ("supplement", "supplement_requested", {"clock": "restart"}),
        ("suspended", "suspended", {"clock": "pause", "no_basis": "yes"}),
        (
            "financial_obligation",
            "suspended",
            {"cause": "financial_obligation", "clock": "pause", "no_basis": "yes"},
        ),
    ],
)
def test_each_kind_of_waiting_begins_and_ends_with_its_own_event(
    status: str, kind: str, data: dict[str, str]
) -> None:
    pauses: dict[str, Any] = {"procedure": {"clock": ClockPolicy(financial_obligation="pause")}}
    events, known = differences(dossier(), reading(last=said(), status=status, status_at="21 8:00", **pauses))
    late = ("remaining", "late_request", "dated_back")  # told of with the list of a week later
    kept = {name: text for name, text in events[0].data.items() if name not in late}
    assert [(entry.kind, kept) for entry in events] == [(kind, data)]
    assert known.stopped_by == status
    goes_on = "supplemented" if status == "supplement" else "resumed"
    assert told(known, last=said(status), status_at="24 8:00") == [(goes_on, "24 8:00")]


def test_a_stop_that_stops_nothing_goes_on_like_any_other() -> None:
    known = dossier(status="financial_obligation", status_at="5 8:00")
    assert (known.stopped_by, known.stopped_since) == ("financial_obligation", None)
    assert told(known, last=said("financial_obligation"), status_at="6 8:00") == [("resumed", "6 8:00")]
    assert told(known, status_at="6 8:00") == [("resumed", "6 8:00")]
    assert told(known) == []


@pytest.mark.parametrize(
    ("kind", "status"), [("supplement_requested", "supplement"), ("suspended", "suspended")]
)
@pytest.mark.parametrize("last", [None, said()])
def test_a_stop_that_an_event_told_of_before_the_list_is_no_news(
    kind: EventKind, status: str, last: Listed | None
) -> None:
    known = told_by_an_event(dossier(), kind, "21 8:00")
    assert told(known, last=last, status=status, status_at="21") == []
    assert told(known, last=last, status=status) == []


def test_another_stop_than_the_one_known_is_refused() -> None:
    known = told_by_an_event(dossier(), "supplement_requested", "21 8:00")
    with pytest.raises(HistoryError) as caught:
        differences(known, reading(last=said(), status="suspended", status_at="22 8:00"))
    assert caught.value.message == "stands_still"


def test_a_list_says_nothing_of_a_consultation() -> None:
    asked = {"agency": "tax", "clock": "pause"}
    known = told_by_an_event(dossier(), "consultation_requested", "5 8:00", **asked)
    assert told(known, last=said("suspended")) == []
    assert told(known) == []


def test_papers_are_asked_for_once_in_lists_too() -> None:
    known = dossier(status="supplement", status_at="5 8:00")
    _, known = differences(known, reading(last=said("supplement"), status_at="6 8:00"))
    with pytest.raises(HistoryError) as caught:
        differences(known, reading(last=said(), status="supplement", status_at="21 8:00"))
    assert caught.value.message == "second_supplement"


def test_a_result_that_a_list_dates_back_is_taken_and_marked() -> None:
    done: dict[str, Any] = {"status": "finished", "finished_at": "14 8:00", "last": said()}
    events, _ = differences(dossier(), reading(due_at="18 0:00", **done))
    assert events[0].data == {"recorded_after_due": "yes"}
    late, _ = differences(dossier(), reading(due_at="18 0:00", **{**done, "finished_at": "18 0:00"}))
    assert late[0].data == {"no_apology": "yes"}


def test_an_unanswered_stop_hides_when_a_result_was_due() -> None:
    known = dossier(status="suspended", status_at="5 8:00")
    with pytest.raises(HistoryError) as caught:
        differences(known, reading(last=said("suspended"), status="finished", finished_at="21 8:00"))
    assert caught.value.message == "resume_unknown"

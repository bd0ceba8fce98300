"""What one row says has happened since the last one; most cases stand with the import, on real databases."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import ContradictionError, HistoryError
from domain.snapshot import Listed
from tests.rows_of_lists import differences, dossier, moment, reading, said, told


def test_a_row_first_seen_tells_its_whole_story_in_order() -> None:
    assert told(None) == [("accepted", "3 8:00")]
    assert told(None, status="suspended", status_at="5 8:00") == [
        ("accepted", "3 8:00"),
        ("suspended", "5 8:00"),
    ]
    closed = {"status": "returned", "finished_at": "5 8:00", "returned_at": "6"}
    assert told(None, **closed) == [("accepted", "3 8:00"), ("finished", "5 8:00"), ("returned", "6 0:00")]
    assert told(None, status=None) == [("accepted", "3 8:00")]


def test_a_row_that_says_nothing_new_brings_nothing() -> None:
    assert told(dossier(), last=said()) == []
    assert told(dossier(promised_at="17"), promised_at="17") == []


def test_an_empty_cell_takes_nothing_back() -> None:
    known = dossier(promised_at="17")
    assert told(known, last=said(), officer=None, status=None, promised_at=None) == []


def test_what_the_last_list_said_already_is_not_news() -> None:
    known = dossier()
    assert told(known, last=said(officer="b"), officer="b") == []
    assert told(known, last=said(officer="a"), officer="b") == [("officer_changed", "28 8:00")]
    assert told(known, last=said(unit="civil"), unit="civil") == []


def test_a_unit_that_changes_with_the_result_is_only_where_the_result_lies() -> None:
    done = {"status": "finished", "finished_at": "5 8:00", "unit": "one-stop"}
    assert told(dossier(), last=said(), **done) == [("finished", "5 8:00")]


def test_handing_over_takes_the_officer_along() -> None:
    assert told(dossier(), last=said(), unit="civil", officer="b", status_at="5 8:00") == [
        ("handed_over", "5 8:00")
    ]


def test_a_closed_dossier_is_not_handed_over() -> None:
    known = dossier(status="withdrawn", status_at="5 8:00")
    assert told(known, last=said("withdrawn"), status="withdrawn", unit="civil") == []


def test_the_first_list_that_names_a_stopped_dossier_may_be_older_than_the_stop() -> None:
    known = dossier(status="suspended", status_at="5 8:00")
    assert told(known) == []
    assert told(known, status_at="4 8:00") == []
    assert told(known, status_at="6 8:00") == [("resumed", "6 8:00")]


def test_going_on_needs_no_word_of_its_own() -> None:
    known = dossier(status="supplement", status_at="5 8:00")
    assert told(known, last=said("supplement"), status_at="6") == [("supplemented", "6 0:00")]
    assert told(known, last=said("supplement"), status_at="5") == [("supplemented", "5 8:00")]


def test_a_stop_after_the_due_date_is_marked_and_so_is_one_told_after_it() -> None:
    asked = {"clock": "restart", "late_request": "yes"}
    told_late = {**asked, "recorded_after_due": "yes", "remaining": "0 working_days"}
    for day, expected in (("17 23:59", told_late), ("18 0:00", {**asked, "after_due": "yes"})):
        events, _ = differences(
            dossier(), reading(last=None, status="supplement", status_at=day, due_at="18 0:00")
        )
        assert dict(events[0].data) == expected


def test_a_refusal_and_a_withdrawal_have_their_moments() -> None:
    assert told(dossier(), last=said(), status="refused", finished_at="6 8:00", status_at="5 8:00") == [
        ("refused", "6 8:00")
    ]
    assert told(dossier(), last=said(), status="refused", status_at="5 8:00") == [("refused", "5 8:00")]
    assert told(dossier(), last=said(), status="withdrawn") == [("withdrawn", "28 8:00")]
    assert told(dossier(), last=said(), status="withdrawn", returned_at="7", status_at="6 8:00") == [
        ("withdrawn", "6 8:00")
    ]


def test_a_change_of_the_slip_is_an_event_also_from_a_day_to_an_hour() -> None:
    assert told(dossier(promised_at="17"), last=said(), promised_at="17 16:00") == [
        ("promise_changed", "28 8:00")
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"accepted_at": "28 9:01"}, "future"),
        ({"status": "finished", "finished_at": "28 9:01"}, "future"),
        ({"status_at": "29"}, "future"),
        ({"status": "finished", "finished_at": "3 7:59"}, "result_before_receipt"),
        ({"status": "finished", "finished_at": "2"}, "result_before_receipt"),
        ({"status": "returned", "finished_at": "5", "returned_at": "2"}, "result_before_receipt"),
        ({"status": "finished"}, "result_without_date"),
        ({"status": "returned"}, "result_without_date"),
        ({"finished_at": "5"}, "result_while_open"),
        ({"accepted_at": "3", "limit": "4 hours"}, "hour_needed"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_alone(cells: dict[str, Any], reason: str) -> None:
    with pytest.raises(HistoryError) as caught:
        differences(None, reading(**cells))
    assert caught.value.message == reason


@pytest.mark.parametrize(
    "cells",
    [
        {"accepted_at": "28 9:00"},
        {"status": "finished", "finished_at": "3 8:00"},
        {"status": "finished", "finished_at": "3"},
        {"status": "returned", "returned_at": "3"},
        {"accepted_at": "3", "status": "finished", "finished_at": "3 7:00"},
    ],
)
def test_what_is_just_possible_is_taken(cells: dict[str, Any]) -> None:
    assert differences(None, reading(**cells))[0]


DONE = {"status": "finished", "finished_at": "5 8:00"}
RETURNED = {**DONE, "status": "returned", "returned_at": "6"}


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({}, {"code": "1.002"}, "other_procedure"),
        ({}, {"accepted_at": "3 8:01"}, "other_receipt"),
        ({}, {"accepted_at": "4"}, "other_receipt"),
        ({}, {"status": "not_accepted"}, "accepted_before"),
        (DONE, {}, "result_gone"),
        (DONE, {"status": "finished", "finished_at": "5 8:01"}, "other_result"),
        (DONE, {"status": "finished", "finished_at": "6"}, "other_result"),
        (DONE, {**DONE, "status": "withdrawn"}, "closed_differs"),
        (RETURNED, {**RETURNED, "returned_at": "7"}, "other_return"),
        (RETURNED, DONE, "other_return"),
        ({"status": "withdrawn"}, {}, "closed_differs"),
        ({}, {"last": Listed(at=moment("28 8:01").at, unit="land")}, "older_list"),
    ],
)
def test_a_row_that_contradicts_history_is_a_contradiction(
    before: dict[str, Any], after: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ContradictionError) as caught:
        differences(dossier(**before), reading(**after))
    assert caught.value.message == reason


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DONE, {"status": "finished", "finished_at": "5"}),
        ({"status": "finished", "finished_at": "5"}, DONE),
        ({"accepted_at": "3"}, {"accepted_at": "3 8:00"}),
        ({}, {"accepted_at": "3"}),
        (DONE, {"status": None, "finished_at": "5 8:00"}),
        (DONE, DONE),
    ],
)
def test_a_day_and_an_hour_of_that_day_do_not_contradict_each_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert (
        differences(dossier(**before), reading(last=said(before.get("status", "processing")), **after))[0]
        == []
    )


def test_the_moments_of_a_story_never_go_back() -> None:
    cells = {**RETURNED, "accepted_at": "3 15:00", "finished_at": "3", "returned_at": "3"}
    events, known = differences(None, reading(**cells))  # type: ignore[arg-type]
    assert [entry.occurred_at for entry in events] == [moment("3 15:00").at] * 3
    assert known.last_at == moment("3 15:00").at


def test_nobody_stops_a_clock_that_a_later_list_showed_running() -> None:
    stopped: dict[str, Any] = {"status": "suspended", "last": said()}
    assert told(dossier(), **stopped, status_at="20") == [("suspended", "20 0:00")]
    assert told(dossier(), **stopped) == [("suspended", "28 8:00")]
    with pytest.raises(ContradictionError) as caught:
        differences(dossier(), reading(**stopped, status_at="19 23:59"))
    assert caught.value.message == "stopped_before"

"""The history of one dossier: what may follow what, and what is so because of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from domain.errors import HistoryError
from domain.event import Event
from domain.history import apply, replay

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.event import EventKind

MONDAY = datetime(2019, 6, 3, 1, tzinfo=UTC)
ACCEPTANCE = {"procedure": "1.001", "procedure_version": "2018-01-01", "unit": "land"}


def event(kind: EventKind, day: int = 0, /, **data: str) -> Event:
    return Event(kind=kind, occurred_at=MONDAY + timedelta(days=day), data=data)


def accepted(day: int = 0, /, **data: str) -> Event:
    return event("accepted", day, **(ACCEPTANCE | data))


def after(*events: Event) -> Dossier:
    return replay([accepted(), *events], code="HS-1")


def refusal(*events: Event) -> str:
    with pytest.raises(HistoryError) as caught:
        after(*events)
    return caught.value.message


def test_acceptance_makes_a_dossier_that_is_open_and_running() -> None:
    dossier = after()
    assert (dossier.code, dossier.unit, dossier.accepted_at) == ("HS-1", "land", MONDAY)
    assert dossier.counting_from == dossier.last_at == MONDAY
    assert dossier.is_open
    assert dossier.is_running


def test_nothing_may_come_before_acceptance() -> None:
    with pytest.raises(HistoryError, match="before the dossier was accepted"):
        apply(None, event("finished"), code="HS-1")
    assert refusal(event("finished", -1)) == "earlier_than_acceptance"
    with pytest.raises(HistoryError, match="no events"):
        replay([], code="HS-1")


def test_acceptance_comes_once() -> None:
    assert refusal(accepted(1)) == "accepted_twice"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(HistoryError, match="time zone"):
        apply(None, Event(kind="accepted", occurred_at=MONDAY.replace(tzinfo=None), data=ACCEPTANCE))


def test_handing_over_forgets_the_officer_of_the_old_unit() -> None:
    assert after(event("handed_over", 1, unit="civil")).officer is None
    moved = after(
        event("officer_changed", 1, officer="a"), event("handed_over", 2, unit="civil", officer="b")
    )
    assert (moved.unit, moved.officer) == ("civil", "b")


def test_the_date_on_the_slip_may_change_and_changes_nothing_else() -> None:
    dossier = after(event("promise_changed", 1, promised_at="2019-06-17T00:00:00+07:00/day"))
    assert dossier.promised_at == "2019-06-17T00:00:00+07:00/day"
    assert dossier.counting_from == MONDAY


def test_a_suspension_becomes_a_pause_when_it_ends() -> None:
    stopped = after(event("suspended", 1))
    assert (stopped.stopped_since, stopped.stopped_by) == (MONDAY + timedelta(days=1), "suspended")
    assert stopped.is_open
    assert not stopped.is_running
    on = after(event("suspended", 1), event("resumed", 2))
    assert on.pauses == ((MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)),)
    assert on.is_running


def test_a_supplement_begins_the_count_anew_and_forgets_earlier_pauses() -> None:
    dossier = after(
        event("suspended", 1), event("resumed", 2), event("supplement_requested", 3), event("supplemented", 4)
    )
    assert (dossier.counting_from, dossier.pauses) == (MONDAY + timedelta(days=4), ())
    assert (dossier.supplements, dossier.restarts) == (1, False)


def test_a_supplement_asked_for_after_the_due_date_begins_nothing_anew() -> None:
    dossier = after(event("supplement_requested", 3, after_due="yes"), event("supplemented", 4))
    assert dossier.counting_from == MONDAY
    assert dossier.supplements == 1


def test_papers_are_asked_for_once_unless_somebody_answers_for_it() -> None:
    once = (event("supplement_requested", 1), event("supplemented", 2))
    assert refusal(*once, event("supplement_requested", 3)) == "second_supplement"
    assert not after(*once, event("supplement_requested", 3, forced_by="land.head")).is_running


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([("suspended", 1), ("suspended", 2)], "stands_still"),
        ([("suspended", 1), ("supplement_requested", 2)], "stands_still"),
        ([("resumed", 1)], "does_not_stand_still"),
        ([("supplemented", 1)], "does_not_stand_still"),
        ([("suspended", 1), ("supplemented", 2)], "does_not_stand_still"),
        ([("supplement_requested", 1), ("resumed", 2)], "does_not_stand_still"),
        ([("suspended", 3), ("resumed", 2)], "before_last_change"),
        ([("suspended", 1), ("resumed", 3), ("suspended", 2)], "before_last_change"),
        ([("suspended", 1), ("resumed", 3), ("finished", 2)], "before_last_change"),
        ([("suspended", 1), ("finished", 2)], "resume_unknown"),
        ([("finished", 1), ("finished", 2)], "closed"),
        ([("withdrawn", 1), ("handed_over", 2)], "closed"),
        ([("refused", 1), ("suspended", 2)], "closed"),
        ([("suspended", 1), ("withdrawn", 2), ("resumed", 3)], "closed"),
        ([("returned", 1)], "nothing_to_return"),
        ([("withdrawn", 1), ("returned", 2)], "nothing_to_return"),
        ([("finished", 3), ("returned", 2)], "returned_before_result"),
        ([("finished", 1), ("returned", 2), ("returned", 3)], "returned_twice"),
    ],
)
def test_what_history_does_not_allow_is_refused(events: list[tuple[EventKind, int]], reason: str) -> None:
    assert refusal(*(event(kind, day, unit="civil") for kind, day in events)) == reason


def test_a_finished_dossier_is_closed_from_its_result_and_not_from_its_return() -> None:
    dossier = after(event("finished", 1), event("returned", 2))
    assert not dossier.is_open
    assert dossier.finished_at == MONDAY + timedelta(days=1)
    assert dossier.returned_at == MONDAY + timedelta(days=2)
    assert dossier.outcome == "finished"


def test_a_dossier_may_be_withdrawn_or_refused_while_it_waits() -> None:
    assert after(event("supplement_requested", 1), event("withdrawn", 2)).outcome == "withdrawn"
    assert after(event("supplement_requested", 1), event("refused", 2)).outcome == "refused"
    assert after(event("suspended", 1), event("withdrawn", 2)).outcome == "withdrawn"
    with pytest.raises(HistoryError, match="when it went on"):
        after(event("suspended", 1), event("refused", 2))


def test_an_officer_may_be_corrected_after_the_end() -> None:
    assert after(event("finished", 1), event("officer_changed", 2, officer="b")).officer == "b"


def test_events_at_the_same_instant_are_allowed() -> None:
    dossier = after(event("suspended", 1), event("resumed", 1), event("finished", 1))
    assert dossier.pauses == ((MONDAY + timedelta(days=1),) * 2,)


def test_the_last_moment_never_goes_back() -> None:
    dossier = after(event("officer_changed", 3, officer="b"), event("suspended", 2))
    assert dossier.last_at == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(
    "data",
    [
        {"officer": "o" * 129},
        {"officer": "two\nlines"},
        {"officer": "nul\x00"},
        {"officer": "half a letter \ud800"},
        {"channel": "c" * 17},
        {"promised_at": "17/06/2019"},
        {"promised_at": "2019-06-17T16:00:00"},
        {"reason": "r" * 501},
    ],
)
def test_a_text_no_register_could_hold_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(HistoryError) as caught:
        apply(None, accepted(**data), code="HS-1")
    assert caught.value.message in {"unfit_text", "unfit_promise"}
    str(caught.value).encode()


def test_names_in_any_script_and_spaces_of_any_kind_are_kept() -> None:
    officer = "Nguyễn\N{NO-BREAK SPACE}Văn Ậ \N{COMBINING ACUTE ACCENT}"
    assert apply(None, accepted(officer=officer), code="HS-1").officer == officer
    with pytest.raises(HistoryError):
        apply(None, accepted(), code="x" * 65)


def test_a_hand_over_recorded_behind_a_later_one_is_replayed_and_no_two_stays_overlap() -> None:
    dossier = after(event("handed_over", 3, unit="civil"), event("handed_over", 2, unit="top"))
    assert (dossier.unit, dossier.step_number) == ("top", 3)
    assert dossier.step_since == MONDAY + timedelta(days=3)


def test_the_same_hand_over_is_refused_when_it_is_reported() -> None:
    with pytest.raises(HistoryError) as caught:
        apply(after(event("handed_over", 3, unit="civil")), event("handed_over", 2, unit="top"))
    assert caught.value.message == "before_hand_over"

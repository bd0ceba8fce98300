"""The due dates of a dossier after its events: which move, which are kept for ever, what an epoch is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from domain.event import Event
from domain.history import apply
from domain.procedure import ClockPolicy, Step
from domain.reckoning import Reckoning, concerns_count, reckon
from tests.cases import CALENDAR, Case, at, limit, refusal, terms, told
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.event import EventKind
    from domain.terms import Terms

PAUSES = ClockPolicy(supplement="pause", financial_obligation="pause")
CLOSED_ON_6TH = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-06",))
CLOSED_ON_12TH = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-12",))
SATURDAY_8TH = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", work=("2019-06-08",))
STEPS = (
    Step(code="check", name="c", unit="land", role="officer", limit=limit("3 working_days")),
    Step(code="sign", name="s", unit="chair", role="chair", limit=limit("2 working_days")),
)


def dates(case: Case) -> tuple[str | None, str | None, str | None, int]:
    """Return the due date at acceptance, the lawful one, the re-appointed one, and the epoch."""
    found = case.reckoning
    return told(found.due_original), told(found.due_at), told(found.appointed_at), found.epoch


def test_the_acceptance_gives_the_due_date_that_is_kept_for_ever() -> None:
    case = Case(terms(version=7))
    found, due = case.reckoning, at("18 0:00")
    assert found._replace(deadline=None) == Reckoning(due_original=due, due_at=due, under=7)
    assert found.deadline == case.terms.restored(due, case.dossier)
    assert found.target_at == due


def test_without_a_limit_there_are_no_due_dates() -> None:
    case = Case(terms("none"))
    assert case.reckoning == Reckoning(due_original=None, due_at=None, under=1)
    case.take("suspended", "4 9:00")
    case.take("resumed", "5 9:00")
    assert refusal(case, "calendar_changed", "6 9:00").message == "nothing_recounted"
    assert case.reckoning == Reckoning(due_original=None, due_at=None, under=1)
    assert case.reckoning.target_at is None


def test_a_stop_moves_nothing_before_it_ends() -> None:
    case = Case(terms(clock=PAUSES))
    before = case.reckoning
    case.take("suspended", "6 9:00")
    assert case.reckoning is before
    case.take("resumed", "13 9:00")
    assert dates(case) == ("18 0:00", "25 0:00", None, 1)


def test_due_original_is_kept_through_everything_that_moves_the_due_date() -> None:
    case = Case(terms())
    case.take("suspended", "4 9:00")
    case.take("resumed", "5 9:00")
    assert dates(case) == ("18 0:00", "19 0:00", None, 1)
    case.take("supplement_requested", "6 9:00")
    case.take("supplemented", "10 9:00")
    assert dates(case) == ("18 0:00", "25 0:00", None, 2)
    case.take("reappointed", "11 9:00", appointed_on="2019-06-26")
    assert dates(case) == ("18 0:00", "25 0:00", "27 0:00", 3)
    case.terms = terms(calendar=CLOSED_ON_12TH, version=2)
    case.take("calendar_changed", "11 10:00")
    assert dates(case) == ("18 0:00", "26 0:00", "27 0:00", 3)


def test_a_re_appointment_moves_the_date_people_work_towards_and_not_the_law() -> None:
    case = Case(terms())
    case.take("reappointed", "11 9:00", appointed_on="2019-06-20")
    assert dates(case) == ("18 0:00", "18 0:00", "21 0:00", 1)
    assert case.reckoning.target_at == at("21 0:00")


def test_a_restart_after_a_re_appointment_takes_the_later_of_both() -> None:
    for papers, expected, target in (
        ("5 9:00", ("18 0:00", "20 0:00", "21 0:00", 1), "21 0:00"),
        ("6 9:00", ("18 0:00", "21 0:00", None, 1), "21 0:00"),
        ("13 9:00", ("18 0:00", "28 0:00", None, 2), "28 0:00"),
    ):
        case = Case(terms())
        case.take("reappointed", "4 9:00", appointed_on="2019-06-20")
        case.take("supplement_requested", "4 10:00")
        case.take("supplemented", papers)
        assert dates(case) == expected
        assert told(case.reckoning.target_at) == target


def test_an_epoch_begins_only_where_a_date_people_work_towards_has_moved() -> None:
    case = Case(terms())
    quiet: list[tuple[EventKind, dict[str, Any]]] = [
        ("officer_changed", {"officer": "b"}),
        ("promise_changed", {"promised_at": "2019-06-17T00:00:00+07:00/day"}),
        ("consultation_requested", {"agency": "tax"}),
        ("consultation_answered", {"agency": "tax"}),
        ("handed_over", {"unit": "chair"}),
        ("calendar_changed", {}),  # nothing changed for this dossier
        ("acknowledged", {"rung": "t+3", "level": "4", "epoch": "0", "by": "a", "way": "link"}),
        ("suspended", {}),
    ]
    for kind, data in quiet:
        case.take(kind, "5 9:00", **data)
        assert case.reckoning.epoch == 0
    case.take("resumed", "5 16:00")  # the same day: no day was lost
    assert dates(case) == ("18 0:00", "18 0:00", None, 0)
    assert case.dossier.pauses == ((at("5 9:00"), at("5 16:00")),)


def test_a_step_counted_anew_begins_an_epoch_too() -> None:
    # The unit of the step works on Saturday the 8th, the dossier's own calendar does not know it.
    found = terms(steps=STEPS, unit_calendars={"land": CALENDAR})
    case = Case(found, "5 8:00")
    assert told(case.reckoning.step_due_at) == "11 0:00"
    case.terms = replace(found, unit_calendars={"land": SATURDAY_8TH}, version=2)
    case.take("calendar_changed", "5 9:00")
    assert (told(case.reckoning.step_due_at), case.reckoning.epoch) == ("9 0:00", 1)
    assert dates(case)[:2] == ("20 0:00", "20 0:00")


def test_a_hand_over_gives_the_new_step_its_due_date_in_the_same_epoch() -> None:
    case = Case(terms(steps=STEPS))
    assert told(case.reckoning.step_due_at) == "7 0:00"
    case.take("handed_over", "5 9:00", unit="chair")
    assert (told(case.reckoning.step_due_at), case.reckoning.epoch) == ("8 0:00", 0)
    case.take("handed_over", "6 9:00", unit="elsewhere")
    assert (case.reckoning.step_due_at, case.reckoning.epoch) == (None, 0)


@pytest.mark.parametrize(
    ("changed", "due", "epoch"),
    [(terms(version=2), "18 0:00", 0), (terms(calendar=CLOSED_ON_6TH, version=2), "19 0:00", 1),
     (terms(calendar=SATURDAY_8TH, version=2), "15 0:00", 1)],
    ids=["the same", "a day off", "a make-up Saturday"],
)  # fmt: skip
def test_a_changed_calendar_counts_open_dossiers_anew(changed: Terms, due: str, epoch: int) -> None:
    case = Case(terms())
    case.terms = changed
    assert case.reckoning.under == 1  # a calendar changed since moves nothing by itself
    case.take("calendar_changed", "5 9:00", reason="lịch 2")
    assert dates(case) == ("18 0:00", due, None, epoch)
    assert case.reckoning.under == 2


def test_a_calendar_changed_after_a_re_appointment_may_overtake_it() -> None:
    case = Case(terms())
    case.take("reappointed", "5 9:00", appointed_on="2019-06-18")
    assert dates(case) == ("18 0:00", "18 0:00", "19 0:00", 1)
    off = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-06", "2019-06-07"))
    case.terms = terms(calendar=off, version=2)
    case.take("calendar_changed", "5 10:00")
    assert dates(case) == ("18 0:00", "20 0:00", None, 2)


def test_what_is_closed_is_counted_no_more() -> None:
    case = Case(terms())
    case.take("finished", "5 9:00")
    before = case.reckoning
    case.terms = terms(calendar=CLOSED_ON_6TH, version=2)
    case.take("returned", "7 9:00")
    case.take("officer_changed", "7 9:00", officer="b")
    assert case.reckoning is before


def test_a_due_date_beyond_the_published_days_off_is_provisional_until_they_are_published() -> None:
    begin, end = at("2019-01-01T00:00").date(), at("2019-06-16T09:00").date()
    short = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", known_from=begin, known_until=end)
    case = Case(terms(calendar=short))
    assert case.reckoning.provisional
    case.terms = terms(version=2)
    case.take("calendar_changed", "5 9:00")
    assert not case.reckoning.provisional
    case.terms = terms(calendar=short, version=3)
    case.take("calendar_changed", "5 9:00")
    assert case.reckoning.provisional
    assert not Case(terms("none", calendar=short)).reckoning.provisional


@pytest.mark.parametrize(
    ("kind", "concerns"),
    [("calendar_changed", True), ("officer_changed", False), ("suspended", False), ("handed_over", False)],
)
def test_an_event_concerns_the_count_where_start_pauses_or_calendar_change(
    kind: EventKind, *, concerns: bool
) -> None:
    was = Case(terms()).dossier
    event = Event(kind=kind, occurred_at=at("5 9:00"), data={"officer": "b", "unit": "civil"})
    assert concerns_count(was, apply(was, event), event) is concerns


def test_replaying_under_the_same_configurations_gives_the_same_dates() -> None:
    case = Case(terms(steps=STEPS))
    case.take("suspended", "4 9:00")
    case.terms = replace(terms(calendar=CLOSED_ON_6TH, steps=STEPS), version=2)
    case.take("resumed", "7 9:00")
    case.take("handed_over", "7 10:00", unit="chair")
    case.take("reappointed", "10 9:00", appointed_on="2019-06-26")
    found: Reckoning | None = None
    dossier: Dossier | None = None
    for event, recorded_under in case.history:
        was, dossier = dossier, apply(dossier, event, code="HS-1")
        found = reckon(found, was, dossier, event, recorded_under)
    assert (found, dossier) == (case.reckoning, case.dossier)

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from domain.consultation import late, unanswered
from domain.event import Event
from domain.history import apply
from tests.cases import Case, at, terms

if TYPE_CHECKING:
    from domain.event import EventKind

ASKED = datetime(2019, 6, 3, 1, tzinfo=UTC)


def event(kind: EventKind, agency: str, **data: str) -> Event:
    return Event(kind=kind, occurred_at=ASKED, data={"agency": agency, **data})


def test_a_question_waits_until_its_agency_has_answered() -> None:
    asked = [
        event("consultation_requested", "Sở Xây dựng", reply_by="2019-06-07", document="12/TNMT"),
        event("consultation_requested", "Chi cục Thuế"),
    ]
    first, second = unanswered([*asked, event("handed_over", "", unit="tnmt")])
    assert first == ("Sở Xây dựng", ASKED, date(2019, 6, 7), "12/TNMT")
    assert (second.agency, second.reply_by, second.document) == ("Chi cục Thuế", None, "")
    answered = [*asked, event("consultation_answered", "Sở Xây dựng")]
    assert [waiting.agency for waiting in unanswered(answered)] == ["Chi cục Thuế"]


def test_an_agency_asked_again_after_its_answer_waits_by_the_new_day() -> None:
    course = [
        event("consultation_requested", "Sở Xây dựng", reply_by="2019-06-07"),
        event("consultation_answered", "Sở Xây dựng"),
        event("consultation_requested", "Sở Xây dựng", reply_by="2019-06-20"),
    ]
    assert [waiting.reply_by for waiting in unanswered(course)] == [date(2019, 6, 20)]


def test_an_answer_is_late_only_from_the_day_after_its_last_one() -> None:
    waiting = unanswered([event("consultation_requested", "Sở Xây dựng", reply_by="2019-06-07")])
    assert late(waiting, today=date(2019, 6, 7)) == ()
    assert late(waiting, today=date(2019, 6, 8)) == waiting


def test_a_question_without_a_last_day_is_never_late() -> None:
    waiting = unanswered([event("consultation_requested", "Sở Xây dựng")])
    assert late(waiting, today=date(2029, 1, 1)) == ()


def test_the_longest_overdue_is_named_first() -> None:
    waiting = unanswered(
        [
            event("consultation_requested", "B", reply_by="2019-06-10"),
            event("consultation_requested", "C", reply_by="2019-06-05"),
            event("consultation_requested", "A", reply_by="2019-06-10"),
        ]
    )
    assert [one.agency for one in late(waiting, today=date(2019, 6, 20))] == ["C", "A", "B"]


def test_a_consultation_that_says_nothing_of_the_clock_stops_nothing() -> None:
    # As it stands in a history from before the effect was kept; Decree 61/2018 art. 19.5.
    asked = Event(kind="consultation_requested", occurred_at=at("5 9:00"), data={"agency": "tax"})
    dossier = apply(Case(terms()).dossier, asked)
    assert (dossier.consulting, dossier.stopped_by) == (("tax",), None)

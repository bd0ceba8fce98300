"""A dossier that closes takes with it what nobody has been told yet, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.event import Event
from domain.history import apply
from tests.builders import LEASE, OFFICE, local, row
from workers.store.fates import Fate
from workers.use_cases.envelope import own_name
from workers.use_cases.office import active_office
from workers.use_cases.recording import Recorder, record

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.store.unit_of_work import UnitOfWork

AT = local("13/06/2019 08:00")


@pytest.fixture
def waiting(office: OfficeAtWork) -> OfficeAtWork:
    """An office with one notice that has been claimed by the ladder and not sent."""
    office.take_in(row())
    assert len(office.act(now="13/06/2019 08:00").deliver_now) == 1
    return office


def bring_to(state: str, office: OfficeAtWork) -> None:
    """Let a sender bring the notice as far as a state."""
    (notice,) = office.notices()
    with office.store.begin(OFFICE) as work:
        if state != "planned":
            work.outbox.claim({own_name(notice): [notice]}, until=AT + LEASE)
        if state in ("failed", "dead", "sent"):
            more = {"state": state, "reason": "thử", "message_id": "<1@a>", "again_at": AT}
            fate = Fate(id=notice.id, attempts=1, letter=own_name(notice), at=AT, **more)  # type: ignore[arg-type]
            work.fates.settle([fate])
        work.commit()
    assert office.notices()[0].state == state


@pytest.mark.parametrize("kind", ["finished", "refused", "withdrawn"])
@pytest.mark.parametrize("state", ["planned", "claimed", "failed"])
def test_however_a_dossier_closes_what_waits_is_cancelled(
    waiting: OfficeAtWork, state: str, kind: str
) -> None:
    bring_to(state, waiting)
    assert waiting.event(kind, at="13/06/2019 09:00", reason="thử", document="1/TB") is None
    assert [notice.state for notice in waiting.notices()] == ["cancelled"]


@pytest.mark.parametrize("status", ["Đã xử lý xong", "Đã rút", "Từ chối"])
def test_a_list_that_says_so_cancels_too(waiting: OfficeAtWork, status: str) -> None:
    waiting.take_in(row(status=status, finished="13/06/2019 08:30"), now="13/06/2019 09:00")
    assert [notice.state for notice in waiting.notices()] == ["cancelled"]


def test_what_is_held_for_a_dossier_that_stands_still_is_cancelled_when_it_closes(
    waiting: OfficeAtWork,
) -> None:
    assert waiting.event("suspended", at="13/06/2019 08:30", now="13/06/2019 09:00") is None
    assert [notice.state for notice in waiting.notices()] == ["held"]
    assert waiting.event("withdrawn", at="13/06/2019 10:00", now="13/06/2019 11:00") is None
    assert [notice.state for notice in waiting.notices()] == ["cancelled"]


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_what_was_sent_or_given_up_stays_on_record(waiting: OfficeAtWork, state: str) -> None:
    bring_to(state, waiting)
    assert waiting.event("finished", at="13/06/2019 09:00", document="1/TB") is None
    assert [notice.state for notice in waiting.notices()] == [state]


def test_closing_and_cancelling_are_one_transaction(waiting: OfficeAtWork) -> None:
    with waiting.store.begin(OFFICE) as work:
        _close(work)
        assert [notice.state for notice in work.notices.of_dossier("HS-1")] == ["cancelled"]
        assert not work.dossiers.load(["HS-1"])["HS-1"].dossier.is_open
    # Nobody said commit: neither has happened.
    assert [notice.state for notice in waiting.notices()] == ["planned"]
    assert waiting.stored().dossier.is_open


def _close(work: UnitOfWork) -> None:
    stored, clock = work.dossiers.load(["HS-1"])["HS-1"], work.clocks.load(["HS-1"])["HS-1"]
    event = Event(kind="finished", occurred_at=AT, data={"document": "1/TB"})
    course = [(event, apply(stored.dossier, event, code="HS-1"))]
    recorder = Recorder(office=active_office(work), actor="test", now=AT)
    record([recorder.prepare(course, before=stored, clock=clock)], work)

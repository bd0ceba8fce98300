"""A dossier closes or stops while its notices are passed on or sent again: nobody is told of what is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest

from domain.event import Event
from domain.history import apply
from tests.builders import LEASE, OFFICE, OfficeAtWork, local, row
from tests.mail_desk import MailDesk
from tests.office_texts import PEOPLE_FILE
from workers.notify.channel import PermanentDeliveryError
from workers.store.fates import Fate
from workers.store.unit_of_work import Store
from workers.use_cases.office import active_office
from workers.use_cases.passing_on import pass_on
from workers.use_cases.recording import Recorder, record
from workers.use_cases.resend import resend
from workers.use_cases.settling import Delivered, Settling

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from domain.errors import DomainError
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork

WAIT = 0.5
AWAY = '\n[[absences]]\nperson = "land.1"\nfrom = 2019-06-14\nto = 2019-06-14\nsubstitute = "civil.1"\n'
MORNING = "14/06/2019 07:00"
ENDS = pytest.mark.parametrize(("kind", "state"), [("finished", "cancelled"), ("suspended", "held")])


def waiting(office: OfficeAtWork) -> MailDesk:
    """Let HS-1 wait for the morning of somebody who will be away then."""
    people = PEOPLE_FILE.replace("at_once", "next_morning", 1)  # land.1
    office.take_in(row())
    office.configure(now="05/06/2019 08:00", **{"people.toml": people})
    office.act(now="13/06/2019 08:00")
    office.configure(now="13/06/2019 16:00", **{"people.toml": people + AWAY})
    return MailDesk(office)


@ENDS
def test_what_is_passed_on_while_the_dossier_ends_is_told_to_nobody(
    office: OfficeAtWork, kind: str, state: str
) -> None:
    desk, now = waiting(office), local(MORNING)
    with ThreadPoolExecutor(1) as threads:
        with office.store.begin(OFFICE) as work:
            found = work.pools.waiting([office.notices()[0].id], now=now, near=now).found
            assert pass_on(found, work, active_office(work), now=now, gather=LEASE) == []
            ending = threads.submit(_end, office, kind)
            sleep(WAIT)  # by now it waits for what is passed on
            work.commit()
        assert ending.result() is None
    desk.tick("14/06/2019 09:00")
    assert desk.sent == []
    assert ("t-2", "civil.1", state) in office.told()


def test_what_somebody_has_in_hand_is_passed_on_later(postgresql_url: str, tmp_path: Path) -> None:
    # SQLite has one writer: there nobody else has anything in hand.
    store = Store(postgresql_url)
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    desk = waiting(office)
    with store.begin(OFFICE) as work:
        work.clocks.load(["HS-1"], lock=True)
        assert desk.tick(MORNING).sent == 0
    assert office.told() == [("t-2", "land.1", "planned")]
    desk.tick("14/06/2019 07:01")
    desk.tick("14/06/2019 07:02")
    assert [letter.to for letter in desk.sent] == ["civil.1@example.invalid"]
    store.dispose()


@pytest.mark.parametrize(
    ("kind", "data"),
    [("finished", {}), ("reappointed", {"appointed_on": "2019-06-20"})],
    ids=["closed", "moved"],
)
def test_a_notice_that_outlived_its_due_date_all_the_same_is_told_to_nobody(
    office: OfficeAtWork, kind: str, data: dict[str, str]
) -> None:
    desk = MailDesk(office)
    office.take_in(row())
    office.act(now="13/06/2019 08:00")
    (notice,) = office.notices()
    assert office.event(kind, at="13/06/2019 09:00", now="13/06/2019 09:00", **data) is None
    with office.store.begin(OFFICE) as work:
        work.notices.claim_rungs([replace(notice, recipient="land.2")])
        work.commit()
    assert desk.tick("13/06/2019 09:10").cancelled == 1
    assert desk.to("land.2") == []


def test_what_is_given_back_waits_for_nobody_who_closes_a_dossier(
    postgresql_url: str, tmp_path: Path
) -> None:
    # With others in hand it would wait in a circle: whoever closes takes all notices of a dossier.
    store = Store(postgresql_url)
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    office.take_in(row("A"), row("B"))
    ids = office.act("A", "B", now="13/06/2019 08:00").deliver_now
    with ThreadPoolExecutor(1) as threads, store.begin(OFFICE) as closing:
        closing.notices.cancel_pending(["A"])
        threads.submit(_give_back, store, ids).result(timeout=10)
    assert [office.notices(code)[0].handed_until is None for code in ("A", "B")] == [False, True]
    store.dispose()


def test_a_letter_is_settled_while_a_list_closes_what_it_went_without(
    postgresql_url: str, tmp_path: Path
) -> None:
    store = Store(postgresql_url)
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    office.take_in(row("A"), row("B"))
    ids, now = office.act("A", "B", now="13/06/2019 08:00").deliver_now, local("13/06/2019 08:01")
    with store.begin(OFFICE) as work:
        notices = work.pools.waiting(ids, now=now, near=now).found
        (letter,) = work.outbox.claim({"d1.1": notices}, until=now).values()
        work.notices.hold_pending(["B"])
        work.commit()
    with ThreadPoolExecutor(1) as threads:
        with store.begin(OFFICE) as closing:
            closing.notices.cancel_pending(["B"])
            settled = threads.submit(_settle, store, letter[0], now)
            sleep(WAIT)  # by now it waits for B, and must not have A in hand
            closing.notices.cancel_pending(["A"])
            closing.commit()
        assert settled.result() == 1
    assert [office.notices(code)[0].state for code in ("A", "B")] == ["sent", "cancelled"]
    store.dispose()


def _settle(store: Store, notice: Notice, now: datetime) -> int:
    result = Delivered()
    with Settling(store, OFFICE, result, clock=lambda: now) as settling:
        settling.add(
            [Fate(id=notice.id, state="sent", attempts=2, letter="d1.1", at=now, shared=True, way="mail")]
        )
    return result.sent


def _give_back(store: Store, ids: list[int]) -> None:
    with store.begin(OFFICE) as work:
        work.outbox.give_back(ids)
        work.commit()


class _Refusing(MailDesk):
    """A mail server that knows nobody until it is told to."""

    knows = False

    def send(self, letter: Letter) -> None:
        if not self.knows:
            raise PermanentDeliveryError("recipient", "550 no such mailbox")
        super().send(letter)


@ENDS
def test_what_is_sent_again_while_the_dossier_ends_is_told_to_nobody(
    office: OfficeAtWork, kind: str, state: str
) -> None:
    office.take_in(row())
    office.act(now="13/06/2019 08:00")
    desk = _Refusing(office)
    assert desk.tick("13/06/2019 08:02").dead == 1
    with ThreadPoolExecutor(1) as threads:
        with office.store.begin(OFFICE) as work:
            _record(work, kind)
            again = threads.submit(resend, office.store, OFFICE, None, actor="test", now=local(MORNING))
            sleep(WAIT)  # by now it waits for the dossier
            work.commit()
        assert [one.outcome for one in again.result()] == [state]
    desk.knows = True
    desk.tick(MORNING)
    assert (desk.sent, office.told()) == ([], [("t-2", "land.1", state)])


def _end(office: OfficeAtWork, kind: str) -> DomainError | None:
    return office.event(kind, at="13/06/2019 15:00", now=MORNING)


def _record(work: UnitOfWork, kind: Any) -> None:
    """Record in this transaction that HS-1 has closed or stands still."""
    known = work.dossiers.load(["HS-1"], lock=True)["HS-1"]
    clock = work.clocks.load(["HS-1"], lock=True)["HS-1"]
    event = Event(kind=kind, occurred_at=local("13/06/2019 15:00"))
    recorder = Recorder(office=active_office(work), actor="test", now=local(MORNING))
    record([recorder.prepare([(event, apply(known.dossier, event))], before=known, clock=clock)], work)

"""Faults of what surrounds the office: its database, its mail server, a dossier, a queue."""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.builders import OFFICE
from tests.functional.faults.damage import locked, somebody_waits, spoiled
from tests.functional.faults.flood import ACT, DELIVER, flood, waiting
from tests.functional.faults.post import Step
from tests.functional.faults.running import CLAIMS_END, IS_LONG, LEASE, address_of, told_of
from workers.runtime.processes import wait_until
from workers.use_cases.act import act_on_batch
from workers.use_cases.resend import resend
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from tests.functional.faults.running import RunningOffice

pytestmark = pytest.mark.timeout(7_500 if IS_LONG else 180)

on_postgresql = pytest.mark.parametrize("house", ["production"], indirect=True)
# The first sends everybody away, as an update of the server does; the second is a crash.
stops = pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "crashed"])
STEP: Final = timedelta(minutes=20)
DUE: Final = 10_000 if IS_LONG else 400
OPEN: Final = 10_000
NEXT_WEEKS: Final = "10/06/2019 08:00"
DUPLICATES: Final = 100_000 if IS_LONG else 300
DRAINED: Final = 7_200 if IS_LONG else 90


@on_postgresql
@stops
def test_a_restart_during_a_sweep_undoes_it_and_the_next_finds_everything(
    office: RunningOffice, stop: signal.Signals
) -> None:
    server = office.postgresql
    with office.at_rest() as beat:
        office.take_in(6)
        with locked(server, "heartbeats"):  # a sweep writes it last
            beat.resume()
            assert wait_until(lambda: somebody_waits(server), 10)
            server.stop(stop)
        server.start()
    office.clock.advance(LEASE)
    office.all_told()


@on_postgresql
@stops
def test_a_restart_during_delivery_repeats_at_most_what_was_not_marked(
    office: RunningOffice, stop: signal.Signals
) -> None:
    stopped = office.post.at(Step("DATA", lambda: office.postgresql.stop(stop), letter=4))
    office.take_in(8)
    assert stopped.wait(20)
    office.postgresql.start()
    office.note_hits()
    office.clock.advance(CLAIMS_END)
    office.all_told()


def test_an_hour_without_a_mail_server_delays_every_letter_and_loses_none(office: RunningOffice) -> None:
    office.post.close()
    codes = office.take_in(3)
    for tried in (1, 2, 3):
        office.waits_for(codes, "failed", tried)
        office.clock.advance(STEP)
    office.waits_for(codes, "failed", 4)
    office.post.open()
    office.clock.advance(STEP)
    office.all_told()
    assert office.tried(codes) == {("sent", 5)}


def test_one_refused_recipient_delays_nobody_else_and_is_told_when_somebody_says_so(
    office: RunningOffice,
) -> None:
    codes = office.codes_to_come(5)
    office.post.refuse[address_of(codes[2])] = "550 5.1.1 no such mailbox"
    assert office.take_in(5) == codes
    assert wait_until(lambda: office.states(codes) == {"sent", "dead"}, 30), office.why()
    (dead,) = (one for one in office.about(codes) if one.state == "dead")
    assert (dead.code, dead.attempts) == (codes[2], 1)
    assert "no such mailbox" in (dead.last_error or "")
    office.post.be_well()
    resend(office.store, OFFICE, [dead.id], actor="ops", now=office.clock.now())
    office.all_told()


def test_a_server_that_hangs_up_gets_each_letter_once_more_only_if_it_did_not_answer(
    office: RunningOffice,
) -> None:
    codes = office.codes_to_come(6)
    office.post.drop |= {address_of(codes[1])}
    office.post.drop_after |= {address_of(codes[3])}
    assert office.take_in(6) == codes
    assert wait_until(lambda: office.states(codes) == {"sent", "failed"}, 30), office.why()
    office.clock.advance(timedelta(minutes=1))
    office.all_told()
    assert {one.code: one.attempts for one in office.about(codes) if one.attempts > 1} == {codes[1]: 2}


def test_a_server_that_answers_slowly_keeps_nobody_waiting_for_ever(office: RunningOffice) -> None:
    codes = office.codes_to_come(6)
    office.post.slow |= {address_of(code): 0.4 for code in codes}
    office.post.slow[address_of(codes[0])] = 3.0  # longer than we wait for an answer
    assert office.take_in(6) == codes
    assert wait_until(lambda: office.states(codes) == {"sent", "failed"}, 30), office.why()
    hit = office.note_hits()
    assert {one.code for one in office.about(codes) if one.state == "failed"} == {codes[0]}
    office.post.be_well()
    office.clock.advance(timedelta(minutes=1))
    office.all_told()
    assert {one.message_id for one in office.about(codes[:1])} == hit


def test_one_poisonous_dossier_among_ten_thousand_harms_no_other(office: RunningOffice) -> None:
    with office.at_rest() as beat:
        office.take_in(OPEN - DUE, accepted=NEXT_WEEKS, told=False)
        poisonous = office.take_in(DUE)[DUE // 2]
        with spoiled(office, poisonous):
            office.should -= {told_of(poisonous)}
            beat.resume()
            office.all_told(300 if IS_LONG else 60)
            office.should |= {told_of(poisonous)}
    office.clock.advance(LEASE)
    office.all_told()


def test_a_queue_full_of_duplicates_tells_nobody_twice(office: RunningOffice) -> None:
    with office.at_rest():
        to_act, to_deliver = office.take_in(5), office.take_in(5)
        now = office.clock.now()
        act_on_batch(office.store, OFFICE, to_deliver, now=now, lease=LEASE)
        assert set(sweep_dossiers(office.store, OFFICE, now=now, lease=LEASE)) >= set(to_act)
        ids = [notice.id for notice in office.about(to_deliver)]
        flood(office, ACT, [to_act, (now + LEASE).isoformat()], DUPLICATES // 10)
        flood(office, DELIVER, [ids], DUPLICATES - DUPLICATES // 10)
    office.take_in(3)
    assert wait_until(lambda: waiting(office) == 0, DRAINED), waiting(office)
    office.all_told()

"""Faults of what the office itself runs: workers and beat killed, the broker lost, the clock moved."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.builders import OFFICE
from tests.functional.faults.damage import nobody_writes
from tests.functional.faults.post import Step
from tests.functional.faults.running import CLAIMS_END, IS_LONG, LEASE
from workers.runtime.processes import wait_until
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from tests.functional.faults.running import RunningOffice

pytestmark = pytest.mark.timeout(300)

AWAY: Final = 30.0 if IS_LONG else 2.0
FROZEN: Final = 75.0 if IS_LONG else 3.0
"""Longer than the seconds after which our side gives a silent connection up, if there is time for it."""
GIVEN_UP: Final = 25.0
DAY: Final = timedelta(days=1)
TOMORROWS: Final = "04/06/2019 08:00"
"""Accepted then, a dossier is told of for the first time on 14 June, the day after the office's today."""


def test_a_worker_killed_before_it_could_claim_costs_nothing(office: RunningOffice) -> None:
    with office.at_rest() as beat:
        out, codes = office.broker.messages_out(), office.take_in(6)
        with nobody_writes(office):
            beat.resume()
            assert wait_until(lambda: office.broker.messages_out() > out, 10)
            office.kill_worker()
    assert office.states(codes) == {"none"}
    office.clock.advance(LEASE)
    office.all_told()


def test_a_worker_process_killed_between_claim_and_send_leaves_its_letters_to_others(
    office: RunningOffice,
) -> None:
    killed = office.post.at(Step("MAIL", office.kill_senders))
    codes = office.take_in(6)
    assert killed.wait(20)
    assert office.states(codes) == {"claimed"}
    office.clock.advance(CLAIMS_END)
    office.all_told()
    assert {one.attempts for one in office.about(codes)} == {2}


def test_a_worker_killed_between_send_and_mark_sends_again_under_the_same_name(
    office: RunningOffice,
) -> None:
    killed = office.post.at(Step("DATA", office.stop_worker), Step("250", office.kill_worker))
    (code,) = office.take_in(1)
    assert killed.wait(20)
    (hit,) = office.note_hits()
    office.let_claims_end()
    office.all_told()
    assert hit in office.twice()
    assert [one.message_id for one in office.about([code])] == [hit]


def test_a_worker_killed_during_a_batch_repeats_at_most_what_it_had_not_marked(
    office: RunningOffice,
) -> None:
    killed = office.post.at(Step("DATA", office.kill_worker, letter=7))
    office.take_in(20)
    assert killed.wait(20)
    office.note_hits()
    office.let_claims_end()
    office.all_told()


def test_a_killed_beat_comes_back_and_ticks(office: RunningOffice) -> None:
    beat = office.part("beat")
    beat.kill()
    office.take_in(2)
    office.all_told()
    assert office.part("beat") != beat
    office.consumes_again("beat killed")


def test_a_broker_killed_in_the_middle_of_a_batch_loses_nothing(office: RunningOffice) -> None:
    office.take_in_slowly(8)
    assert office.post.at(Step("DATA", lambda: None, letter=3)).wait(20)
    with office.broker.away():
        office.take_in(4)
        time.sleep(AWAY)
    office.consumes_again(f"broker killed for {AWAY:.0f} s")
    office.note_hits()
    office.clock.advance(CLAIMS_END)
    office.all_told()


def test_a_broker_that_comes_back_empty_costs_no_notice(office: RunningOffice) -> None:
    with office.broker.away(forgetting=True):
        codes = office.take_in(4)
        # A sweep had handed them out; its message was in the broker.
        lost = sweep_dossiers(office.store, OFFICE, now=office.clock.now(), lease=timedelta(minutes=2))
        assert set(codes) <= set(lost)
    office.consumes_again("broker empty")
    office.take_in(2)
    office.clock.advance(LEASE)
    office.all_told()


def test_a_frozen_broker_with_connections_that_hang_is_outlived(office: RunningOffice) -> None:
    with office.broker.frozen():
        office.take_in(4)
        time.sleep(FROZEN)
    office.consumes_again(f"broker frozen for {FROZEN:.0f} s")
    office.note_hits()
    office.clock.advance(CLAIMS_END)
    office.all_told()


@pytest.mark.parametrize("house", ["production"], indirect=True)
def test_connections_that_swallow_everything_and_never_close_are_given_up(office: RunningOffice) -> None:
    assert office.line is not None
    office.kill_senders()  # their successors are forked from a worker that has its connections already
    office.consumes_again("senders killed")
    office.line.hang()
    office.take_in(4)
    office.consumes_again("connections half open")
    # What is given up last is given up half a minute after the first; from then on all is as ever.
    time.sleep(GIVEN_UP)
    office.consumes_again("all connections given up")
    office.note_hits()
    office.clock.advance(CLAIMS_END)
    office.all_told()


def test_a_clock_a_day_ahead_and_back_tells_nobody_twice_and_nobody_never(office: RunningOffice) -> None:
    today, tomorrow = office.take_in(3), office.take_in(3, accepted=TOMORROWS)
    assert wait_until(lambda: office.states(today) == {"sent"}, 20)
    assert office.about(tomorrow) == []
    office.clock.advance(DAY)
    office.all_told()
    office.clock.advance(-DAY)
    office.take_in(3)
    office.all_told()
    office.consumes_again("a day back")


def test_what_waited_when_the_clock_went_back_is_told_when_the_day_has_come(office: RunningOffice) -> None:
    office.post.close()
    office.clock.advance(DAY)
    codes = office.take_in(3)
    assert wait_until(lambda: office.states(codes) == {"failed"}, 20)
    office.clock.advance(-DAY)
    office.post.open()
    others = office.take_in(2)
    assert wait_until(lambda: office.states(others) == {"sent"}, 30), office.why()
    assert office.states(codes) == {"failed"}
    office.clock.advance(DAY + timedelta(minutes=2))
    office.all_told()

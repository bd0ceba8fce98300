"""What `doctor` makes of what it sees: pure judgement, from a value and a moment."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from config.sla import load_sla
from workers.cli.judge_proof import judge_anchors, judge_proof, judge_verified
from workers.cli.judge_queues import judge_queues
from workers.cli.judge_runs import judge_runs
from workers.queues import QUEUES
from workers.runtime.broker_look import BrokerLook
from workers.schedule import Patience
from workers.use_cases.machinery import ON_DEMAND, SWEEPS, Beat, Machinery, Probe, Ran
from workers.use_cases.proof_record import Proof, ProofRecord
from workers.use_cases.signs import Run
from workers.use_cases.verify_record import Verified, VerifyRecord

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar
    from workers.cli.findings import Finding

NOW = datetime(2019, 6, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FRESH, OLD = NOW - timedelta(seconds=10), NOW - timedelta(minutes=9)
PATIENCE = Patience(ticks=3 * MINUTE, probes=3 * MINUTE, due=6 * MINUTE)
READ = BrokerLook(workers=("worker@a",), waiting=dict.fromkeys(QUEUES, 0))
UNREAD = BrokerLook(workers=(), waiting=dict.fromkeys(QUEUES, 7))


def beat(name: str = "a:1", *, since: datetime = NOW - 60 * MINUTE, ticked: datetime = FRESH) -> Beat:
    return Beat(name=name, since=since, ticked_at=ticked)


def probes(at: datetime = FRESH, **changes: Probe) -> dict[str, Probe]:
    sent = at - timedelta(seconds=0.25)
    return {queue: Probe(at=at, sent_at=sent, host="a") for queue in QUEUES} | changes


def machinery(**changes: Any) -> Machinery:
    told: dict[str, Any] = {
        "last_tick": FRESH,
        "beats": (beat(),),
        "probes": probes(),
        "runs": {name: Ran(at=FRESH, run=Run()) for name in SWEEPS},
    }
    return Machinery(**{**told, **changes})


def found(broker: BrokerLook | None = READ, **changes: Any) -> dict[str, Finding]:
    seen = machinery(**changes)
    judged = [*judge_queues(seen, PATIENCE, broker, now=NOW), *judge_runs(seen, PATIENCE, now=NOW)]
    assert len({one.check for one in judged}) == len(judged)
    return {one.check: one for one in judged}


def levels(broker: BrokerLook | None = READ, **changes: Any) -> dict[str, str]:
    """Return the level of everything that is not fine."""
    return {name: one.level for name, one in found(broker, **changes).items() if one.level != "ok"}


def test_a_machinery_that_works_has_no_fault_with_or_without_a_look_at_the_broker() -> None:
    assert levels() == levels(None) == {}
    assert "đi về 0,25 giây, 10 giây trước" in found()["queue:sweeps"].text
    assert "a:1" in found()["beat"].text


def test_a_queue_nobody_reads_is_named_though_the_others_answer() -> None:
    silent = probes(notices=Probe(at=OLD, sent_at=OLD, host="a"))
    waits = BrokerLook(workers=("worker@a",), waiting={"notices": 3})
    assert levels(waits, probes=silent) == {"queue:notices": "trouble"}
    said = found(waits, probes=silent)["queue:notices"]
    assert "3 việc đang chờ" in said.text
    assert said.advice == "worker@a sống nhưng không đọc: hãy chạy lại, có -Q notices."
    assert levels(READ, probes=silent) == levels(None, probes=silent) == {"queue:notices": "trouble"}


def test_without_a_worker_every_queue_is_silent_and_nothing_is_said_of_beat() -> None:
    told = levels(UNREAD, last_tick=OLD, beats=(beat(ticked=OLD),), probes=probes(OLD))
    assert told == {"beat": "unknown", **dict.fromkeys((f"queue:{queue}" for queue in QUEUES), "trouble")}
    assert "worker" in found(UNREAD, last_tick=OLD, probes=probes(OLD))["queue:intake"].advice


def test_without_beat_nothing_is_said_of_queues_in_which_nothing_waits() -> None:
    told = levels(READ, last_tick=OLD, beats=(beat(ticked=OLD),), probes=probes(OLD))
    assert told == {"beat": "trouble", **dict.fromkeys((f"queue:{queue}" for queue in QUEUES), "unknown")}
    assert "beat.log" in found(READ, last_tick=OLD, probes=probes(OLD))["beat"].advice


def test_where_nothing_ever_ran_it_is_said_what_to_start() -> None:
    never = found(None, last_tick=None, beats=(), probes={}, runs={})
    assert never["beat"].level == "trouble"
    assert "dunghan up" in never["beat"].advice
    assert {never[f"run:{name}"].level for name in SWEEPS} == {"trouble"}
    assert {never[f"run:{name}"].level for name in ON_DEMAND} == {"ok"}


@pytest.mark.parametrize(("minutes", "level"), [(2, "unknown"), (4, "trouble")])
def test_a_beat_that_has_just_begun_is_given_time_for_its_first_probe(minutes: int, level: str) -> None:
    young = (beat(since=NOW - minutes * MINUTE),)
    assert levels(probes={}, beats=young) == dict.fromkeys((f"queue:{queue}" for queue in QUEUES), level)


def test_two_beats_at_once_are_both_named_and_are_no_trouble() -> None:
    both = (beat("b:2"), beat("a:1", since=NOW - 5 * MINUTE))
    assert levels(beats=both) == {"beat": "warning"}
    assert "2 beat cùng chạy: a:1, b:2" in found(beats=both)["beat"].text


def test_a_beat_that_was_restarted_is_one_beat() -> None:
    dead = beat("a:1", ticked=NOW - timedelta(seconds=40))
    heir = beat("a:9", since=NOW - timedelta(seconds=39))
    assert levels(beats=(dead, heir)) == {}
    assert "a:9" in found(beats=(dead, heir))["beat"].text
    assert "a:1" not in found(beats=(dead, heir))["beat"].text


def test_a_message_that_came_before_it_was_sent_tells_of_a_wrong_clock() -> None:
    early = probes(intake=Probe(at=FRESH, sent_at=FRESH + timedelta(seconds=30), host="b"))
    assert levels(probes=early) == {"worker_clock": "warning"}
    assert "máy b chậm hơn máy chạy beat 30,00 giây" in found(probes=early)["worker_clock"].text


def test_a_sign_of_life_from_far_ahead_is_none_some_clock_has_jumped() -> None:
    ahead = NOW + timedelta(days=1)
    runs = {name: Ran(at=ahead, run=Run()) for name in SWEEPS}
    told = levels(READ, last_tick=ahead, beats=(beat(ticked=ahead),), probes=probes(ahead), runs=runs)
    assert told["beat"] == told["run:sweep_dossiers"] == "trouble"
    assert "tương lai" in found(runs=runs)["run:sweep_dossiers"].text
    soon = NOW + timedelta(seconds=20)
    assert levels(last_tick=soon, probes=probes(soon)) == {}, "two clocks never agree to the second"


def test_nothing_was_due_and_nothing_ran_are_told_apart() -> None:
    runs = {name: Ran(at=FRESH, run=Run()) for name in SWEEPS}
    assert "đã rà, không có gì đến hạn" in found(runs=runs)["run:sweep_dossiers"].text
    old = runs | {"sweep_dossiers": Ran(at=OLD, run=Run())}
    assert levels(runs=old) == {"run:sweep_dossiers": "trouble"}
    assert "im lặng, lần cuối 9 phút trước" in found(runs=old)["run:sweep_dossiers"].text


def test_a_sweep_that_hit_its_limit_says_how_many_wait() -> None:
    cut = Run(seen=20_000, due=25_000, claimed=20_000, truncated=True, seconds=1.5)
    runs = machinery().runs | {"sweep_dossiers": Ran(at=FRESH, run=cut)}
    said = found(runs=runs)["run:sweep_dossiers"]
    assert said.level == "warning"
    assert "đọc 20.000, đến hạn 25.000, nhận 20.000, còn 5.000 chờ lượt sau (1,50 giây)" in said.text


def test_what_waits_too_long_is_a_trouble_and_what_waits_a_little_is_not() -> None:
    assert levels(oldest_due=NOW - 6 * MINUTE, oldest_undelivered=NOW - 15 * MINUTE) == {}
    late = levels(
        oldest_due=NOW - 6 * MINUTE - timedelta(seconds=1),
        oldest_undelivered=NOW - 15 * MINUTE - timedelta(seconds=1),
    )
    assert late == {"due": "trouble", "undelivered": "trouble"}


def test_a_proof_that_differs_is_warned_of_and_one_that_is_not_made_is_a_trouble() -> None:
    def judged(ago: timedelta, **unlike: int) -> list[tuple[str, str]]:
        end = NOW - ago
        last = Proof(begin=end - timedelta(days=1), end=end, at=end, unlike=Counter(unlike))
        return [
            (one.check, one.level) for one in judge_proof(ProofRecord(last=last), sample_calendar(), now=NOW)
        ]

    assert list(judge_proof(ProofRecord(), sample_calendar(), now=NOW)) == []
    assert judged(timedelta(days=2)) == [("proof", "ok")]
    assert judged(timedelta(days=2), missing=1) == [("proof", "warning")]
    assert judged(timedelta(days=3)) == [("proof", "ok"), ("unproven", "trouble")]


def test_a_record_that_was_altered_or_is_not_verified_any_more_is_a_trouble() -> None:
    def judged(ago: timedelta, **found: int) -> list[tuple[str, str]]:
        last = Verified(begun=NOW - ago, at=NOW - ago, place=None, found=Counter(found))
        record = VerifyRecord(last=last)
        return [(one.check, one.level) for one in judge_verified(record, sample_calendar(), now=NOW)]

    assert list(judge_verified(VerifyRecord(), sample_calendar(), now=NOW)) == []
    assert judged(timedelta(days=2)) == [("verified", "ok")]
    assert judged(timedelta(days=2), clocks=1) == [("verified", "trouble")]
    assert judged(timedelta(days=3)) == [("verified", "ok"), ("unverified", "trouble")]


def test_a_verification_under_way_tells_at_once_what_it_found_and_counts_as_one() -> None:
    last = Verified(begun=NOW - timedelta(days=4), at=NOW - timedelta(days=4), place=None)
    running = Verified(begun=NOW, at=NOW, found=Counter(steps=2))
    found = list(judge_verified(VerifyRecord(last=last, running=running), sample_calendar(), now=NOW))
    assert [(one.check, one.level) for one in found] == [("verified", "ok"), ("verified", "trouble")]
    assert "2 chỗ trong sổ bị sửa sau khi ghi" in found[1].text


def test_a_record_that_nobody_anchors_any_more_is_a_trouble() -> None:
    def judged(ago: timedelta) -> list[str]:
        return [one.level for one in judge_anchors(NOW - ago, sample_calendar(), now=NOW)]

    assert list(judge_anchors(None, sample_calendar(), now=NOW)) == []
    assert judged(timedelta(days=2, hours=23)) == ["ok"]
    assert judged(timedelta(days=3)) == ["trouble"]


def sample_calendar() -> WorkingCalendar:
    return load_sla().calendar


def test_dossiers_that_cannot_be_judged_are_named_and_what_was_given_up_is_to_be_looked_at() -> None:
    told: dict[str, Any] = {"failing": ("A", "B", "C", "D"), "dead_notices": 2, "dead_letters": 1}
    assert levels(**told) == {"failing": "trouble", "dead_notices": "warning", "dead_letters": "warning"}
    assert "4 hồ sơ không xét được: A, B, C …" in found(**told)["failing"].text

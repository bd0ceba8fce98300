"""What the machinery writes of itself is read back whole, on each kind of database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.builders import LEASE, OFFICE, local, row
from workers.tick import Tick
from workers.use_cases.act import act_on_batch
from workers.use_cases.machinery import Machinery, Probe, Ran, machinery_of
from workers.use_cases.outages import SHORTEST
from workers.use_cases.signs import Run, note_failing, note_probe, note_tick

if TYPE_CHECKING:
    from datetime import datetime

    from tests.builders import OfficeAtWork

NOW = local("13/06/2019 07:00")
SILENCE = timedelta(minutes=3)


def seen(office: OfficeAtWork, now: datetime = NOW) -> Machinery:
    with office.store.read(OFFICE) as work:
        return machinery_of(work, now=now)


def tick(beat: str, at: datetime, since: datetime) -> Tick:
    return Tick(at=at, beat=beat, since=since)


def test_a_new_office_has_given_no_sign_and_nothing_waits(office: OfficeAtWork) -> None:
    assert seen(office) == Machinery(probes={}, runs={})
    assert seen(office).last_sign is None


def test_every_beat_that_ticks_is_known_and_one_gone_for_a_day_is_forgotten(office: OfficeAtWork) -> None:
    early = NOW - timedelta(days=2)
    note_tick(office.store, OFFICE, tick("c:3", early, early), now=early, patience=SHORTEST)
    for beat in ("a:1", "b:2"):
        note_tick(office.store, OFFICE, tick(beat, NOW, NOW - timedelta(hours=1)), now=NOW, patience=SHORTEST)
    found = seen(office)
    assert found.last_tick == NOW
    assert sorted(beat.name for beat in found.beats) == ["a:1", "b:2"]
    assert [beat.name for beat in found.ticking(now=NOW, silence=SILENCE)] == ["a:1", "b:2"]
    assert found.ticking(now=NOW + 2 * SILENCE, silence=SILENCE) == ()


def test_the_same_number_on_the_same_machine_later_is_another_beat(office: OfficeAtWork) -> None:
    later = NOW + timedelta(seconds=30)
    note_tick(office.store, OFFICE, tick("a:7", NOW, NOW), now=NOW, patience=SHORTEST)
    note_tick(office.store, OFFICE, tick("a:7", later, later), now=later, patience=SHORTEST)
    (one,) = seen(office).ticking(now=later, silence=SILENCE)
    assert one.since == later


def test_a_tick_of_a_beat_without_a_name_is_a_sign_of_life_too(office: OfficeAtWork) -> None:
    note_tick(office.store, OFFICE, None, now=NOW, patience=SHORTEST)
    assert (seen(office).last_tick, seen(office).beats) == (NOW, ())


def test_a_probe_tells_when_it_came_back_from_where_and_how_long_it_took(office: OfficeAtWork) -> None:
    sent = NOW - timedelta(seconds=2)
    note_probe(office.store, OFFICE, "intake", sent_at=sent, host="a", now=NOW)
    note_probe(office.store, OFFICE, "sweeps", sent_at=None, host="b", now=NOW)
    found = seen(office).probes
    assert found["intake"] == Probe(at=NOW, sent_at=sent, host="a")
    assert found["intake"].round_trip == timedelta(seconds=2)
    assert found["sweeps"].round_trip is None


def test_acting_tells_what_it_did_and_which_dossiers_it_could_not_judge(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"))
    act_on_batch(office.store, OFFICE, ["A", "B", "C"], now=NOW, lease=LEASE, took=lambda: 0.5)
    assert seen(office).runs["act_on_batch"] == Ran(at=NOW, run=Run(seen=3, due=2, claimed=2, seconds=0.5))
    assert seen(office).failing == ()
    fail(office, "A", NOW)
    fail(office, "B", NOW + LEASE)
    assert seen(office, NOW + LEASE).failing == ("A", "B")
    assert seen(office, NOW + 3 * LEASE).failing == ("A", "B")
    assert seen(office, NOW + 4 * LEASE).failing == ("B",), "what is not named again is mended"
    fail(office, "C", NOW + 9 * LEASE)
    assert seen(office, NOW + 9 * LEASE).failing == ("C",)


def fail(office: OfficeAtWork, code: str, now: datetime) -> None:
    with office.store.begin(OFFICE) as work:
        note_failing(work, [code], now=now, keep=3 * LEASE)
        work.commit()


def test_a_dossier_no_sweep_has_found_and_a_notice_nobody_sent_are_seen(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    assert seen(office).oldest_due == NOW
    office.sweep(now="13/06/2019 22:00")
    office.act(now="13/06/2019 22:00")
    night, morning = local("13/06/2019 22:00"), local("14/06/2019 07:00")
    assert (seen(office, night).oldest_due, seen(office, night).oldest_undelivered) == (None, None)
    assert seen(office, morning).oldest_undelivered == night


def test_rows_of_a_program_that_counted_less_are_understood(office: OfficeAtWork) -> None:
    with office.store.begin(OFFICE) as work:
        work.journal.beat("sweep_dossiers", now=NOW, found=3, truncated=False)
        work.journal.beat("watch_inbox", now=NOW)
        work.commit()
    runs = seen(office).runs
    assert runs["sweep_dossiers"].run == Run(seen=3, due=3)
    assert runs["watch_inbox"] == Ran(at=NOW, run=None)

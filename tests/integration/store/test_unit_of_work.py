"""The unit of work: undone unless somebody says commit; history that nobody can rewrite."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from domain.event import Event
from domain.hash_chain import NO_HASH
from domain.history import replay
from tests.builders import OFFICE, local, row
from tests.databases import connect
from workers.store.clocks import Clock
from workers.store.dialect import ConflictError
from workers.store.events import Entry, canonical, chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders import OfficeAtWork
    from workers.store.unit_of_work import Store

NOW = local("03/06/2019 09:00")


def clock(code: str, at: datetime | None = NOW) -> Clock:
    return Clock(code=code, due_at=NOW, next_action_at=at)


def change_by_hand(url: str, statement: str) -> None:
    """Do what somebody with the password of the database could try."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.execute(statement)
    else:
        with connect(url) as server:
            server.execute(statement.encode())


def test_what_is_not_committed_has_not_happened(store: Store) -> None:
    with store.begin(OFFICE) as work:
        work.clocks.insert([clock("A")])
    with store.read(OFFICE) as work:
        assert work.clocks.load(["A"]) == {}


def test_an_error_undoes_everything_done_before_it(store: Store) -> None:
    def half_done() -> None:
        with store.begin(OFFICE) as work:
            work.clocks.insert([clock("A")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with store.read(OFFICE) as work:
        assert work.clocks.load(["A"]) == {}


def test_what_is_committed_stays(store: Store) -> None:
    with store.begin(OFFICE) as work:
        work.clocks.insert([clock("A")])
        work.commit()
        assert work.committed
    with store.read(OFFICE) as work:
        assert work.clocks.load(["A", "B"]) == {"A": clock("A")}


def test_a_row_that_is_there_already_is_a_conflict_and_undoes_its_batch(store: Store) -> None:
    with store.begin(OFFICE) as work:
        work.clocks.insert([clock("A")])
        work.commit()
    with store.begin(OFFICE) as work, pytest.raises(ConflictError):
        work.clocks.insert([clock("B"), clock("A")])
    with store.read(OFFICE) as work:
        assert set(work.clocks.load(["A", "B"])) == {"A"}


def test_a_row_that_lacks_a_value_is_no_conflict_but_a_fault_of_ours(store: Store) -> None:
    event = Event(kind="finished", occurred_at=cast("datetime", None))
    faults = (IntegrityError, psycopg.errors.NotNullViolation)
    with store.begin(OFFICE) as work, pytest.raises(faults, match=r"(?i)not.null"):
        work.events.append([Entry("A", 1, event, "{}", NOW, "a", 1, NO_HASH)])


def test_a_reader_sees_one_moment_however_many_questions_it_asks(store: Store) -> None:
    with store.read(OFFICE) as work:
        assert work.clocks.load(["A"]) == {}
        with store.begin(OFFICE) as meanwhile:
            meanwhile.clocks.insert([clock("A")])
            meanwhile.commit()
        assert work.clocks.load(["A"]) == {}
    with store.read(OFFICE) as work:
        assert set(work.clocks.load(["A"])) == {"A"}


def test_one_office_does_not_see_the_rows_of_another(store: Store) -> None:
    with store.begin("other") as work:
        work.clocks.insert([clock("A")])
        work.commit()
    with store.begin(OFFICE) as work:
        work.clocks.insert([clock("A", at=None)])
        work.commit()
        assert store.offices() == []
    with store.read(OFFICE) as work:
        assert work.clocks.load(["A"])["A"].next_action_at is None


def test_a_moment_without_a_zone_is_never_stored(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with store.begin(OFFICE) as work, pytest.raises((StatementError, ValueError), match="no time zone"):
        work.journal.beat("sweep", now=naive)
    event = Event(kind="finished", occurred_at=naive)
    with pytest.raises(ValueError, match="no time zone"):
        chain("A", [event], after=(0, NO_HASH), recorded_at=NOW, actor="a", sla_version=1)
    with pytest.raises(ValueError, match="no time zone"):
        chain(
            "A",
            [replace(event, occurred_at=NOW)],
            after=(0, NO_HASH),
            recorded_at=naive,
            actor="a",
            sla_version=1,
        )


def test_an_instant_comes_back_as_it_was_whatever_zone_it_was_written_in(store: Store) -> None:
    far = datetime(2019, 6, 3, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-9, minutes=-30)))
    with store.begin(OFFICE) as work:
        work.clocks.insert([clock("A", at=far)])
        work.commit()
    with store.read(OFFICE) as work:
        found = work.clocks.load(["A"])["A"].next_action_at
    assert found == far
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossier_events SET actor = 'nobody'",
        "DELETE FROM dossier_events",
        "DELETE FROM dossier_events WHERE code = 'HS-1' AND seq = 1",
    ],
)
def test_history_can_be_neither_changed_nor_deleted(
    office: OfficeAtWork, database_url: str, statement: str
) -> None:
    office.take_in(row())
    before = office.history()
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException), match="append-only"):
        change_by_hand(database_url, statement)
    assert office.history() == before


def test_the_whole_history_cannot_be_truncated(postgresql_url: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        change_by_hand(postgresql_url, "TRUNCATE dossier_events")


def test_every_event_is_bound_to_the_one_before(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.take_in(row(unit="civil", officer="civil.1"), now="04/06/2019 09:00")
    office.take_in(
        row(unit="civil", officer="civil.1", finished="05/06/2019 10:00", status="Đã xử lý xong"),
        now="06/06/2019 09:00",
    )
    entries = office.history()
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert chained(entries) == [entry.hash for entry in entries]
    stored = office.stored()
    assert (stored.last_seq, stored.last_hash) == (3, entries[-1].hash)


@pytest.mark.parametrize("field", ["actor", "recorded_at", "sla_version", "data", "occurred_at", "kind"])
def test_any_altered_part_of_an_event_breaks_the_chain(office: OfficeAtWork, field: str) -> None:
    office.take_in(row())
    office.take_in(row(officer="land.2"), now="04/06/2019 09:00")
    first, second = office.history()
    event = first.event
    altered = {
        "actor": first._replace(actor="other"),
        "recorded_at": first._replace(recorded_at=first.recorded_at + timedelta(microseconds=1)),
        "sla_version": first._replace(sla_version=2),
        "data": first._replace(event=replace(event, data={**event.data, "unit": "top"})),
        "occurred_at": first._replace(
            event=replace(event, occurred_at=event.occurred_at - timedelta(seconds=1))
        ),
        "kind": first._replace(event=replace(event, kind="finished")),
    }[field]
    assert chained([first, second]) == [first.hash, second.hash]
    hashes = chained([altered, second])
    assert hashes[0] != first.hash
    assert hashes[1] != second.hash


def chained(entries: Sequence[Entry]) -> list[str]:
    """Return the hashes the entries should have, each bound to the recomputed one before."""
    hashes, after = [], (0, NO_HASH)
    for entry in entries:
        (again,) = chain(
            entry.code,
            [entry.event],
            after=after,
            recorded_at=entry.recorded_at,
            actor=entry.actor,
            sla_version=entry.sla_version,
        )
        hashes.append(again.hash)
        after = (again.seq, again.hash)
    return hashes


def test_the_dossier_that_stands_there_is_the_one_its_events_tell(office: OfficeAtWork) -> None:
    office.take_in(row(promised="17/06/2019"))
    office.take_in(row(status="Tạm dừng", status_at="05/06/2019 10:00"), now="06/06/2019 09:00")
    office.take_in(row(status_at="10/06/2019 08:00"), now="11/06/2019 09:00")
    events = [entry.event for entry in office.history()]
    assert replay(events, code="HS-1") == office.stored().dossier
    assert all(a.occurred_at <= b.occurred_at for a, b in pairwise(events))


def test_two_writers_cannot_both_write_the_next_event(store: Store) -> None:
    event = Event(kind="finished", occurred_at=NOW)

    def append(actor: str) -> bool:
        entries = chain("A", [event], after=(0, NO_HASH), recorded_at=NOW, actor=actor, sla_version=1)
        try:
            with store.begin(OFFICE) as work:
                work.events.append(entries)
                work.commit()
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(append, "abcd")) == [False, False, False, True]


def test_canonical_data_has_one_form_whatever_its_order_and_letters() -> None:
    assert canonical({"unit": 'Phòng "A"\n', "officer": "b"}) == '{"officer":"b","unit":"Phòng \\"A\\"\\n"}'
    assert canonical({}) == "{}"


@pytest.mark.parametrize(
    "officer", ["back\\slash", "\\N", "\\.", "a\tb", 'a "b" c', "'; DROP TABLE x", "Ậ́\N{NO-BREAK SPACE}Ô"]
)
def test_a_text_comes_back_letter_for_letter(office: OfficeAtWork, officer: str) -> None:
    assert office.event("accepted", at="03/06/2019 08:00", procedure="1.001", officer=officer) is None
    assert office.event("accepted", code="HS-2", at="03/06/2019 08:00", procedure="1.001") is None
    assert office.stored().dossier.officer == officer
    assert office.stored("HS-2").dossier.officer is None
    (entry,) = office.history()
    assert entry.event.data["officer"] == officer
    assert chained([entry]) == [entry.hash]


def test_a_message_key_is_taken_once_by_however_many(store: Store) -> None:
    def take(_: int) -> str:
        with store.begin(OFFICE) as work:
            taken = work.journal.take_key("k", "digest", now=NOW)
            work.commit()
        return taken

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(take, range(12))) == ["new", *["same"] * 11]


def test_a_message_key_used_for_another_message_is_noticed(store: Store) -> None:
    with store.begin(OFFICE) as work:
        assert work.journal.take_key("k", "one", now=NOW) == "new"
        assert work.journal.take_key("k", "another", now=NOW) == "other"


def test_a_heartbeat_is_one_row_that_moves(store: Store) -> None:
    for hours in (0, 1):
        with store.begin(OFFICE) as work:
            work.journal.beat("sweep", now=NOW + timedelta(hours=hours), found=hours)
            work.commit()
    with store.read(OFFICE) as work:
        beat = work.journal.heartbeats()["sweep"]
    assert (beat.at, beat.data) == (NOW + timedelta(hours=1), {"found": 1})


def test_codes_that_look_alike_are_found_and_signs_of_patterns_are_letters(office: OfficeAtWork) -> None:
    office.take_in(row("HS-10%"), row("HS-100"), row("HS_1"))
    with office.store.read(OFFICE) as work:
        assert work.dossiers.codes(like="10%") == ["HS-10%"]
        assert work.dossiers.codes(like="S_1") == ["HS_1"]
        assert work.dossiers.codes(like="HS-10", limit=1) == ["HS-10%"]
        assert work.dossiers.count() == 3

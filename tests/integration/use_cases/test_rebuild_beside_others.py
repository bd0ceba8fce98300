"""Tables are rebuilt while the office works, and in the order in which the database keeps them."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import TYPE_CHECKING

from domain.event import Event
from domain.history import apply
from tests.builders import OFFICE, OfficeAtWork, local, row
from workers.store.unit_of_work import Store
from workers.use_cases.office import active_office
from workers.use_cases.rebuild import rebuild
from workers.use_cases.recording import Recorder, record

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import UnitOfWork

CODES = ("a-1", "B-1", "b-2", "C-1", "d-1", "E-1", "HS10", "HS-1", "hs-2")
WAIT = 0.5


def finish(work: UnitOfWork, code: str) -> None:
    """Record in this transaction that a dossier has its result."""
    known, clocks = work.dossiers.load([code], lock=True)[code], work.clocks.load([code], lock=True)
    event, office = Event(kind="finished", occurred_at=local("05/06/2019 08:00")), active_office(work)
    recorder = Recorder(office=office, actor="test", now=local("05/06/2019 09:00"))
    course = [(event, apply(known.dossier, event))]
    record([recorder.prepare(course, before=known, clock=clocks[code])], work)


def test_an_event_recorded_while_the_tables_are_rebuilt_stays(office: OfficeAtWork) -> None:
    office.take_in(row(), row("HS-2"))
    with ThreadPoolExecutor(1) as threads:
        with office.store.begin(OFFICE) as work:
            finish(work, "HS-1")
            rebuilding = threads.submit(rebuild, office.store, OFFICE, write=True)
            sleep(WAIT)  # by now it waits for the dossier
            work.commit()
        assert rebuilding.result().differing == {}
    assert office.stored().timing == "early"
    assert office.clock() is None


def test_no_dossier_is_left_out_where_the_database_orders_letters_otherwise_than_bytes(
    sqlite_url: str, tmp_path: Path
) -> None:
    order_without_case(sqlite_url)
    store = Store(sqlite_url)
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    office.take_in(*(row(code) for code in CODES))
    found = rebuild(store, OFFICE, write=False, batch=2)
    store.dispose()
    assert (found.dossiers, found.differing) == (len(CODES), {})


def order_without_case(url: str) -> None:
    """Let an empty file order codes as PostgreSQL does in most languages; not every server has one."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
        file.execute("PRAGMA writable_schema = ON")
        plain = "code VARCHAR(64)"
        file.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name IN ('dossier_events', 'dossiers')",
            (plain, f"{plain} COLLATE NOCASE"),
        )

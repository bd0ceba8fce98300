"""Two who take many notices at once wait for each other in one direction, never in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Event
from typing import TYPE_CHECKING

import pytest

from domain.event import Event as Happened
from domain.history import apply
from tests.builders import OFFICE, OfficeAtWork, local, row
from workers.store.notices import Notice
from workers.store.unit_of_work import Store
from workers.use_cases.office import active_office
from workers.use_cases.recording import Recorder, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.event import EventKind
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.recording import Change

DOSSIERS = 300
ROUNDS = 30
NOW = local("14/06/2019 08:00")
RETURN = Notice(
    code="tro-lai/2019-06-14",
    rung="back",
    epoch=0,
    recipient="land.1",
    kind="coming_back",
    level=1,
    role="officer",
    planned_at=NOW,
    created_at=NOW,
    deliver_at=NOW,
    sla_version=1,
)


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Store]:
    """The store on PostgreSQL: SQLite has one writer, there nobody waits for a row."""
    store = Store(postgresql_url)
    yield store
    store.dispose()


@pytest.fixture
def codes(store: Store, tmp_path: Path) -> list[str]:
    """Dossiers told in the place of land.1, in an order that is not that of their codes."""
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    codes = [f"HS-{n:03}" for n in range(DOSSIERS)]
    office.take_in(*map(row, codes))
    office.act(*codes, now="13/06/2019 08:00")
    with store.begin(OFFICE) as work:
        kept = [passed(notice) for code in reversed(codes) for notice in work.notices.of_dossier(code)]
        work.standing_in.pass_on(kept)
        work.commit()
    return codes


def passed(notice: Notice) -> Notice:
    return replace(notice, passed_to="land.2")


def beside_returns(store: Store, doing: Callable[[UnitOfWork], None]) -> None:
    """Do something again and again while somebody comes back over and over; nothing is kept of either."""
    done = Event()

    def returns() -> int:
        count = 0
        while not done.is_set():
            with store.begin(OFFICE) as work:
                work.standing_in.hand_back(RETURN)
            count += 1
        return count

    with ThreadPoolExecutor(1) as threads:
        returning = threads.submit(returns)
        try:
            for _ in range(ROUNDS):
                with store.begin(OFFICE) as work:
                    doing(work)
        finally:
            done.set()
        assert returning.result(timeout=60) > 1


def test_a_list_that_closes_and_stops_dossiers_beside_a_return(store: Store, codes: list[str]) -> None:
    def closing(work: UnitOfWork) -> None:
        stored, clocks = work.dossiers.load(codes, lock=True), work.clocks.load(codes, lock=True)
        recorder = Recorder(office=active_office(work), actor="test", now=NOW)
        kinds: tuple[EventKind, ...] = ("suspended", "finished")
        changes: list[Change] = []
        for code, kind in zip(codes, cycle(kinds), strict=False):
            event, known = Happened(kind=kind, occurred_at=NOW), stored[code]
            course = [(event, apply(known.dossier, event))]
            changes.append(recorder.prepare(course, before=known, clock=clocks[code]))
        record(changes, work)

    beside_returns(store, closing)

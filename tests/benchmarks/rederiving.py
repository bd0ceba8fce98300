"""A million due dates derived anew from stored dossiers: the time of computing against that of writing.

Loaded in batches through the store, derived by the one function, written into the clocks: once as the store
writes them, once by one COPY and one UPDATE a batch, the least a database needs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from config.sla import SAMPLE, read_folder
from domain.event import Event
from domain.history import replay
from domain.ladder import first_moment
from domain.procedure import version_on
from tests.benchmarks.importing import OFFICE, PROCEDURES
from tests.benchmarks.measure import Result
from tests.databases import connect
from workers.store.clocks import Clock
from workers.store.dossiers import Stored
from workers.store.unit_of_work import Store
from workers.use_cases.office import load_office, record_configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import psycopg

    from domain.deadline import Deadline
    from tests.databases import PostgresServer
    from workers.use_cases.office import Office

_NOW: Final = datetime(2019, 12, 2, 2, tzinfo=UTC)
_FIRST: Final = datetime(2019, 1, 2, 0, 30, tzinfo=UTC)
_BATCH: Final = 1_000
_COLUMNS: Final = "code, due_at, next_action_at, epoch, provisional"
_UPDATE: Final = """
UPDATE clocks SET due_at = moved.due_at, next_action_at = moved.next_action_at, epoch = moved.epoch,
    provisional = moved.provisional
FROM moved WHERE clocks.office = 'my-xuyen' AND clocks.code = moved.code"""


@dataclass(slots=True)
class _Seconds:
    loading: float = 0.0
    deriving: float = 0.0
    looking_ahead: float = 0.0
    writing: float = 0.0

    @property
    def computing(self) -> float:
        return self.deriving + self.looking_ahead


def run(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Compare on PostgreSQL, in one process, one batch after another."""
    url = server.database()
    store = Store(url)
    record_configuration(store, read_folder(SAMPLE), author="benchmark", reason="benchmark", now=_NOW)
    office = load_office(store, OFFICE)
    codes = _fill(store, office, dossiers)
    with connect(url) as connection:
        connection.execute(b"VACUUM ANALYZE dossiers, clocks")
        connection.execute(
            b"CREATE TEMP TABLE moved AS SELECT " + _COLUMNS.encode() + b" FROM clocks LIMIT 0"
        )
        by_store = _rederive(store, office, codes, _by_store)
        at_once = _rederive(store, office, codes, lambda _, new: _at_once(connection, new))
    store.dispose()
    server.drop(url)
    name, least = f"re-deriving {dossiers} due dates", "writing them, one COPY and one UPDATE a batch"
    ahead = f"{name} and next moments"
    yield Result(name, least, at_once.deriving, at_once.writing, most=1.0)
    yield Result(ahead, "writing them as the store does", by_store.computing, by_store.writing, most=1.0)
    yield Result(ahead, least, at_once.computing, at_once.writing, most=None)
    yield Result("loading the dossiers", least, at_once.loading, at_once.writing, most=None)


def _derive(stored: Stored, office: Office) -> Deadline:
    deadline = office.terms(stored).due(stored.dossier)
    if deadline is None:
        raise AssertionError("every dossier here has a limit; the comparison means nothing")
    return deadline


def _clock(stored: Stored, deadline: Deadline, epoch: int, office: Office) -> Clock:
    dossier = stored.dossier
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, stored.sla_version)
    next_at = first_moment(
        office.ladder(procedure), deadline, office.calendar, counting_from=dossier.counting_from
    )
    return Clock(
        code=dossier.code,
        due_at=deadline.due_at,
        next_action_at=next_at,
        epoch=epoch,
        provisional=deadline.provisional,
    )


def _rederive(
    store: Store, office: Office, codes: Sequence[str], write: Callable[[Store, list[Clock]], None]
) -> _Seconds:
    took, turn = _Seconds(), time.perf_counter
    for start in range(0, len(codes), _BATCH):
        begin = turn()
        with store.read(OFFICE) as work:
            stored = list(work.dossiers.load(codes[start : start + _BATCH]).values())
            clocks = work.clocks.load(codes[start : start + _BATCH])
        loaded = turn()
        deadlines = [_derive(entry, office) for entry in stored]
        derived = turn()
        moved = [
            _clock(entry, deadline, clocks[entry.dossier.code].epoch + 1, office)
            for entry, deadline in zip(stored, deadlines, strict=True)
        ]
        computed = turn()
        write(store, moved)
        took.loading += loaded - begin
        took.deriving += derived - loaded
        took.looking_ahead += computed - derived
        took.writing += turn() - computed
    return took


def _by_store(store: Store, moved: list[Clock]) -> None:
    with store.begin(OFFICE) as work:
        work.clocks.move(moved)
        work.commit()


def _at_once(connection: psycopg.Connection[tuple[object, ...]], moved: list[Clock]) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(b"TRUNCATE moved")
        with cursor.copy(f"COPY moved ({_COLUMNS}) FROM STDIN".encode()) as copy:
            for clock in moved:
                copy.write_row(
                    (clock.code, clock.due_at, clock.next_action_at, clock.epoch, clock.provisional)
                )
        if cursor.execute(_UPDATE.encode()).rowcount != len(moved):
            raise AssertionError("not every clock was written; the comparison means nothing")


def _fill(store: Store, office: Office, dossiers: int) -> list[str]:
    """Open dossiers received over ten months; every tenth has been suspended for three days."""
    codes = [f"000.00.00.H01-19-{n:07d}" for n in range(dossiers)]
    for start in range(0, dossiers, 10 * _BATCH):
        part = [
            _stored(codes[n], n, _FIRST + timedelta(days=n * 300 // dossiers, minutes=n % 450), office)
            for n in range(start, min(start + 10 * _BATCH, dossiers))
        ]
        with store.begin(OFFICE) as work:
            work.dossiers.insert(part)
            work.clocks.insert(
                Clock(code=entry.dossier.code, due_at=_NOW, next_action_at=_NOW) for entry in part
            )
            work.commit()
    return codes


def _stored(code: str, n: int, accepted: datetime, office: Office) -> Stored:
    procedure, unit = PROCEDURES[n % len(PROCEDURES)]
    version = version_on(office.sla.procedures[procedure], office.calendar.local(accepted).date())
    if version is None:
        raise AssertionError(f"{procedure} is not in force on {accepted}; the comparison means nothing")
    data = {"procedure": procedure, "procedure_version": version.version, "unit": unit}
    events = [Event(kind="accepted", occurred_at=accepted, data=data)]
    if n % 10 == 0:
        events += [
            Event(kind="suspended", occurred_at=accepted + timedelta(days=1)),
            Event(kind="resumed", occurred_at=accepted + timedelta(days=4)),
        ]
    return Stored(
        dossier=replay(events, code=code),
        due_original=None,
        sla_version=office.version,
        last_seq=len(events),
        last_hash="0" * 64,
    )

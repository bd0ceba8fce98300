"""A sweep that finds a thousand or a hundred thousand dossiers due, against the bare find-and-move statement.

The bare statement finds and moves rows of a number and an instant in a table of nothing else, by the driver
alone. Ours moves the clocks of dossiers known by their codes, says that it ran, and gives the codes back. Two
sweeps at once, each in a process of its own, share the same work.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.measure import Result
from tests.benchmarks.sweeping import LEASE, NOW, OFFICE, copy_clocks, rows
from tests.databases import connect
from workers.store.unit_of_work import Store
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from tests.databases import PostgresServer

# How many are due, how many times that is tried, how many times the bare statement it may cost.
_CASES: Final = ((1_000, 9, 3.0), (100_000, 3, 2.5))
_BARE: Final = (
    "WITH due AS (SELECT id FROM narrow WHERE next_at <= %(now)s ORDER BY next_at LIMIT %(most)s "
    "FOR UPDATE SKIP LOCKED) UPDATE narrow SET next_at = %(until)s FROM due WHERE narrow.id = due.id "
    "RETURNING narrow.id"
)


def on_postgresql(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Compare among `dossiers` open ones."""
    url = server.database()
    with connect(url) as connection:
        _fill(connection, dossiers)
        for due, rounds, most in _CASES:
            if due <= dossiers:
                yield from _compare(url, connection, due, rounds, most)
    server.drop(url)


def _fill(connection: psycopg.Connection[Any], dossiers: int) -> None:
    connection.execute(b"CREATE TABLE narrow (id bigint PRIMARY KEY, next_at timestamptz)")
    connection.execute(b"CREATE INDEX ON narrow (next_at)")
    copy_clocks(connection, rows(dossiers, 0, 0))
    with connection.cursor().copy(b"COPY narrow (id, next_at) FROM STDIN") as copy:
        for n in range(dossiers):
            copy.write_row((n, NOW + timedelta(days=5 + n % 30)))


def _compare(
    url: str, connection: psycopg.Connection[Any], due: int, rounds: int, most: float
) -> Iterator[Result]:
    ours, bare, one, two = [], [], [], []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        list(processes.map(_sweep_all, [url, url]))  # both have started and connected
        for _ in range(rounds):
            _make_due(connection, "clocks", due)
            ours.append(_timed(lambda: _expect(due, len(_sweep_all(url)))))
            _make_due(connection, "narrow", due)
            bare.append(_timed(lambda: _expect(due, _bare(connection, due))))
            _make_due(connection, "clocks", due)
            one.append(_timed(lambda: list(processes.map(_sweep_all, [url]))))
            _make_due(connection, "clocks", due)
            two.append(_timed(lambda: _together(processes, url, due)))
    what = f"sweep on PostgreSQL, {due} due"
    yield Result(what, "a bare find-and-move of narrow rows", median(ours), median(bare), most=most)
    yield Result(
        f"two sweeps at once, {due} due", "one alone, in a process too", median(two), median(one), most=1.0
    )


def _make_due(connection: psycopg.Connection[Any], table: str, due: int) -> None:
    """Let some rows have come due, spread over the table, and its statistics and free space be as usual."""
    column, key = ("next_action_at", "right(code, 7)::int") if table == "clocks" else ("next_at", "id")
    statement = f"UPDATE {table} SET {column} = %s - (({key}) %% 9999) * interval '1 second'"  # noqa: S608 - our own names
    size = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608
    step = int(size[0]) // due if size else 1
    connection.execute(f"{statement} WHERE ({key}) %% {step} = 0 AND ({key}) < {due * step}".encode(), [NOW])
    connection.execute(f"VACUUM ANALYZE {table}".encode())


_stores: Final[dict[str, Store]] = {}


def _sweep_all(url: str) -> list[str]:
    """Sweep until nothing is due any more, as beat would, and return everything found."""
    store = _stores.setdefault(url, Store(url))
    found: list[str] = []
    while codes := sweep_dossiers(store, OFFICE, now=NOW, lease=LEASE):
        found += codes
    return found


def _together(processes: ProcessPoolExecutor, url: str, due: int) -> None:
    first, second = processes.map(_sweep_all, [url, url])
    if set(first) & set(second):
        raise AssertionError("a dossier was handed out twice")
    _expect(due, len(first) + len(second))


def _bare(connection: psycopg.Connection[Any], due: int) -> int:
    values = {"now": NOW, "most": due, "until": NOW + LEASE}
    return len(connection.execute(_BARE.encode(), values).fetchall())


def _expect(due: int, found: int) -> None:
    if found != due:
        sys.exit(f"{found} were found of {due} due: the comparison means nothing")


def _timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

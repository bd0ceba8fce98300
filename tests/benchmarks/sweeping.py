"""A sweep that finds nothing among a million open dossiers, against its bare SQL statement."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.benchmarks.measure import Result, medians
from tests.databases import connect
from workers.store import schema
from workers.store.unit_of_work import Store
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.databases import PostgresServer

_NOW: Final = datetime(2019, 6, 3, 1, tzinfo=UTC)
_LEASE: Final = timedelta(minutes=2)
_ROUNDS: Final = 60
_OFFICE: Final = "office"

# How many of a hundred dossiers have been reminded already (their next rung lies ahead), and how many are long
# overdue with nothing left on their ladder.
_SCENES: Final = {"none reminded": (0, 0), "half reminded": (50, 0), "half long overdue": (0, 50), "all overdue": (0, 100)}

# What a sweep asks and what it says of itself, as a person would write it.
_FIND: Final = (
    "SELECT code FROM clocks WHERE office = {mark} AND next_action_at <= {mark} "
    "ORDER BY next_action_at LIMIT 20000"
)
_BEAT: Final = (
    "INSERT INTO heartbeats (office, name, at, data) VALUES ('office', 'bare', {mark}, '{{}}') "
    "ON CONFLICT (office, name) DO UPDATE SET at = excluded.at"
)
_FILL: Final = (
    "INSERT INTO clocks (office, code, due_at, next_action_at, epoch, provisional) VALUES "
    "('office', ?, ?, ?, 0, false)"
)


def on_sqlite(folder: Path, dossiers: int) -> Iterator[Result]:
    """Compare on a file of SQLite's, in WAL mode."""
    for scene, shares in _SCENES.items():
        path = folder / f"{shares[0]}-{shares[1]}.db"
        url = f"sqlite:///{path}"
        schema.upgrade(url)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("BEGIN")
            connection.executemany(_FILL, ((code, _iso(due), at and _iso(at)) for code, due, at in _rows(dossiers, *shares)))
            connection.execute("COMMIT")

            def bare(connection: sqlite3.Connection = connection) -> None:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(_FIND.format(mark="?"), (_OFFICE, _iso(_NOW))).fetchall()
                connection.execute(_BEAT.format(mark="?"), (_iso(_NOW),))
                connection.execute("COMMIT")

            def find(connection: sqlite3.Connection = connection) -> None:
                connection.execute(_FIND.format(mark="?"), (_OFFICE, _iso(_NOW))).fetchall()

            yield from _compare(f"sweep on SQLite, {scene}", url, bare, find)
        path.unlink()


def on_postgresql(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Compare on PostgreSQL."""
    for scene, shares in _SCENES.items():
        url = server.database()
        with connect(url) as connection:
            with connection.cursor().copy("COPY clocks (office, code, due_at, next_action_at, epoch, provisional) FROM STDIN") as copy:
                for code, due, at in _rows(dossiers, *shares):
                    copy.write_row((_OFFICE, code, due, at, 0, False))
            connection.execute("VACUUM ANALYZE clocks")

            def bare(connection=connection) -> None:
                with connection.transaction():
                    connection.execute(_FIND.format(mark="%s"), (_OFFICE, _NOW)).fetchall()
                    connection.execute(_BEAT.format(mark="%s"), (_NOW,))

            def find(connection=connection) -> None:
                connection.execute(_FIND.format(mark="%s"), (_OFFICE, _NOW)).fetchall()

            yield from _compare(f"sweep on PostgreSQL, {scene}", url, bare, find)
        server.drop(url)


def _compare(name: str, url: str, bare: Callable[[], None], find: Callable[[], None]) -> Iterator[Result]:
    store = Store(url)
    assert sweep_dossiers(store, _OFFICE, now=_NOW, lease=_LEASE) == []
    ours, same, read = medians(_ROUNDS, lambda: sweep_dossiers(store, _OFFICE, now=_NOW, lease=_LEASE), bare, find)
    store.dispose()
    yield Result(name, "the same statements by the driver, committed", ours, same, most=3.0)
    yield Result(name, "the search alone, nothing written", ours, read, most=None)


def _rows(dossiers: int, reminded: int, overdue: int) -> Iterator[tuple[str, datetime, datetime | None]]:
    for n in range(dossiers):
        share, code = n % 100, f"000.00.00.H01-190603-{n:07d}"
        if share < overdue:
            yield code, _NOW - timedelta(days=30 + n % 300), None
        elif share < overdue + reminded:
            yield code, _NOW + timedelta(days=1), _NOW + timedelta(days=1, seconds=n % 9999)
        else:
            yield code, _NOW + timedelta(days=9), _NOW + timedelta(days=5 + n % 30)


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")

"""A sweep that finds nothing among a million open dossiers, against its bare SQL statement.

The bound is against the statement alone, in a transaction of its own, over the same kind of connection; the
sweep also writes that it ran and commits. For information: the statement sent by the driver alone.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from tests.benchmarks.measure import Result, medians
from tests.databases import connect
from workers.store import schema
from workers.store.engines import make_engine
from workers.store.unit_of_work import Store
from workers.use_cases.sweep import MOST_A_SWEEP, sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import psycopg

    from tests.databases import PostgresServer

NOW: Final = datetime(2019, 6, 3, 1, tzinfo=UTC)
LEASE: Final = timedelta(minutes=2)
_ROUNDS: Final = 200
OFFICE: Final = "office"
COLUMNS: Final = "office, code, due_at, next_action_at, epoch, provisional, derived_under"
_FIND: Final = (
    "SELECT code FROM clocks WHERE office = :office AND next_action_at <= :now "
    "ORDER BY next_action_at LIMIT :most"
)

# Of a hundred dossiers, how many have been reminded (their next rung lies ahead) and how many are long
# overdue with nothing left on their ladder.
_SCENES: Final = {
    "none reminded": (0, 0),
    "half reminded": (50, 0),
    "half long overdue": (0, 50),
    "all long overdue": (0, 100),
}


def on_sqlite(folder: Path, dossiers: int) -> Iterator[Result]:
    """Compare on a file of SQLite's, in WAL mode."""
    for scene, shares in _SCENES.items():
        path = folder / "clocks.db"
        url = f"sqlite:///{path}"
        schema.upgrade(url)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            plain = ((*row[:2], *map(_iso, row[2:4]), *row[4:]) for row in rows(dossiers, *shares))
            connection.executemany(f"INSERT INTO clocks ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", plain)  # noqa: S608 - our own names
            connection.execute("COMMIT")
            values = {"office": OFFICE, "now": _iso(NOW), "most": MOST_A_SWEEP}
            yield from _compare(
                f"sweep on SQLite, {dossiers} open, {scene}",
                url,
                values,
                partial(_by_driver, connection, _FIND, values),
            )
        path.unlink()


def on_postgresql(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Compare on PostgreSQL."""
    statement = re.sub(r":(\w+)", r"%(\1)s", _FIND).encode()
    for scene, shares in _SCENES.items():
        url = server.database()
        with connect(url) as connection:
            copy_clocks(connection, rows(dossiers, *shares))
            values = {"office": OFFICE, "now": NOW, "most": MOST_A_SWEEP}
            yield from _compare(
                f"sweep on PostgreSQL, {dossiers} open, {scene}",
                url,
                values,
                partial(_by_driver, connection, statement, values),
            )
        server.drop(url)


def among_ten_times(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Compare sweeps that find nothing among ten times as many open dossiers, and with ten milliseconds."""
    url = server.database()
    found = []
    store = Store(url)
    with connect(url) as connection:
        for first, last in ((0, dossiers), (dossiers, 10 * dossiers)):
            copy_clocks(connection, islice(rows(last, 50, 0), first, None))
            found += medians(_ROUNDS, partial(_find_nothing, store))
    store.dispose()
    server.drop(url)
    name = f"sweep on PostgreSQL, {dossiers} open"
    yield Result(name, "ten milliseconds", found[0], 0.010, most=1.0)
    yield Result(f"sweep on PostgreSQL, {10 * dossiers} open", name, found[1], found[0], most=2.0)


def copy_clocks(connection: psycopg.Connection[Any], clocks: Iterable[tuple[Any, ...]]) -> None:
    """Fill the table of clocks, and let PostgreSQL count them."""
    with connection.cursor().copy(f"COPY clocks ({COLUMNS}) FROM STDIN".encode()) as copy:
        for row in clocks:
            copy.write_row(row)
    connection.execute(b"VACUUM ANALYZE clocks")


def _find_nothing(store: Store) -> None:
    if sweep_dossiers(store, OFFICE, now=NOW, lease=LEASE):
        raise AssertionError("nothing was to be due; the comparison means nothing")


def _by_driver(connection: Any, statement: str | bytes, values: dict[str, Any]) -> object:
    return connection.execute(statement, values).fetchall()


def _compare(
    name: str, url: str, values: dict[str, Any], by_driver: Callable[[], object]
) -> Iterator[Result]:
    store, engine, statement = Store(url), make_engine(url), text(_FIND)

    def bare() -> None:
        with engine.begin() as connection:
            connection.execute(statement, values).all()

    ours, alone, driver = medians(_ROUNDS, partial(_find_nothing, store), bare, by_driver)
    store.dispose()
    engine.dispose()
    yield Result(name, "its statement alone in a transaction", ours, alone, most=3.0)
    yield Result(name, "its statement by the driver, no transaction", ours, driver, most=None)


def rows(dossiers: int, reminded: int, overdue: int) -> Iterator[tuple[Any, ...]]:
    """Yield clocks of which so many of a hundred have been reminded, or are long overdue."""
    for n in range(dossiers):
        share, code = n % 100, f"000.00.00.H01-190603-{n:07d}"
        due_at = NOW + timedelta(days=9)
        next_at: datetime | None = NOW + timedelta(days=5 + n % 30)
        if share < overdue:
            due_at, next_at = NOW - timedelta(days=30 + n % 300), None
        elif share < overdue + reminded:
            due_at, next_at = NOW + timedelta(hours=9), NOW + timedelta(hours=9, seconds=n % 9999)
        yield OFFICE, code, due_at, next_at, 0, False, 1


def _iso(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat(timespec="microseconds") if instant else None

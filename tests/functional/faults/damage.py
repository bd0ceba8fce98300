"""What a test does to the tables of an office behind its back: holds them locked, spoils a row."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, text

from tests.databases import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import EmbeddedServer
    from tests.functional.faults.running import RunningOffice

_SPOIL: Final = text("UPDATE dossiers SET pauses = :pauses WHERE code = :code")


@contextmanager
def nobody_writes(office: RunningOffice) -> Iterator[None]:
    """Let everything that would claim or move something wait, as behind somebody else's transaction."""
    if office.database is None:
        with closing(sqlite3.connect(office.home / "var" / "dunghan.db", timeout=20)) as file:
            file.execute("BEGIN IMMEDIATE")
            yield
        return
    with locked(office.database, "clocks, notices"):
        yield


@contextmanager
def locked(server: EmbeddedServer, tables: str) -> Iterator[None]:
    """Hold tables on PostgreSQL until the end of the block, or until the server goes."""
    with closing(connect(server.url)) as holder:
        holder.execute("BEGIN")
        holder.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE".encode())
        yield


def somebody_waits(server: EmbeddedServer) -> bool:
    """Tell whether anybody waits for what another one holds."""
    with connect(server.url) as connection:
        found = connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return found != (0,)


@contextmanager
def spoiled(office: RunningOffice, code: str) -> Iterator[None]:
    """Let the row of a dossier be one that nobody can read."""
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(_SPOIL, {"pauses": "[[", "code": code})
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(_SPOIL, {"pauses": "[]", "code": code})
        engine.dispose()

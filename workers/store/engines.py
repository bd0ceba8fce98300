"""Connections to SQLite and PostgreSQL: how a transaction begins, who may write beside whom."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from time import sleep
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS: Final = 30


def make_engine(url: str, *, writes: bool = True) -> Engine:
    """Make the engine of a database URL; on SQLite a writing one takes the lock when a transaction begins.

    BEGIN IMMEDIATE: a transaction that reads, thinks and writes never finds its snapshot stale.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": 10}
        )
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def make_reader(writer: Engine) -> Engine:
    """Make the engine for transactions that only read, of the same database; each sees one moment of it.

    On SQLite readers go on beside the one writer, if they do not ask for its lock. On PostgreSQL they share
    the writer's connections: without a snapshot, two statements of a reader tell of two moments.
    """
    if writer.dialect.name == "sqlite":
        return make_engine(writer.url.render_as_string(hide_password=False), writes=False)
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.create_function("sha256_hex", 1, _sha256, deterministic=True)


def _sha256(told: str) -> str:
    return sha256(told.encode()).hexdigest()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch a file to write-ahead logging; SQLite's own waiting does not cover two that do so at once."""
    for left in reversed(range(BUSY_SECONDS * 10)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            sleep(0.1)
        else:
            return

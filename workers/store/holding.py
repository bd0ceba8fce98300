"""Hold an office, or its events, until a transaction ends; on SQLite there is one writer anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from sqlalchemy import Connection


def hold_office(connection: Connection, office: str, *, alone: bool) -> None:
    """Hold an office until the transaction ends, beside others or `alone`."""
    if connection.dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
        connection.execute(select(lock(func.hashtext(_office(office)))))


def hold_events(connection: Connection, office: str) -> None:
    """Let nobody take the end of an office's events until the transaction ends, beside others that write."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock_shared(func.hashtext(_events(office)))))


def is_still(connection: Connection, office: str) -> bool:
    """Say whether nobody writes to an office, and keep it so until the transaction ends; nobody waits."""
    return _has_taken(connection, _office(office))


def is_quiet(connection: Connection, office: str) -> bool:
    """Say whether nobody is writing events of an office, and keep it so until the transaction ends.

    Nobody waits for it: a long list would let all others wait behind whoever waited for the list. On SQLite
    whoever asks in a writing transaction is the one writer.
    """
    return _has_taken(connection, _events(office))


def _has_taken(connection: Connection, name: str) -> bool:
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(select(func.pg_try_advisory_xact_lock(func.hashtext(name)))))


def _office(office: str) -> str:
    return f"dunghan office {office}"


def _events(office: str) -> str:
    return f"dunghan events {office}"

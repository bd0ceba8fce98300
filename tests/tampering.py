"""Whoever has the database can rewrite it: the guards are taken off, and what stands there is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from workers.store.engines import make_engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

PROTECTED = (
    *("dossier_events", "report_seals", "sealed_dossiers", "anchors"),
    *("reform_events", "nonconformity_entries"),
)


def tamper(url: str, *statements: str, **values: Any) -> None:
    """Run statements on a database whose guards are off."""
    engine = make_engine(url)
    with engine.begin() as connection:
        _take_guards_off(connection)
        for statement in statements:
            done = connection.execute(text(statement), values)
            assert done.rowcount != 0, f"nothing was tampered with by {statement}"
    engine.dispose()


def _take_guards_off(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for table in PROTECTED:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))


def stored(url: str, query: str, **values: Any) -> Sequence[Any]:
    """Return one row as the database has it."""
    engine = make_engine(url)
    with engine.connect() as connection:
        row = connection.execute(text(query), values).one()
    engine.dispose()
    return tuple(row)

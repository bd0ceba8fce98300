"""The table of the reform plan, private to the store: what has happened to its tasks, and nothing else."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Integer, String, Table, Text, UniqueConstraint

from workers.store.instant import Instant
from workers.store.tables import big, metadata

# Append-only, each row bound to the one before of its office. A plan has some dozens of tasks, so that how
# they stand is replayed whenever it is asked: there is no second truth beside it.
reform_events: Final = Table(
    "reform_events",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    # The year of the plan, so that old ones are not read every minute.
    Column("year", Integer, nullable=False),
    Column("code", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    # The local day since which it is so; when it was recorded.
    Column("happened_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("office", "year", "code", "seq"),
    UniqueConstraint("office", "number"),
)

"""The tables of what the machinery remembers of itself, private to the store like those of `tables.py`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text

from workers.store.instant import Instant
from workers.store.tables import big, metadata

# Messages of other systems: the keys taken (so that a second delivery changes nothing), and those refused.
intake_keys: Final = Table(
    "intake_keys",
    metadata,
    Column("office", String(64), nullable=False),
    Column("key", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("received_at", Instant, nullable=False),
    PrimaryKeyConstraint("office", "key"),
)
dead_letters: Final = Table(
    "dead_letters",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("key", String(200), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("payload", Text, nullable=False),
    Column("error", String(64), nullable=False),
    Column("message", Text, nullable=False),
    Index("ix_dead_letters_office_received_at", "office", "received_at"),
)

imports: Final = Table(
    "imports",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("file", String(255), nullable=False),
    Column("finished_at", Instant, nullable=False),
    Column("counts", Text, nullable=False),
)

heartbeats: Final = Table(
    "heartbeats",
    metadata,
    Column("office", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("data", Text, nullable=False),
    PrimaryKeyConstraint("office", "name"),
)

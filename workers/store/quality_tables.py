"""The table of what is said of nonconformities, private to the store like those of `tables.py`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from workers.store.instant import Instant
from workers.store.tables import big, metadata

# Append-only like the events (triggers refuse everything else), each row bound to the one before of its
# office: the last word on each matter counts.
nonconformity_entries: Final = Table(
    "nonconformity_entries",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("code", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("office", "code", "seq"),
    UniqueConstraint("office", "number"),
)

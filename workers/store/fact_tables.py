"""The table of what can no longer change by itself, private to the store like those of `tables.py`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, PrimaryKeyConstraint, String, Table

from workers.store.instant import Instant
from workers.store.tables import big, metadata

# Results by half month: by the day there would be as many cells as dossiers. "" stands for what is not said.
on_time_facts: Final = Table(
    "on_time_facts",
    metadata,
    Column("office", String(64), nullable=False),
    Column("closed_in", Instant, nullable=False),
    Column("received_in", Instant, nullable=False),
    Column("unit", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("timing", String(16), nullable=False),
    Column("number", big, nullable=False),
    PrimaryKeyConstraint("office", "closed_in", "received_in", "unit", "channel", "outcome", "timing"),
)

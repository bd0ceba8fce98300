"""The tables of what the office has vouched for: append-only, each row bound to the one before."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, Integer, PrimaryKeyConstraint, String, Table, Text

from workers.store.instant import Instant
from workers.store.tables import big, metadata

# What was reported: the document says everything, the list of its dossiers stands in `sealed_dossiers`.
report_seals: Final = Table(
    "report_seals",
    metadata,
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("office", "number"),
)
sealed_dossiers: Final = Table(
    "sealed_dossiers",
    metadata,
    Column("office", String(64), nullable=False),
    Column("seal", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", String(64), nullable=False),
    # In which figures of the report it was counted, as JSON of one form.
    Column("place", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("office", "seal", "position"),
)

# What there was when a day was over: one hash for all events recorded since the anchor before.
anchors: Final = Table(
    "anchors",
    metadata,
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("made_at", Instant, nullable=False),
    # The events up to this id, how many since the anchor before, their running hash, and the sum by which one
    # that went to another place is found.
    Column("last_id", big, nullable=False),
    Column("events", Integer, nullable=False),
    Column("running", String(64), nullable=False),
    Column("total", String(64), nullable=False),
    # The last seal and the last configuration, each with the hash of all up to it.
    Column("seals", Integer, nullable=False),
    Column("seals_hash", String(64), nullable=False),
    Column("versions", Integer, nullable=False),
    Column("versions_hash", String(64), nullable=False),
    # The last events of the reform plan and of corrective actions alike; null in anchors of before 0014.
    Column("tasks", Integer),
    Column("tasks_hash", String(64)),
    Column("treatments", Integer),
    Column("treatments_hash", String(64)),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("office", "number"),
)

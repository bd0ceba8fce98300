"""The tables of the configurations: those that were put in force, and those that wait for a second person."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Table, Text

from workers.store.instant import Instant
from workers.store.tables import metadata

sla_versions: Final = Table(
    "sla_versions",
    metadata,
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("files", Text, nullable=False),
    Column("author", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("document", Text),
    # The commit of the folder it was read from, where that is a git repository.
    Column("git_commit", String(64)),
    Column("approved_by", String(128)),
    # The version it is a copy of, where it goes back to one.
    Column("back_to", Integer),
    # The procedures and bundles whose terms it gives to open dossiers too, as JSON.
    Column("also_open", Text, nullable=False, server_default="[]"),
    # When every open dossier had been counted anew under it; null: some are still to be looked at.
    Column("redated_at", Instant),
    # How many it moved; until when somebody is at it; how often somebody wrote under an older one.
    Column("moved", Integer, nullable=False, server_default="0"),
    Column("worked_until", Instant),
    Column("late_writes", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("office", "number"),
)

# What somebody wants to put in force and somebody else has to approve.
sla_proposals: Final = Table(
    "sla_proposals",
    metadata,
    Column("office", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("base", Integer, nullable=False),
    Column("files", Text, nullable=False),
    Column("author", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("document", Text),
    Column("git_commit", String(64)),
    Column("back_to", Integer),
    Column("also_open", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    # The version it became; null: not approved.
    Column("version", Integer),
    PrimaryKeyConstraint("office", "number"),
)

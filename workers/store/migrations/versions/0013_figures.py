"""Add the facts, and the indexes by which a period finds its own dossiers and the events that closed any.

Revision: 0013, after 0012. Only adds; code of before still running does not notice.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

_CLOSING = "kind IN ('finished', 'refused', 'withdrawn')"


def upgrade() -> None:
    """Add indexes and an empty table; a database of ten million dossiers takes a minute over them."""
    for column in ("finished_at", "accepted_at"):
        op.create_index(f"ix_dossiers_office_{column}", "dossiers", ["office", column])
    op.create_index(
        "ix_dossier_events_office_occurred_at",
        "dossier_events",
        ["office", "occurred_at", "code"],
        sqlite_where=sa.text(_CLOSING),
        postgresql_where=sa.text(_CLOSING),
    )
    op.create_table(
        "on_time_facts",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("closed_in", Instant, nullable=False),
        sa.Column("received_in", Instant, nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("timing", sa.String(16), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint(
            *("office", "closed_in", "received_in", "unit", "channel", "outcome", "timing"),
            name="pk_on_time_facts",
        ),
    )


def downgrade() -> None:
    """Take them away again; nothing is lost that cannot be counted anew."""
    op.drop_table("on_time_facts")
    op.execute("DELETE FROM heartbeats WHERE name = 'facts'")
    op.drop_index("ix_dossier_events_office_occurred_at", "dossier_events")
    for column in ("accepted_at", "finished_at"):
        op.drop_index(f"ix_dossiers_office_{column}", "dossiers")

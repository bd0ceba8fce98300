"""Add the indexes by which a period finds its own dossiers, and the events that closed any.

Revision: 0014, after 0009. Only adds; code of before still running does not notice.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

_CLOSING = "kind IN ('finished', 'refused', 'withdrawn')"


def upgrade() -> None:
    """Add indexes; a database of ten million dossiers takes a minute over them."""
    for column in ("finished_at", "accepted_at"):
        op.create_index(f"ix_dossiers_office_{column}", "dossiers", ["office", column])
    op.create_index(
        "ix_dossier_events_office_occurred_at",
        "dossier_events",
        ["office", "occurred_at", "code"],
        sqlite_where=sa.text(_CLOSING),
        postgresql_where=sa.text(_CLOSING),
    )


def downgrade() -> None:
    """Take the indexes away again; nothing is lost."""
    op.drop_index("ix_dossier_events_office_occurred_at", "dossier_events")
    for column in ("accepted_at", "finished_at"):
        op.drop_index(f"ix_dossiers_office_{column}", "dossiers")

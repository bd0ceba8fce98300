"""Add what acknowledgements need: until when one is asked for, and who gave it when.

Revision: 0007, after 0006. Only adds: code of 0006 still running leaves what stands there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add a column to the dossiers, three to the notices, and the index of those not answered yet."""
    op.add_column("dossiers", sa.Column("acknowledged", sa.Text, nullable=False, server_default="[]"))
    op.add_column("notices", sa.Column("asked_until", Instant()))
    op.add_column("notices", sa.Column("acknowledged_at", Instant()))
    op.add_column("notices", sa.Column("acknowledged_by", sa.String(128)))
    unanswered = sa.text("asked_until IS NOT NULL AND acknowledged_at IS NULL")
    op.create_index(
        "ix_notices_office_asked_until",
        "notices",
        ["office", "asked_until"],
        sqlite_where=unanswered,
        postgresql_where=unanswered,
    )


def downgrade() -> None:
    """Refuse: who acknowledged what would be lost."""
    raise RuntimeError("this migration cannot be undone: who acknowledged what would be lost")

"""Find the dossiers on a slip by an index: a code says nothing of the slip it stands on.

Revision: 0003, after 0002. Only adds.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the index of the dossiers that stand on a slip."""
    on_a_slip = sa.text("bundle IS NOT NULL")
    op.create_index(
        "ix_dossiers_office_bundle",
        "dossiers",
        ["office", "bundle", "code"],
        sqlite_where=on_a_slip,
        postgresql_where=on_a_slip,
    )


def downgrade() -> None:
    """Take the index away again; nothing is lost."""
    op.drop_index("ix_dossiers_office_bundle", "dossiers")

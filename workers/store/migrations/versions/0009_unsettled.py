"""Add how many senders in a row claimed a notice and never said how it went, counted apart from its attempts.

Revision: 0009, after 0008. Only adds: code of before still running leaves the number as it is, and counts the
senders that do not come back among the attempts, as it did.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add a column to the notices; whatever is under way has lost no sender yet."""
    op.add_column("notices", sa.Column("unsettled", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Refuse: code of before gives up by eight attempts what may have been tried more often."""
    raise RuntimeError(
        "this migration cannot be undone: what has waited for a server for hours would be given up"
    )

"""Add what one mail a person needs: which letter a notice is in, and whether its rung is urgent or alone.

Revision: 0006, after 0005. Only adds: code of before still running fills in neither of the flags, and a
notice it claims is in no letter yet.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None

# A notice that may be under way keeps the name under which it went.
_SECONDS = {
    "postgresql": "CAST(floor(extract(epoch FROM created_at)) AS bigint)",
    "sqlite": "strftime('%s', created_at)",
}


def upgrade() -> None:
    """Add three columns and the index by which the notices that wait for one person are found together."""
    op.add_column("notices", sa.Column("letter", sa.String(64)))
    for name in ("urgent", "alone"):
        op.add_column("notices", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    seconds = _SECONDS[op.get_bind().dialect.name]
    op.execute(
        f"UPDATE notices SET letter = id || '.' || {seconds} "  # noqa: S608 - our own words
        "WHERE attempts > 0 AND state IN ('planned', 'claimed', 'failed', 'held')"
    )
    waiting = sa.text("state IN ('planned', 'failed')")
    op.create_index(
        "ix_notices_office_recipient_deliver_at",
        "notices",
        ["office", "recipient", "deliver_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    """Refuse: a letter that was sent could not be told from one that was not."""
    raise RuntimeError("this migration cannot be undone: which notices went in one letter would be lost")

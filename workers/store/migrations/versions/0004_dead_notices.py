"""Add what dead notices need: when each was given up, by which way it was tried, who had it sent again.

Revision: 0004, after 0003. Only adds: code of 0003 still running does not know the new columns, and none of
them must be filled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add two columns, their index and the table of what was sent again."""
    op.add_column("notices", sa.Column("way", sa.String(16)))
    op.add_column("notices", sa.Column("died_at", Instant()))
    # The moment was not kept before; that of the last attempt is the nearest to it.
    op.execute("UPDATE notices SET died_at = deliver_at WHERE state = 'dead'")
    some = sa.text("died_at IS NOT NULL")
    op.create_index(
        "ix_notices_office_died_at",
        "notices",
        ["office", "died_at"],
        sqlite_where=some,
        postgresql_where=some,
    )
    _resends()


def _resends() -> None:
    op.create_table(
        "notice_resends",
        sa.Column("id", _BIG, primary_key=True, autoincrement=True),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("notice_id", _BIG, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_notice_resends"),
    )
    op.create_index("ix_notice_resends_office_notice_id", "notice_resends", ["office", "notice_id"])


def downgrade() -> None:
    """Refuse: who had what sent again would be lost."""
    raise RuntimeError("this migration cannot be undone: who had dead notices sent again would be lost")

"""Add what is said of nonconformities: cause, correction, corrective action, check of its effect.

Revision: 0012, after 0011. Only adds; like the events nothing in it can be changed or deleted.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TABLE = "nonconformity_entries"
_REFUSE = "what is said of a nonconformity is append-only: say it anew"


def upgrade() -> None:
    """Add the table, then let nobody rewrite it."""
    op.create_table(
        _TABLE,
        sa.Column("id", _BIG, primary_key=True, autoincrement=True),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.UniqueConstraint("office", "code", "seq", name=f"uq_{_TABLE}_office_code_seq"),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION dunghan_refuse_unsaying() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {_TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {_TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION dunghan_refuse_unsaying()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {_TABLE}_no_{verb.lower()} BEFORE {verb} ON {_TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        )


def downgrade() -> None:
    """Refuse: what was said of nonconformities would be lost."""
    raise RuntimeError("this migration cannot be undone: the corrective actions on record would be lost")

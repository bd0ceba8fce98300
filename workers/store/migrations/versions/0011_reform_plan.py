"""Add the reform plan: one append-only table of what has happened to its tasks.

Revision: 0011, after 0010. Only adds; code of before still running does not know of it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

_REFUSE = "reform_events is append-only"


def upgrade() -> None:
    """Add the table, and what refuses every change of it."""
    op.create_table(
        "reform_events",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reform_events"),
        sa.UniqueConstraint("office", "year", "code", "seq", name="uq_reform_events_office_year_code_seq"),
    )
    _guard()


def _guard() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION dunghan_refuse_reform_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER reform_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reform_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION dunghan_refuse_reform_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER reform_events_no_{verb.lower()} BEFORE {verb} ON reform_events "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        )


def downgrade() -> None:
    """Refuse: the history of the plan would be lost."""
    raise RuntimeError("this migration cannot be undone: the history of the reform plan would be lost")

"""Add the seals of reports with the lists of their dossiers, and the daily anchors of the history.

Revision: 0010, after 0009. Only adds; nobody may change or delete a row of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_REFUSE = "seals and anchors are append-only: record a correction as a new seal"
_GUARDED = ("report_seals", "sealed_dossiers", "anchors")


def upgrade() -> None:
    """Create the tables, then let nobody rewrite what was vouched for."""
    op.create_table(
        "report_seals",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("office", "number", name="pk_report_seals"),
    )
    op.create_table(
        "sealed_dossiers",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("seal", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("office", "seal", "position", name="pk_sealed_dossiers"),
    )
    _anchors()
    _guard()


def _anchors() -> None:
    op.create_table(
        "anchors",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("last_id", _BIG, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("running", sa.String(64), nullable=False),
        sa.Column("total", sa.String(64), nullable=False),
        sa.Column("seals", sa.Integer, nullable=False),
        sa.Column("seals_hash", sa.String(64), nullable=False),
        sa.Column("versions", sa.Integer, nullable=False),
        sa.Column("versions_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("office", "number", name="pk_anchors"),
    )


def _guard() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION dunghan_refuse_reseal() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
        )
        for table in _GUARDED:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION dunghan_refuse_reseal()"
            )
        return
    for table in _GUARDED:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
            )


def downgrade() -> None:
    """Refuse: what was reported and vouched for would be lost."""
    raise RuntimeError("this migration cannot be undone: what was reported and vouched for would be lost")

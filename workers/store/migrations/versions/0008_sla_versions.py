"""Add what a configuration that is put in force says of itself, and how far open dossiers have followed it.

Revision: 0008, after 0007. Only adds. What was in force before counts as followed: an upgrade moves no due
date by itself; the next configuration that is put in force finds what an earlier one left, by its state.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add columns to the versions and the dossiers, a table of proposals and an index of what was moved."""
    for column in (
        sa.Column("document", sa.Text),
        sa.Column("git_commit", sa.String(64)),
        sa.Column("approved_by", sa.String(128)),
        sa.Column("back_to", sa.Integer),
        sa.Column("also_open", sa.Text, nullable=False, server_default="[]"),
        sa.Column("redated_at", Instant()),
        sa.Column("moved", sa.Integer, nullable=False, server_default="0"),
        sa.Column("worked_until", Instant()),
        sa.Column("late_writes", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("sla_versions", column)
    op.execute("UPDATE sla_versions SET redated_at = created_at")
    op.add_column("dossiers", sa.Column("bound_under", sa.Integer))
    _proposals()
    of_rules = sa.text("kind IN ('calendar_changed', 'terms_changed')")
    op.create_index(
        "ix_dossier_events_office_sla_version",
        "dossier_events",
        ["office", "sla_version", "code"],
        sqlite_where=of_rules,
        postgresql_where=of_rules,
    )


def _proposals() -> None:
    op.create_table(
        "sla_proposals",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("author", sa.String(128), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("git_commit", sa.String(64)),
        sa.Column("back_to", sa.Integer),
        sa.Column("also_open", sa.Text, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer),
        sa.PrimaryKeyConstraint("office", "number", name="pk_sla_proposals"),
    )


def downgrade() -> None:
    """Refuse: who put what in force, and by whose leave, would be lost."""
    raise RuntimeError("this migration cannot be undone: who put which configuration in force would be lost")

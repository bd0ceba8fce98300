"""Add what the whole law of time needs: steps, bundles, communes, re-appointments, consultations.

Revision: 0002, after 0001. Only adds, and widens two texts: code of 0001 still running does not know the new
columns, so each may be left out. What only the events can tell is filled in afterwards, by `fill_in`: until
then `step_since` is null.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the columns and the table of steps."""
    _dossiers()
    _clocks()
    _steps()


def _text(name: str, length: int, *, null: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=null)


def _at(name: str, *, null: bool = True) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=null)


def _dossiers() -> None:
    for name in ("commune", "bundle", "bundle_rule", "step", "listed_step"):
        op.add_column("dossiers", _text(name, 64))
    op.add_column("dossiers", sa.Column("step_number", sa.Integer, nullable=False, server_default="1"))
    op.add_column("dossiers", sa.Column("consulting", sa.Text, nullable=False, server_default="[]"))
    op.add_column("dossiers", sa.Column("appointed_on", sa.Date))
    op.add_column("dossiers", _at("step_since"))
    with op.batch_alter_table("dossiers") as batch:
        for name in ("stopped_by", "listed_status"):
            batch.alter_column(name, existing_type=sa.String(16), type_=sa.String(32))


def _clocks() -> None:
    op.add_column("clocks", _at("appointed_at"))
    op.add_column("clocks", _at("step_due_at"))
    op.add_column("clocks", sa.Column("derived_under", sa.Integer, nullable=False, server_default="0"))


def _steps() -> None:
    op.create_table(
        "steps",
        _text("office", 64, null=False),
        _text("code", 64, null=False),
        sa.Column("number", sa.Integer, nullable=False),
        _text("step", 64, null=False),
        _text("unit", 64, null=False),
        _text("officer", 128),
        _at("entered_at", null=False),
        _at("left_at", null=False),
        _text("planned", 32),
        _text("used", 32),
        sa.Column("worked", _BIG, nullable=False),
        _at("due_at"),
        _text("timing", 16, null=False),
        sa.PrimaryKeyConstraint("office", "code", "number", name="pk_steps"),
    )
    op.create_index("ix_steps_office_left_at", "steps", ["office", "left_at"])


def downgrade() -> None:
    """Refuse: what the new columns say of dossiers would be lost."""
    raise RuntimeError("this migration cannot be undone: steps and re-appointments would be lost")

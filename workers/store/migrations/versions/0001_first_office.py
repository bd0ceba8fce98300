"""Create every table of the first office.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workers.store.instant import Instant

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_REFUSE = "the history of dossiers is append-only: record a correction as a new event"


def upgrade() -> None:
    """Create the tables, then let nobody rewrite history."""
    _events()
    _dossiers()
    _clocks()
    _notices()
    _journal()
    _guard()


def _text(name: str, length: int, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=null)


def _at(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Instant(), nullable=null)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _long(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _id() -> sa.Column[int]:
    return sa.Column("id", _BIG, primary_key=True, autoincrement=True)


def _events() -> None:
    op.create_table(
        "dossier_events",
        _id(),
        _text("office", 64),
        _text("code", 64),
        _number("seq"),
        _text("kind", 32),
        _at("occurred_at"),
        _at("recorded_at"),
        _text("actor", 128),
        _number("sla_version"),
        _long("data"),
        _text("hash", 64),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_events"),
        sa.UniqueConstraint("office", "code", "seq", name="uq_dossier_events_office_code_seq"),
    )


def _dossiers() -> None:
    op.create_table(
        "dossiers",
        _text("office", 64),
        _text("code", 64),
        _text("procedure", 64),
        _text("procedure_version", 16),
        _text("limit_case", 64, null=True),
        _text("unit", 64),
        _text("officer", 128, null=True),
        _text("channel", 16, null=True),
        _at("accepted_at"),
        _at("counting_from"),
        _text("promised_at", 40, null=True),
        _long("pauses"),
        _at("stopped_since", null=True),
        _text("stopped_by", 16, null=True),
        sa.Column("restarts", sa.Boolean(), nullable=False),
        _number("supplements"),
        _at("finished_at", null=True),
        _at("returned_at", null=True),
        _text("outcome", 16, null=True),
        _at("last_at"),
        _at("due_original", null=True),
        _at("due_judged", null=True),
        _text("timing", 16, null=True),
        _number("sla_version"),
        _text("digest", 64),
        _at("listed_at", null=True),
        _text("listed_unit", 64, null=True),
        _text("listed_status", 16, null=True),
        _text("listed_officer", 128, null=True),
        _number("last_seq"),
        _text("last_hash", 64),
        sa.PrimaryKeyConstraint("office", "code", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_office_unit_timing", "dossiers", ["office", "unit", "timing"])


def _clocks() -> None:
    op.create_table(
        "clocks",
        _text("office", 64),
        _text("code", 64),
        _at("due_at", null=True),
        _at("next_action_at", null=True),
        _number("epoch"),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("office", "code", name="pk_clocks"),
    )
    op.create_index("ix_clocks_office_next_action_at", "clocks", ["office", "next_action_at"])


def _notices() -> None:
    op.create_table(
        "notices",
        _id(),
        _text("office", 64),
        _text("code", 64),
        _text("step", 64),
        _text("rung", 64),
        _number("epoch"),
        _text("recipient", 128),
        _text("kind", 16),
        _number("level"),
        _text("role", 64),
        _text("state", 16),
        _at("planned_at"),
        _at("created_at"),
        _at("deliver_at"),
        _at("handed_until", null=True),
        _number("attempts"),
        _long("last_error", null=True),
        _text("message_id", 200, null=True),
        _at("sent_at", null=True),
        _text("covered_by", 64, null=True),
        _number("sla_version"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint(
            "office",
            "code",
            "step",
            "rung",
            "epoch",
            "recipient",
            name="uq_notices_office_code_step_rung_epoch_recipient",
        ),
    )
    op.create_index("ix_notices_office_state_deliver_at", "notices", ["office", "state", "deliver_at"])


def _journal() -> None:
    op.create_table(
        "sla_versions",
        _text("office", 64),
        _number("number"),
        _text("digest", 64),
        _long("files"),
        _text("author", 128),
        _long("reason"),
        _at("created_at"),
        sa.PrimaryKeyConstraint("office", "number", name="pk_sla_versions"),
    )
    op.create_table(
        "intake_keys",
        _text("office", 64),
        _text("key", 200),
        _text("digest", 64),
        _at("received_at"),
        sa.PrimaryKeyConstraint("office", "key", name="pk_intake_keys"),
    )
    op.create_table(
        "dead_letters",
        _id(),
        _text("office", 64),
        _text("key", 200),
        _at("received_at"),
        _long("payload"),
        _text("error", 64),
        _long("message"),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
    )
    op.create_index("ix_dead_letters_office_received_at", "dead_letters", ["office", "received_at"])
    op.create_table(
        "imports",
        _id(),
        _text("office", 64),
        _text("file", 255),
        _at("finished_at"),
        _long("counts"),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_table(
        "heartbeats",
        _text("office", 64),
        _text("name", 64),
        _at("at"),
        _long("data"),
        sa.PrimaryKeyConstraint("office", "name", name="pk_heartbeats"),
    )


def _guard() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION dunghan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER dossier_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dossier_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION dunghan_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER dossier_events_no_{verb.lower()} BEFORE {verb} ON dossier_events "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        )


def downgrade() -> None:
    """Refuse: going back before the first office would delete the history of its dossiers."""
    raise RuntimeError("the first migration cannot be undone: it would delete the history of all dossiers")

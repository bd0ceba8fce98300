"""The tables, private to the store. Every row belongs to an office; instants are stored in UTC.

What the machinery remembers of itself stands in `journal_tables.py`, configurations in `rule_tables.py`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from workers.store.instant import Instant

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

big: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up by itself only in INTEGER

# The truth: append-only (triggers refuse everything else), hash-chained per dossier by `seq`.
dossier_events: Final = Table(
    "dossier_events",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("sla_version", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("office", "code", "seq"),
)
# What a new configuration moved, version by version: few events are such, and the index holds those alone.
_OF_RULES: Final = "kind IN ('calendar_changed', 'terms_changed')"
Index(
    "ix_dossier_events_office_sla_version",
    dossier_events.c.office,
    dossier_events.c.sla_version,
    dossier_events.c.code,
    sqlite_where=text(_OF_RULES),
    postgresql_where=text(_OF_RULES),
)
# Which events closed a dossier, and when: one of each, and whoever asks says it in these very words.
CLOSING: Final = text("kind IN ('finished', 'refused', 'withdrawn')")
Index(
    "ix_dossier_events_office_occurred_at",
    dossier_events.c.office,
    dossier_events.c.occurred_at,
    dossier_events.c.code,
    sqlite_where=CLOSING,
    postgresql_where=CLOSING,
)

# What is so because of the events; recreated from them by replay.
dossiers: Final = Table(
    "dossiers",
    metadata,
    Column("office", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("procedure", String(64), nullable=False),
    Column("procedure_version", String(16), nullable=False),
    Column("limit_case", String(64)),
    Column("unit", String(64), nullable=False),
    Column("officer", String(128)),
    Column("channel", String(16)),
    Column("commune", String(64)),
    # The code on the slip of several procedures done at once, and the rule that gives them one limit.
    Column("bundle", String(64)),
    Column("bundle_rule", String(64)),
    Column("accepted_at", Instant, nullable=False),
    Column("counting_from", Instant, nullable=False),
    Column("promised_at", String(40)),
    Column("step", String(64)),
    Column("step_number", Integer, nullable=False, server_default="1"),
    # Null: written before there were steps, or by a program that knows none; the events tell it.
    Column("step_since", Instant),
    Column("pauses", Text, nullable=False),
    Column("stopped_since", Instant),
    Column("stopped_by", String(32)),
    Column("restarts", Boolean, nullable=False),
    Column("supplements", Integer, nullable=False),
    Column("consulting", Text, nullable=False, server_default="[]"),
    Column("appointed_on", Date),
    Column("finished_at", Instant),
    Column("returned_at", Instant),
    Column("outcome", String(16)),
    Column("acknowledged", Text, nullable=False, server_default="[]"),
    Column("last_at", Instant, nullable=False),
    Column("due_original", Instant),
    # Once closed: the due date it was judged by, and how it was judged. Open ones stand in `clocks`.
    Column("due_judged", Instant),
    Column("timing", String(16)),
    Column("sla_version", Integer, nullable=False),
    # The configuration whose terms bind it where that is a later one: somebody put it in force for open ones.
    Column("bound_under", Integer),
    Column("digest", String(64), nullable=False),
    # What the last list said of it, and when that list was made; null until one names it.
    Column("listed_at", Instant),
    Column("listed_unit", String(64)),
    Column("listed_status", String(32)),
    Column("listed_officer", String(128)),
    Column("listed_step", String(64)),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", String(64), nullable=False),
    PrimaryKeyConstraint("office", "code"),
    Index("ix_dossiers_office_unit_timing", "office", "unit", "timing"),
    # A period reads what is open and what closed or came in since it began, not every year there was.
    Index("ix_dossiers_office_finished_at", "office", "finished_at"),
    Index("ix_dossiers_office_accepted_at", "office", "accepted_at"),
    # Of the dossiers on slips only: few are.
    Index(
        "ix_dossiers_office_bundle",
        "office",
        "bundle",
        "code",
        sqlite_where=text("bundle IS NOT NULL"),
        postgresql_where=text("bundle IS NOT NULL"),
    ),
)

# One narrow row per open dossier: hot, small, gone when it closes; only here stands an open due date.
clocks: Final = Table(
    "clocks",
    metadata,
    Column("office", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("due_at", Instant),
    Column("appointed_at", Instant),
    Column("step_due_at", Instant),
    Column("next_action_at", Instant),
    Column("epoch", Integer, nullable=False),
    Column("provisional", Boolean, nullable=False),
    # The configuration whose calendar gave `due_at`; 0: not filled in yet.
    Column("derived_under", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("office", "code"),
    Index("ix_clocks_office_next_action_at", "office", "next_action_at"),
)

# The stays of dossiers in units that are over: planned and actual time. The open one stands in `dossiers`.
steps: Final = Table(
    "steps",
    metadata,
    Column("office", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("officer", String(128)),
    Column("entered_at", Instant, nullable=False),
    Column("left_at", Instant, nullable=False),
    # Amounts in the unit of the plan ("4 working_days"); `worked` in seconds of working time.
    Column("planned", String(32)),
    Column("used", String(32)),
    Column("worked", big, nullable=False),
    Column("due_at", Instant),
    Column("timing", String(16), nullable=False),
    PrimaryKeyConstraint("office", "code", "number"),
    Index("ix_steps_office_left_at", "office", "left_at"),
)

# The claims and the outbox in one: the unique key decides who tells.
notices: Final = Table(
    "notices",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("code", String(64), nullable=False),
    Column("step", String(64), nullable=False),
    Column("rung", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("recipient", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("level", Integer, nullable=False),
    Column("role", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("deliver_at", Instant, nullable=False),
    # Until when somebody else has it: a task it was handed to, or the sender that claimed it.
    Column("handed_until", Instant),
    Column("attempts", Integer, nullable=False),
    # How many senders in a row claimed it and never said how it went.
    Column("unsettled", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("message_id", String(200)),
    Column("sent_at", Instant),
    Column("covered_by", String(64)),
    Column("sla_version", Integer, nullable=False),
    # By which way it is being tried or was sent; null: the first one its recipient has.
    Column("way", String(16)),
    # When it was last given up, kept when it is sent again.
    Column("died_at", Instant),
    # Who is told in the place of the recipient, who is away.
    Column("passed_to", String(128)),
    # The letter it is or was in: the name of its message. Null: in none yet, free to go with others.
    Column("letter", String(64)),
    Column("urgent", Boolean, nullable=False, server_default=false()),
    Column("alone", Boolean, nullable=False, server_default=false()),
    # Until when an acknowledgement is asked for; null: none is. Who gave it, whichever of those told it was.
    Column("asked_until", Instant),
    Column("acknowledged_at", Instant),
    Column("acknowledged_by", String(128)),
    UniqueConstraint("office", "code", "step", "rung", "epoch", "recipient"),
    Index("ix_notices_office_state_deliver_at", "office", "state", "deliver_at"),
)
# What waits for one person is found together; most have gone, the index holds those that wait alone.
Index(
    "ix_notices_office_recipient_deliver_at",
    notices.c.office,
    notices.c.recipient,
    notices.c.deliver_at,
    sqlite_where=text("state IN ('planned', 'failed')"),
    postgresql_where=text("state IN ('planned', 'failed')"),
)
# Few ever die: the index holds those alone.
Index(
    "ix_notices_office_died_at",
    notices.c.office,
    notices.c.died_at,
    sqlite_where=notices.c.died_at.is_not(None),
    postgresql_where=notices.c.died_at.is_not(None),
)
# Few ask for an acknowledgement and have none: whoever looks for them finds those alone.
_unanswered: Final = notices.c.asked_until.is_not(None) & notices.c.acknowledged_at.is_(None)
Index(
    "ix_notices_office_asked_until",
    notices.c.office,
    notices.c.asked_until,
    sqlite_where=_unanswered,
    postgresql_where=_unanswered,
)

# Who had a dead notice sent again, and what it had come to before.
notice_resends: Final = Table(
    "notice_resends",
    metadata,
    Column("id", big, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("notice_id", big, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text),
    Index("ix_notice_resends_office_notice_id", "office", "notice_id"),
)

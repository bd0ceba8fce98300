"""The scratch tables of one transaction: a page of open dossiers, and what becomes of those that stand alike.

Each connection has its own, and nothing of them outlasts the transaction.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, Text

from workers.store.instant import Instant

_scratch: Final = MetaData()

page: Final = Table(
    "alike_page",
    _scratch,
    Column("code", String(64), primary_key=True),  # SQLite would read the page for every dossier of it
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", String(64), nullable=False),
    # Everything but moments that two dossiers must have in common to move together; null: to be judged alone.
    Column("likeness", Text),
    Column("counting_from", Instant, nullable=False),
    Column("step_since", Instant, nullable=False),
    Column("accepted_at", Instant, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DELETE ROWS",
)

moves: Final = Table(
    "alike_moves",
    _scratch,
    Column("likeness", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("data", Text, nullable=False),
    # What the hash of the event binds behind its place in the chain.
    Column("bound", Text, nullable=False),
    Column("bound_under", Integer),
    Column("due_at", Instant),
    Column("appointed_at", Instant),
    Column("step_due_at", Instant),
    Column("next_action_at", Instant),
    Column("epoch", Integer, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("derived_under", Integer, nullable=False),
    # Whether a date people work towards is another: what was to be told of the old one is not told.
    Column("cancels", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DELETE ROWS",
)

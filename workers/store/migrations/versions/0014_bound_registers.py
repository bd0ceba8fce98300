"""Bind the rows of the reform plan and of corrective actions to each other, and let anchors know them.

Revision: 0014, after 0013. Code of before still running goes on reading; what it would write into the two
tables is refused, and can be given again once the new code runs. A row that was altered before does not get a
hash that makes it good: it keeps the old one, by which it is found.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from workers.store.instant import iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

revision = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

_SAID = {
    "reform_events": ("year", "code", "seq", "kind", "happened_on", "recorded_at", "actor", "data"),
    "nonconformity_entries": ("code", "seq", "recorded_at", "actor", "data"),
}
_REFUSALS = {
    "reform_events": "reform_events is append-only",
    "nonconformity_entries": "what is said of a nonconformity is append-only: say it anew",
}
_NO_HASH = "0" * 64


def upgrade() -> None:
    """Add the columns, number and bind what there is, and guard it again."""
    op.add_column("nonconformity_entries", sa.Column("hash", sa.String(64)))
    for table in _SAID:
        op.add_column(table, sa.Column("number", sa.Integer))
        _guard(table, on=False)
        _bind(table)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("number", existing_type=sa.Integer, nullable=False)
            batch.alter_column("hash", existing_type=sa.String(64), nullable=False)
            batch.create_unique_constraint(f"uq_{table}_office_number", ["office", "number"])
        _guard(table, on=True)
    for name in ("tasks", "treatments"):
        op.add_column("anchors", sa.Column(name, sa.Integer))
        op.add_column("anchors", sa.Column(f"{name}_hash", sa.String(64)))


def _bind(table: str) -> None:
    connection, names = op.get_bind(), ("office", "id", "hash", *_SAID[table])
    found = connection.execute(sa.text(f"SELECT {', '.join(names)} FROM {table} ORDER BY office, id"))  # noqa: S608 - our own names
    rows = [{name: _text(value) for name, value in row.items()} for row in found.mappings()]
    altered = set(_altered(rows)) if table == "reform_events" else set()
    change = sa.text(f"UPDATE {table} SET number = :number, hash = :hash WHERE id = :id")  # noqa: S608 - our own names
    beat = sa.text("INSERT INTO heartbeats (office, name, at, data) VALUES (:office, :name, :at, :data)")
    for office, mine in groupby(rows, key=lambda row: row["office"]):
        number, last, at = 0, _NO_HASH, ""
        for number, row in enumerate(mine, start=1):
            covered = (office, str(number), row["id"], *(row[name] for name in _SAID[table]))
            last = row["hash"] if row["id"] in altered else _bound(last, *covered)
            at = row["recorded_at"]
            connection.execute(change, {"number": number, "hash": last, "id": int(row["id"])})
        data = f'{{"number": {number}, "hash": "{last}"}}'
        connection.execute(beat, {"office": office, "name": table, "at": at, "data": data})


def _altered(rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield the ids of the rows that did not give their hash in the chain of their task."""
    chains: Mapping[Any, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        chains[row["office"], row["year"], row["code"]].append(row)
    for chain in chains.values():
        last = _NO_HASH
        for seq, row in enumerate(sorted(chain, key=lambda row: int(row["seq"])), start=1):
            said = (row[name] for name in _SAID["reform_events"][3:])
            if row["hash"] != _bound(last, row["code"], str(seq), *said):
                yield row["id"]
            last = row["hash"]


def _bound(*texts: str) -> str:
    return sha256("\x1f".join(texts).encode()).hexdigest()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _guard(table: str, *, on: bool) -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} {'ENABLE' if on else 'DISABLE'} TRIGGER {table}_append_only")
        return
    for verb in ("UPDATE", "DELETE"):
        name = f"{table}_no_{verb.lower()}"
        refuse = f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSALS[table]}'); END"
        op.execute(f"CREATE TRIGGER {name} {refuse}" if on else f"DROP TRIGGER {name}")


def downgrade() -> None:
    """Refuse: what vouches for the history would be lost."""
    raise RuntimeError("this migration cannot be undone: what vouches for the registers would be lost")

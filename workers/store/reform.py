"""The events of the reform plan's tasks: append-only, each hash bound to the one before."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sqlalchemy import select

from domain.hash_chain import NO_HASH
from domain.reform_plan import TaskEvent
from workers.store.dialect import bulk_insert
from workers.store.events import canonical
from workers.store.instant import iso
from workers.store.reform_tables import reform_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from domain.reform_plan import TaskEventKind

_COLUMNS: Final = (
    *("office", "year", "code", "seq", "kind", "happened_on"),
    *("recorded_at", "actor", "data", "hash"),
)


class TaskEntry(NamedTuple):
    """Hold one event of a task as it is recorded: its plan, its place in the task's chain, its hash."""

    year: int
    code: str
    seq: int
    event: TaskEvent
    hash: str


def task_hash(previous: str, code: str, seq: int, event: TaskEvent) -> str:
    """Return the SHA-256 that binds an event to the one before; any altered byte changes it."""
    said = (event.kind, event.on.isoformat(), iso(event.recorded_at), event.actor, canonical(event.data))
    return hashlib.sha256("\x1f".join((previous, code, str(seq), *said)).encode()).hexdigest()


def task_chain(
    year: int, code: str, events: Sequence[TaskEvent], *, after: TaskEntry | None
) -> Iterator[TaskEntry]:
    """Yield the entries of new events behind the last one of their task (None: it is new)."""
    seq, previous = (after.seq, after.hash) if after else (0, NO_HASH)
    for event in events:
        seq += 1
        previous = task_hash(previous, code, seq, event)
        yield TaskEntry(year, code, seq, event, previous)


class ReformPlans:
    """Append and read the events of one office's plans; there is no way to change one."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def append(self, entries: Sequence[TaskEntry]) -> None:
        """Append entries; a seq that is taken (a concurrent writer) raises ConflictError."""
        rows = [
            (
                self._office,
                entry.year,
                entry.code,
                entry.seq,
                entry.event.kind,
                entry.event.on,
                entry.event.recorded_at,
                entry.event.actor,
                canonical(entry.event.data),
                entry.hash,
            )
            for entry in entries
        ]
        bulk_insert(self._connection, reform_events, _COLUMNS, rows)

    def histories(self, *, first_year: int = 0, last_year: int = 9_999) -> dict[str, list[TaskEntry]]:
        """Return the events of every task of the plans of some years, inclusive, in their order."""
        table = reform_events
        query = select(table).where(
            table.c.office == self._office, table.c.year >= first_year, table.c.year <= last_year
        )
        found: dict[str, list[TaskEntry]] = {}
        for row in self._connection.execute(query.order_by(table.c.id)).mappings():
            found.setdefault(row["code"], []).append(_entry(row))
        return found

    def history(self, code: str) -> list[TaskEntry]:
        """Return a task's events, oldest first; none for an unknown code."""
        table = reform_events
        query = select(table).where(table.c.office == self._office, table.c.code == code)
        return [_entry(row) for row in self._connection.execute(query.order_by(table.c.seq)).mappings()]

    def years(self) -> list[int]:
        """Return the years that have a plan, in their order."""
        table = reform_events
        query = select(table.c.year).distinct().where(table.c.office == self._office)
        return list(self._connection.scalars(query.order_by(table.c.year)))

    def broken(self) -> Iterator[TaskEntry]:
        """Yield the entries whose hash is not that of what they say behind the entry before."""
        for entries in self.histories().values():
            previous, expected = NO_HASH, 1
            for entry in entries:
                right = task_hash(previous, entry.code, expected, entry.event)
                if entry.hash != right or entry.seq != expected:
                    yield entry
                previous, expected = entry.hash, expected + 1


def _entry(row: Mapping[Any, Any]) -> TaskEntry:
    event = TaskEvent(
        kind=cast("TaskEventKind", row["kind"]),
        on=row["happened_on"],
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        data=json.loads(row["data"]),
    )
    return TaskEntry(row["year"], row["code"], row["seq"], event, row["hash"])

"""The events of the reform plan's tasks: append-only, each hash bound to the one before of the office."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import select

from domain.reform_plan import TaskEvent
from workers.store.events import canonical
from workers.store.ledger import PLAN
from workers.store.reform_tables import reform_events
from workers.store.registers import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from domain.reform_plan import TaskEventKind


class TaskEntry(NamedTuple):
    """Hold one event of a task: its plan, its place in the task's history, its hash once it is recorded."""

    year: int
    code: str
    seq: int
    event: TaskEvent
    hash: str = ""


def entries_of(
    year: int, code: str, events: Sequence[TaskEvent], *, after: TaskEntry | None
) -> Iterator[TaskEntry]:
    """Yield the entries of new events behind the last one of their task (None: it is new)."""
    for seq, event in enumerate(events, start=after.seq + 1 if after else 1):
        yield TaskEntry(year, code, seq, event)


class ReformPlans:
    """Append and read the events of one office's plans; there is no way to change one."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office
        self.register = Register(connection, office, reform_events, PLAN)

    def append(self, entries: Sequence[TaskEntry]) -> None:
        """Append entries; a seq that is taken (a concurrent writer) raises ConflictError."""
        rows = [(entry.year, entry.code, entry.seq, *_said(entry.event)) for entry in entries]
        if entries:
            self.register.append(rows, now=entries[-1].event.recorded_at)

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


def _said(event: TaskEvent) -> tuple[object, ...]:
    return event.kind, event.on, event.recorded_at, event.actor, canonical(event.data)


def _entry(row: Mapping[Any, Any]) -> TaskEntry:
    event = TaskEvent(
        kind=cast("TaskEventKind", row["kind"]),
        on=row["happened_on"],
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        data=json.loads(row["data"]),
    )
    return TaskEntry(row["year"], row["code"], row["seq"], event, row["hash"])

"""Counts of results by half month, unit, channel and how they were judged: each added once, when new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import delete, func, select

from workers.store.dialect import add_numbers, place_among, take_room, taken
from workers.store.fact_tables import on_time_facts
from workers.store.holding import is_still
from workers.store.tables import CLOSING, dossier_events, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select


class Fact(NamedTuple):
    """Hold how many results of one kind there were.

    `closed_in` and `received_in` are the aware instants at which the half months begin in which they came and
    were received. `channel` and `timing` are "" where a dossier says none.
    """

    closed_in: datetime
    received_in: datetime
    unit: str
    channel: str
    outcome: str
    timing: str
    number: int


_COLUMNS: Final = tuple(on_time_facts.c[name] for name in Fact._fields)


class FactsQuery:
    """Keep and read the facts of one office; what counts as what is for the domain to say."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def take(self) -> bool:
        """Take the facts until the transaction ends; False where somebody else is at them."""
        name = f"dunghan facts {self._office}"
        return name in taken(self._connection, [name])

    def last_event(self) -> int | None:
        """Return the number of the last event, below which all is recorded; None while any is written.

        Whoever writes later gets a higher number; who took one before and has not committed would be missed.
        """
        if not is_still(self._connection, self._office):
            return None
        event = dossier_events.c
        query = select(event.id).where(event.office == self._office).order_by(event.id.desc()).limit(1)
        return self._connection.scalars(query).first() or 0

    def span(self) -> tuple[datetime, datetime] | None:
        """Return the first receipt and the last result there are; None without any result."""
        table = dossiers.c
        query = select(func.min(table.accepted_at), func.max(table.finished_at))
        first, last = self._connection.execute(query.where(table.office == self._office)).one()
        return None if last is None else (first, last)

    def counted(self, bounds: Sequence[datetime], *, after: int, until: int | None) -> list[Fact]:
        """Count the results whose event has a number in (after, until] (None: all behind), by half month.

        `bounds` are where the half months begin that have any receipt or result. The channel that is not
        said and the way it was judged are "" where there is none.
        """
        take_room(self._connection)
        table, event = dossiers.c, dossier_events.c
        said = [func.coalesce(table[name], "") for name in ("channel", "outcome", "timing")]
        keys = [
            self._place(table.finished_at, bounds),
            self._place(table.accepted_at, bounds),
            table.unit,
            *said,
        ]
        where: list[Any] = [event.office == self._office, event.id > after, CLOSING]
        where += [] if until is None else [event.id <= until]
        # Not of the column itself: PostgreSQL would walk its index from the oldest event to find the least.
        least = func.min(func.coalesce(event.occurred_at, event.recorded_at))
        first = self._connection.scalars(select(least).where(*where)).one()
        if first is None:
            return []
        # From the first of them on: results of a day are found among those of the day, not among all.
        query = (
            select(*keys, func.count())
            .select_from(dossier_events.join(dossiers, event.code == table.code))
            .where(table.office == self._office, table.finished_at >= first, *where)
            .group_by(*keys)
        )
        rows = self._connection.execute(query)
        return [Fact._make((bounds[row[0] - 1], bounds[row[1] - 1], *row[2:])) for row in rows]

    def add(self, facts: Sequence[Fact]) -> None:
        """Add numbers to those that are there."""
        rows = [fact._asdict() | {"office": self._office} for fact in facts]
        add_numbers(self._connection, on_time_facts, rows, "number")

    def clear(self) -> None:
        """Take all facts away, to count anew."""
        self._connection.execute(delete(on_time_facts).where(on_time_facts.c.office == self._office))

    def between(self, begin: datetime | None = None, end: datetime | None = None) -> Iterator[Fact]:
        """Yield the facts of results in [begin, end), in their order; None: without bound."""
        query = self._within(select(*_COLUMNS), begin, end).order_by(*_COLUMNS)
        yield from map(Fact._make, self._connection.execute(query))

    def summed(self, begin: datetime | None, end: datetime | None) -> Iterator[Fact]:
        """Yield the same added up: of one kind those received before `begin` and those received later."""
        table = on_time_facts.c
        keys = [*_COLUMNS[2:-1], *([] if begin is None else [table.received_in < begin])]
        first = func.min(table.closed_in), func.min(table.received_in)
        query = self._within(select(*first, *_COLUMNS[2:-1], func.sum(table.number)), begin, end)
        for row in self._connection.execute(query.group_by(*keys)):
            yield Fact._make((*row[:-1], int(row[-1])))

    def _within(self, query: Select[Any], begin: datetime | None, end: datetime | None) -> Select[Any]:
        table = on_time_facts.c
        where = [table.office == self._office]
        where += [] if begin is None else [table.closed_in >= begin]
        where += [] if end is None else [table.closed_in < end]
        return query.where(*where)

    def _place(self, column: ColumnElement[Any], bounds: Sequence[datetime]) -> ColumnElement[int]:
        return place_among(column, bounds, self._connection)

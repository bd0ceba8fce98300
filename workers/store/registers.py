"""Registers: append-only tables in which each row is bound to the one before of its office."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from domain.hash_chain import NO_HASH, Head, bind
from workers.store.dialect import bulk_insert, new_ids, replace_row
from workers.store.holding import hold_office
from workers.store.journal_tables import heartbeats
from workers.store.ledger import raw_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from domain.tampering import Shape


class Register:
    """Bind and append rows of one office; `shape` says which columns the hash covers, in which order."""

    def __init__(self, connection: Connection, office: str, table: Table, shape: Shape) -> None:
        self._connection, self._office = connection, office
        self._table, self._shape = table, shape

    def head(self) -> Head:
        """Return the number and hash of the last row; 0 before the first."""
        table = self._table
        query = select(table.c.number, table.c.hash).where(table.c.office == self._office)
        row = self._connection.execute(query.order_by(table.c.number.desc()).limit(1)).first()
        return Head(0, NO_HASH) if row is None else Head(*row)

    def append(self, rows: Sequence[Sequence[Any]], *, now: datetime) -> None:
        """Append rows: the values of the columns behind office, number and id; others who append wait.

        The end is remembered as a sign of life, so that rows taken away there are missed.
        """
        if not rows:
            return
        hold_office(self._connection, f"{self._table.name} {self._office}", alone=True)
        head, bound = self.head(), []
        for id_, row in zip(new_ids(self._connection, self._table, len(rows)), rows, strict=True):
            values = (self._office, head.number + 1, id_, *row)
            head = Head(head.number + 1, bind(head.hash, map(raw_text, values)))
            bound.append((*values, head.hash))
        bulk_insert(self._connection, self._table, (*self._shape.columns, "hash"), bound)
        data = json.dumps({"number": head.number, "hash": head.hash})
        beat = {"office": self._office, "name": self._table.name, "at": now, "data": data}
        replace_row(self._connection, heartbeats, beat)

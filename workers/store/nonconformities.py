"""What is said of nonconformities: appended, each hash bound to the one before, and read, never changed."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from workers.store.dialect import among
from workers.store.ledger import TREATMENTS
from workers.store.quality_tables import nonconformity_entries
from workers.store.registers import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Select

_PAGE = 1_000
_code = attrgetter("code")


class Said(NamedTuple):
    """Hold what was said of one dossier at a time: who said it, when it was recorded, texts by name."""

    code: str
    seq: int
    recorded_at: datetime
    actor: str
    data: Mapping[str, str]


class Nonconformities:
    """Append and read what is said of one office's nonconformities; there is no way to change it."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office
        self.register = Register(connection, office, nonconformity_entries, TREATMENTS)

    def append(self, said: Said) -> None:
        """Append what is said; a seq that is taken (a concurrent writer) raises ConflictError."""
        text = json.dumps(dict(said.data), ensure_ascii=False, sort_keys=True)
        row = (said.code, said.seq, said.recorded_at, said.actor, text)
        self.register.append([row], now=said.recorded_at)

    def next_seq(self, code: str) -> int:
        """Return the place of what is said next of a dossier, from 1."""
        table = nonconformity_entries
        query = select(func.max(table.c.seq)).where(table.c.office == self._office, table.c.code == code)
        return int(self._connection.scalar(query) or 0) + 1

    def of_dossiers(self, codes: Sequence[str], *, known: datetime | None = None) -> dict[str, list[Said]]:
        """Return what was said of dossiers and recorded by `known` (None: all), each oldest first."""
        table = nonconformity_entries
        within = among(table.c.code, codes, self._connection)
        return dict(self._grouped(self._all(known).where(within)))

    def every(self, *, known: datetime | None = None) -> Iterator[tuple[str, list[Said]]]:
        """Yield every dossier of which something was said, by code, with all of it."""
        yield from self._grouped(self._all(known))

    def _all(self, known: datetime | None) -> Select[Any]:
        table = nonconformity_entries
        query = select(table).where(table.c.office == self._office).order_by(table.c.code, table.c.seq)
        return query if known is None else query.where(table.c.recorded_at <= known)

    def _grouped(self, query: Select[Any]) -> Iterator[tuple[str, list[Said]]]:
        rows = self._connection.execute(query.execution_options(yield_per=_PAGE)).mappings()
        for code, said in groupby(map(_said, rows), key=_code):
            yield code, list(said)


def _said(row: Any) -> Said:
    return Said(row["code"], row["seq"], row["recorded_at"], row["actor"], json.loads(row["data"]))

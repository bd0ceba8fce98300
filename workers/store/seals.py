"""The seals of one office: appended with the lists of their dossiers, read, never changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select

from domain.hash_chain import NO_HASH, bind
from domain.seal import canonical
from workers.store.dialect import bulk_insert
from workers.store.holding import hold_office
from workers.store.seal_tables import report_seals, sealed_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

_COLUMNS: Final = ("office", "seal", "position", "code", "place", "hash")


class Seal(NamedTuple):
    """Hold one seal: its number and all that it says; the list of its dossiers is asked for by number."""

    number: int
    document: dict[str, Any]
    hash: str


class Seals:
    """Append and read the seals of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def hold(self) -> None:
        """Let nobody else seal until the transaction ends."""
        hold_office(self._connection, f"seals {self._office}", alone=True)

    def all(self) -> list[Seal]:
        """Return every seal, the oldest first."""
        query = self._mine().order_by(report_seals.c.number)
        return [_seal(row) for row in self._connection.execute(query)]

    def find(self, number: int) -> Seal | None:
        """Return a seal by its number; None where there is none."""
        row = self._connection.execute(self._mine().where(report_seals.c.number == number)).first()
        return None if row is None else _seal(row)

    def last(self) -> Seal | None:
        """Return the newest seal; None before the first."""
        query = self._mine().order_by(report_seals.c.number.desc()).limit(1)
        row = self._connection.execute(query).first()
        return None if row is None else _seal(row)

    def places(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield (code, place) of the dossiers of a seal, in the order of its list."""
        table = sealed_dossiers.c
        query = select(table.code, table.place).where(table.office == self._office, table.seal == number)
        rows = self._connection.execute(query.order_by(table.position).execution_options(yield_per=2_000))
        return ((code, place) for code, place in rows)

    def append(self, document: Mapping[str, Any], places: Mapping[str, str]) -> Seal:
        """Append a seal with its list and return it; whoever calls holds the seals.

        Its number, and the number and hash of its list, are written into the document.
        """
        last = self.last()
        number, previous = (last.number + 1, last.hash) if last else (1, NO_HASH)
        end = self._list(number, places)
        whole = {**document, "number": number, "dossiers": {"number": len(places), "hash": end}}
        text = canonical(whole)
        sealed = Seal(number, whole, bind(previous, (self._office, str(number), text)))
        values = {"office": self._office, "number": number, "document": text, "hash": sealed.hash}
        self._connection.execute(insert(report_seals).values(values))
        return sealed

    def _list(self, number: int, places: Mapping[str, str]) -> str:
        rows, previous = [], NO_HASH
        for position, code in enumerate(sorted(places), start=1):
            covered = (self._office, str(number), str(position), code, places[code])
            previous = bind(previous, covered)
            rows.append((self._office, number, position, code, places[code], previous))
        bulk_insert(self._connection, sealed_dossiers, _COLUMNS, rows)
        return previous

    def _mine(self) -> Any:
        table = report_seals.c
        return select(table.number, table.document, table.hash).where(table.office == self._office)


def _seal(row: Any) -> Seal:
    return Seal(row.number, json.loads(row.document), row.hash)

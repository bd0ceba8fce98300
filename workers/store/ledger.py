"""Rows as they stand in the tables, text by text, whatever they say: for those who check them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists, select, type_coerce
from sqlalchemy.types import NullType

from domain.anchor import COLUMNS, LATER, Recorded
from domain.hash_chain import SEPARATOR, Head, Link
from domain.tampering import Shape
from workers.store.dialect import among
from workers.store.instant import iso
from workers.store.quality_tables import nonconformity_entries
from workers.store.reform_tables import reform_events
from workers.store.rule_tables import sla_versions
from workers.store.seal_tables import anchors, report_seals, sealed_dossiers
from workers.store.tables import clocks, dossier_events, dossiers, steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy import Connection, Table

_EVENT: Final = ("code", "seq", "kind", "occurred_at", "recorded_at", "actor", "sla_version", "data")
EVENTS: Final = Shape("dossier_events", ("office", *_EVENT), "seq", ("office", "code"))
SEALS: Final = Shape("report_seals", ("office", "number", "document"), "number", ("office",))
SEALED: Final = Shape(
    "sealed_dossiers", ("office", "seal", "position", "code", "place"), "position", ("office", "seal")
)
ANCHORS: Final = Shape("anchors", COLUMNS, "number", ("office",))
_BOUND: Final = ("office", "number", "id")
PLAN: Final = Shape(
    "reform_events",
    (*_BOUND, "year", "code", "seq", "kind", "happened_on", "recorded_at", "actor", "data"),
    "number",
    ("office",),
)
TREATMENTS: Final = Shape(
    "nonconformity_entries", (*_BOUND, "code", "seq", "recorded_at", "actor", "data"), "number", ("office",)
)
VERSION: Final = (
    *("number", "digest", "author", "reason", "created_at", "document", "git_commit", "approved_by"),
    *("back_to", "also_open", "files"),
)
"""The columns of a configuration that never change again."""
_TABLES: Final = {
    table.name: table
    for table in (
        *(dossier_events, report_seals, sealed_dossiers, anchors),
        *(reform_events, nonconformity_entries),
    )
}
_PAGE: Final = 2_000


class Ledger:
    """Read the protected tables of one office as they stand."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def events(self, codes: Sequence[str]) -> dict[str, list[Link]]:
        """Return the events of dossiers in the order of their numbers; unknown codes are left out."""
        mine = dossier_events.c.office == self._office
        chosen = among(dossier_events.c.code, codes, self._connection)
        query = _raw(dossier_events, *EVENTS.columns, "hash").where(mine, chosen)
        found: dict[str, list[Link]] = {}
        for row in self._connection.execute(query.order_by(dossier_events.c.code, dossier_events.c.seq)):
            found.setdefault(str(row[1]), []).append(_link(row, EVENTS))
        return found

    def heads(self, codes: Sequence[str]) -> dict[str, Head]:
        """Return how the chains of dossiers should end, by the table of the dossiers."""
        query = _raw(dossiers, "code", "last_seq", "last_hash").where(
            dossiers.c.office == self._office, among(dossiers.c.code, codes, self._connection)
        )
        rows = self._connection.execute(query)
        return {code: Head(number, last) for code, seq, last in rows if (number := _number(seq)) > 0}

    def without_events(self) -> Iterator[tuple[str, str]]:
        """Yield (table, code) of what stands in a table that follows from events, and has none."""
        for table in (dossiers, clocks, steps):
            event = dossier_events.c
            known = exists().where(event.office == self._office, event.code == table.c.code)
            query = select(table.c.code).distinct().where(table.c.office == self._office, ~known)
            yield from ((table.name, code) for code in self._connection.scalars(query))

    def recorded(self, *, after: int, until: int | None = None) -> Iterator[Recorded]:
        """Yield what anchors take of the events with ids in (after, until], in their order."""
        table = dossier_events
        query = _raw(table, "id", "code", "seq", "hash").where(
            table.c.office == self._office, table.c.id > after
        )
        if until is not None:
            query = query.where(table.c.id <= until)
        rows = self._connection.execute(query.order_by(table.c.id).execution_options(yield_per=_PAGE))
        return (Recorded(*map(raw_text, row)) for row in rows)

    def anchors(self) -> Iterator[Link]:
        """Yield the anchors by number."""
        return self._chain(ANCHORS)

    def seals(self) -> Iterator[Link]:
        """Yield the seals by number."""
        return self._chain(SEALS)

    def register(self, shape: Shape) -> Iterator[Link]:
        """Yield the rows of a register of the office, `PLAN` or `TREATMENTS`, by number."""
        return self._chain(shape)

    def sealed(self, seal: int) -> Iterator[Link]:
        """Yield the list of a seal by position."""
        return self._chain(SEALED, seal=seal)

    def listed(self) -> list[int]:
        """Return the numbers of the seals that have a list."""
        query = select(sealed_dossiers.c.seal).distinct().where(sealed_dossiers.c.office == self._office)
        return sorted(_number(number) for number in self._connection.scalars(query))

    def versions(self) -> Iterator[Link]:
        """Yield the configurations by number; they keep no hash of their own."""
        query = _raw(sla_versions, *VERSION).where(sla_versions.c.office == self._office)
        for row in self._connection.execute(query.order_by(sla_versions.c.number)):
            yield Link("", _number(row[0]), tuple(map(raw_text, row)), "")

    def of_no_office(self, offices: Collection[str], shape: Shape) -> Iterator[Link]:
        """Yield the first rows of a table that belong to no office there is."""
        table = _TABLES[shape.table]
        query = _raw(table, *shape.columns, "hash").where(table.c.office.not_in(list(offices)))
        yield from (_link(row, shape) for row in self._connection.execute(query.limit(_PAGE)))

    def _chain(self, shape: Shape, **more: int) -> Iterator[Link]:
        table = _TABLES[shape.table]
        query = _raw(table, *shape.columns, "hash").where(table.c.office == self._office)
        for name, value in more.items():
            query = query.where(table.c[name] == value)
        ordered = query.order_by(table.c[shape.number]).execution_options(yield_per=_PAGE)
        return (_link(row, shape) for row in self._connection.execute(ordered))


def raw_text(value: Any) -> str:
    """Return a value as hashes cover it: instants in UTC, nothing as nothing."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _raw(table: Table, *columns: str) -> Any:
    # No type of ours looks at them: what it cannot read has been altered, and is to be named, not refused.
    return select(*(type_coerce(table.c[name], NullType()).label(name) for name in columns))


def _link(row: Sequence[Any], shape: Shape) -> Link:
    texts = tuple(map(raw_text, row[:-1]))
    named = dict(zip(shape.columns, texts, strict=True))
    chain = SEPARATOR.join(named[name] for name in shape.chain)
    # The hash of an event does not cover the office: it is older than offices that share a database.
    free = 1 if shape is EVENTS else 0
    bare = LATER if shape is ANCHORS and not any(texts[-LATER:]) else 0
    return Link(chain, _number(named[shape.number]), texts, raw_text(row[-1]), free, bare)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return -1

"""The dossiers an audit of the notices goes through, page by page, and notices that belong to none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from workers.store.notices import FIELDS, Notice
from workers.store.tables import dossier_events, notices

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Column, Connection

_CLOSING: Final = ("finished", "refused", "withdrawn")
_MOMENTS: Final = ("planned_at", "created_at", "deliver_at", "sent_at", "died_at")


class ProofQuery:
    """Find what concerns [begin, end) of one office by events and notices alone; None leaves a bound open."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def page(self, begin: datetime | None, end: datetime | None, *, after: str, limit: int) -> list[str]:
        """Return the next codes behind `after` ("": from the first), in the order of the database.

        They are dossiers known before the end and not known as closed before the beginning, and whatever
        something was told of in between.
        """
        first = dossier_events.alias("first")
        concerned = []
        if end is not None:
            concerned.append(first.c.recorded_at < end)
        if begin is not None:
            concerned.append(~self._closed(first.c.code, begin))
        told = exists().where(self._of(first.c.code), self._within(begin, end))
        query = select(first.c.code).where(
            first.c.office == self._office,
            first.c.seq == 1,
            first.c.code > after,
            or_(and_(true(), *concerned), told),
        )
        return list(self._connection.scalars(query.order_by(first.c.code).limit(limit)))

    def strays(self, begin: datetime | None, end: datetime | None, kinds: Collection[str]) -> list[Notice]:
        """Return the notices of [begin, end) about dossiers nobody has accepted; `kinds` are no dossier's."""
        known = exists().where(
            dossier_events.c.office == self._office, dossier_events.c.code == notices.c.code
        )
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office,
            notices.c.kind.not_in(kinds),
            self._within(begin, end),
            ~known,
        )
        return [Notice(**row) for row in self._connection.execute(query.order_by(notices.c.id)).mappings()]

    def of_kinds(
        self,
        kinds: Collection[str],
        begin: datetime | None,
        end: datetime | None,
        *,
        besides: Collection[str],
    ) -> list[Notice]:
        """Return the notices of [begin, end) of some kinds, but those about codes that are known."""
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office, notices.c.kind.in_(kinds), self._within(begin, end)
        )
        rows = self._connection.execute(query.order_by(notices.c.id)).mappings()
        return [Notice(**row) for row in rows if row["code"] not in besides]

    def _closed(self, code: Column[Any], before: datetime) -> ColumnElement[bool]:
        return exists().where(
            dossier_events.c.office == self._office,
            dossier_events.c.code == code,
            dossier_events.c.kind.in_(_CLOSING),
            dossier_events.c.recorded_at < before,
        )

    def _of(self, code: Column[Any]) -> ColumnElement[bool]:
        return and_(notices.c.office == self._office, notices.c.code == code)

    def _within(self, begin: datetime | None, end: datetime | None) -> ColumnElement[bool]:
        return or_(*(_between(notices.c[name], begin, end) for name in _MOMENTS))


def _between(column: Column[Any], begin: datetime | None, end: datetime | None) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [column.is_not(None)]
    if begin is not None:
        bounds.append(column >= begin)
    if end is not None:
        bounds.append(column < end)
    return and_(*bounds)

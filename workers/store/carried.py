"""Whether tables and events agree on which dossiers were open at an instant; told by numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from workers.store.population import is_open
from workers.store.tables import CLOSING, clocks, dossier_events, dossiers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


class CarriedQuery:
    """Hold the tables of one office against its events."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def agrees(self, at: datetime) -> bool:
        """Say whether the dossiers received before an instant were open then by tables and events alike.

        Every open one has its clock and no other has; every one that closed since has its event of that
        very moment, and every such event its dossier. False: there may be one that has not.
        """
        return self._clocks() == self._open() and self._closed(at) == self._closings(at)

    def _clocks(self) -> int:
        query = select(func.count()).select_from(clocks).where(clocks.c.office == self._office)
        return self._connection.scalars(query).one()

    def _open(self) -> int:
        # Without a result and without its day: the second is what the index knows.
        where = (dossiers.c.office == self._office, dossiers.c.finished_at.is_(None), is_open)
        return self._connection.scalars(select(func.count()).select_from(dossiers).where(*where)).one()

    def _closed(self, at: datetime) -> tuple[int, int]:
        table = dossiers.c
        where = (table.office == self._office, table.finished_at >= at, table.accepted_at < at)
        number = self._connection.scalars(select(func.count()).select_from(dossiers).where(*where)).one()
        return number, number

    def _closings(self, at: datetime) -> tuple[int, int]:
        event, table = dossier_events.c, dossiers.c
        same = and_(table.office == event.office, table.code == event.code)
        agree = func.count().filter(table.finished_at == event.occurred_at)
        query = select(func.count(), agree).select_from(dossier_events.join(dossiers, same))
        where = (event.office == self._office, event.occurred_at >= at, CLOSING, table.accepted_at < at)
        number, agreeing = self._connection.execute(query.where(*where)).one()
        return number, agreeing

"""Whether tables and events agree on which dossiers were open at an instant; told by numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from workers.store.tables import CLOSING, clocks, dossier_events, dossiers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select, TextClause


class CarriedQuery:
    """Hold the tables of one office against its events."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def agrees(self, at: datetime) -> bool:
        """Say whether the same dossiers were open at an instant by tables and events.

        Every open one has its clock and no other has; every one that closed since has its event of that
        very moment, and every such event its dossier. False: there may be one that has not.
        """
        return self._clocks() == self._open() and self._closed(at) == self._closings(at) == self._pairs(at)

    def _clocks(self) -> int:
        return self._number(select(func.count()).select_from(clocks).where(clocks.c.office == self._office))

    def _open(self) -> int:
        # By the day of its result, which an index knows; a result without a day is found out where it stands.
        return self._number(select(func.count()).where(self._own, dossiers.c.finished_at.is_(None)))

    def _closed(self, at: datetime) -> int:
        return self._number(select(func.count()).where(self._own, dossiers.c.finished_at >= at))

    def _closings(self, at: datetime) -> int:
        return self._number(select(func.count()).where(*self._closing(at)))

    def _pairs(self, at: datetime) -> int:
        event = dossier_events.c
        same = and_(dossiers.c.code == event.code, dossiers.c.finished_at == event.occurred_at)
        query = select(func.count()).select_from(dossiers.join(dossier_events, same))
        # Said of both, so that each is found by its own index.
        return self._number(query.where(self._own, dossiers.c.finished_at >= at, *self._closing(at)))

    @property
    def _own(self) -> ColumnElement[bool]:
        return dossiers.c.office == self._office

    def _closing(self, at: datetime) -> tuple[ColumnElement[bool] | TextClause, ...]:
        event = dossier_events.c
        return event.office == self._office, event.occurred_at >= at, CLOSING

    def _number(self, query: Select[int]) -> int:
        return self._connection.scalars(query).one()

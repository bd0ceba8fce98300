"""Looking at the notices as letters: which have not gone yet and when they may, which went together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from workers.store.notices import FIELDS, UNSENT, Notice
from workers.store.tables import notices

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select


class Postbox:
    """Read what waits and what went together in one office; nothing is changed."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def waiting(self, *, limit: int) -> list[Notice]:
        """Return the notices that have not gone and still may, those that may go first in front."""
        order = (notices.c.deliver_at, notices.c.recipient, notices.c.id)
        return self._read(self._all(*self._unsent).order_by(*order).limit(limit))

    def count(self) -> int:
        """Return how many wait."""
        return self._connection.scalar(select(func.count()).select_from(notices).where(*self._unsent)) or 0

    def of_letter(self, name: str) -> list[Notice]:
        """Return the notices that are or were in a letter, by dossier: those cancelled before it went too."""
        query = self._all(notices.c.office == self._office, notices.c.letter == name)
        return self._read(query.order_by(notices.c.code, notices.c.step, notices.c.planned_at))

    @property
    def _unsent(self) -> tuple[ColumnElement[bool], ...]:
        return notices.c.office == self._office, notices.c.state.in_(UNSENT)

    def _all(self, *where: ColumnElement[bool]) -> Select[tuple[object, ...]]:
        return select(*(notices.c[name] for name in FIELDS)).where(*where)

    def _read(self, query: Select[tuple[object, ...]]) -> list[Notice]:
        return [Notice(**row) for row in self._connection.execute(query).mappings()]

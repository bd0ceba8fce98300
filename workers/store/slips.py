"""The dossiers whose slip bears a date, page by page: what an audit of the slips goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from workers.store.dialect import among
from workers.store.tables import dossier_events, dossiers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Choose dossiers: accepted in [begin, end), now with one unit; None leaves a bound open."""

    begin: datetime | None = None
    end: datetime | None = None
    unit: str | None = None


class SlipsQuery:
    """Find the dossiers of one office, open and closed, by what their slip says."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def page(self, chosen: Chosen, *, after: str, limit: int) -> list[str]:
        """Return the next codes, in order, behind `after` ("": from the first) of dossiers with a slip."""
        query = select(dossiers.c.code).where(*self._among(chosen), dossiers.c.promised_at.is_not(None))
        found = query.where(dossiers.c.code > after).order_by(dossiers.c.code).limit(limit)
        return list(self._connection.scalars(found))

    def count_without(self, chosen: Chosen) -> int:
        """Count the dossiers whose slip bears no date."""
        query = select(func.count()).where(*self._among(chosen), dossiers.c.promised_at.is_(None))
        return self._connection.scalar(query) or 0

    def printed_anew(self, codes: Sequence[str]) -> set[str]:
        """Return those of the codes whose date on the slip has changed since acceptance."""
        table = dossier_events
        query = select(table.c.code).where(
            table.c.office == self._office,
            among(table.c.code, codes, self._connection),
            table.c.kind == "promise_changed",
        )
        return set(self._connection.scalars(query))

    def _among(self, chosen: Chosen) -> list[Any]:
        conditions = [dossiers.c.office == self._office]
        if chosen.begin is not None:
            conditions.append(dossiers.c.accepted_at >= chosen.begin)
        if chosen.end is not None:
            conditions.append(dossiers.c.accepted_at < chosen.end)
        if chosen.unit is not None:
            conditions.append(dossiers.c.unit == chosen.unit)
        return conditions

"""The counts behind the on-time table: SQL compares instants and adds up; the law has been applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, case, func, select

from domain.on_time_rate import Counts
from workers.store.tables import clocks, dossiers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_CLOSED: Final = {"early": "early", "on_time": "on_time", "late": "late", "no_limit": "resolved_no_limit"}


class CountsQuery:
    """Count the dossiers of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def by_unit(
        self, *, now: datetime, begin: datetime | None = None, end: datetime | None = None
    ) -> dict[str, Counts]:
        """Count by unit the dossiers received in [begin, end) as they stand at `now`."""
        # Parts of the stands: the refused of the results, of those that wait the ones not for papers.
        refused = (func.coalesce(dossiers.c.outcome, "") == "refused").label("refused")
        suspended = (func.coalesce(dossiers.c.stopped_by, "") != "supplement").label("suspended")
        of = (dossiers.c.unit, _stand(now).label("stand"), refused, suspended)
        query = (
            select(*of, func.count())
            .select_from(dossiers.outerjoin(clocks, _same_dossier()))
            .where(dossiers.c.office == self._office)
            .group_by(*of)
        )
        if begin is not None:
            query = query.where(dossiers.c.accepted_at >= begin)
        if end is not None:
            query = query.where(dossiers.c.accepted_at < end)
        counts: dict[str, Counts] = {}
        for unit, name, is_refused, is_suspended, number in self._connection.execute(query):
            parts = {
                "refused": number if is_refused else 0,
                "suspended": number if is_suspended and name == "waiting" else 0,
            }
            counts[unit] = counts.get(unit, Counts()) + Counts(**{name: number}, **parts)
        return counts


def _same_dossier() -> ColumnElement[bool]:
    return and_(clocks.c.office == dossiers.c.office, clocks.c.code == dossiers.c.code)


def _stand(now: datetime) -> ColumnElement[str]:
    """Name the stand of a dossier; the first that fits holds."""
    closed = [(dossiers.c.timing == timing, name) for timing, name in _CLOSED.items()]
    return case(
        (dossiers.c.outcome == "withdrawn", "withdrawn"),
        *closed,
        # One that stopped in time waits in time; stopping after the due date does not make it timely.
        (and_(dossiers.c.stopped_since.is_not(None), clocks.c.due_at.is_(None)), "waiting"),
        (dossiers.c.stopped_since < clocks.c.due_at, "waiting"),
        (clocks.c.due_at.is_(None), "pending_no_limit"),
        (clocks.c.due_at <= now, "pending_overdue"),
        else_="pending_in_time",
    )

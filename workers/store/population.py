"""The dossiers a report is about, as the projection has them, and those whose past has to be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from domain.tally import Counted
from workers.store.tables import clocks, dossier_events, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_PAGE: Final = 2_000
# The last two fields of a Counted are no columns of the table.
_AS_STORED: Final = Counted._fields[:-2]


class Sought(NamedTuple):
    """Hold which dossiers are sought, in aware instants; None: without bound.

    Events count that happened before `until`, were recorded by `known` and have no id above `last_id` (None:
    all). Dossiers were received
    in [`received_since`, `received_until`) and are open or were closed at `closed_since` or later.
    """

    until: datetime
    received_until: datetime
    received_since: datetime | None = None
    closed_since: datetime | None = None
    known: datetime | None = None
    open_only: bool = False
    last_id: int | None = None

    @property
    def is_of_now(self) -> bool:
        """Say whether every event counts that is recorded now."""
        return self.known is None and self.last_id is None


class PopulationQuery:
    """Read the dossiers of one office for a report; a page of them is in memory at a time."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def standing(self, sought: Sought) -> Iterator[Counted]:
        """Yield the dossiers that stand now as they stood then; not those to be replayed (`differing`)."""
        is_open = dossiers.c.outcome.is_(None)
        due_at = func.coalesce(clocks.c.due_at, dossiers.c.due_judged).label("due_at")
        # A clock that should be there and is not is no "without a limit".
        ticking = or_(~is_open, clocks.c.code.is_not(None)).label("ticking")
        query = (
            select(*(dossiers.c[name] for name in _AS_STORED), due_at, ticking)
            .select_from(dossiers.outerjoin(clocks, _same_dossier()))
            .where(*self._within(sought), ~_differs(sought))
        )
        if sought.closed_since is not None:
            query = query.where(_closed_since(sought.closed_since))
        if sought.open_only:
            query = query.where(is_open)
        for row in self._connection.execute(query.execution_options(yield_per=_PAGE)):
            yield Counted._make((*row[:-1], bool(row[-1])))

    def differing(self, sought: Sought, *, after: str, limit: int) -> list[str]:
        """Return the next codes behind `after` ("": the first) whose events say otherwise of then than now.

        They come in the order of the database: whoever pages goes on behind the last of these.
        """
        query = select(dossiers.c.code).where(*self._within(sought), _differs(sought))
        # What had closed before is out, unless that was recorded later than is asked for.
        if sought.closed_since is not None and sought.is_of_now:
            query = query.where(_closed_since(sought.closed_since))
        query = query.where(dossiers.c.code > after).order_by(dossiers.c.code).limit(limit)
        return list(self._connection.scalars(query))

    def _within(self, sought: Sought) -> list[ColumnElement[bool]]:
        clauses = [dossiers.c.office == self._office, dossiers.c.accepted_at < sought.received_until]
        if sought.received_since is not None:
            clauses.append(dossiers.c.accepted_at >= sought.received_since)
        return clauses


def _differs(sought: Sought) -> ColumnElement[bool]:
    later = dossiers.c.last_at >= sought.until
    if sought.is_of_now:
        return later
    event = dossier_events.c
    after = [event.recorded_at > sought.known] if sought.known is not None else []
    after += [event.id > sought.last_id] if sought.last_id is not None else []
    recorded_later = exists().where(
        event.office == dossiers.c.office, event.code == dossiers.c.code, or_(*after)
    )
    return or_(later, recorded_later)


def _same_dossier() -> ColumnElement[bool]:
    return and_(clocks.c.office == dossiers.c.office, clocks.c.code == dossiers.c.code)


def _closed_since(begin: datetime) -> ColumnElement[bool]:
    return or_(dossiers.c.finished_at.is_(None), dossiers.c.finished_at >= begin)

"""The dossiers a report is about, as the projection has them, and those whose past has to be replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from domain.tally import Counted
from workers.store.tables import clocks, dossier_events, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

_PAGE: Final = 2_000
# The last two fields of a Counted are no columns of the table.
_AS_STORED: Final = Counted._fields[:-2]
is_open: Final = dossiers.c.outcome.is_(None)
due_at: Final = func.coalesce(clocks.c.due_at, dossiers.c.due_judged).label("due_at")
# A clock that should be there and is not is no "without a limit".
ticking: Final = or_(~is_open, clocks.c.code.is_not(None)).label("ticking")


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
        query = (
            select(*as_stored())
            .select_from(dossiers.outerjoin(clocks, same_dossier()))
            .where(*within(sought, self._office), ~differs(sought))
        )
        if sought.closed_since is not None:
            query = query.where(closed_since(sought.closed_since))
        if sought.open_only:
            query = query.where(is_open)
        yield from map(counted_of, self._connection.execute(query.execution_options(yield_per=_PAGE)))

    def differing(self, sought: Sought, *, after: str, limit: int) -> list[str]:
        """Return the next codes behind `after` ("": the first) whose events say otherwise of then than now.

        They come in the order of the database: whoever pages goes on behind the last of these.
        """
        query = select(dossiers.c.code).where(*within(sought, self._office), differs(sought))
        # What had closed before is out, unless that was recorded later than is asked for.
        if sought.closed_since is not None and sought.is_of_now:
            query = query.where(closed_since(sought.closed_since))
        query = query.where(dossiers.c.code > after).order_by(dossiers.c.code).limit(limit)
        return list(self._connection.scalars(query))


def as_stored() -> list[ColumnElement[Any]]:
    """Return the columns of a dossier beside its clock of which `counted_of` makes what is counted."""
    return [*(dossiers.c[name] for name in _AS_STORED), due_at, ticking]


def counted_of(row: Sequence[Any]) -> Counted:
    """Return what is counted of a row of `as_stored`."""
    return Counted._make((*row[:-1], bool(row[-1])))


def within(sought: Sought, office: str) -> list[ColumnElement[bool]]:
    """Say that a dossier was received when it is sought; when it was closed is not asked."""
    clauses = [dossiers.c.office == office, dossiers.c.accepted_at < sought.received_until]
    if sought.received_since is not None:
        clauses.append(dossiers.c.accepted_at >= sought.received_since)
    return clauses


def differs(sought: Sought) -> ColumnElement[bool]:
    """Say that the events of a dossier tell otherwise of then than of now: it has to be replayed."""
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


def same_dossier() -> ColumnElement[bool]:
    """Say that a clock is that of a dossier."""
    return and_(clocks.c.office == dossiers.c.office, clocks.c.code == dossiers.c.code)


def closed_since(begin: datetime) -> ColumnElement[bool]:
    """Say that a dossier is open, or was closed at `begin` or later."""
    return or_(dossiers.c.finished_at.is_(None), dossiers.c.finished_at >= begin)

"""The clocks of the open dossiers: one narrow row each, found by when to look at it next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, update

from workers.store.dialect import among, bulk_insert, locked, update_each
from workers.store.tables import clocks, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Hold the due dates of one open dossier and when to look at it next (None: nothing will come).

    `due_at` is the lawful one, `appointed_at` the later one of a re-appointment, `step_due_at` that of the
    step it stands in. `epoch` counts the times a date people work towards moved: rungs of a new epoch may be
    told again. `derived_under` is the configuration whose calendar gave `due_at`.
    """

    code: str
    due_at: datetime | None
    next_action_at: datetime | None
    appointed_at: datetime | None = None
    step_due_at: datetime | None = None
    epoch: int = 0
    provisional: bool = False
    derived_under: int = 0


FIELDS: Final = tuple(entry.name for entry in fields(Clock))
_SAME: Final = {name: name for name in FIELDS}
_values: Final = attrgetter(*FIELDS)


def _taking(place: str) -> Update:
    """Return the statement that finds what is due and moves it, each row by its place in the table.

    On PostgreSQL a row that another sweep has in hand is skipped, and one found is held, so that its place
    stays; SQLite drops the lock clause, there the transaction has locked everything already.
    """
    where: ColumnElement[Any] = literal_column(f"clocks.{place}")
    due = (
        select(where.label("place"))
        .select_from(clocks)
        .where(clocks.c.office == bindparam("of"), clocks.c.next_action_at <= bindparam("now"))
        .order_by(clocks.c.next_action_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    moved = update(clocks).where(where.in_(select(due.c.place)))
    return moved.values(next_action_at=bindparam("until")).returning(clocks.c.code)


# Made once: a sweep that finds nothing costs what its statement costs.
_TAKE_DUE: Final = {"postgresql": _taking("ctid"), "sqlite": _taking("rowid")}


class Clocks:
    """Read and move the clocks of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> list[str]:
        """Return up to `limit` codes that have come due, the soonest, and put each off until `until`.

        They come in the order of the codes. Whoever was given them moves them on; if that message is lost, a
        sweep after `until` finds them again.
        Two sweeps at once never find the same one: who reads it holds it.
        """
        values = {"of": self._office, "now": now, "most": limit, "until": until}
        taking = _TAKE_DUE[self._connection.dialect.name]
        return sorted(self._connection.scalars(taking, values))

    def count_waiting(self, *, now: datetime) -> int:
        """Count the dossiers that have come due and that no sweep has put off."""
        query = select(func.count()).where(self._of_office(), clocks.c.next_action_at <= now)
        return self._connection.scalar(query) or 0

    def oldest_due(self, *, now: datetime) -> datetime | None:
        """Return when the first dossier came due that no sweep has found yet; None when there is none."""
        query = select(func.min(clocks.c.next_action_at)).where(
            self._of_office(), clocks.c.next_action_at <= now
        )
        oldest: datetime | None = self._connection.scalar(query)
        return oldest

    def load(self, codes: Sequence[str], *, lock: bool = False, skip: bool = False) -> dict[str, Clock]:
        """Return the clocks of those dossiers that are open; with `lock`, held until the end.

        `skip` leaves out those that somebody else holds, instead of waiting for them.
        """
        query = select(clocks).where(
            clocks.c.office == self._office, among(clocks.c.code, codes, self._connection)
        )
        if lock:
            query = locked(query.order_by(clocks.c.code), self._connection, skip=skip)
        return {row["code"]: _clock(row) for row in self._connection.execute(query).mappings()}

    def handed_out(self, codes: Sequence[str], *, until: datetime) -> list[str]:
        """Return those of the dossiers that are handed out until a moment, in order: nobody has acted yet."""
        query = select(clocks.c.code).where(
            clocks.c.office == self._office,
            among(clocks.c.code, codes, self._connection),
            clocks.c.next_action_at == until,
        )
        return sorted(self._connection.scalars(query))

    def insert(self, new: Iterable[Clock]) -> None:
        """Insert the clocks of newly opened dossiers."""
        rows = ((self._office, *_values(clock)) for clock in new)
        bulk_insert(self._connection, clocks, ("office", *FIELDS), rows)

    def move(self, moved: Iterable[Clock]) -> None:
        """Put clocks in place of those that stood there."""
        rows = [dict(zip(FIELDS, _values(clock), strict=True)) for clock in moved]
        update_each(self._connection, clocks, self._moved, rows, **_SAME)

    def _moved(self, given: Mapping[str, ColumnElement[Any]]) -> Update:
        mine = update(clocks).where(clocks.c.office == self._office, clocks.c.code == given["code"])
        return mine.values({name: given[name] for name in FIELDS[1:]})

    def remove(self, codes: Sequence[str]) -> None:
        """Take away the clocks of dossiers that have closed."""
        if codes:
            self._connection.execute(delete(clocks).where(*self._one()), [{"at": code} for code in codes])

    def upcoming(self, *, until: datetime, limit: int, since: datetime | None = None) -> list[Clock]:
        """Return the clocks due in (since, until], soonest first; without `since`, the overdue ones too.

        Dossiers that stand still are left out: their due date moves on with every day.
        """
        query = select(clocks).where(clocks.c.office == self._office, self._runs(), clocks.c.due_at <= until)
        if since is not None:
            query = query.where(clocks.c.due_at > since)
        return [
            _clock(row)
            for row in self._connection.execute(query.order_by(clocks.c.due_at).limit(limit)).mappings()
        ]

    def unapologised(self, *, now: datetime) -> list[Clock]:
        """Return the overdue clocks of dossiers nobody appointed anew, longest overdue first."""
        appointed = select(dossiers.c.code).where(
            dossiers.c.office == self._office,
            dossiers.c.code == clocks.c.code,
            dossiers.c.appointed_on.is_not(None),
        )
        query = select(clocks).where(
            self._of_office(), self._runs(), clocks.c.due_at <= now, ~appointed.exists()
        )
        return [_clock(row) for row in self._connection.execute(query.order_by(clocks.c.due_at)).mappings()]

    def count_due(self, *, since: datetime, until: datetime) -> int:
        """Count the clocks due in (since, until], without dossiers that stand still."""
        query = select(func.count()).where(
            clocks.c.office == self._office,
            self._runs(),
            clocks.c.due_at > since,
            clocks.c.due_at <= until,
        )
        return self._connection.scalar(query) or 0

    def late_steps(self, *, now: datetime, limit: int) -> list[Clock]:
        """Return running clocks whose step is overdue while the dossier is not, longest first."""
        in_time = or_(clocks.c.due_at.is_(None), clocks.c.due_at > now)
        query = select(clocks).where(self._of_office(), self._runs(), clocks.c.step_due_at <= now, in_time)
        found = self._connection.execute(query.order_by(clocks.c.step_due_at).limit(limit)).mappings()
        return [_clock(row) for row in found]

    def late_in_time_step(self, *, now: datetime, limit: int) -> list[Clock]:
        """Return running clocks of overdue dossiers whose step still has time, longest overdue first."""
        query = select(clocks).where(
            self._of_office(), self._runs(), clocks.c.due_at <= now, clocks.c.step_due_at > now
        )
        found = self._connection.execute(query.order_by(clocks.c.due_at).limit(limit)).mappings()
        return [_clock(row) for row in found]

    def _of_office(self) -> ColumnElement[bool]:
        return clocks.c.office == self._office

    def summary(self, *, now: datetime) -> dict[str, int]:
        """Count the open dossiers, those overdue, and those waiting for somebody to act on them.

        One that stopped in time is not overdue, whatever its clock says: its due date moves on.
        """
        query = select(
            func.count(),
            func.count().filter(clocks.c.due_at <= now, self._runs()),
            func.count().filter(clocks.c.next_action_at <= now),
            func.count().filter(clocks.c.provisional),
        ).where(clocks.c.office == self._office)
        open_, overdue, due_now, provisional = self._connection.execute(query).one()
        return {"open": open_, "overdue": overdue, "due_now": due_now, "provisional": provisional}

    def count_provisional(self) -> int:
        """Count the open dossiers whose due date lies beyond the known days."""
        query = select(func.count()).where(self._of_office(), clocks.c.provisional)
        return self._connection.scalar(query) or 0

    def _runs(self) -> ColumnElement[bool]:
        stopped = select(dossiers.c.code).where(
            dossiers.c.office == self._office,
            dossiers.c.code == clocks.c.code,
            dossiers.c.stopped_since < clocks.c.due_at,
        )
        return ~stopped.exists()

    def _one(self) -> tuple[Any, ...]:
        return (clocks.c.office == self._office, clocks.c.code == bindparam("at"))


def _clock(row: Any) -> Clock:
    return Clock(**{name: row[name] for name in FIELDS})

"""The dossiers of a report that cannot be told apart by what is asked: how many, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, case, false, func, select

from workers.store.dialect import among, by_bytes, take_room
from workers.store.population import (
    as_stored,
    closed_since,
    counted_of,
    differs,
    due_at,
    is_open,
    same_dossier,
    ticking,
    within,
)
from workers.store.tables import clocks, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

    from domain.tally import Counted
    from workers.store.population import Sought

_PAGE: Final = 2_000
_ALWAYS: Final = ("outcome", "timing", "stopped_by")
_NO_LIMIT: Final = "no_limit"


class Likeness(NamedTuple):
    """Say what tells dossiers apart: columns, and on which side of instants they are.

    `at` is when they are looked at, `begin` when the period begins (None: never). `days`: results without a
    limit are told apart by the days of receipt and result as well, for a form that asks whether they are one.
    """

    columns: Sequence[str]
    at: datetime
    begin: datetime | None = None
    days: bool = False


class Groups(NamedTuple):
    """Hold one dossier of each group with the number of those like it, and how many are to be replayed."""

    counted: list[tuple[Counted, int]]
    differing: int | None


class GroupsQuery:
    """Let the database count; what a dossier of a group is, the law says, of the one that stands for it.

    Here instants are compared and columns kept apart, nothing is decided: of two dossiers in one group every
    comparison that the law makes comes out alike.
    """

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def counted(self, sought: Sought, likeness: Likeness) -> Groups:
        """Return the groups of the dossiers that stand now as they stood then.

        How many do not is counted on the way where the table of the dossiers tells; None: it does not.
        """
        take_room(self._connection)
        keys = _keys(likeness)
        first = func.min(by_bytes(dossiers.c.code, self._connection))
        other = differs(sought) if sought.is_of_now else false()
        told: list[ColumnElement[Any]] = [other, func.count(), first]
        query = select(*told).group_by(*keys, *([other] if sought.is_of_now else ()))
        rows = self._connection.execute(self._of(query, sought)).all()
        numbers = {code: number for is_other, number, code in rows if not is_other}
        differing = sum(number for is_other, number, _ in rows if is_other)
        found = [(each, numbers[each.code]) for each in self._named(list(numbers))]
        return Groups(found, differing if sought.is_of_now else None)

    def firsts(self, sought: Sought, likeness: Likeness, *, limit: int) -> Iterator[Counted]:
        """Yield of each group the first dossiers by code, up to `limit`."""
        code = by_bytes(dossiers.c.code, self._connection)
        place = func.row_number().over(partition_by=_keys(likeness), order_by=code)
        query = select(dossiers.c.code, place.label("place")).where(~differs(sought))
        numbered = self._of(query, sought).subquery()
        codes = list(self._connection.scalars(select(numbered.c.code).where(numbered.c.place <= limit)))
        yield from self._named(codes)

    def reappointed(self, sought: Sought) -> Iterator[Counted]:
        """Yield those whose result was appointed anew, and that stand now as they stood then."""
        query = select(*as_stored()).where(~differs(sought), dossiers.c.appointed_on.is_not(None))
        yield from self._counted(self._of(query, sought))

    def _of(self, query: Select[Any], sought: Sought) -> Select[Any]:
        # By the code alone: half the work of office and code, and the office is one.
        clock = and_(clocks.c.office == self._office, clocks.c.code == dossiers.c.code)
        found = query.select_from(dossiers.outerjoin(clocks, clock)).where(*within(sought, self._office))
        if not sought.is_of_now:
            found = found.where(~differs(sought))
        if sought.closed_since is not None:
            found = found.where(closed_since(sought.closed_since))
        return found

    def _named(self, codes: Sequence[str]) -> Iterator[Counted]:
        for start in range(0, len(codes), _PAGE):
            wanted = among(dossiers.c.code, codes[start : start + _PAGE], self._connection)
            query = select(*as_stored()).select_from(dossiers.outerjoin(clocks, same_dossier()))
            yield from self._counted(query.where(dossiers.c.office == self._office, wanted))

    def _counted(self, query: Select[Any]) -> Iterator[Counted]:
        yield from map(counted_of, self._connection.execute(query.execution_options(yield_per=_PAGE)))


def _keys(likeness: Likeness) -> list[ColumnElement[Any]]:
    """Return what tells dossiers apart; to compare what is not there gives null, a side of its own."""
    columns = dict.fromkeys((*likeness.columns, *_ALWAYS))
    since = case((is_open, dossiers.c.stopped_since))
    due = case((is_open, due_at.element))
    keys: list[ColumnElement[Any]] = [dossiers.c[name] for name in columns]
    keys += [ticking.element, since.is_(None), since < due, due <= likeness.at]
    if likeness.begin is not None:
        keys.append(dossiers.c.accepted_at < likeness.begin)
    if likeness.days:
        without = dossiers.c.timing == _NO_LIMIT
        keys += [case((without, dossiers.c[name])) for name in ("accepted_at", "finished_at")]
    return keys

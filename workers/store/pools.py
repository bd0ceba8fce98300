"""What waits and goes together: with one notice go all that its person waits for, and nothing by halves.

Whoever finds a row locked by somebody else leaves it alone rather than wait with others in hand.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, not_, select, text

from workers.store.dialect import among, locked, taken
from workers.store.notices import FIELDS, Notice
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

MOST_TOGETHER: Final = 2_000
"""How many notices of several people are claimed together at most; one person's stay together beyond that."""
MOST_OF_ONE: Final = 20_000
"""How many notices of one person are claimed together at most: what a sweep hands out."""

_NOBODY: Final[Mapping[str, Collection[str]]] = MappingProxyType({})

# Written out as the index of those that wait has it: a parameter would not say that it is the same.
_IS_PENDING: Final = text("notices.state IN ('planned', 'failed')")


class Waiting(NamedTuple):
    """Hold what was found and locked, and the ids of those too many people wait for: another claim's."""

    found: list[Notice]
    left: list[int]


class Pools:
    """Find and lock the notices of one office that are to be claimed together."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def any_waits(self, ids: Sequence[int], *, now: datetime) -> bool:
        """Say whether one of the notices waits and its moment has come: a mere look, nothing is held."""
        mine = (*self._may_go(now), among(notices.c.id, ids, self._connection))
        return self._connection.scalar(select(notices.c.id).where(*mine).limit(1)) is not None

    def waiting(
        self,
        ids: Sequence[int],
        *,
        now: datetime,
        near: datetime,
        leaving_to: Mapping[str, Collection[str]] = _NOBODY,
    ) -> Waiting:
        """Return those of the notices that wait and whose moment has come, and all that go with them.

        With one that is free go the free ones of the same person, up to the moment `near`, and of those who
        leave theirs to that person (`leaving_to`); with one in a letter the others of that letter. They are
        locked; what another sender has in hand is left to it.
        """
        asked = self._connection.execute(
            select(notices.c.id, notices.c.recipient, notices.c.letter, notices.c.alone).where(
                *self._may_go(now), among(notices.c.id, ids, self._connection)
            )
        ).all()
        letters = {row.letter: row.recipient for row in asked if row.letter}
        people = {row.recipient for row in asked if not row.letter and not row.alone}
        first = set(people)
        people |= {other for name in people for other in leaving_to.get(name, ())}
        # One sender at a time for each person and letter: two halves of a letter would bear one name.
        mine = taken(self._connection, [self._key(name) for name in (*letters, *people)])
        people = {name for name in people if self._key(name) in mine}
        letters = {name: to for name, to in letters.items() if self._key(name) in mine}
        single = [row.id for row in asked if row.alone and not row.letter]
        pool, left = self._whole_pools(people, near, first)
        found = [
            *self._locked(among(notices.c.id, single, self._connection), now, wanted=single),
            *pool,
            *self._locked(self._of_letters(letters), now, wanted=letters),
        ]
        free = (row for row in asked if not row.letter and not row.alone)
        return Waiting(found, [row.id for row in free if row.recipient in left])

    def _whole_pools(
        self, people: set[str], near: datetime, first: set[str]
    ) -> tuple[list[Notice], set[str]]:
        """Return the free notices of people, and those people for whom there is no room beside the others.

        Each is taken whole: half of what waits for one person would be a mail, and the other half another.
        One of those who stand `first` is taken whatever waits for them.
        """
        found = self._locked(self._pool(people), near, wanted=people, most=MOST_TOGETHER + 1)
        if len(found) <= MOST_TOGETHER:
            return found, set()
        counted = select(notices.c.recipient, func.count()).where(*self._may_go(near), self._pool(people))
        room, whole = MOST_TOGETHER, set[str]()
        rows = self._connection.execute(counted.group_by(notices.c.recipient)).all()
        for name, n in sorted(rows, key=lambda row: (row[0] not in first, row[0])):
            if n <= room or not whole:
                whole.add(name)
                room -= n
        return self._locked(self._pool(whole), near, wanted=whole), people - whole

    def still_waiting(self, ids: Sequence[int]) -> list[Notice]:
        """Return as they are now those of the notices, held already, that are still to go."""
        mine = (notices.c.office == self._office, _IS_PENDING, among(notices.c.id, ids, self._connection))
        query = select(*(notices.c[name] for name in FIELDS)).where(*mine)
        found = self._connection.execute(query.order_by(notices.c.deliver_at, notices.c.id)).mappings()
        return [Notice(**row) for row in found]

    def _key(self, name: str) -> str:
        return f"{self._office}/{name}"

    def _may_go(self, until: datetime) -> tuple[ColumnElement[bool], ...]:
        return (notices.c.office == self._office, _IS_PENDING, notices.c.deliver_at <= until)  # type: ignore[return-value]

    def _pool(self, people: set[str]) -> ColumnElement[bool]:
        return (
            among(notices.c.recipient, sorted(people), self._connection)
            & notices.c.letter.is_(None)
            & not_(notices.c.alone)
        )

    def _of_letters(self, letters: Mapping[str, str]) -> ColumnElement[bool]:
        return among(notices.c.recipient, sorted(set(letters.values())), self._connection) & among(
            notices.c.letter, sorted(letters), self._connection
        )

    def _locked(
        self, which: ColumnElement[bool], until: datetime, *, wanted: object, most: int = MOST_OF_ONE
    ) -> list[Notice]:
        if not wanted:
            return []
        query = select(*(notices.c[name] for name in FIELDS)).where(*self._may_go(until), which)
        query = query.order_by(notices.c.deliver_at, notices.c.id).limit(most)
        found = self._connection.execute(locked(query, self._connection, skip=True)).mappings()
        return [Notice(**row) for row in found]

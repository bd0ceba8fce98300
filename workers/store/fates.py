"""How sending went: what becomes of claimed notices, written for many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import or_, select, update

from workers.store.dialect import among, locked, update_each
from workers.store.notices import PENDING
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Update


Settled = Literal["sent", "failed", "dead", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """Say how sending a claimed notice went.

    `attempts` is what the claim counted: with it a claim that has ended in between is told from a later one.
    `letter` is the one it was claimed in; `shared` says that the letter was made for several. failed:
    `reason`, and when to try `again_at`, after `tried` attempts by `way`, in the letter `stays_in`: None
    where nobody can have received that, so that it may go with others, or from now on `alone`. dead: given up
    `at`. sent: `at`, with an answer asked for until `asked_until`.
    """

    id: int
    state: Settled
    attempts: int
    letter: str
    at: datetime
    shared: bool = False
    way: str | None = None
    reason: str | None = None
    message_id: str | None = None
    again_at: datetime | None = None
    tried: int = 0
    stays_in: str | None = None
    alone: bool = False
    asked_until: datetime | None = None


_ID: Final = {"id": "id"}
_MINE: Final = {**_ID, "attempts": "attempts"}
# What was sent was sent, whatever its dossier did in between, and whoever took its sender for dead.
_SENT: Final = ("claimed", "cancelled", "held", *PENDING)


class _Way(NamedTuple):
    """Hold how one kind of fate is written: the statement, and of which column each value is."""

    make: Callable[[Mapping[str, ColumnElement[Any]]], Update]
    columns: Mapping[str, str]


def _claimed(given: Mapping[str, ColumnElement[Any]], **values: Any) -> Update:
    """Settle a claim, unless it has ended in between."""
    mine = (notices.c.id == given["id"], notices.c.attempts == given["attempts"])
    settled = update(notices).where(*mine, notices.c.state == "claimed")
    return settled.values(handed_until=None, unsettled=0, **values)


def _sent(given: Mapping[str, ColumnElement[Any]]) -> Update:
    is_it = (
        notices.c.id == given["id"],
        notices.c.letter == given["letter"],
        or_(*(notices.c.state == state for state in _SENT)),
    )
    names = ("message_id", "way", "asked_until")
    return (
        update(notices)
        .where(*is_it)
        .values(
            state="sent",
            handed_until=None,
            unsettled=0,
            sent_at=given["at"],
            **{name: given[name] for name in names},
        )
    )


def _failed(given: Mapping[str, ColumnElement[Any]]) -> Update:
    return _claimed(
        given,
        state="failed",
        last_error=given["reason"],
        deliver_at=given["again_at"],
        attempts=given["tried"],
        letter=given["stays_in"],
        alone=or_(notices.c.alone, given["alone"]),
        way=given["way"],
    )


def _dead(given: Mapping[str, ColumnElement[Any]]) -> Update:
    return _claimed(given, state="dead", last_error=given["reason"], died_at=given["at"], way=given["way"])


_WAYS: Final[Mapping[str, _Way]] = {
    "sent": _Way(
        _sent,
        {
            **_ID,
            "letter": "letter",
            "at": "sent_at",
            "message_id": "message_id",
            "way": "way",
            "asked_until": "asked_until",
        },
    ),
    "failed": _Way(
        _failed,
        {
            **_MINE,
            "reason": "last_error",
            "again_at": "deliver_at",
            "tried": "attempts",
            "stays_in": "letter",
            "alone": "alone",
            "way": "way",
        },
    ),
    "dead": _Way(_dead, {**_MINE, "reason": "last_error", "at": "died_at", "way": "way"}),
    "cancelled": _Way(lambda given: _claimed(given, state="cancelled"), _MINE),
}


class Fates:
    """Settle the claimed notices of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def settle(self, fates: Sequence[Fate]) -> list[Fate]:
        """Write how sending went; return those whose rows somebody else holds, to be settled one at a time.

        One alone waits for its row. Several would wait with rows of their own in hand, perhaps for somebody
        who waits for those: a dossier that closes takes all of its notices.
        """
        free = {fates[0].id} if len(fates) == 1 else self._lock([fate.id for fate in fates])
        for state, way in _WAYS.items():
            due = [fate for fate in fates if fate.state == state and fate.id in free]
            values = [{name: getattr(fate, name) for name in way.columns} for fate in due]
            update_each(self._connection, notices, way.make, values, **way.columns)
        return [fate for fate in fates if fate.id not in free]

    def _lock(self, ids: Sequence[int]) -> set[int]:
        query = select(notices.c.id).where(among(notices.c.id, ids, self._connection))
        return set(self._connection.scalars(locked(query, self._connection, skip=True)))

    def left_behind(self, fates: Sequence[Fate]) -> list[int]:
        """Return what was not in these shared letters after all: a second attempt went without it.

        Its dossier stood still. Told later under the name of a letter that was received, it would look like
        that letter again.
        """
        letters = sorted({fate.letter for fate in fates})
        query = select(notices.c.id).where(
            *self._may_be_left, among(notices.c.letter, letters, self._connection)
        )
        return sorted(set(self._connection.scalars(query)) - {fate.id for fate in fates})

    def take_out(self, notice_id: int) -> None:
        """Take one notice that has not gone out of its letter; it waits for the row, with nothing in hand."""
        mine = (*self._may_be_left, notices.c.id == notice_id)
        self._connection.execute(update(notices).where(*mine).values(letter=None))

    @property
    def _may_be_left(self) -> tuple[ColumnElement[bool], ...]:
        return notices.c.office == self._office, notices.c.state.in_((*PENDING, "held"))

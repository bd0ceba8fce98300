"""Sending the notices: who has which in hand, and how it went.

A sender claims what it is about to send, in batches, and settles it, in batches; everything in between may be
killed. Whoever finds a row locked by somebody else leaves it alone rather than wait with others in hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import bindparam, func, or_, select, update

from workers.store.dialect import among, locked
from workers.store.notices import FIELDS, PENDING, Notice
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Update


Settled = Literal["sent", "failed", "dead", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """Say how sending a claimed notice went.

    `attempts` is what the claim counted: with it a claim that has ended in between is told from a later one.
    failed: `reason`, and when to try `again_at`, after `tried` attempts by `way`. dead: given up `at`.
    """

    id: int
    state: Settled
    attempts: int
    at: datetime
    way: str | None = None
    reason: str | None = None
    message_id: str | None = None
    again_at: datetime | None = None
    tried: int = 0


class Claim(NamedTuple):
    """Hold the notices now in hand, and the ids of those that must be claimed one at a time."""

    held: list[Notice]
    alone: list[int]


# Made once, as those of the clocks are; SQLite drops the lock clause.
_WAITS: Final = (
    notices.c.office == bindparam("of"),
    notices.c.state.in_((*PENDING, "claimed")),
    notices.c.deliver_at <= bindparam("now"),
    or_(notices.c.handed_until.is_(None), notices.c.handed_until <= bindparam("now")),
)
_COUNT: Final = select(func.count()).where(*_WAITS)
_DUE: Final = (
    select(notices.c.id)
    .where(*_WAITS)
    .order_by(notices.c.deliver_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HAND_OUT: Final = (
    update(notices)
    .where(notices.c.id == bindparam("one"))
    .values(handed_until=bindparam("until"), state="planned")
)
_MINE: Final = (notices.c.id == bindparam("one"), notices.c.attempts == bindparam("tries"))


def _settling(*where: Any, **values: Any) -> Update:
    return update(notices).where(*where).values(handed_until=None, **values)


_SETTLE: Final[Mapping[str, Update]] = {
    # What was sent was sent, even if its dossier closed or stopped in between: it is never called cancelled.
    "sent": _settling(
        notices.c.id == bindparam("one"),
        or_(*(notices.c.state == state for state in ("claimed", "cancelled", "held"))),
        state="sent",
        sent_at=bindparam("at"),
        message_id=bindparam("name"),
        way=bindparam("by"),
    ),
    "failed": _settling(
        *_MINE,
        notices.c.state == "claimed",
        state="failed",
        last_error=bindparam("why"),
        deliver_at=bindparam("again"),
        attempts=bindparam("tried"),
        way=bindparam("by"),
    ),
    "dead": _settling(
        *_MINE,
        notices.c.state == "claimed",
        state="dead",
        last_error=bindparam("why"),
        died_at=bindparam("at"),
        way=bindparam("by"),
    ),
    "cancelled": _settling(*_MINE, notices.c.state == "claimed", state="cancelled"),
}
_PUT_BACK: Final = _settling(
    *_MINE, notices.c.state == "claimed", state="planned", attempts=notices.c.attempts - 1
)
_USED: Final[Mapping[str, tuple[str, ...]]] = {
    "sent": ("one", "at", "name", "by"),
    "failed": ("one", "tries", "why", "again", "tried", "by"),
    "dead": ("one", "tries", "why", "at", "by"),
    "cancelled": ("one", "tries"),
}


class Outbox:
    """Hand out, claim and settle the notices of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> list[int]:
        """Return ids whose moment has come and that nobody has in hand, handed out from now until `until`.

        A claimed notice whose sender did not say in time how it went is planned again.
        """
        ids = list(self._connection.scalars(_DUE, {"of": self._office, "now": now, "most": limit}))
        if ids:
            self._connection.execute(_HAND_OUT, [{"one": notice_id, "until": until} for notice_id in ids])
        return ids

    def count_waiting(self, *, now: datetime) -> int:
        """Count the notices whose moment has come and that nobody has in hand."""
        return self._connection.scalar(_COUNT, {"of": self._office, "now": now}) or 0

    def claim(self, ids: Sequence[int], *, now: datetime, until: datetime) -> Claim:
        """Claim those of the notices whose moment has come and that wait.

        Two senders never hold the same one. The claim ends at `until`: who has not said by then how it went
        is taken for dead. Of several, those tried before are left to be claimed one at a time: one that kills
        its sender must not use up the attempts of its neighbours.
        """
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office,
            among(notices.c.id, ids, self._connection),
            notices.c.state.in_(PENDING),
            notices.c.deliver_at <= now,
        )
        several = len(ids) > 1
        query = locked(query.order_by(notices.c.id), self._connection, skip=several)
        found = [dict(row) for row in self._connection.execute(query).mappings()]
        fresh = [row for row in found if not (several and row["attempts"])]
        if fresh:
            claimed = {"state": "claimed", "handed_until": until}
            self._connection.execute(
                update(notices)
                .where(among(notices.c.id, [row["id"] for row in fresh], self._connection))
                .values(**claimed, attempts=notices.c.attempts + 1)
            )
            held = [Notice(**{**row, **claimed, "attempts": row["attempts"] + 1}) for row in fresh]
        else:
            held = []
        return Claim(held, [row["id"] for row in found if several and row["attempts"]])

    def settle(self, fates: Sequence[Fate]) -> list[Fate]:
        """Write how sending went; return those whose rows somebody else holds, to be settled one at a time.

        One alone waits for its row. Several would wait with rows of their own in hand, perhaps for somebody
        who waits for those: a dossier that closes takes all of its notices.
        """
        free = {fates[0].id} if len(fates) == 1 else self._lock([fate.id for fate in fates])
        for state, statement in _SETTLE.items():
            rows = [_row(fate) for fate in fates if fate.state == state and fate.id in free]
            if rows:
                self._connection.execute(
                    statement, [{name: row[name] for name in _USED[state]} for row in rows]
                )
        return [fate for fate in fates if fate.id not in free]

    def _lock(self, ids: Sequence[int]) -> set[int]:
        query = select(notices.c.id).where(among(notices.c.id, ids, self._connection))
        return set(self._connection.scalars(locked(query, self._connection, skip=True)))

    def put_back(self, held: Sequence[Notice]) -> None:
        """Let go of claimed notices that were not tried after all: it does not count as an attempt.

        Of one that somebody else holds the claim ends by itself.
        """
        free = self._lock([notice.id for notice in held])
        rows = [{"one": notice.id, "tries": notice.attempts} for notice in held if notice.id in free]
        if rows:
            self._connection.execute(_PUT_BACK, rows)

    def give_back(self, ids: Sequence[int]) -> None:
        """Let go of notices that were handed out and not tried: the next sweep hands them out again."""
        self._connection.execute(
            update(notices)
            .where(
                notices.c.office == self._office,
                among(notices.c.id, ids, self._connection),
                notices.c.state.in_(PENDING),
            )
            .values(handed_until=None)
        )

    def release_claims(self) -> None:
        """Plan again whatever a sender holds: for an installation whose only worker has just died."""
        claimed = (notices.c.office == self._office, notices.c.state == "claimed")
        self._connection.execute(update(notices).where(*claimed).values(state="planned", handed_until=None))

    def oldest_undelivered(self, *, now: datetime) -> datetime | None:
        """Return since when the oldest notice that should have gone by now has waited."""
        query = select(func.min(notices.c.created_at)).where(
            notices.c.office == self._office,
            notices.c.state.in_((*PENDING, "claimed")),
            notices.c.deliver_at <= now,
        )
        oldest: datetime | None = self._connection.scalar(query)
        return oldest


def _row(fate: Fate) -> dict[str, Any]:
    return {
        "one": fate.id,
        "tries": fate.attempts,
        "at": fate.at,
        "by": fate.way,
        "why": fate.reason,
        "name": fate.message_id,
        "again": fate.again_at,
        "tried": fate.tried,
    }

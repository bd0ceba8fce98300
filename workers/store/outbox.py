"""Sending the notices: which wait and may go, who has which in hand; `fates.py` says how it went.

A sender claims what it is about to send, in batches, and settles it, in batches; everything in between may be
killed. Whoever finds a row locked by somebody else leaves it alone rather than wait with others in hand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, func, or_, select, update

from workers.store.dialect import among, locked, update_each
from workers.store.notices import PENDING, Notice
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, Update

# Made once, as those of the clocks are; SQLite drops the lock clause.
_WAITS: Final = (
    notices.c.office == bindparam("of"),
    notices.c.state.in_((*PENDING, "claimed")),
    notices.c.deliver_at <= bindparam("now"),
    or_(notices.c.handed_until.is_(None), notices.c.handed_until <= bindparam("now")),
)
_COUNT: Final = select(func.count()).where(*_WAITS)
_DUE: Final = (
    select(notices.c.id, notices.c.recipient, notices.c.letter, notices.c.attempts, notices.c.unsettled)
    .where(*_WAITS)
    .order_by(notices.c.deliver_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class Outbox:
    """Hand out and claim the notices of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> list[int]:
        """Return ids whose moment has come and that nobody has in hand, handed out from now until `until`.

        Those of one person, and of one letter, stand together; a letter tried before comes the later the more
        often it was, and after all others what lost a sender: it may be what kills them. A claimed notice
        whose sender did not say in time how it went is planned again.
        """
        due = self._connection.execute(_DUE, {"of": self._office, "now": now, "most": limit}).mappings()
        ids = [row["id"] for row in sorted(due, key=_turn)]
        if ids:
            self._connection.execute(
                update(notices)
                .where(among(notices.c.id, ids, self._connection))
                .values(handed_until=until, state="planned")
            )
        return ids

    def count_waiting(self, *, now: datetime) -> int:
        """Count the notices whose moment has come and that nobody has in hand."""
        return self._connection.scalar(_COUNT, {"of": self._office, "now": now}) or 0

    def claim(self, letters: Mapping[str, Sequence[Notice]], *, until: datetime) -> dict[str, list[Notice]]:
        """Claim locked notices, each in the letter it is given under; return them as they are now.

        The claim ends at `until`: who has not said by then how it went is taken for dead. Until it is settled
        or put back, it counts as one whose sender never came back.
        """
        rows = [{"id": one.id, "letter": name} for name, held in letters.items() for one in held]
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"])
                .values(
                    state="claimed",
                    handed_until=until,
                    attempts=notices.c.attempts + 1,
                    unsettled=notices.c.unsettled + 1,
                    letter=given["letter"],
                )
            ),
            rows,
            id="id",
            letter="letter",
        )
        return {
            name: [
                replace(
                    one,
                    state="claimed",
                    handed_until=until,
                    attempts=one.attempts + 1,
                    unsettled=one.unsettled + 1,
                    letter=name,
                )
                for one in held
            ]
            for name, held in letters.items()
        }

    def put_back(self, held: Sequence[Notice]) -> None:
        """Let go of claimed notices that were not tried after all: it does not count as an attempt.

        They are in no letter any more. Of one that somebody else holds the claim ends by itself.
        """
        rows = [{"id": one.id, "attempts": one.attempts} for one in held]
        free = select(notices.c.id).where(among(notices.c.id, [one.id for one in held], self._connection))
        locks = set(self._connection.scalars(locked(free, self._connection, skip=True)))
        update_each(
            self._connection,
            notices,
            _put_back,
            [row for row in rows if row["id"] in locks],
            id="id",
            attempts="attempts",
        )

    def put_off(self, moments: Mapping[int, datetime]) -> None:
        """Let locked notices wait for a later moment."""
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"])
                .values(deliver_at=given["deliver_at"], handed_until=None)
            ),
            [{"id": one, "deliver_at": at} for one, at in moments.items()],
            id="id",
            deliver_at="deliver_at",
        )

    def give_back(self, ids: Sequence[int]) -> None:
        """Let go of notices that were handed out and not tried: the next sweep hands them out again.

        Of one that somebody else holds the lease ends by itself.
        """
        mine = (notices.c.office == self._office, notices.c.state.in_(PENDING))
        query = select(notices.c.id).where(*mine, among(notices.c.id, ids, self._connection))
        free = self._connection.scalars(locked(query, self._connection, skip=True)).all()
        among_free = among(notices.c.id, free, self._connection)
        self._connection.execute(update(notices).where(among_free).values(handed_until=None))

    def release_claims(self) -> None:
        """Plan again whatever a sender holds: for an installation whose only worker has just died."""
        claimed = (notices.c.office == self._office, notices.c.state == "claimed")
        self._connection.execute(update(notices).where(*claimed).values(state="planned", handed_until=None))

    def oldest_undelivered(self, *, now: datetime) -> datetime | None:
        """Return since when the oldest notice that should have gone by now has waited.

        What failed should have gone when it was tried, whenever it is tried again.
        """
        query = select(func.min(notices.c.created_at)).where(
            notices.c.office == self._office,
            or_(
                notices.c.state == "failed",
                notices.c.state.in_((*PENDING, "claimed")) & (notices.c.deliver_at <= now),
            ),
        )
        oldest: datetime | None = self._connection.scalar(query)
        return oldest


def _turn(row: RowMapping) -> tuple[int, int, str, str, int]:
    lost, tried = (row["unsettled"], row["attempts"]) if row["letter"] else (0, 0)
    return lost, tried, row["recipient"], row["letter"] or "", row["id"]


def _put_back(given: Mapping[str, ColumnElement[Any]]) -> Update:
    mine = (notices.c.id == given["id"], notices.c.attempts == given["attempts"])
    return (
        update(notices)
        .where(*mine, notices.c.state == "claimed")
        .values(
            state="planned",
            handed_until=None,
            letter=None,
            attempts=notices.c.attempts - 1,
            unsettled=notices.c.unsettled - 1,
        )
    )

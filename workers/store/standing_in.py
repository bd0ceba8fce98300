"""Notices whose recipient is away: passed on to whoever stands in, and listed for the recipient on return."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select, update

from workers.store.dialect import among, lock_in_order, update_each
from workers.store.notices import FIELDS, Notice
from workers.store.tables import clocks, notices

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection


class Telling(NamedTuple):
    """Name one telling of one rung to one person."""

    code: str
    step: str
    rung: str
    epoch: int
    recipient: str


def telling_of(notice: Notice) -> Telling:
    """Return the telling a notice is."""
    return Telling(notice.code, notice.step, notice.rung, notice.epoch, notice.recipient)


class StandingIn:
    """Pass notices of one office on, and find what is owed to those who have come back."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def pass_on(self, held: Sequence[Notice]) -> None:
        """Keep locked notices for the return of their recipients; `passed_to` says who is told."""
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"])
                .values(state="passed", passed_to=given["to"], handed_until=None, asked_until=None)
            ),
            [{"id": notice.id, "to": notice.passed_to} for notice in held],
            id="id",
            to="passed_to",
        )

    def in_place_of(self, codes: Sequence[str]) -> dict[Telling, list[str]]:
        """Return for each telling in somebody's place, about one of these, those in whose place it is."""
        columns = (notices.c.code, notices.c.step, notices.c.rung, notices.c.epoch, notices.c.passed_to)
        query = select(*columns, notices.c.recipient).where(
            notices.c.office == self._office,
            among(notices.c.code, codes, self._connection),
            notices.c.passed_to.is_not(None),
        )
        found: dict[Telling, list[str]] = {}
        for *telling, person in self._connection.execute(query.order_by(notices.c.id)):
            found.setdefault(Telling(*telling), []).append(person)
        return found

    def owed(self, tasks: Collection[str]) -> set[str]:
        """Return for whom something of an open dossier is kept until they are back.

        `tasks` are the open tasks of the reform plan: what is kept of them counts too.
        """
        open_ = select(clocks.c.code).where(
            clocks.c.office == self._office,
            clocks.c.code == notices.c.code,
        )
        query = select(notices.c.recipient).where(
            notices.c.office == self._office,
            notices.c.state == "passed",
            or_(open_.exists(), notices.c.code.in_(tasks)),
        )
        return set(self._connection.scalars(query.distinct()))

    def hand_back(self, telling: Notice) -> None:
        """Note that what is kept for the recipient of a notice is listed by that notice."""
        kept = (
            notices.c.office == self._office,
            notices.c.state == "passed",
            notices.c.recipient == telling.recipient,
        )
        lock_in_order(self._connection, notices.c.id, *kept)
        listed = update(notices).where(*kept).values(state="handed_back", covered_by=telling.code)
        self._connection.execute(listed)

    def handed_back(self, telling: Notice) -> list[Notice]:
        """Return what a notice on return lists, in the order of the rungs.

        What was cancelled before whoever stood in could be told is left out: nobody was told.
        """
        other = notices.alias()
        untold = select(other.c.id).where(
            other.c.office == self._office,
            *(other.c[name] == notices.c[name] for name in ("code", "step", "rung", "epoch")),
            other.c.recipient == notices.c.passed_to,
            other.c.state == "cancelled",
        )
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office,
            notices.c.state == "handed_back",
            notices.c.recipient == telling.recipient,
            notices.c.covered_by == telling.code,
            ~untold.exists(),
        )
        found = self._connection.execute(query.order_by(notices.c.planned_at, notices.c.id)).mappings()
        return [Notice(**row) for row in found]

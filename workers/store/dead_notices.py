"""The notices that were given up: kept with their reason, shown, and sent again when somebody says so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, insert, select, update

from workers.store.dialect import among, locked, update_each
from workers.store.notices import FIELDS, Notice
from workers.store.tables import notice_resends, notices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Select

Outcome = Literal["planned", "held", "cancelled", "rerouted"]
_GONE: Final = ("dead", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """Say who had a dead notice sent again and when, what came of that, and what it had come to before."""

    notice_id: int
    at: datetime
    actor: str
    outcome: Outcome
    attempts: int
    last_error: str | None


_RESEND: Final = tuple(entry.name for entry in fields(Resend))


class DeadNotices:
    """Read the dead notices of one office, and have them sent again."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def newest(self, *, limit: int) -> list[Notice]:
        """Return those given up last, newest first."""
        order = (notices.c.died_at.desc(), notices.c.id.desc())
        return self._read(self._all().order_by(*order).limit(limit))

    def count(self) -> int:
        """Return how many there are."""
        query = select(func.count()).select_from(notices)
        return self._connection.scalar(query.where(*self._dead)) or 0

    def died(self, *, after: datetime, until: datetime, but: str) -> list[Notice]:
        """Return those given up in (after, until], but for one kind, in their order."""
        query = self._all().where(
            notices.c.died_at > after, notices.c.died_at <= until, notices.c.kind != but
        )
        return self._read(query.order_by(notices.c.died_at, notices.c.id))

    def told_at(self, topics: Sequence[str], *, before: datetime | None = None) -> datetime | None:
        """Return when the last notice about one of the topics was made that went out, or still may."""
        query = select(func.max(notices.c.created_at)).where(
            notices.c.office == self._office,
            among(notices.c.code, topics, self._connection),
            notices.c.state.not_in(_GONE),
        )
        found: datetime | None = self._connection.scalar(
            query if before is None else query.where(notices.c.created_at < before)
        )
        return found

    def codes(self, ids: Sequence[int] | None) -> list[str]:
        """Return the dossiers and topics of those of the notices that are dead, or of all that are."""
        query = select(notices.c.code).where(*self._dead)
        if ids is not None:
            query = query.where(among(notices.c.id, ids, self._connection))
        return sorted(set(self._connection.scalars(query)))

    def lock(self, ids: Sequence[int] | None) -> list[Notice]:
        """Return those of the notices that are dead, or all that are; nobody else touches them meanwhile."""
        query = self._all().order_by(notices.c.id)
        if ids is not None:
            query = query.where(among(notices.c.id, ids, self._connection))
        return self._read(locked(query, self._connection))

    def known(self, ids: Sequence[int]) -> set[int]:
        """Return those of the ids that are notices of the office, dead or not."""
        query = select(notices.c.id).where(
            notices.c.office == self._office, among(notices.c.id, ids, self._connection)
        )
        return set(self._connection.scalars(query))

    def revive(self, outcomes: Mapping[int, Outcome], moments: Mapping[int, datetime]) -> None:
        """Give locked dead notices a new life: attempts are counted anew, way and letter are chosen anew.

        `moments` say from when each may go. What others are to be told is cancelled.
        """
        update_each(
            self._connection,
            notices,
            lambda given: (
                update(notices)
                .where(notices.c.id == given["id"], notices.c.state == "dead")
                .values(
                    state=given["state"],
                    attempts=0,
                    unsettled=0,
                    way=None,
                    letter=None,
                    handed_until=None,
                    deliver_at=given["deliver_at"],
                )
            ),
            [
                {
                    "id": one,
                    "state": "cancelled" if outcome == "rerouted" else outcome,
                    "deliver_at": moments[one],
                }
                for one, outcome in outcomes.items()
            ],
            id="id",
            state="state",
            deliver_at="deliver_at",
        )

    def record(self, resends: Sequence[Resend]) -> None:
        """Keep who had what sent again."""
        rows = [{"office": self._office} | {name: getattr(r, name) for name in _RESEND} for r in resends]
        if rows:
            self._connection.execute(insert(notice_resends), rows)

    def resends(self, ids: Sequence[int]) -> dict[int, list[Resend]]:
        """Return how often each of the notices was sent again, in order."""
        table = notice_resends
        query = select(*(table.c[name] for name in _RESEND)).where(
            table.c.office == self._office, among(table.c.notice_id, ids, self._connection)
        )
        found: dict[int, list[Resend]] = {}
        for row in self._connection.execute(query.order_by(table.c.id)).mappings():
            found.setdefault(row["notice_id"], []).append(Resend(**row))
        return found

    @property
    def _dead(self) -> tuple[ColumnElement[bool], ...]:
        return notices.c.office == self._office, notices.c.state == "dead"

    def _all(self) -> Select[tuple[object, ...]]:
        return select(*(notices.c[name] for name in FIELDS)).where(*self._dead)

    def _read(self, query: Select[tuple[object, ...]]) -> list[Notice]:
        return [Notice(**row) for row in self._connection.execute(query).mappings()]

"""The notices: a unique key decides who tells, and the row itself is the outbox.

States: planned (waits for its moment) -> claimed (a worker is sending) -> sent | failed (will be tried again)
-> dead (given up, kept). covered: told in the message of a later rung. held: its dossier stands still.
cancelled: its dossier closed first, or what it was to say of the office is not so any more.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import and_, bindparam, func, or_, select, update

from workers.store.dialect import among, insert_new
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

State = Literal["planned", "claimed", "sent", "failed", "dead", "covered", "held", "cancelled"]
PENDING: Final = ("planned", "failed")
UNSENT: Final = (*PENDING, "claimed", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Hold one rung of one dossier for one recipient. `id` is 0 until the store has given one.

    Of the office itself, `code` names the topic, `rung` the mark that has passed, `kind` says what it is.
    `deliver_at` is the moment from which it may go; `handed_until` says until when somebody has it in hand.
    """

    id: int = 0
    code: str
    step: str = ""
    rung: str
    epoch: int
    recipient: str
    kind: str
    level: int
    role: str
    state: State = "planned"
    planned_at: datetime
    created_at: datetime
    deliver_at: datetime
    handed_until: datetime | None = None
    attempts: int = 0
    last_error: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    covered_by: str | None = None
    sla_version: int


_FIELDS: Final = tuple(field.name for field in fields(Notice))

# Made once, as those of the clocks are; SQLite drops the lock clause.
_DUE: Final = (
    select(notices.c.id)
    .where(
        notices.c.office == bindparam("of"),
        notices.c.state.in_((*PENDING, "claimed")),
        notices.c.deliver_at <= bindparam("now"),
        or_(notices.c.handed_until.is_(None), notices.c.handed_until <= bindparam("now")),
    )
    .order_by(notices.c.deliver_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HAND_OUT: Final = (
    update(notices)
    .where(notices.c.id == bindparam("at"))
    .values(handed_until=bindparam("until"), state="planned")
)


class Notices:
    """Claim, deliver and read the notices of one office."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def claim_rungs(self, new: Sequence[Notice]) -> list[Notice]:
        """Insert the notices nobody has claimed yet, and return those inserted."""
        rows = [self._row(notice) for notice in new]
        return [Notice(**row) for row in insert_new(self._connection, notices, rows, *_FIELDS)]

    def fired(self, codes: Sequence[str]) -> dict[str, set[tuple[int, str, str]]]:
        """Return for each dossier the (epoch, step, rung) that were claimed; the step of its own is empty."""
        query = select(notices.c.code, notices.c.epoch, notices.c.step, notices.c.rung).where(
            notices.c.office == self._office, among(notices.c.code, codes, self._connection)
        )
        found: dict[str, set[tuple[int, str, str]]] = {}
        for code, epoch, step, rung in self._connection.execute(query):
            found.setdefault(code, set()).add((epoch, step, rung))
        return found

    def claimed_for(self, codes: Sequence[str]) -> set[tuple[str, str, str]]:
        """Return the (topic, mark, recipient) that were claimed: looking is cheaper than trying to claim."""
        query = select(notices.c.code, notices.c.rung, notices.c.recipient).where(
            notices.c.office == self._office, among(notices.c.code, codes, self._connection)
        )
        return {(code, rung, recipient) for code, rung, recipient in self._connection.execute(query)}

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> list[int]:
        """Return ids whose moment has come and that nobody has in hand, handed out from now until `until`.

        A claimed notice whose sender did not say in time how it went is planned again.
        """
        ids = list(self._connection.scalars(_DUE, {"of": self._office, "now": now, "most": limit}))
        if ids:
            self._connection.execute(_HAND_OUT, [{"at": notice_id, "until": until} for notice_id in ids])
        return ids

    def claim_for_sending(self, notice_id: int, *, now: datetime, until: datetime) -> Notice | None:
        """Claim a notice whose moment has come; None when it waits no more, or not yet.

        Two senders never hold the same one. The claim ends at `until`: who has not said by then how it went
        is taken for dead.
        """
        statement = (
            update(notices)
            .where(
                notices.c.office == self._office,
                notices.c.id == notice_id,
                notices.c.state.in_(PENDING),
                notices.c.deliver_at <= now,
            )
            .values(state="claimed", handed_until=until, attempts=notices.c.attempts + 1)
        )
        found = self._connection.execute(statement.returning(*(notices.c[name] for name in _FIELDS)))
        row = found.mappings().first()
        return None if row is None else Notice(**row)

    def mark_sent(self, notice_id: int, *, at: datetime, message_id: str) -> None:
        """Write that a claimed notice was taken by the other side.

        It was, even if its dossier closed or stopped in between: what was sent is never called cancelled.
        """
        self._mark(
            notice_id, ("claimed", "cancelled", "held"), state="sent", sent_at=at, message_id=message_id
        )

    def mark_failed(self, notice_id: int, *, reason: str, again_at: datetime) -> None:
        """Write why a claimed notice could not go now, and when to try again."""
        self._mark(notice_id, ("claimed",), state="failed", last_error=reason, deliver_at=again_at)

    def mark_dead(self, notice_id: int, *, reason: str) -> None:
        """Write why a claimed notice can never go; it is kept."""
        self._mark(notice_id, ("claimed",), state="dead", last_error=reason)

    def cancel(self, notice_id: int) -> None:
        """Cancel a claimed notice that has nothing true to say any more."""
        self._mark(notice_id, ("claimed",), state="cancelled")

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

    def _mark(self, notice_id: int, states: Sequence[str], **values: Any) -> None:
        where = (notices.c.id == notice_id, notices.c.state.in_(states))
        self._connection.execute(update(notices).where(*where).values(handed_until=None, **values))

    def cancel_pending(self, codes: Sequence[str]) -> None:
        """Cancel what has not been sent about dossiers that have closed."""
        self._restate(codes, UNSENT, "cancelled")

    def cancel_steps(self, codes: Sequence[str]) -> None:
        """Cancel what has not been sent about steps that dossiers have left."""
        self._restate(codes, UNSENT, "cancelled", notices.c.step != "")

    def hold_pending(self, codes: Sequence[str]) -> None:
        """Hold what has not been sent about dossiers whose clock stands still."""
        self._restate(codes, (*PENDING, "claimed"), "held")

    def release_held(self, codes: Sequence[str]) -> None:
        """Plan again what was held for dossiers that go on with the due date they had."""
        self._restate(codes, ("held",), "planned")

    def fold_earlier(self, later: Sequence[Notice]) -> None:
        """Cover what still waits for a person about a dossier by the later notice now claimed for both."""
        mine = and_(
            notices.c.office == self._office,
            notices.c.code == bindparam("on"),
            notices.c.recipient == bindparam("to"),
            notices.c.step == bindparam("of_step"),
            notices.c.epoch == bindparam("in_epoch"),
            notices.c.planned_at < bindparam("before"),
            or_(*(notices.c.state == state for state in PENDING)),
        )
        rows = [
            {
                "on": n.code,
                "to": n.recipient,
                "of_step": n.step,
                "in_epoch": n.epoch,
                "before": n.planned_at,
                "by": n.rung,
            }
            for n in later
        ]
        if rows:
            values: dict[str, Any] = {"state": "covered", "covered_by": bindparam("by")}
            self._connection.execute(update(notices).where(mine).values(values), rows)

    def _restate(
        self, codes: Sequence[str], states: Sequence[str], state: State, *only: ColumnElement[bool]
    ) -> None:
        if codes:
            where = (
                *only,
                notices.c.office == self._office,
                among(notices.c.code, codes, self._connection),
                notices.c.state.in_(states),
            )
            self._connection.execute(update(notices).where(*where).values(state=state))

    def of_dossier(self, code: str) -> list[Notice]:
        """Return everything that was or will be told about a dossier, in the order of its rungs."""
        query = select(*(notices.c[name] for name in _FIELDS)).where(
            notices.c.office == self._office, notices.c.code == code
        )
        found = self._connection.execute(query.order_by(notices.c.planned_at, notices.c.id)).mappings()
        return [Notice(**row) for row in found]

    def of_office(self) -> list[Notice]:
        """Return every notice there is, in the order they were claimed: for audits and small offices."""
        query = select(*(notices.c[name] for name in _FIELDS)).where(notices.c.office == self._office)
        return [Notice(**row) for row in self._connection.execute(query.order_by(notices.c.id)).mappings()]

    def covered(self, codes: Sequence[str]) -> dict[tuple[str, str, str], list[str]]:
        """Return for (dossier, step, recipient) the rungs told in the message of a later one, in order."""
        query = select(notices.c.code, notices.c.step, notices.c.recipient, notices.c.rung).where(
            notices.c.office == self._office,
            among(notices.c.code, codes, self._connection),
            notices.c.state == "covered",
        )
        found: dict[tuple[str, str, str], list[str]] = {}
        for code, step, recipient, rung in self._connection.execute(query.order_by(notices.c.planned_at)):
            found.setdefault((code, step, recipient), []).append(rung)
        return found

    def summary(self) -> list[tuple[str, str, str, int]]:
        """Count the notices by role, kind and state."""
        keys = (notices.c.role, notices.c.kind, notices.c.state)
        query = select(*keys, func.count()).where(notices.c.office == self._office).group_by(*keys)
        return [(role, kind, state, n) for role, kind, state, n in self._connection.execute(query)]

    def oldest_undelivered(self, *, now: datetime) -> datetime | None:
        """Return since when the oldest notice that should have gone by now has waited."""
        query = select(func.min(notices.c.created_at)).where(
            notices.c.office == self._office,
            notices.c.state.in_((*PENDING, "claimed")),
            notices.c.deliver_at <= now,
        )
        oldest: datetime | None = self._connection.scalar(query)
        return oldest

    def _row(self, notice: Notice) -> dict[str, Any]:
        row = {name: getattr(notice, name) for name in _FIELDS if name != "id"}
        return {"office": self._office, **row}

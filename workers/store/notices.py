"""The notices: a unique key decides who tells, and the row itself is the outbox.

States: planned (waits for its moment) -> claimed (a worker is sending) -> sent | failed (will be tried again)
-> dead (given up, kept). covered: told in the message of a later rung, and planned again if that is cancelled
while its dossier is open. held: its dossier stands still. cancelled: its dossier closed first, or what it was
to say is not so any more, or not for its recipient.
passed: its recipient is away, somebody else is told by a notice of their own -> handed_back: listed for the
recipient on return.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import func, select, update

from workers.store.dialect import among, insert_new, lock_in_order
from workers.store.looks import WAITING
from workers.store.tables import notices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

State = Literal[
    "planned", "claimed", "sent", "failed", "dead", "covered", "held", "cancelled", "passed", "handed_back"
]
PENDING: Final = ("planned", "failed")
UNSENT: Final = (*PENDING, "claimed", "held", "passed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Hold one rung of one dossier for one recipient. `id` is 0 until the store has given one.

    Of the office itself, `code` names the topic, `rung` the mark that has passed, `kind` says what it is.
    `deliver_at` is the moment from which it may go; `handed_until` says until when somebody has it in hand.
    `way` is how it is being told or was; None: by the first way its recipient has. `died_at`: last given up.
    `passed_to` is told in the place of the recipient, who is away.
    `letter` names the message it is in since it was claimed; None: in none, free to go together with others.
    `attempts` counts how often its way was tried, while its server was away no further than the longest pause
    needs; `unsettled` the senders in a row that claimed it and never said how it went.
    What is `urgent` waits for nobody's hours; what stands `alone` never shares a message.
    `asked_until` is when an acknowledgement is asked for at latest; None: it asks for none.
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
    unsettled: int = 0
    last_error: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    covered_by: str | None = None
    sla_version: int
    way: str | None = None
    died_at: datetime | None = None
    passed_to: str | None = None
    letter: str | None = None
    urgent: bool = False
    alone: bool = False
    asked_until: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether its recipient is still to be told, for the first time."""
        return _is_waiting(self)


class Claim(NamedTuple):
    """Hold one rung that was claimed for one person, and what has become of it."""

    epoch: int
    step: str
    rung: str
    recipient: str
    kind: str
    state: State
    role: str
    passed_to: str | None
    deliver_at: datetime
    died_at: datetime | None
    asked_until: datetime | None

    @property
    def waits(self) -> bool:
        """Say whether it waits to be told: other rules have its dossier looked at."""
        return self.state in WAITING

    @property
    def is_waiting(self) -> bool:
        """Say whether its recipient is still to be told, for the first time."""
        return _is_waiting(self)

    @property
    def is_unsent(self) -> bool:
        """Say whether it would still go out as things are."""
        return self.state in (*PENDING, "claimed", "held")


def _is_waiting(one: Notice | Claim) -> bool:
    return one.state in (*PENDING, "claimed", "held") and one.died_at is None


FIELDS: Final = tuple(field.name for field in fields(Notice))


class Notices:
    """Claim, cancel and read the notices of one office; `Outbox` sends them."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def claim_rungs(self, new: Sequence[Notice]) -> list[Notice]:
        """Insert the notices nobody has claimed yet, and return those inserted."""
        rows = [self._row(notice) for notice in new]
        return [Notice(**row) for row in insert_new(self._connection, notices, rows, *FIELDS)]

    def fired(self, codes: Sequence[str]) -> dict[str, set[tuple[int, str, str]]]:
        """Return for each dossier the (epoch, step, rung) that were claimed; the step of its own is empty."""
        query = select(notices.c.code, notices.c.epoch, notices.c.step, notices.c.rung).where(
            notices.c.office == self._office, among(notices.c.code, codes, self._connection)
        )
        found: dict[str, set[tuple[int, str, str]]] = {}
        for code, epoch, step, rung in self._connection.execute(query):
            found.setdefault(code, set()).add((epoch, step, rung))
        return found

    def claims(self, codes: Sequence[str]) -> dict[str, list[Claim]]:
        """Return for each dossier what was claimed and in which state it is."""
        columns = (notices.c[name] for name in ("code", *Claim._fields))
        mine = (notices.c.office == self._office, among(notices.c.code, codes, self._connection))
        found: dict[str, list[Claim]] = {}
        for code, *values in self._connection.execute(select(*columns).where(*mine)):
            found.setdefault(code, []).append(Claim(*values))
        return found

    def claimed_for(self, codes: Sequence[str]) -> set[tuple[str, str, str]]:
        """Return the (topic, mark, recipient) that were claimed: looking is cheaper than trying to claim."""
        query = select(notices.c.code, notices.c.rung, notices.c.recipient).where(
            notices.c.office == self._office, among(notices.c.code, codes, self._connection)
        )
        return {(code, rung, recipient) for code, rung, recipient in self._connection.execute(query)}

    def lock_unsent(self, codes: Sequence[str]) -> None:
        """Hold all that has not been sent about some dossiers, before several things are made of them."""
        if codes:
            lock_in_order(self._connection, notices.c.id, *self._unsent_of(codes, UNSENT))

    def cancel_pending(self, codes: Sequence[str]) -> None:
        """Cancel what has not been sent about dossiers that have closed."""
        self._restate(codes, UNSENT, "cancelled")

    def cancel_moved(self, codes: Sequence[str]) -> None:
        """Cancel what has not been sent of the former due date of dossiers that have another now.

        What was told in somebody's place stays: on return they hear of the dossier with its date of then.
        """
        self._restate(codes, (*PENDING, "claimed", "held"), "cancelled")

    def cancel_steps(self, codes: Sequence[str]) -> None:
        """Cancel what has not been sent about steps that dossiers have left."""
        self._restate(codes, UNSENT, "cancelled", notices.c.step != "")

    def hold_pending(self, codes: Sequence[str]) -> None:
        """Hold what has not been sent about dossiers whose clock stands still."""
        self._restate(codes, (*PENDING, "claimed"), "held")

    def release_held(self, codes: Sequence[str]) -> None:
        """Plan again what was held for dossiers that go on with the due date they had."""
        self._restate(codes, ("held",), "planned")

    def _restate(
        self, codes: Sequence[str], states: Sequence[str], state: State, *only: ColumnElement[bool]
    ) -> None:
        if codes:
            where = (*only, *self._unsent_of(codes, states))
            self._connection.execute(update(notices).where(*where).values(state=state))

    def _unsent_of(self, codes: Sequence[str], states: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
        mine = among(notices.c.code, codes, self._connection)
        return notices.c.office == self._office, mine, notices.c.state.in_(states)

    def of_dossier(self, code: str) -> list[Notice]:
        """Return everything that was or will be told about a dossier, in the order of its rungs."""
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office, notices.c.code == code
        )
        found = self._connection.execute(query.order_by(notices.c.planned_at, notices.c.id)).mappings()
        return [Notice(**row) for row in found]

    def of_dossiers(self, codes: Sequence[str]) -> dict[str, list[Notice]]:
        """Return everything that was or will be told about dossiers, in the order it was claimed."""
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office, among(notices.c.code, codes, self._connection)
        )
        found: dict[str, list[Notice]] = {}
        for row in self._connection.execute(query.order_by(notices.c.created_at, notices.c.id)).mappings():
            found.setdefault(row["code"], []).append(Notice(**row))
        return found

    def of_office(self) -> list[Notice]:
        """Return every notice there is, in the order they were claimed: for audits and small offices."""
        query = select(*(notices.c[name] for name in FIELDS)).where(notices.c.office == self._office)
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

    def _row(self, notice: Notice) -> dict[str, Any]:
        row = {name: getattr(notice, name) for name in FIELDS if name != "id"}
        return {"office": self._office, **row}

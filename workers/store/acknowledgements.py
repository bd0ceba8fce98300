"""Acknowledgements among the notices: which ask for one until when, who gave it, which still wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, or_, select, update

from workers.store.dialect import among, lock_in_order
from workers.store.notices import FIELDS, Claim, Notice
from workers.store.tables import clocks, notices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from domain.acknowledgement import Acknowledgement

SILENT: Final = ("covered", "cancelled")
"""Told in the mail of a later rung, or never told: such a notice asks nobody."""


class Acknowledgements:
    """Read and mark the notices of one office that ask for an acknowledgement."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def asking(self, codes: Sequence[str]) -> dict[str, list[Claim]]:
        """Return for each dossier or task what asks for an answer, told or waiting, answered or not.

        What asks nobody is left out, and so is a dossier of which nothing asks.
        """
        columns = (notices.c[name] for name in ("code", *Claim._fields))
        mine = (*self._asking(), among(notices.c.code, codes, self._connection))
        found: dict[str, list[Claim]] = {}
        for code, *values in self._connection.execute(select(*columns).where(*mine)):
            found.setdefault(code, []).append(Claim(*values))
        return found

    def notice(self, notice_id: int) -> Notice | None:
        """Return the notice of an id; None: the office has no such notice."""
        query = select(*(notices.c[name] for name in FIELDS)).where(
            notices.c.office == self._office, notices.c.id == notice_id
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Notice(**row)

    def mark(self, code: str, answer: Acknowledgement) -> None:
        """Write an acknowledgement on the notices it answers for and that nobody has answered yet."""
        meant = (
            notices.c.office == self._office,
            notices.c.code == code,
            notices.c.step == answer.step,
            notices.c.epoch == answer.epoch,
            or_(
                and_(notices.c.kind == "escalation", notices.c.level < answer.level),
                notices.c.level == answer.level,
            ),
            notices.c.acknowledged_at.is_(None),
        )
        lock_in_order(self._connection, notices.c.id, *meant)
        given = {"acknowledged_at": answer.at, "acknowledged_by": answer.by}
        self._connection.execute(update(notices).where(*meant).values(**given))

    def waiting(self, *, limit: int, tasks: Mapping[str, int]) -> list[Notice]:
        """Return the notices that still wait for an acknowledgement, the most pressing first.

        What a due date that moved or a dossier that closed has made void is left out. `tasks` are the open
        tasks of the reform plan, which have no clock, with their epochs.
        """
        at_hand = [and_(notices.c.code == code, notices.c.epoch == epoch) for code, epoch in tasks.items()]
        query = (
            select(*(notices.c[name] for name in FIELDS))
            .outerjoin(clocks, (clocks.c.office == notices.c.office) & (clocks.c.code == notices.c.code))
            .where(*self._asking(), notices.c.acknowledged_at.is_(None))
            .where(or_(clocks.c.epoch == notices.c.epoch, *at_hand))
            .order_by(notices.c.asked_until, notices.c.code, notices.c.id)
            .limit(limit)
        )
        return [Notice(**row) for row in self._connection.execute(query).mappings()]

    def _asking(self) -> tuple[ColumnElement[bool], ...]:
        return (
            notices.c.office == self._office,
            notices.c.asked_until.is_not(None),
            notices.c.state.not_in(SILENT),
        )

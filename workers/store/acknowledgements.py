"""Acknowledgements among the notices: which ask for one until when, who gave it, which still wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import and_, func, or_, select, update

from workers.store.dialect import among, lock_in_order
from workers.store.notices import FIELDS, Notice
from workers.store.tables import clocks, notices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from domain.acknowledgement import Acknowledgement
    from domain.rung_terms import Key

# Told in the mail of a later rung, or never told: such a notice asks nobody.
_SILENT: Final = ("covered", "cancelled")


class Counted(Protocol):
    """Be something whose notices count by an epoch: the clock of a dossier, a task of the reform plan."""

    @property
    def epoch(self) -> int:
        """Return the epoch it is in."""


class Acknowledgements:
    """Read and mark the notices of one office that ask for an acknowledgement."""

    def __init__(self, connection: Connection, office: str) -> None:
        self._connection, self._office = connection, office

    def asked(self, of: Mapping[str, Counted]) -> dict[str, dict[Key, datetime]]:
        """Return until when the last of those told of a rung (step, code) was asked, for each open dossier.

        Only what was told of the due date it has now counts; a dossier whose rungs ask nobody is left out.
        """
        keys = (notices.c.code, notices.c.epoch, notices.c.step, notices.c.rung)
        query = (
            select(*keys, func.max(notices.c.asked_until))
            .where(*self._asking(), among(notices.c.code, list(of), self._connection))
            .group_by(*keys)
        )
        found: dict[str, dict[Key, datetime]] = {}
        for code, epoch, step, rung, until in self._connection.execute(query):
            if epoch == of[code].epoch:
                found.setdefault(code, {})[step, rung] = until
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

    def waiting(self, *, limit: int) -> list[Notice]:
        """Return the notices that still wait for an acknowledgement, the most pressing first.

        What a due date that moved or a dossier that closed has made void is left out.
        """
        query = (
            select(*(notices.c[name] for name in FIELDS))
            .join(clocks, (clocks.c.office == notices.c.office) & (clocks.c.code == notices.c.code))
            .where(*self._asking(), notices.c.acknowledged_at.is_(None), clocks.c.epoch == notices.c.epoch)
            .order_by(notices.c.asked_until, notices.c.code, notices.c.id)
            .limit(limit)
        )
        return [Notice(**row) for row in self._connection.execute(query).mappings()]

    def _asking(self) -> tuple[ColumnElement[bool], ...]:
        return (
            notices.c.office == self._office,
            notices.c.asked_until.is_not(None),
            notices.c.state.not_in(_SILENT),
        )

"""Whether what was claimed about a task or an action arrived in time, or why it did not have to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.acknowledgement import first_for, told_as
from workers.use_cases.hours import next_moment
from workers.use_cases.unlike import Unlike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.use_cases.outages import Patience
    from workers.use_cases.reform_timeline import TaskPiece
    from workers.use_cases.unlike import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDelivered:
    """Judge the delivery of the notices of one of them at a moment."""

    pieces: Sequence[TaskPiece]
    rows: Sequence[Notice]
    patience: Patience
    now: datetime

    def unlike(self, row: Notice, expected: Notice | None) -> Iterator[Unlike]:
        """Yield how the delivery of a notice differs from what it should be; nothing if it does not."""
        by = self._by(row, (expected or row).deliver_at)
        if self._is_well(row, by):
            return
        kind: Kind = "delivered_late" if row.state == "sent" else "undelivered"
        reason = row.last_error or ""
        yield Unlike(kind=kind, code=row.code, expected=expected, found=row, by=by, reason=reason)

    def _is_well(self, row: Notice, by: datetime) -> bool:
        match row.state:
            case "covered":
                return self._has_other(row, row.covered_by or row.rung, row.recipient)
            case "passed" | "handed_back":
                return self._has_other(row, row.rung, row.passed_to)
            case "cancelled":
                return any(self._is_void(row, piece) for piece in self.pieces if piece.end > row.created_at)
            case "sent":
                return row.sent_at is not None and row.sent_at <= by
            case "dead":
                return False
        return self.now <= by

    def _by(self, row: Notice, deliver_at: datetime) -> datetime:
        """Return by when it had to arrive; what was not sent by then waits for the next opening."""
        by = self.patience.latest(max(deliver_at, row.created_at))
        if self.now <= by:
            return by
        opening = next_moment(row, self.pieces[-1].office, at=by, gather=timedelta())
        return by if opening <= by else self.patience.latest(opening)

    def _has_other(self, row: Notice, rung: str, person: str | None) -> bool:
        told = (row.step, rung, row.epoch, person)
        return any((one.step, one.rung, one.epoch, one.recipient) == told for one in self.rows)

    def _is_void(self, row: Notice, piece: TaskPiece) -> bool:
        """Say whether a notice had nothing to tell any more: closed, moved, answered, or others are meant."""
        matter = piece.asking
        if matter is None or matter.subject.epoch != row.epoch:
            return True
        try:
            rung = matter.rung_told(row)
        except LookupError:
            return True
        subject, lines = matter.subject, piece.office.sla.lines
        if first_for(subject.acknowledged, row.step, row.level, row.epoch) is not None:
            return True
        day = piece.office.calendar.local(row.created_at).date()
        told = [one for role in rung.roles for one in told_as(lines, role, subject.unit, None, on=day)]
        return row.recipient not in {one.person.code for one in told}

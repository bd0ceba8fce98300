"""Whether what was claimed reached its recipient in time, or why it did not have to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from workers.use_cases.hours import next_moment
from workers.use_cases.letter_answer import overtaken
from workers.use_cases.standing import step_label
from workers.use_cases.still_meant import is_still_meant, is_stopped
from workers.use_cases.unlike import Unlike

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.use_cases.asking import Asking
    from workers.use_cases.outages import Patience
    from workers.use_cases.timeline import Piece
    from workers.use_cases.unlike import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class WasDelivered:
    """Judge the delivery of the notices of one dossier at a moment."""

    pieces: Sequence[Piece]
    rows: Sequence[Notice]
    patience: Patience
    now: datetime

    def unlike(self, row: Notice, expected: Notice | None) -> Unlike | None:
        """Return how the delivery of a notice differs from what it should be; None if it does not.

        `expected` is the notice as the rules have it, which knows the first hour it could go: a retry has put
        another in its place in the row.
        """
        by = self._by(row, (expected or row).deliver_at)
        if self._is_well(row, by):
            return None
        teller = self._teller(row) if row.state == "covered" else row
        kind: Kind = "delivered_late" if teller and teller.state == "sent" else "undelivered"
        reason = row.last_error or ""
        return Unlike(kind=kind, code=row.code, expected=expected, found=row, by=by, reason=reason)

    def _is_well(self, row: Notice, by: datetime) -> bool:
        match row.state:
            case "covered" | "passed" | "handed_back":
                return self._is_told_by_another(row, by)
            case "cancelled":
                return self._may_be_cancelled(row)
            case "held":
                return not self.pieces[-1].stored.dossier.is_running
            case "sent":
                return row.sent_at is not None and row.sent_at <= by
            case "dead":
                return False
        return self.now <= by

    def _by(self, row: Notice, deliver_at: datetime) -> datetime:
        """Return by when it had to arrive; while its dossier stands still it waits for good reason."""
        by = self.patience.latest(max(deliver_at, row.created_at))
        for piece in self.pieces:
            stands_still = not piece.stored.dossier.is_running and piece.stored.dossier.is_open
            if stands_still and piece.end > row.created_at and piece.begin <= by:
                by = max(by, piece.end) if piece is self.pieces[-1] else self.patience.latest(piece.end)
        return self._in_hours(row, by)

    def _in_hours(self, row: Notice, by: datetime) -> datetime:
        """Return the same moment, or one soon after the next opening: what was not sent waits for that."""
        office = next((piece.asking.office for piece in reversed(self.pieces) if piece.asking), None)
        if office is None or self.now <= by:
            return by  # there is time still, if not for ever
        opening = next_moment(row, office, at=by, gather=timedelta())
        return by if opening <= by else self.patience.latest(opening)

    def _is_told_by_another(self, row: Notice, by: datetime) -> bool:
        """Say whether the notice that was to tell it too is there, of who stands in or of a later rung.

        What a later rung told too came no later than it had to itself. One that was dropped told nobody: it
        is well only where this one had to be told no more either.
        """
        is_covered = row.state == "covered"
        teller = self._teller(row) if is_covered else self._is_there(row, row.rung, row.passed_to)
        if teller is None or (teller.state == "cancelled" and not self._may_be_cancelled(row)):
            return False
        if not is_covered:
            return True
        return teller.state != "sent" or (teller.sent_at is not None and teller.sent_at <= by)

    def _teller(self, row: Notice) -> Notice | None:
        """Return the notice in whose message a covered one is told, be that covered in its turn."""
        teller, seen = row, {row.rung}
        while teller.state == "covered":
            found = self._is_there(row, teller.covered_by or teller.rung, row.recipient)
            if found is None or found.rung in seen:
                return None
            seen.add(found.rung)
            teller = found
        return teller

    def _is_there(self, row: Notice, rung: str, told: str | None) -> Notice | None:
        """Return the notice of a rung to a person about what a notice is about; None: there is none."""
        fitting = (
            other
            for other in self.rows
            if (other.rung, other.step, other.epoch) == (rung, row.step, row.epoch)
            and other.recipient == told
        )
        return next(fitting, None)

    def _may_be_cancelled(self, row: Notice) -> bool:
        """Say whether its dossier closed, its due date moved or its step was left while it waited.

        Or others are meant by now, or what ends a repeat has come, or it was to say that nobody acknowledges,
        and somebody did.
        """
        return any(
            not piece.stored.dossier.is_open
            or overtaken(row, piece.stored.dossier)
            or (piece.asking is not None and piece.asking.clock.epoch > row.epoch)
            or (piece.asking is not None and not self._is_still_so(row, piece.asking))
            or (row.step != "" and step_label(piece.stored.dossier) != row.step)
            for piece in self.pieces
            if piece.end > row.created_at
        )

    def _is_still_so(self, row: Notice, asking: Asking) -> bool:
        away = [other.recipient for other in self.rows if _is_passed_to(row, other)]
        stored, office = asking.stored, asking.office
        is_ended = is_stopped(row, stored, office, asking.clock)
        return not is_ended and is_still_meant(row, away, stored, office)


def _is_passed_to(row: Notice, other: Notice) -> bool:
    return other.passed_to == row.recipient and (other.step, other.rung) == (row.step, row.rung)

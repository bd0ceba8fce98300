"""Consultation (lấy ý kiến): which agencies were asked, by when they should answer, and which are late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.event import Event


class Consultation(NamedTuple):
    """Hold one question to another agency that has not been answered.

    `asked_at` is an aware instant; `reply_by` is the last local day for the answer, None where none was set;
    `document` is the number of the letter that asked, "" where none was told.
    """

    agency: str
    asked_at: datetime
    reply_by: date | None
    document: str

    def is_late(self, today: date) -> bool:
        """Say whether the day of the answer has passed without one; the day itself is still in time."""
        return self.reply_by is not None and self.reply_by < today


def unanswered(events: Iterable[Event]) -> tuple[Consultation, ...]:
    """Return the questions of a dossier that wait for an answer, in the order they were asked.

    Decree 61/2018 art. 19.5: the request states its content and its deadline.
    """
    waiting: dict[str, Consultation] = {}
    for event in events:
        agency = event.data.get("agency", "")
        if event.kind == "consultation_requested":
            waiting[agency] = _asked(event, agency)
        elif event.kind == "consultation_answered":
            waiting.pop(agency, None)
    return tuple(waiting.values())


def late(consultations: Sequence[Consultation], *, today: date) -> tuple[Consultation, ...]:
    """Return those whose answer is late on a local day, the longest overdue first.

    Decree 61/2018 art. 19.5 and 8.2: the head of the one-stop section is told and chases them.
    """
    found = [waiting for waiting in consultations if waiting.is_late(today)]
    return tuple(sorted(found, key=lambda waiting: (waiting.reply_by or today, waiting.agency)))


def _asked(event: Event, agency: str) -> Consultation:
    reply_by = event.data.get("reply_by")
    return Consultation(
        agency=agency,
        asked_at=event.occurred_at,
        reply_by=date.fromisoformat(reply_by) if reply_by else None,
        document=event.data.get("document", ""),
    )

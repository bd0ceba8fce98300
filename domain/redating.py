"""Re-dating: whether other rules move the due dates of an open dossier, and the event that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.deadline import is_past
from domain.event import RECORDED_AFTER_DUE, Event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.event import EventKind
    from domain.reckoning import Reckoning
    from domain.working_calendar import WorkingCalendar

_DATES: Final = ("due_at", "appointed_at", "step_due_at", "provisional")


def moves(before: Reckoning, after: Reckoning) -> bool:
    """Say whether counting anew changed anything that people work by; another version alone is nothing."""
    return any(getattr(before, name) != getattr(after, name) for name in _DATES)


def moved_from(before: Deadline | None, after: Deadline | None, calendar: WorkingCalendar) -> dict[str, str]:
    """Return the old due date and the new one as an event keeps them (DOMAIN decision 6).

    Limits in days are told by the due day, others by the local minute; what has no limit tells nothing.
    """
    told = {"due_before": before, "due_after": after}
    return {name: _written(deadline, calendar) for name, deadline in told.items() if deadline is not None}


def redated(
    kind: EventKind,
    dossier: Dossier,
    deadlines: tuple[Deadline | None, Deadline | None],
    calendar: WorkingCalendar,
    *,
    said: Mapping[str, str],
    now: datetime,
) -> Event:
    """Return the event that counts an open dossier anew, with the lawful due date before and after it.

    One whose date had passed is marked: a late dossier that becomes timely is what an inspector looks at.
    """
    before, after = deadlines
    late = before is not None and is_past(before.due_at, now=now)
    marks = {RECORDED_AFTER_DUE: "yes"} if late else {}
    at = max(now, dossier.accepted_at)
    return Event(kind=kind, occurred_at=at, data={**said, **moved_from(before, after, calendar), **marks})


def _written(deadline: Deadline, calendar: WorkingCalendar) -> str:
    if deadline.in_days:
        return deadline.due_on.isoformat()
    return calendar.local(deadline.due_at).isoformat(timespec="minutes")

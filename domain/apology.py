"""The apology (thư xin lỗi, Mẫu 04): until when the law allows it, and whether it was missed.

Decree 61/2018 art. 19.9, DOMAIN decision 5: at latest by the end of the working day before the due day, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.deadline import is_past

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.working_calendar import WorkingCalendar


def apology_until(deadline: Deadline, calendar: WorkingCalendar) -> datetime:
    """Return the UTC instant, exclusive, at which the working day before the due day ends."""
    return calendar.end_of(calendar.add_days(deadline.due_on, -1))


def last_chance(deadline: Deadline, dossier: Dossier, calendar: WorkingCalendar) -> datetime:
    """Return the UTC instant, exclusive, until which a re-appointment of a dossier is lawful.

    With a limit of a day or less the day before the due day is that of the receipt, or an earlier one: nobody
    could have kept to it, and the letter is owed as soon as the date is missed, by the next working day.
    """
    day_before = calendar.add_days(deadline.due_on, -1)
    if day_before <= calendar.local(dossier.counting_from).date():
        return calendar.end_of(calendar.add_days(deadline.due_on, 1))
    return apology_until(deadline, calendar)


def is_missed(dossier: Dossier, deadline: Deadline, calendar: WorkingCalendar, *, now: datetime) -> bool:
    """Say whether a dossier is late at a moment without an apology, and none is lawful any more: a breach.

    `deadline` is the lawful one. A dossier that stopped in time is not late. An apology that came late bears
    a mark of its own.
    """
    if dossier.appointed_on is not None or not is_past(deadline.due_at, now=dossier.stopped_since or now):
        return False
    return is_past(last_chance(deadline, dossier, calendar), now=now)

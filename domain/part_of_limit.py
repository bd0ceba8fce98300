"""Where a percentage of the limit lies: the instant at which that part of it has been used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.pauses import elapsed_with_pauses, merge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.pauses import Pause
    from domain.rung_terms import PartOfLimit
    from domain.working_calendar import WorkingCalendar

_WHOLE: Final = 100


def moment_of_part(
    part: PartOfLimit,
    deadline: Deadline,
    calendar: WorkingCalendar,
    *,
    counting_from: datetime,
    pauses: Sequence[Pause] = (),
) -> datetime:
    """Return the UTC instant at which a part of a limit has been used.

    Of a limit in days, working days are counted from the day after the beginning to the due day, both
    inclusive, as far as the clock ran; a part of a day is a whole one (75 % of 10 days: the 8th), and people
    are told in its morning. Of a limit in hours, and of one that ends on its first day, working time counts
    to the minute of the appointment. More than 100 % goes on counting after the due date. It is counted back
    from the due date: a mark passed before the clock stood still is told to have passed by the time it ran
    again.
    """
    days = _working_days(deadline, calendar, counting_from, pauses) if deadline.in_days else 0
    if days > 0:
        used = -(-days * part.percent // _WHOLE)
        day = calendar.add_days(deadline.due_on, used - days) if used != days else deadline.due_on
        at = calendar.opening_of(day)
    else:
        at = _in_working_time(part, deadline, calendar, counting_from, pauses)
    return max(at, deadline.due_at) if part.is_after else min(at, deadline.due_at)


def _working_days(
    deadline: Deadline, calendar: WorkingCalendar, counting_from: datetime, pauses: Sequence[Pause]
) -> int:
    days = calendar.count_days(calendar.local(counting_from).date(), deadline.due_on)
    for begin, end in merge(pauses):
        if counting_from < end and begin < deadline.due_at:
            # As with receipt, the day on which something happens is not counted.
            stopped = calendar.local(max(begin, counting_from)).date()
            days -= calendar.count_days(stopped, min(calendar.local(end).date(), deadline.due_on))
    return days


def _in_working_time(
    part: PartOfLimit,
    deadline: Deadline,
    calendar: WorkingCalendar,
    counting_from: datetime,
    pauses: Sequence[Pause],
) -> datetime:
    end = deadline.appointment_at
    whole = max(elapsed_with_pauses(counting_from, end, calendar, pauses), 0)
    beyond = whole * (part.percent - _WHOLE) // _WHOLE
    return calendar.add_time(end, beyond) if beyond else end

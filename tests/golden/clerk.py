"""A clerk with a wall calendar: walks day by day, or half minute by half minute, and knows no table."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.time_limit import SECONDS_OF, TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.working_calendar import WorkingCalendar

Stop = tuple[datetime, datetime]
DAY: Final = timedelta(days=1)
STEP: Final = timedelta(seconds=30)


def due_by_hand(
    limit: TimeLimit, received: datetime, calendar: WorkingCalendar, stops: Sequence[Stop] = ()
) -> date | datetime:
    """Return the due day, or the due moment of a limit in hours; all moments are local and naive."""
    if limit.unit in SECONDS_OF:
        return _walk_time(timedelta(seconds=limit.amount * SECONDS_OF[limit.unit]), received, calendar, stops)
    spans = [(begin.date(), end.date()) for begin, end in stops]
    day = _walk_days(limit, received, calendar, spans)
    while not calendar.windows_on(day):
        day += DAY
    for first, last in spans:
        # Stopped on the very last day: what is left of it is the day on which it goes on.
        if first == day < last:
            day = last
            while not calendar.windows_on(day):
                day += DAY
    return day


def _walk_days(
    limit: TimeLimit, received: datetime, calendar: WorkingCalendar, spans: Sequence[tuple[date, date]]
) -> date:
    day, left = received.date(), limit.amount
    if limit.unit is Unit.MONTHS:
        return _month_later(day, left)
    if limit.unit is Unit.SAME_DAY:
        in_time = received.time().isoformat() <= "15:00:00"
        left = 0 if in_time and calendar.windows_on(day) else 1
    while left:
        day += DAY
        stopped = any(first < day <= last for first, last in spans)
        counts = limit.unit is Unit.CALENDAR_DAYS or bool(calendar.windows_on(day))
        left -= counts and not stopped
    return day


def _month_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


def _walk_time(
    left: timedelta, moment: datetime, calendar: WorkingCalendar, stops: Sequence[Stop]
) -> datetime:
    while left:
        second = (moment - datetime.combine(moment.date(), datetime.min.time())).seconds
        works = any(begin <= second < end for begin, end in calendar.windows_on(moment.date()))
        stopped = any(begin <= moment < end for begin, end in stops)
        left -= STEP if works and not stopped else timedelta(0)
        moment += STEP
    return moment

"""The one limit of a bundle against its components one after another: instants are compared, never numbers.

Decree 43/2014 art. 61: several procedures at once may not take longer than their limits together.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from config.said import Said, say
from domain.deadline import derive
from domain.errors import DomainError
from domain.time_limit import SECONDS_OF, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.time_limit import CountingRules, TimeLimit
    from domain.working_calendar import WorkingCalendar

_YEAR: Final = 366
_DAYS_IN_MONTH: Final = 31
_HALF_DAY: Final = 4 * 3600
_LONGEST: Final = 10 * _YEAR


def allowed_by_parts(
    limit: TimeLimit, parts: Sequence[TimeLimit], calendar: WorkingCalendar, rules: CountingRules
) -> Said | None:
    """Return None when a limit never ends after its components one after another, else what is allowed.

    Limits in one unit are compared by their amounts. Others are landed for every day of the first year the
    calendar knows, and it must hold for each.
    """
    units = {part.unit for part in parts}
    if Unit.NONE in units:
        return None  # together they have no end
    if units == {limit.unit}:
        total = sum(part.amount for part in parts)
        return say("sum_of_components", total=total, unit=limit.unit) if limit.amount > total else None
    return _allowed_in_time(limit, parts, calendar, rules)


def _allowed_in_time(
    limit: TimeLimit, parts: Sequence[TimeLimit], calendar: WorkingCalendar, rules: CountingRules
) -> Said | None:
    if sum(map(_rough_days, [limit, *parts])) > _LONGEST:
        return say("not_after_parts", but=say("but_ten_years"))
    for moment in _acceptances(calendar, rules):
        try:
            ends = [_end_in_turn(each, moment, calendar, rules) for each in ([limit], parts)]
        except DomainError as error:
            return say("not_after_parts", but=say("but_uncounted", error=error))
        if ends[0] > ends[1]:
            but = say("but_accepted", time=f"{moment:%H:%M}", day=moment.date())
            return say("not_after_parts", but=but)
    return None


def _acceptances(calendar: WorkingCalendar, rules: CountingRules) -> Iterator[datetime]:
    """Yield what can differ within a day: its opening, the last moment for "same day", its closing."""
    first = calendar.known_from or date.max
    for day in (first + timedelta(days=n) for n in range(_YEAR) if first != date.max):
        yield calendar.local(calendar.opening_of(day))
        midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
        yield midnight + timedelta(seconds=rules.same_day_cutoff)  # wall clock is meant
        yield calendar.local(calendar.closing_of(day))


def _end_in_turn(
    parts: Sequence[TimeLimit], moment: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    """Return where the last component ends when each begins at the appointment of the one before."""
    end = begin = moment
    for part in parts:
        deadline = derive(part, begin, calendar, rules)
        if deadline is not None:
            end, begin = deadline.due_at, deadline.appointment_at
    return end


def _rough_days(limit: TimeLimit) -> int:
    """Return about how many days a limit spans, too many rather than too few."""
    if limit.unit in SECONDS_OF:
        return limit.amount * SECONDS_OF[limit.unit] // _HALF_DAY
    return limit.amount * (_DAYS_IN_MONTH if limit.unit is Unit.MONTHS else 1)

"""The one limit of a bundle against its components one after another: instants are compared, never numbers.

Decree 43/2014 art. 61: several procedures at once may not take longer than their limits together.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.deadline import derive
from domain.errors import DomainError
from domain.time_limit import SECONDS_OF, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.procedure import ProcedureVersion
    from domain.time_limit import CountingRules, TimeLimit
    from domain.working_calendar import WorkingCalendar

    CalendarOf = Callable[[ProcedureVersion], WorkingCalendar | None]
    Grounds = tuple[WorkingCalendar, CountingRules]

_YEAR: Final = 366
_DAYS_IN_MONTH: Final = 31
_HALF_DAY: Final = 4 * 3600
_LONGEST: Final = 10 * _YEAR


def allowed_by_parts(
    limit: TimeLimit, versions: Sequence[ProcedureVersion], calendar_of: CalendarOf
) -> str | None:
    """Return None when a limit never ends after the components one after another, else what is allowed.

    Limits in one unit, counted alike, are compared by their amounts. Others are landed for every day of the
    first year the calendar knows, and it must hold for each.
    """
    if any(version.limit.unit is Unit.NONE for version in versions):
        return None  # together they have no end
    calendars = [calendar_of(version) for version in versions]
    grounds = [(c, version.rules) for c, version in zip(calendars, versions, strict=True) if c]
    if len(grounds) < len(versions):
        return None  # a calendar that could not be built has been refused already
    if len(set(grounds)) == 1 and {version.limit.unit for version in versions} == {limit.unit}:
        total = sum(version.limit.amount for version in versions)
        return f"at most the sum of the components, {total} {limit.unit}" if limit.amount > total else None
    return _allowed_in_time(limit, [version.limit for version in versions], grounds)


def _allowed_in_time(limit: TimeLimit, parts: Sequence[TimeLimit], grounds: Sequence[Grounds]) -> str | None:
    expected = "a limit that ends no later than the components one after another"
    if sum(map(_rough_days, [limit, *parts])) > _LONGEST:
        return f"{expected}; limits in several units are compared up to ten years only"
    for moment in _acceptances(*grounds[0]):
        try:
            later = _end(limit, moment, grounds) > _end_in_turn(parts, moment, grounds)
        except DomainError as error:
            return f"{expected}; this one cannot be counted: {error}"
        if later:
            return f"{expected}; accepted at {moment:%H:%M} on {moment:%Y-%m-%d} it does not"
    return None


def _acceptances(calendar: WorkingCalendar, rules: CountingRules) -> Iterator[datetime]:
    """Yield what can differ within a day: its opening, the last moment for "same day", its closing."""
    first = calendar.known_from or date.max
    for day in (first + timedelta(days=n) for n in range(_YEAR) if first != date.max):
        yield calendar.local(calendar.opening_of(day))
        midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
        yield midnight + timedelta(seconds=rules.same_day_cutoff)  # wall clock is meant
        yield calendar.local(calendar.closing_of(day))


def _end(limit: TimeLimit, moment: datetime, grounds: Sequence[Grounds]) -> datetime:
    """Return where the limit ends for the component that is counted the longest."""
    ends = (derive(limit, moment, calendar, rules) for calendar, rules in set(grounds))
    return max(end.due_at for end in ends if end)


def _end_in_turn(parts: Sequence[TimeLimit], moment: datetime, grounds: Sequence[Grounds]) -> datetime:
    """Return where the last component ends when each begins at the appointment of the one before."""
    end = begin = moment
    for part, (calendar, rules) in zip(parts, grounds, strict=True):
        deadline = derive(part, begin, calendar, rules)
        if deadline is not None:
            end, begin = deadline.due_at, deadline.appointment_at
    return end


def _rough_days(limit: TimeLimit) -> int:
    """Return about how many days a limit spans, too many rather than too few."""
    if limit.unit in SECONDS_OF:
        return limit.amount * SECONDS_OF[limit.unit] // _HALF_DAY
    return limit.amount * (_DAYS_IN_MONTH if limit.unit is Unit.MONTHS else 1)

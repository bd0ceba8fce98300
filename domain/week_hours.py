"""The hours of a week: from when to when they are in force, and which of several count on a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.timetable import Window

_ONE_DAY: Final = timedelta(days=1)
MonthDay = tuple[int, int]
"""A month and a day of it, in every year; 29/2 is the day after 28/2 where there is one."""


class Season(NamedTuple):
    """Hold a part of every year, both days inclusive; one that begins after it ends goes on over new year."""

    first: MonthDay
    last: MonthDay

    def has(self, day: date) -> bool:
        """Say whether a day of any year lies in the season."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekHours:
    """Hold the windows of Monday to Sunday, and the days on which they are in force.

    From `valid_from` until `valid_until`, both inclusive (None: without an end on that side); with a
    `season`, only in that part of every year.
    """

    windows: tuple[tuple[Window, ...], ...]
    valid_from: date | None = None
    valid_until: date | None = None
    season: Season | None = None

    def covers(self, day: date) -> bool:
        """Say whether these hours are in force on a day."""
        if self.valid_from is not None and day < self.valid_from:
            return False
        if self.valid_until is not None and day > self.valid_until:
            return False
        return self.season is None or self.season.has(day)


def hours_on(weeks: Sequence[WeekHours], day: date) -> WeekHours:
    """Return the last of the hours, in their order, that are in force on a day.

    So a season or a passing change is laid over the hours above it, which return after it. Where none is in
    force, outside the known years, the first stand in.
    """
    for week in reversed(weeks):
        if week.covers(day):
            return week
    return weeks[0]


def day_without_hours(weeks: Sequence[WeekHours], first: date, last: date) -> date | None:
    """Return the first day from `first` to `last` (both inclusive) without hours in force, or None."""
    # A hole begins with the first day of all, or after the last day of some hours: no other needs a look.
    begins = {first, *(end + _ONE_DAY for end in _ends(weeks, first, last) if first <= end < last)}
    return next((day for day in sorted(begins) if not any(week.covers(day) for week in weeks)), None)


def _ends(weeks: Sequence[WeekHours], first: date, last: date) -> Iterator[date]:
    for week in weeks:
        if week.valid_until is not None:
            yield week.valid_until
        if week.season is not None:
            month, day = week.season.last
            for year in range(first.year, last.year + 1):
                yield date(year, month, min(day, monthrange(year, month)[1]))


def check_windows(windows: tuple[Window, ...]) -> None:
    """Raise CalendarError for windows that overlap or end before they begin."""
    end_before = 0
    for begin, end in windows:
        if not end_before <= begin < end <= 24 * 3600:
            raise CalendarError("window_out_of_order", begin=begin // 60, end=end // 60)
        end_before = end

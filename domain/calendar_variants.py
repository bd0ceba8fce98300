"""Calendars that lack some days of another one: what an office counts by that does not know them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from domain.working_calendar import DayKind, WeekHours, WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_ROUND_THE_CLOCK: Final = WeekHours(windows=(((0, 86_400),),) * 7)
_KEPT: Final = 32


class Variants:
    """Make calendars that lack some special days of another one; the last few are kept, with their tables."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar
        self._special = sorted(calendar.special)
        self._made: dict[tuple[date, ...] | None, WorkingCalendar] = {}

    def without(self, *kinds: DayKind) -> WorkingCalendar:
        """Return the calendar without its special days of some kinds."""
        special = self.calendar.special
        return self.lacking(tuple(day for day in self._special if special[day].kind in kinds))

    def lacking(self, days: tuple[date, ...]) -> WorkingCalendar:
        """Return the calendar without some special days: weekly hours stand in for them."""
        return self._kept(days, self.calendar.weeks, days)

    def round_the_clock(self) -> WorkingCalendar:
        """Return a calendar that never closes: hours of the clock instead of working hours."""
        return self._kept(None, (_ROUND_THE_CLOCK,), tuple(self._special))

    def between(self, first: date, last: date, *kinds: DayKind) -> tuple[date, ...]:
        """Return the special days of some kinds from one day to another (both inclusive), in order."""
        inside = self._special[bisect_left(self._special, first) : bisect_right(self._special, last)]
        return tuple(day for day in inside if self.calendar.special[day].kind in kinds)

    def _kept(
        self, key: tuple[date, ...] | None, weeks: Sequence[WeekHours], days: tuple[date, ...]
    ) -> WorkingCalendar:
        found = self._made.pop(key, None)
        if found is None:
            special = {day: kept for day, kept in self.calendar.special.items() if day not in set(days)}
            found = WorkingCalendar(zone=self.calendar.zone, weeks=weeks, special=special)
            if len(self._made) >= _KEPT:
                del self._made[next(iter(self._made))]  # the one longest unused
        self._made[key] = found
        return found

"""The end of a calendar (hết lịch): how near it is, and the marks at which somebody is warned of it.

The Prime Minister fixes the days off of Tết and of the National Day anew each year (Labour Code 2019 art.
112), so the known days of every calendar end; a due date beyond them is provisional. They end at the midnight
that ends the last of them (Civil Code 2015 art. 148.6): each day left is a whole known day, today among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from domain.timetable import wall_time

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from domain.working_calendar import WorkingCalendar

MARKS: Final = (60, 30, 14, 7, 1, 0)
"""Days left at which somebody is warned; 0 is the first day that is not known any more."""
_URGENT: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Hold one moment of warning: the local day on which so many days are left, and how pressing it is."""

    days_left: int
    day: date
    level: int

    @property
    def code(self) -> str:
        """Return what tells this mark from the others: d-60 … d-1, and over."""
        return f"d-{self.days_left}" if self.days_left else "over"

    def begins(self, zone: tzinfo) -> datetime:
        """Return the UTC instant at which its day begins."""
        return wall_time(self.day, 0, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Say on which day a calendar ends and how many days are left: 0 the day after, then below zero."""

    calendar: str
    until: date
    days_left: int

    @property
    def is_near(self) -> bool:
        """Say whether the first mark has passed."""
        return self.days_left <= MARKS[0]

    @property
    def is_urgent(self) -> bool:
        """Say whether fewer than 14 days are left, or none."""
        return self.days_left < _URGENT

    @property
    def next_year(self) -> int:
        """Return the year whose days off are not known yet."""
        return (self.until + timedelta(days=1)).year

    def passed(self) -> tuple[Mark, ...]:
        """Return the marks that have passed, in their order; today's is among them."""
        return tuple(
            Mark(days_left=left, day=self.until - timedelta(days=left - 1), level=level)
            for level, left in enumerate(MARKS, 1)
            if self.days_left <= left
        )


def ending_of(calendar: WorkingCalendar, *, today: date) -> Ending | None:
    """Return when a calendar ends, seen from the local day `today`; None for one without an end."""
    until = calendar.known_until
    if until is None:
        return None
    return Ending(calendar=calendar.code, until=until, days_left=(until - today).days + 1)

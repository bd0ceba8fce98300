"""Prefix tables of working days and working time: every question is one look-up, never a loop over days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, tzinfo

Window = tuple[int, int]
"""Seconds of local wall time from midnight: from (inclusive) and to (exclusive, at most 86,400)."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
SECOND: Final = 1_000_000
_DAY: Final = 86_400


def to_micros(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970 in UTC."""
    return (instant - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the UTC instant that lies so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=micros)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hold the working days and windows of the days `first` to `last` (ordinals, inclusive).

    `days[k]` is the k-th working day; `upto[i]` counts those before day `first + i`.
    `opens[k]`, `closes[k]` are instants in microseconds; `worked[k]` is the working time before window k.
    """

    first: int
    last: int
    days: array[int]
    upto: array[int]
    opens: array[int]
    closes: array[int]
    worked: array[int]

    def nth_after(self, day: int, n: int) -> int | None:
        """Return the n-th working day after `day` (n >= 1), or None beyond the table."""
        index = self.upto[day - self.first + 1] + n - 1
        return self.days[index] if index < len(self.days) else None

    def nth_before(self, day: int, n: int) -> int | None:
        """Return the n-th working day before `day` (n >= 1), or None before the table."""
        index = self.upto[day - self.first] - n
        return self.days[index] if index >= 0 else None

    def days_between(self, after: int, until: int) -> int:
        """Count the working days d with after < d <= until; negative when `until` lies before `after`."""
        return self.upto[until - self.first + 1] - self.upto[after - self.first + 1]

    def total_at(self, instant: int) -> int:
        """Return the working time between the table's beginning and `instant`, in microseconds."""
        index = bisect_right(self.opens, instant) - 1
        if index < 0:
            return 0
        return self.worked[index] + min(instant, self.closes[index]) - self.opens[index]

    def instant_of(self, total: int, *, closing: bool) -> int | None:
        """Return the instant at which `total` is reached: a closing or an opening where both would do."""
        index = (bisect_left if closing else bisect_right)(self.worked, total) - 1
        if index < 0 or index >= len(self.opens):
            return None
        return self.opens[index] + total - self.worked[index]

    def open_at_or_after(self, instant: int) -> int | None:
        """Return `instant` if it lies in a window [open, close), else the next opening, or None."""
        index = bisect_right(self.closes, instant)
        return max(instant, self.opens[index]) if index < len(self.opens) else None

    def closed_at_or_before(self, instant: int) -> int | None:
        """Return `instant` if it lies in a window [open, close], else the closing before it, None if none."""
        index = bisect_right(self.opens, instant) - 1
        return min(instant, self.closes[index]) if index >= 0 else None


def build(first: int, last: int, windows_on: Callable[[int], tuple[Window, ...]], zone: tzinfo) -> Timetable:
    """Build the table of the days `first` to `last` (ordinals, inclusive) from the windows of each day."""
    days, upto, opens, closes, worked = array("i"), array("i", [0]), array("q"), array("q"), array("q", [0])
    before = _offset(first, zone)
    for ordinal in range(first, last + 1):
        after = _offset(ordinal + 1, zone)
        windows = windows_on(ordinal)
        if windows:
            days.append(ordinal)
        for begin, end in windows:
            opening = _instant(ordinal, begin, before, after, zone)
            closing = _instant(ordinal, end, before, after, zone)
            # A clock change can skip a window, or push its closing past the next opening: no instant twice.
            opening = max(opening, closes[-1]) if closes else opening
            if closing > opening:
                opens.append(opening)
                closes.append(closing)
                worked.append(worked[-1] + closing - opening)
        upto.append(len(days))
        before = after
    return Timetable(first, last, days, upto, opens, closes, worked)


def wall_time(day: date, second: int, zone: tzinfo) -> datetime:
    """Return the aware local moment so many seconds of wall time after a day's midnight.

    86,400 is the midnight that ends the day, whatever the clock does in between.
    """
    # Arithmetic on a wall clock knows no fold: a time that comes twice is its first one.
    return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=second)


def _offset(ordinal: int, zone: tzinfo) -> int:
    offset = zone.utcoffset(datetime.fromordinal(ordinal).replace(tzinfo=zone))
    return 0 if offset is None else offset // MICROSECOND


def _instant(ordinal: int, second: int, before: int, after: int, zone: tzinfo) -> int:
    wall = ((ordinal - EPOCH.toordinal()) * _DAY + second) * SECOND
    if before == after:
        return wall - before
    # The clock changes on this day: only the zone knows which side of the change a wall time is on.
    local = (datetime.fromordinal(ordinal) + timedelta(seconds=second)).replace(tzinfo=zone)
    return to_micros(local)

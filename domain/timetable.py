"""Prefix tables of working days and working time: every question is one look-up, never a loop over days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, tzinfo

Window = tuple[int, int]
"""Seconds of local wall time from midnight: from (inclusive) and to (exclusive, at most 86,400)."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
SECOND: Final = 1_000_000
_DAY: Final = 86_400
_ONE_DAY: Final = timedelta(days=1)
_LONG_AGO: Final = -(1 << 62)


def to_micros(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970 in UTC; a naive one raises LimitError."""
    try:
        since = instant - EPOCH
    except TypeError:
        raise LimitError("instant_without_zone", at=instant.isoformat()) from None
    # By its parts: dividing one timedelta by another takes nearly twice as long.
    return (since.days * _DAY + since.seconds) * SECOND + since.microseconds


def from_micros(micros: int) -> datetime:
    """Return the UTC instant that lies so many microseconds after 1970; outside the years: LimitError."""
    try:
        return EPOCH + micros * MICROSECOND
    except OverflowError:
        raise LimitError("micros_outside_the_years", amount=micros) from None


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hold the working days and windows of the days `first` to `last` (ordinals, inclusive).

    `days[k]` is the k-th working day; `upto[i]` counts those before day `first + i`.
    `opens[k]`, `closes[k]` are instants in microseconds; `worked[k]` is the working time before window k.
    An instant from `begin` to before `end` lies on one of these days and not on the outermost, in any zone.
    """

    first: int
    last: int
    begin: int
    end: int
    days: list[date]
    upto: array[int]
    opens: array[int]
    closes: array[int]
    worked: array[int]

    def nth_after(self, day: int, n: int) -> date | None:
        """Return the n-th working day after `day` (n >= 1), or None beyond the table."""
        index = self.upto[day - self.first + 1] + n - 1
        return self.days[index] if index < len(self.days) else None

    def nth_before(self, day: int, n: int) -> date | None:
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

    def moved(self, instant: int, micros: int) -> int | None:
        """Return `instant` moved by working time, forward or backward, or None beyond the table.

        Zero moves forward to the next working moment.
        """
        if not micros:
            return self.open_at_or_after(instant)
        return self.instant_of(self.total_at(instant) + micros, closing=micros > 0)

    def open_at_or_after(self, instant: int) -> int | None:
        """Return `instant` if it lies in a window [open, close), else the next opening, or None."""
        index = bisect_right(self.closes, instant)
        return max(instant, self.opens[index]) if index < len(self.opens) else None

    def closed_at_or_before(self, instant: int) -> int | None:
        """Return `instant` if it lies in a window [open, close], else the closing before it, None if none."""
        index = bisect_right(self.opens, instant) - 1
        return min(instant, self.closes[index]) if index >= 0 else None


EMPTY: Final = Timetable(1, 0, 0, 0, [], array("i", [0]), array("q"), array("q"), array("q", [0]))
"""The table of no day at all, to which every question lies beyond."""


def build(first: int, last: int, windows_on: Callable[[int], tuple[Window, ...]], zone: tzinfo) -> Timetable:
    """Build the table of the days `first` to `last` (ordinals, inclusive) from the windows of each day."""
    days: list[date] = []
    upto, opens, closes, worked = array("i", [0]), array("q"), array("q"), array("q", [0])
    closed, total = _LONG_AGO, 0
    for ordinal, midnight, start in _midnights(first, last, zone):
        windows = windows_on(ordinal)
        if windows:
            days.append(midnight.date())
        for begin, closing in _spans(windows, midnight, start):
            # A clock change can skip a window, or push its closing past the next opening: no instant twice.
            opening = max(closed, begin)
            if closing > opening:
                opens.append(opening)
                closes.append(closing)
                total += closing - opening
                worked.append(total)
                closed = closing
        upto.append(len(days))
    begin, end = ((day - EPOCH.toordinal()) * _DAY * SECOND for day in (first + 2, last - 1))
    return Timetable(first, last, begin, end, days, upto, opens, closes, worked)


def wall_time(day: date, second: int, zone: tzinfo) -> datetime:
    """Return the aware local moment so many seconds of wall time after a day's midnight.

    86,400 is the midnight that ends the day, whatever the clock does in between.
    """
    # Arithmetic on a wall clock knows no fold: a time that comes twice is its first one.
    return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=second)


def _midnights(first: int, last: int, zone: tzinfo) -> Iterator[tuple[int, datetime, int | None]]:
    """Yield each day with its local midnight, and that as an instant where the clock does not change."""
    midnight = datetime.fromordinal(first).replace(tzinfo=zone)
    start, offset = to_micros(midnight), midnight.utcoffset()
    for ordinal in range(first, last + 1):
        tomorrow = midnight + _ONE_DAY
        offset_after = tomorrow.utcoffset()
        if offset_after == offset:
            yield ordinal, midnight, start
            start += _DAY * SECOND
        else:
            yield ordinal, midnight, None
            start, offset = to_micros(tomorrow), offset_after
        midnight = tomorrow


def _spans(windows: tuple[Window, ...], midnight: datetime, start: int | None) -> list[tuple[int, int]]:
    if start is not None:
        return [(start + begin * SECOND, start + end * SECOND) for begin, end in windows]
    # The clock changes on this day: only the zone knows which side of the change a wall time is on.
    return [(_instant(midnight, begin), _instant(midnight, end)) for begin, end in windows]


def _instant(midnight: datetime, second: int) -> int:
    return to_micros(midnight + timedelta(seconds=second))

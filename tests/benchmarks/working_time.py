"""Working time added and counted against a bare prefix table; the table of sixty years."""

from __future__ import annotations

import tracemalloc
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from config.sla import load_sla
from domain.timetable import SECOND, wall_time
from domain.working_calendar import SpecialDay, WorkingCalendar
from tests.benchmarks.measure import Result, least

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOMENTS: Final = 1_000
_ROUNDS: Final = 61
_TEN_DAYS: Final = 80 * 3600 * SECOND
_SIXTY_DAYS: Final = 6 * _TEN_DAYS
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MILLISECOND: Final = 0.001
_YEARS: Final = (date(1990, 1, 1), date(2049, 12, 31))


def run() -> Iterator[Result]:
    """Compare on the sample office's calendar, over the same receipts."""
    yield from _against_bare(load_sla().calendar)
    yield from _sixty_years(load_sla().calendar)


def _against_bare(calendar: WorkingCalendar) -> Iterator[Result]:
    first, bare = datetime(2019, 1, 2, 1, 30, tzinfo=UTC), _Bare(calendar)
    starts = [first + timedelta(minutes=97 * n) for n in range(_MOMENTS)]
    ends = [calendar.add_time(start, _TEN_DAYS) for start in starts]
    pairs = list(zip(starts, ends, strict=True))
    if ends != [bare.add(start, _TEN_DAYS) for start in starts]:
        raise AssertionError("the bare table gives other instants; the comparison means nothing")
    if {ask(*pair) for ask in (calendar.elapsed, bare.elapsed) for pair in pairs} != {_TEN_DAYS}:
        raise AssertionError("what was added has not elapsed; the comparison means nothing")
    add, bare_add, longer, elapsed, bare_elapsed = least(
        _ROUNDS,
        lambda: [calendar.add_time(start, _TEN_DAYS) for start in starts],
        lambda: [bare.add(start, _TEN_DAYS) for start in starts],
        lambda: [calendar.add_time(start, _SIXTY_DAYS) for start in starts],
        lambda: [calendar.elapsed(*pair) for pair in pairs],
        lambda: [bare.elapsed(*pair) for pair in pairs],
    )
    table = "bare prefix table and bisect, aware instants in and out"
    yield Result("working time added, 80 hours", table, add, bare_add, most=2.0)
    yield Result("working time added, 480 hours", "80 hours", longer, add, most=1.2)
    yield Result("working time elapsed", table, elapsed, bare_elapsed, most=2.0)


class _Bare:
    """The least that answers: prefix sums over the windows in plain lists, and nothing checked."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        days = [date(2018, 1, 1) + timedelta(days=n) for n in range(9 * 365)]
        windows = [(day, begin, end) for day in days for begin, end in calendar.windows_on(day)]
        edges = [wall_time(day, second, calendar.zone) for day, *window in windows for second in window]
        micros = [(edge - _EPOCH) // _MICROSECOND for edge in edges]
        self.opens, self.closes = micros[::2], micros[1::2]
        spans = (close - open_ for open_, close in zip(self.opens, self.closes, strict=True))
        self.worked = [0, *accumulate(spans)]

    def add(self, start: datetime, micros: int) -> datetime:
        total = self.total((start - _EPOCH) // _MICROSECOND) + micros
        index = bisect_left(self.worked, total) - 1
        return _EPOCH + timedelta(microseconds=self.opens[index] + total - self.worked[index])

    def elapsed(self, start: datetime, end: datetime) -> int:
        return self.total((end - _EPOCH) // _MICROSECOND) - self.total((start - _EPOCH) // _MICROSECOND)

    def total(self, instant: int) -> int:
        index = bisect_right(self.opens, instant) - 1
        return self.worked[index] + min(instant, self.closes[index]) - self.opens[index]


def _sixty_years(sample: WorkingCalendar) -> Iterator[Result]:
    # As many days off a year as an office has; a clock that does not change, as in Việt Nam since 1975.
    special = {
        date(year, month, 3 + month): SpecialDay(kind="off")
        for year in range(_YEARS[0].year, _YEARS[1].year + 1)
        for month in range(1, 13)
    }

    def built() -> WorkingCalendar:
        calendar = WorkingCalendar(zone=sample.zone, weeks=sample.weeks, special=special)
        calendar.count_days(*_YEARS)
        return calendar

    (seconds,) = least(9, built)
    tracemalloc.start()
    calendar = built()
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    name = f"a calendar of sixty years ({calendar.held_days} days tabled)"
    yield Result(f"{name} built", "a millisecond", seconds / _MILLISECOND, 1, most=150, unit="ms")
    yield Result(f"{name} in memory", "a megabyte", held, 1, most=5, unit="MB")

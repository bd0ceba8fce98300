"""The working calendar (lịch làm việc): when the office works, and working time added and counted.

A calendar is a value that is passed in; it never changes. A changed calendar is another calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from domain.errors import CalendarError, LimitError
from domain.timetable import (
    EMPTY,
    MICROSECOND,
    SECOND,
    Timetable,
    Window,
    build,
    from_micros,
    to_micros,
    wall_time,
)
from domain.week_hours import WeekHours, check_windows, day_without_hours, hours_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import tzinfo

__all__ = ["LONGEST_COUNT", "DayKind", "SpecialDay", "WeekHours", "WorkingCalendar"]

DayKind = Literal["off", "swap_off", "swap_work", "short"]

_Answer = TypeVar("_Answer", date, int)
_Edges = tuple[datetime, datetime, datetime]
"""The UTC instants at which a day's office hours begin and end, and of the midnight that ends it."""

LONGEST_COUNT: Final = 366 * 200
"""Days. A limit beyond two centuries is a slip of the pen, and would only fill memory."""
_LONGEST_BACK: Final = -LONGEST_COUNT
_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)
_END: Final = datetime.max.replace(tzinfo=UTC)
_MARGIN: Final = 400
_SHORTEST_DAY: Final = 4 * 3600 * SECOND
_LONGEST_TIME: Final = LONGEST_COUNT * _SHORTEST_DAY
_MOST_EDGES: Final = 10_000
_LAST_ORDINAL: Final = date.max.toordinal() - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """Replace a day's weekly windows: a day off (ngày nghỉ), a make-up day (làm bù), a short day.

    `windows` is empty for a day off. `source` names the document that says so.
    """

    kind: DayKind
    windows: tuple[Window, ...] = ()
    name: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingCalendar:
    """Answer every question about working time in one zone.

    Of `weeks` the last one in force on a day counts. `known_from` and `known_until` (inclusive) bound the
    years whose days off have been published; outside them weekly hours stand in and answers are provisional.
    None: unbounded. A calendar that never works, that has no hours for a known day, or whose windows overlap
    or end before they begin, raises CalendarError.
    """

    zone: tzinfo
    weeks: Sequence[WeekHours]
    special: Mapping[date, SpecialDay]
    code: str = ""
    known_from: date | None = None
    known_until: date | None = None
    _held: Timetable = field(default=EMPTY, init=False, repr=False)
    _edges: dict[date, _Edges] = field(default_factory=dict, init=False, repr=False)
    _ended: dict[datetime, date] = field(default_factory=dict, init=False, repr=False)
    _known: tuple[datetime, datetime] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        weekly = [windows for week in self.weeks for windows in week.windows]
        extra = [day.windows for day in self.special.values()]
        for windows in [*weekly, *extra]:
            check_windows(windows)
        if not any(weekly) and not any(extra):
            raise CalendarError("never_works")
        if self.known_from and self.known_until:
            hole = day_without_hours(self.weeks, self.known_from, self.known_until)
            if hole is not None:
                raise CalendarError("day_without_hours", day=hole)
        begin = self._midnight(self.known_from, 0) if self.known_from else _BEGINNING
        end = self._midnight(self.known_until, 86_400) if self.known_until else _END
        object.__setattr__(self, "_known", (begin, end))

    @property
    def held_days(self) -> int:
        """Return how many days are tabled in memory, for caches that keep to a budget."""
        return self._held.last - self._held.first + 1

    def local(self, instant: datetime) -> datetime:
        """Return an aware instant in the calendar's zone; a naive one raises LimitError."""
        if instant.tzinfo is None:
            raise LimitError("instant_without_zone", at=instant.isoformat())
        try:
            return instant.astimezone(self.zone)
        except OverflowError:
            raise LimitError("outside_the_years", at=instant.isoformat()) from None

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Return the working windows of a local day, in order; empty when the office does not work."""
        special = self.special.get(day)
        if special is not None:
            return special.windows
        return hours_on(self.weeks, day).windows[day.weekday()]

    def opening_of(self, day: date) -> datetime:
        """Return the UTC instant at which a working day begins; of a day off, its local midnight."""
        return (self._edges.get(day) or self._edges_of(day))[0]

    def closing_of(self, day: date) -> datetime:
        """Return the UTC instant at which office hours end; of a day off, the midnight that ends it."""
        return (self._edges.get(day) or self._edges_of(day))[1]

    def end_of(self, day: date) -> datetime:
        """Return the UTC instant of the local midnight that ends a day, exclusive (Civil Code art. 148.6)."""
        return (self._edges.get(day) or self._edges_of(day))[2]

    def day_before(self, instant: datetime) -> date:
        """Return the local day of the last moment before an aware instant: of a midnight, the day it ends."""
        return self._ended.get(instant) or self._day_before(instant)

    def is_working_day(self, day: date) -> bool:
        """Say whether any window is open on a local day."""
        return bool(self.windows_on(day))

    def is_known(self, day: date) -> bool:
        """Say whether the days off around this day have been published."""
        after = self.known_from is None or self.known_from <= day
        return after and (self.known_until is None or day <= self.known_until)

    def is_known_at(self, instant: datetime) -> bool:
        """Say the same of the local day of an aware instant."""
        return self._known[0] <= instant < self._known[1]

    def add_days(self, day: date, n: int) -> date:
        """Return the n-th working day after `day` (n > 0) or before it (n < 0); `day` itself is not counted.

        n = 0 returns `day` as it is. Beyond the years 1 to 9999, or with no such day, raises LimitError.
        """
        if n == 0:
            return day
        ordinal, table = day.toordinal(), self._held
        if table.first <= ordinal <= table.last and _LONGEST_BACK <= n <= LONGEST_COUNT:
            found = table.nth_after(ordinal, n) if n > 0 else table.nth_before(ordinal, -n)
            if found is not None:
                return found
        return self._search_day(_ordinal(day), n)

    def roll(self, day: date, direction: int = 1) -> date:
        """Return `day` if it works, else the next working day (direction 1) or the one before (-1)."""
        return day if self.is_working_day(day) else self.add_days(day, direction)

    def count_days(self, after: date, until: date) -> int:
        """Count the working days d with after < d <= until; negative when `until` lies before `after`."""
        low, high = sorted((_ordinal(after), _ordinal(until)))
        return self._table(low, high).days_between(after.toordinal(), until.toordinal())

    def add_time(self, start: datetime, micros: int) -> datetime:
        """Move an aware instant by working time (microseconds; negative: backwards), in UTC.

        Where a closing and the next opening are the same working moment, forward gives the closing and
        backward the opening. Zero moves forward to the next working moment.
        Raises LimitError beyond the year 9999.
        """
        instant, table = to_micros(start), self._held
        if table.begin <= instant < table.end and -_LONGEST_TIME <= micros <= _LONGEST_TIME:
            found = table.moved(instant, micros)
            if found is not None:
                return from_micros(found)
        return from_micros(self._search_time(_ordinal(self.local(start)), instant, micros))

    def previous_moment(self, instant: datetime) -> datetime:
        """Return the instant itself if it is working time, else the closing before it, in UTC."""
        micros, day = to_micros(instant), _ordinal(self.local(instant))
        return from_micros(self._ask(day + 1, day - 8, lambda table: table.closed_at_or_before(micros)))

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Return the working time from start to end in microseconds; negative when `end` comes first."""
        first, last, table = to_micros(start), to_micros(end), self._held
        if not (table.begin <= first < table.end and table.begin <= last < table.end):
            low, high = sorted((_ordinal(self.local(start)), _ordinal(self.local(end))))
            table = self._table(low - 1, high + 1)
        return table.total_at(last) - table.total_at(first)

    def _search_day(self, day: int, n: int) -> date:
        span = _span(n)
        if n > 0:
            return self._ask(day, day + span, lambda table: table.nth_after(day, n))
        return self._ask(day, day - span, lambda table: table.nth_before(day, -n))

    def _search_time(self, day: int, instant: int, micros: int) -> int:
        reach = _span(micros // _SHORTEST_DAY)
        start, until = (day + 1, day - reach) if micros < 0 else (day - 1, day + reach)
        return self._ask(start, until, lambda table: table.moved(instant, micros))

    def _ask(self, start: int, until: int, question: Callable[[Timetable], _Answer | None]) -> _Answer:
        # Looks from `start` towards `until`, and further that way until there is an answer or no more days.
        while True:
            answer = question(self._table(min(start, until), max(start, until)))
            if answer is not None:
                return answer
            if abs(until - start) > LONGEST_COUNT or not 1 < until < _LAST_ORDINAL:
                raise LimitError("no_working_moment")
            until += until - start + (_MARGIN if until > start else -_MARGIN)

    def _table(self, low: int, high: int) -> Timetable:
        held, low, high = self._held, max(1, low), min(high, _LAST_ORDINAL)
        if held.first <= low and high <= held.last:
            return held
        first, last = low - _MARGIN, high + _MARGIN
        if held is not EMPTY and max(last, held.last) - min(first, held.first) <= 2 * LONGEST_COUNT:
            # It grows by half of itself at least: a long list in order rebuilds it a few times only.
            step = (held.last - held.first) // 2
            first = min(held.first, first - step if low < held.first else first)
            last = max(held.last, last + step if high > held.last else last)
        table = build(max(1, first), min(last, _LAST_ORDINAL), self._windows_on_ordinal, self.zone)
        # Another thread that asks meanwhile goes on with the table it holds: each is whole, neither changes.
        object.__setattr__(self, "_held", table)
        return table

    def _edges_of(self, day: date) -> _Edges:
        # Many dossiers share a due day: what it is asked for again and again is worked out once.
        _ordinal(day)
        if len(self._edges) >= _MOST_EDGES:
            self._edges.clear()
        windows = self.windows_on(day)
        begin, end = (windows[0][0], windows[-1][1]) if windows else (0, 86_400)
        opening, closing, midnight = (
            wall_time(day, second, self.zone).astimezone(UTC) for second in (begin, end, 86_400)
        )
        self._edges[day] = opening, closing, midnight
        return opening, closing, midnight

    def _day_before(self, instant: datetime) -> date:
        if len(self._ended) >= _MOST_EDGES:
            self._ended.clear()
        day = self._ended[instant] = self.local(instant - MICROSECOND).date()
        return day

    def _midnight(self, day: date, second: int) -> datetime:
        _ordinal(day)
        return wall_time(day, second, self.zone).astimezone(UTC)

    def _windows_on_ordinal(self, ordinal: int) -> tuple[Window, ...]:
        return self.windows_on(date.fromordinal(ordinal))


def _ordinal(day: date) -> int:
    ordinal = day.toordinal()
    if ordinal > _LAST_ORDINAL:
        raise LimitError("day_outside_the_years", day=day.isoformat())
    return ordinal


def _span(n: int) -> int:
    if not -LONGEST_COUNT <= n <= LONGEST_COUNT:
        raise LimitError("too_many_days", amount=n, most=LONGEST_COUNT)
    return abs(n) * 7 // 5 + 40

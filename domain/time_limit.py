"""The time limit (thời hạn giải quyết): an amount and a unit, and how it lands on a calendar.

The Civil Code's rules are one setting of `CountingRules`; other offices set other rules, not other code.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from domain.errors import LimitError
from domain.timetable import SECOND
from domain.trace import Leg, Span
from domain.working_calendar import LONGEST_COUNT

if TYPE_CHECKING:
    from domain.trace import LegKind, Trace
    from domain.working_calendar import WorkingCalendar


class Unit(StrEnum):
    """Name the units of a limit; hours, minutes and seconds are working time."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    SAME_DAY = "same_day"
    NONE = "none"


# Python 3.11 looks a member up by a call: these two are asked for once for each dossier.
_WORKING_DAYS: Final = Unit.WORKING_DAYS
_SAME_DAY: Final = Unit.SAME_DAY

SECONDS_OF: Final = {Unit.HOURS: 3600, Unit.MINUTES: 60, Unit.SECONDS: 1}
_COUNTED_AS: Final[dict[Unit, LegKind]] = {
    Unit.WORKING_DAYS: "working_days",
    Unit.CALENDAR_DAYS: "calendar_days",
    Unit.MONTHS: "months",
}
_DAY: Final = timedelta(days=1)
DAY_UNITS: Final = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.SAME_DAY})


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Hold an amount in a unit; a negative amount counts backwards (a reminder before a date)."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        seconds = SECONDS_OF.get(self.unit, 0) * abs(self.amount)
        days = abs(self.amount) * 31 if self.unit is Unit.MONTHS else abs(self.amount)
        if seconds > LONGEST_COUNT * 86_400 or (not seconds and days > LONGEST_COUNT):
            raise LimitError("two_centuries", amount=self.amount, unit=self.unit)

    @property
    def in_days(self) -> bool:
        """Say whether the limit is judged by local date (True) or by instant."""
        return self.unit in DAY_UNITS

    @property
    def micros(self) -> int:
        """Return the working time of a limit in hours, minutes or seconds, in microseconds."""
        return self.amount * SECONDS_OF[self.unit] * SECOND


StartRoll = Literal["as_is", "roll_forward_first", "following", "preceding", "roll_in_direction"]
TimeOfDay = Literal["kept", "start_of_working_day", "end_of_working_day", "end_of_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRules:
    """Say how a limit is counted where offices differ; the names are those of the calculator protocol.

    `time_of_day` "end_of_day" is the local midnight that ends the due day, exclusive (Civil Code art. 148.6).
    `start_outside_hours` "next_open" counts a receipt outside office hours from the next opening.
    `same_day_cutoff` is seconds of the local day; received strictly after it, "same day" is the next one.
    `pause_in` says how a pause moves a limit in days: by its own unit, or by the working time paused.
    """

    zero_direction: Literal["forward", "backward"] = "forward"
    start_on_nonworking: StartRoll = "as_is"
    start_outside_hours: Literal["kept", "next_open"] = "kept"
    start_day_counts: bool = False
    count_from: Literal["receipt", "day_after_receipt"] = "receipt"
    time_of_day: TimeOfDay = "kept"
    time_of_day_outside_hours: Literal["kept", "next_open", "previous_close"] = "next_open"
    due_on_nonworking: Literal["next_working_day", "as_is"] = "next_working_day"
    first_day_after_end: bool = False
    same_day_cutoff: int = 15 * 3600
    pause_in: Literal["own_unit", "working_time"] = "own_unit"

    @property
    def keeps_order(self) -> bool:
        """Say whether what is received later is surely never due earlier.

        Not where days keep the time of the receipt: Saturday at three and Sunday at eight roll to the same
        Monday, the later one to an earlier hour. Nor where the receipt itself rolls: so does the cutoff.
        """
        return self.time_of_day != "kept" and self.start_on_nonworking == "as_is"


# Civil Code 2015 (91/2015/QH13) art. 147.2-3: the day of receipt is not counted; art. 148.5: a last day that
# does not work moves to the next working day; art. 148.6: the last day ends at 24:00.
CIVIL_CODE: Final = CountingRules(time_of_day="end_of_day")


def land_on_day(
    limit: TimeLimit,
    day: date,
    calendar: WorkingCalendar,
    rules: CountingRules,
    trace: Trace | None = None,
) -> date:
    """Return the local date on which a limit in days or months, counted from `day`, ends (inclusive).

    A `trace` is told what was counted on the way.
    """
    start = roll_start(day, limit, calendar, rules)
    if rules.count_from == "day_after_receipt":
        start += _DAY
    if limit.unit is _WORKING_DAYS:
        last = end = _working_days(limit.amount, start, calendar, rules)
    else:
        last = end = _calendar_end(limit, start, rules)
        if rules.due_on_nonworking == "next_working_day":  # Civil Code art. 148.5
            end = calendar.roll(last)
    due = end + _DAY if rules.first_day_after_end else end
    if trace is not None:
        begin = start - _DAY if rules.start_day_counts else start
        count = Leg(_COUNTED_AS[limit.unit], begin, last, limit.amount)
        trace += [Leg("receipt", day, begin), count, Leg("roll", last, end), Leg("after_end", end, due)]
    return due


def roll_start(day: date, limit: TimeLimit, calendar: WorkingCalendar, rules: CountingRules) -> date:
    """Return the day from which counting starts when `day` does not work."""
    roll = rules.start_on_nonworking
    if roll == "as_is":
        return day
    counts_back = limit.amount < 0 or (limit.amount == 0 and rules.zero_direction == "backward")
    backward = roll == "preceding" or (roll == "roll_in_direction" and counts_back)
    return calendar.roll(day, -1 if backward else 1)


def _working_days(n: int, start: date, calendar: WorkingCalendar, rules: CountingRules) -> date:
    if n == 0:
        return calendar.roll(start, -1 if rules.zero_direction == "backward" else 1)
    if rules.start_day_counts:
        return calendar.add_days(start - (_DAY if n > 0 else -_DAY), n)
    return calendar.add_days(start, n)


def _calendar_end(limit: TimeLimit, start: date, rules: CountingRules) -> date:
    n = limit.amount
    shift = (n > 0) - (n < 0) if rules.start_day_counts else 0
    try:
        if limit.unit is Unit.MONTHS:
            return add_months(start, n) - timedelta(days=shift)
        return start + timedelta(days=n - shift)
    except OverflowError as error:
        raise LimitError("days_outside_the_years", amount=n, day=start) from error


def add_months(day: date, months: int) -> date:
    """Return the corresponding day so many months later, or the month's last day where there is none.

    Civil Code art. 148.3. Raises LimitError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        raise LimitError("months_outside_the_years", amount=months, day=day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def land(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    trace: Trace | None = None,
) -> datetime:
    """Return the UTC instant at which a limit counted from an aware instant ends.

    Working time runs from the minute of receipt (Civil Code art. 147.1); days are counted in local dates and
    only the result becomes an instant. A limit of unit "none" raises LimitError: it has no end. A `trace`
    tells of the last landing only: what it held is forgotten.
    """
    if trace is not None:
        trace.clear()
    if limit.unit not in DAY_UNITS:
        return _land_time(limit, start, calendar, rules, trace)
    if limit.amount == 0 and limit.unit is Unit.WORKING_DAYS and rules.time_of_day == "kept":
        return _zero_days(limit, start, calendar, rules)
    begin = start_moment(limit, start, calendar, rules)
    if limit.unit is _SAME_DAY:
        return at_time_of_day(_same_day(begin, calendar, rules, trace), begin, calendar, rules)
    if trace is not None:
        trace.append(Leg("receipt", calendar.local(start).date(), begin.date()))
    return at_time_of_day(land_on_day(limit, begin.date(), calendar, rules, trace), begin, calendar, rules)


def _land_time(
    limit: TimeLimit,
    start: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    trace: Trace | None,
) -> datetime:
    if limit.unit is Unit.NONE:
        raise LimitError("no_due_date")
    if limit.amount == 0 and rules.zero_direction == "backward":
        end = calendar.previous_moment(start)
    else:
        end = calendar.add_time(start, limit.micros)
    if trace is not None:
        trace.append(Span("working_time", start, end, limit.micros))
    return end


def _zero_days(
    limit: TimeLimit, start: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    # Nothing is counted, so no time of day is carried along: the count only moves to a working moment.
    local = calendar.local(start)
    day = land_on_day(limit, local.date(), calendar, rules)
    if day != local.date():
        opens = day > local.date() or rules.start_on_nonworking == "roll_in_direction"
        return calendar.opening_of(day) if opens else calendar.closing_of(day)
    if rules.time_of_day_outside_hours == "kept":
        return local.astimezone(UTC)
    backward = rules.zero_direction == "backward" or rules.time_of_day_outside_hours == "previous_close"
    return calendar.previous_moment(start) if backward else calendar.add_time(start, 0)


def start_moment(
    limit: TimeLimit, start: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> datetime:
    """Return the local moment from which a limit in days counts, after the rules for closed offices."""
    local = calendar.local(start)
    if rules.start_outside_hours == "next_open":
        return calendar.local(calendar.add_time(start, 0))
    if rules.start_on_nonworking == "as_is":
        return local
    rolled = roll_start(local.date(), limit, calendar, rules)
    if rolled != local.date() and rules.start_on_nonworking in ("roll_forward_first", "roll_in_direction"):
        return calendar.local(calendar.opening_of(rolled))  # nobody receives anything on a day off
    return datetime.combine(rolled, local.time(), tzinfo=calendar.zone)


def _same_day(begin: datetime, calendar: WorkingCalendar, rules: CountingRules, trace: Trace | None) -> date:
    # Law on Civil Status 60/2014 art. 5.3, Decree 23/2015 art. 7: received after 15:00, the next working day.
    late = begin - begin.replace(hour=0, minute=0, second=0, microsecond=0)
    due = begin.date()
    if late > timedelta(seconds=rules.same_day_cutoff) or not calendar.is_working_day(due):
        due = calendar.add_days(due, 1)
    if trace is not None:
        before = begin.date() if due > begin.date() else due - _DAY
        trace += [Leg("cutoff", begin.date() - _DAY, before), Leg("working_days", before, due, 1)]
    return due


def at_time_of_day(day: date, begin: datetime, calendar: WorkingCalendar, rules: CountingRules) -> datetime:
    """Return the UTC instant of the due day that the rules name; `begin` is the local start of the count."""
    if rules.time_of_day == "end_of_day":
        return calendar.end_of(day)
    if rules.time_of_day == "start_of_working_day":
        return calendar.opening_of(day)
    if rules.time_of_day == "end_of_working_day":
        return calendar.closing_of(day)
    windows = calendar.windows_on(day)
    kept = datetime.combine(day, begin.time(), tzinfo=calendar.zone).astimezone(UTC)
    time = begin.replace(tzinfo=None) - datetime.combine(begin.date(), datetime.min.time())
    seconds = time / timedelta(seconds=1)
    inside = any(opening <= seconds <= closing for opening, closing in windows)
    if inside or not windows or rules.time_of_day_outside_hours == "kept":
        return kept
    if rules.time_of_day_outside_hours == "previous_close":
        return calendar.previous_moment(kept)
    return calendar.add_time(kept, 0)

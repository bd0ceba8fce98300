"""The walk (diễn giải): every day from receipt to due date, counted or not, and why.

It reads the very windows and special days that the arithmetic counts, so it cannot tell another story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from domain.deadline import Language, derive
from domain.errors import LimitError
from domain.pauses import Pause, merge
from domain.time_limit import CIVIL_CODE, SECONDS_OF, CountingRules, TimeLimit, Unit, add_months
from domain.timetable import SECOND, wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.working_calendar import WorkingCalendar

_DAY: Final = timedelta(days=1)
_WORDS: Final = {
    "receipt": ("ngày tiếp nhận, không tính", "the day of receipt is not counted"),
    "late": ("tiếp nhận sau giờ chốt trong ngày", "received after the cut-off of the day"),
    "working": ("ngày làm việc", "working day"),
    "swap_work": ("làm bù", "make-up working day"),
    "calendar": ("tính cả ngày nghỉ", "days off are counted too"),
    "month": ("ngày tương ứng của tháng", "the corresponding day of the month"),
    "weekly": ("ngày nghỉ hằng tuần", "weekly day of rest"),
    "off": ("ngày nghỉ", "day off"),
    "paused": ("tạm dừng, không tính", "the clock was stopped"),
    "rolled": ("ngày cuối là ngày nghỉ, hạn chuyển tiếp", "the last day is off, the due date moves on"),
    "arrived": ("hạn chuyển đến ngày làm việc này", "the due date moves to this working day"),
    "between": ("không có giờ làm việc nào được tính", "no working time counted"),
    "hours": ("giờ làm việc được tính", "working time counted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStep:
    """Hold one local day of the walk.

    `number` is its place in the count, from 1; None when it is not counted. `seconds` is the working time
    counted on it, for limits in hours. `source` names the document behind a day off or a make-up day.
    """

    day: date
    counted: bool
    number: int | None
    reason: str
    source: str = ""
    seconds: int = 0


def walk(
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    *,
    rules: CountingRules = CIVIL_CODE,
    pauses: Sequence[Pause] = (),
    lang: Language = "vi",
) -> tuple[DayStep, ...]:
    """Return every day from receipt to due date; of a limit in months, the days that matter.

    As many days are counted as the limit has days (months: corresponding days; hours: the seconds of all
    steps are the limit), and the last step is the due day. The rules are those of the law: the day of receipt
    is not counted. Other rules, pauses of a limit in months or a same-day limit, and a limit without an end
    or counting backwards raise LimitError.
    """
    deadline = derive(limit, counting_from, calendar, rules, pauses)
    plain = (rules.start_on_nonworking, rules.count_from, rules.start_day_counts, rules.first_day_after_end)
    if deadline is None or limit.amount < 0 or plain != ("as_is", "receipt", False, False):
        raise LimitError(
            f"a limit of {limit.amount} {limit.unit} under these rules cannot be walked day by day"
        )
    if pauses and limit.unit in (Unit.MONTHS, Unit.SAME_DAY):
        raise LimitError(f"a paused limit in {limit.unit} cannot be walked day by day")
    teller = _Teller(calendar, merge(pauses), lang)
    if limit.unit in SECONDS_OF:
        return tuple(teller.hours(counting_from, deadline.due_at))
    start = calendar.local(counting_from).date()
    if rules.start_outside_hours == "next_open":
        start = calendar.local(calendar.add_time(counting_from, 0)).date()
    if limit.unit is Unit.MONTHS:
        return tuple(teller.months(limit.amount, start, deadline.due_on))
    return tuple(teller.days(limit, start, deadline.due_on))


@dataclass(frozen=True, slots=True)
class _Teller:
    calendar: WorkingCalendar
    pauses: tuple[Pause, ...]
    lang: Language

    def days(self, limit: TimeLimit, start: date, due: date) -> Iterator[DayStep]:
        same_day = limit.unit is Unit.SAME_DAY
        if same_day and due == start:
            yield self._counted(start, 1, "working")
            return
        if same_day:
            yield self._skipped(start, "late" if self.calendar.is_working_day(start) else "off")
        else:
            yield self._skipped(start, "receipt")
        number, total = 0, 1 if same_day else limit.amount
        for day in _range(start + _DAY, due):
            why = self._why_not(day, limit, due, done=number == total)
            if why is not None:
                yield self._skipped(day, why)
                continue
            number += 1
            yield self._counted(day, number, "calendar" if limit.unit is Unit.CALENDAR_DAYS else "working")

    def _why_not(self, day: date, limit: TimeLimit, due: date, *, done: bool) -> str | None:
        if self._is_paused(day):
            return "paused"
        if done:
            return "arrived" if day == due else "rolled"
        if limit.unit is Unit.CALENDAR_DAYS:
            return None
        return None if self.calendar.is_working_day(day) else "off"

    def months(self, amount: int, start: date, due: date) -> Iterator[DayStep]:
        yield self._skipped(start, "receipt")
        last = start
        for number in range(1, amount + 1):
            last = add_months(start, number)
            yield self._counted(last, number, "month")
        for day in _range(last + _DAY, due):
            yield self._skipped(day, "arrived" if day == due else "rolled")

    def hours(self, start: datetime, end: datetime) -> Iterator[DayStep]:
        zone, calendar = self.calendar.zone, self.calendar
        first, last = calendar.local(start).date(), calendar.local(end).date()
        number = 0
        for day in _range(first, last):
            begin, until = max(start, wall_time(day, 0, zone)), min(end, wall_time(day, 86_400, zone))
            paused = sum(
                calendar.elapsed(max(begin, a), min(until, b))
                for a, b in self.pauses
                if a < until and b > begin
            )
            seconds = (calendar.elapsed(begin, until) - paused) // SECOND if begin < until else 0
            number += seconds > 0
            if seconds:
                yield self._counted(day, number, "hours", seconds)
            else:
                why = "paused" if paused else "between"
                yield self._skipped(day, why if calendar.is_working_day(day) else "off")

    def _is_paused(self, day: date) -> bool:
        # The day on which the clock stops still counts, the day it resumes does not, as with receipt.
        local = self.calendar.local
        return any(local(begin).date() < day <= local(end).date() for begin, end in self.pauses)

    def _counted(self, day: date, number: int, why: str, seconds: int = 0) -> DayStep:
        special = self.calendar.special.get(day)
        if why == "working" and special is not None and special.kind == "swap_work":
            why = "swap_work"
        reason, source = self._said(day, why)
        return DayStep(day=day, counted=True, number=number, reason=reason, source=source, seconds=seconds)

    def _skipped(self, day: date, why: str) -> DayStep:
        if why == "off" and day not in self.calendar.special:
            why = "weekly"
        reason, source = self._said(day, why)
        return DayStep(day=day, counted=False, number=None, reason=reason, source=source)

    def _said(self, day: date, why: str) -> tuple[str, str]:
        word = _WORDS[why][self.lang == "en"]
        special = self.calendar.special.get(day)
        if special is None:
            return word, ""
        return (f"{word}: {special.name}" if special.name else word), special.source


def _range(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))

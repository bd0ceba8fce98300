"""The walk (diễn giải): every day from receipt to due date, counted or not, and why.

It tells the legs that the count itself recorded while it counted; nothing is counted a second time here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from domain.deadline import Deadline, Language, derive
from domain.errors import LimitError
from domain.time_limit import CIVIL_CODE, SECONDS_OF, CountingRules, TimeLimit, Unit, add_months
from domain.timetable import SECOND, wall_time
from domain.trace import Leg, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.pauses import Pause
    from domain.trace import LegKind, Trace
    from domain.working_calendar import WorkingCalendar

_DAY: Final = timedelta(days=1)
_COUNTED: Final = ("working", "calendar", "month")
# What is said of a day that a leg covers; of several legs, the first of this order.
_SAID_OF: Final[dict[LegKind, str]] = {
    "months": "month",  # a month has no other day to count, also where the clock stood still on it
    "pause": "paused",
    "cutoff": "late",
    "working_days": "working",
    "calendar_days": "calendar",
    "back_working_days": "given_back",
    "back_calendar_days": "given_back",
}
_ON_WORKING_DAYS: Final = ("cutoff", "working_days", "back_working_days")
_COUNTING: Final = ("working_days", "calendar_days", "months")
_BACK: Final = ("back_working_days", "back_calendar_days")
_EDGES: Final = ("receipt", "roll", "after_end")
_WORDS: Final = {
    "receipt": ("ngày tiếp nhận, không tính", "the day of receipt is not counted"),
    "waits": ("chưa tính: chờ ngày, giờ bắt đầu đếm", "not counted yet: counting starts later"),
    "late": ("tiếp nhận sau giờ chốt trong ngày", "received after the cut-off of the day"),
    "working": ("ngày làm việc", "working day"),
    "swap_work": ("làm bù", "make-up working day"),
    "calendar": ("tính cả ngày nghỉ", "days off are counted too"),
    "month": ("ngày tương ứng của tháng", "the corresponding day of the month"),
    "weekly": ("ngày nghỉ hằng tuần", "weekly day of rest"),
    "off": ("ngày nghỉ", "day off"),
    "paused": ("tạm dừng, không tính", "the clock was stopped"),
    "given_back": ("bù cho thời gian tạm dừng", "gives back the time of the pause"),
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
    steps are the limit), and the last step is the due day. A limit without an end or counting backwards
    raises LimitError.
    """
    _, steps = derive_and_walk(limit, counting_from, calendar, rules=rules, pauses=pauses, lang=lang)
    return steps


def derive_and_walk(
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    *,
    rules: CountingRules = CIVIL_CODE,
    pauses: Sequence[Pause] = (),
    lang: Language = "vi",
) -> tuple[Deadline, tuple[DayStep, ...]]:
    """Derive a due date and return it with the walk of that very derivation; raises like `walk`."""
    trace: Trace = []
    deadline = derive(limit, counting_from, calendar, rules, pauses, trace=trace)
    if deadline is None or limit.amount < 0:
        raise LimitError("no_walk", amount=limit.amount, unit=limit.unit)
    teller = _Teller(calendar, trace, calendar.local(counting_from).date(), deadline.due_on, lang)
    if limit.unit in SECONDS_OF:
        return deadline, tuple(teller.hours())
    return deadline, tuple(teller.days(in_months=limit.unit is Unit.MONTHS))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tell the legs of one count day by day."""

    calendar: WorkingCalendar
    trace: Trace
    start: date
    due: date
    lang: Language

    @property
    def legs(self) -> Iterator[Leg]:
        return (leg for leg in self.trace if isinstance(leg, Leg))

    @property
    def spans(self) -> Iterator[Span]:
        return (span for span in self.trace if isinstance(span, Span))

    def days(self, *, in_months: bool) -> Iterator[DayStep]:
        number, total = 0, self._total()
        for day in sorted(self._that_matter()) if in_months else _range(self.start, self.due):
            why = self._why(day)
            if why in _COUNTED and number == total:
                why = "given_back"  # the clock stopped while the last day was rolling on
            elif why == "given_back" and number < total:
                why = "working"  # the same day itself was paused: the one that is given back stands for it
            number += why in _COUNTED
            yield self._step(day, why, number if why in _COUNTED else None)

    def _total(self) -> int:
        """Return how many days count: those of the counting legs, less what pauses lengthened them by."""
        kinds = [leg.kind for leg in self.legs]
        counted = sum(leg.amount for leg in self.legs if leg.kind in _COUNTING)
        if any(kind in _BACK for kind in kinds):
            return counted  # the pauses have a leg of their own
        return counted - sum(leg.amount for leg in self.legs if leg.kind == "pause")

    def _that_matter(self) -> set[date]:
        return {self.start, self.due}.union(*(_days_of(leg) for leg in self.legs))

    def _why(self, day: date) -> str:
        kinds = {leg.kind for leg in self.legs if _covers(leg, day)}
        for kind, word in _SAID_OF.items():
            if kind in kinds:
                rests = kind in _ON_WORKING_DAYS and not self.calendar.is_working_day(day)
                return "off" if rests else word
        return self._at_an_edge(day)

    def _at_an_edge(self, day: date) -> str:
        counted = max((leg.end for leg in self.legs if leg.kind not in _EDGES), default=self.start)
        begins = max((leg.end for leg in self.legs if leg.kind == "receipt"), default=day)
        if day > counted:
            if any(span.kind == "back_time" for span in self.spans):
                return "given_back" if self.calendar.is_working_day(day) else "off"
            return "arrived" if day == self.due else "rolled"
        return "waits" if day < begins else "receipt"

    def hours(self) -> Iterator[DayStep]:
        number = 0
        for day in _range(self.start, self.due):
            seconds, paused = (
                sum(self._seconds(span, day) for span in self.spans if span.kind == kind)
                for kind in ("working_time", "pause")
            )
            number += seconds > 0
            why = "hours" if seconds else "paused" if paused else "between"
            why = why if self.calendar.is_working_day(day) else "off"
            yield self._step(day, why, number if seconds else None, seconds)

    def _seconds(self, span: Span, day: date) -> int:
        begin = max(span.begin, wall_time(day, 0, self.calendar.zone))
        until = min(span.end, wall_time(day, 86_400, self.calendar.zone))
        return self.calendar.elapsed(begin, until) // SECOND if begin < until else 0

    def _step(self, day: date, why: str, number: int | None, seconds: int = 0) -> DayStep:
        special = self.calendar.special.get(day)
        if why == "working" and special is not None and special.kind == "swap_work":
            why = "swap_work"
        if why == "off" and special is None:
            why = "weekly"
        word = _WORDS[why][self.lang == "en"]
        return DayStep(
            day=day,
            counted=number is not None,
            number=number,
            reason=f"{word}: {special.name}" if special is not None and special.name else word,
            source=special.source if special is not None else "",
            seconds=seconds,
        )


def _covers(leg: Leg, day: date) -> bool:
    return day in _days_of(leg) if leg.kind == "months" else leg.begin < day <= leg.end


def _days_of(leg: Leg) -> set[date]:
    if leg.kind == "months":
        return {add_months(leg.begin, number) for number in range(1, leg.amount + 1)}
    return set(_range(leg.begin + _DAY, leg.end))


def _range(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))

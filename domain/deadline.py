"""The due date (hạn trả kết quả): the one function that derives it, and how far away it is, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from domain.pauses import Pause, land_with_pauses
from domain.time_limit import CountingRules, TimeLimit, Unit
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.trace import Trace
    from domain.working_calendar import WorkingCalendar

Language = Literal["vi", "en"]
_NONE: Final = Unit.NONE  # Python 3.11 looks a member up by a call: not once for each dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Hold a due date in its three forms.

    `due_at` is the UTC instant at which the limit has run out, exclusive: a result at `due_at` is late.
    `due_on` is the local due day, for people. `appointment_at` is what the slip says: the end of office hours
    of the due day, or the due minute of a limit in hours. `provisional`: some day counted lies beyond the
    years whose days off have been published.
    """

    due_at: datetime
    due_on: date
    appointment_at: datetime
    in_days: bool
    provisional: bool


def derive(
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    pauses: Sequence[Pause] = (),
    *,
    trace: Trace | None = None,
) -> Deadline | None:
    """Derive the due date of a dossier; nothing else in the house writes one.

    `counting_from` is the aware instant of acceptance, or of the restart after a supplement. A procedure
    without a limit has none. A `trace` is told every leg of the count, for whoever wants to see why. Civil
    Code art. 147-148; Decree 61/2018 art. 19.4.
    """
    if limit.unit is _NONE:
        return None
    due_at = land_with_pauses(limit, counting_from, calendar, rules, pauses, trace=trace)
    return restore(due_at, limit, counting_from, calendar, rules)


def restore(
    due_at: datetime,
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
) -> Deadline:
    """Return the forms of a due date that was derived before: it stands, whatever the calendar says now."""
    in_days = limit.in_days
    at_midnight = in_days and rules.time_of_day == "end_of_day"
    due_on = calendar.day_before(due_at) if at_midnight else calendar.local(due_at).date()
    known = calendar.is_known(due_on) and calendar.is_known_at(counting_from)
    return Deadline(
        due_at=due_at,
        due_on=due_on,
        appointment_at=calendar.closing_of(due_on) if at_midnight else due_at,
        in_days=in_days,
        provisional=not known,
    )


def end_of_day(day: date, calendar: WorkingCalendar, *, counting_from: datetime) -> Deadline:
    """Return the due date that is the end of a local day, whatever was counted: a re-appointed one."""
    known = calendar.is_known(day) and calendar.is_known_at(counting_from)
    return Deadline(
        due_at=calendar.end_of(day),
        due_on=day,
        appointment_at=calendar.closing_of(day),
        in_days=True,
        provisional=not known,
    )


def in_words(deadline: Deadline, calendar: WorkingCalendar, *, now: datetime, lang: Language = "vi") -> str:
    """Say how much working time is left, or by how much the date has passed.

    Limits in days are told in working days, those left with the hours of today; the working day after the due
    day is the first day overdue. Limits in hours are told in hours and minutes.
    """
    days, micros = _distance(deadline, calendar, now)
    amount = _amount(days, micros // (60 * SECOND), lang)
    if now < deadline.due_at:
        if not amount:
            return "đến hạn, đã hết giờ làm việc" if lang == "vi" else "due, after office hours"
        return f"còn {amount} làm việc" if lang == "vi" else f"{amount} of working time left"
    if not amount:
        return "vừa quá hạn" if lang == "vi" else "just overdue"
    return f"quá hạn {amount} làm việc" if lang == "vi" else f"overdue by {amount} of working time"


def _distance(deadline: Deadline, calendar: WorkingCalendar, now: datetime) -> tuple[int, int]:
    early, late = sorted((now, deadline.due_at))
    if not deadline.in_days:
        return 0, calendar.elapsed(early, late)
    today = calendar.local(now).date()
    begin = datetime(today.year, today.month, today.day, tzinfo=calendar.zone)
    if now < deadline.due_at:
        tonight = begin + timedelta(days=1)  # wall clock: the next local midnight
        return calendar.count_days(today, deadline.due_on), calendar.elapsed(now, tonight)
    return calendar.count_days(deadline.due_on, today), 0


def _amount(days: int, minutes: int, lang: Language) -> str:
    hours, rest = divmod(minutes, 60)
    words = ("ngày", "giờ", "phút") if lang == "vi" else ("day", "hour", "minute")
    plural = "s" if lang == "en" else ""
    counted = zip((days, hours, rest), words, strict=True)
    parts = [f"{n} {word}{plural if n > 1 else ''}" for n, word in counted if n]
    return " ".join(parts[:2] if days else parts)  # minutes say nothing beside days


def is_past(due_at: datetime, *, now: datetime) -> bool:
    """Say whether a due date has passed; at `due_at` itself, which is exclusive, it has.

    What is overdue, late or no longer in time is judged here, wherever it is asked.
    """
    return now >= due_at

"""The due date of one dossier against a bare bisect over a prefix table of working days."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from config.sla import load_sla
from domain.deadline import derive
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit
from tests.benchmarks.measure import Result, least

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.working_calendar import WorkingCalendar

_MOMENTS: Final = 1_000
_ROUNDS: Final = 61


def run() -> Iterator[Result]:
    """Compare on the sample office's calendar, over the same receipts."""
    calendar = load_sla().calendar
    first = datetime(2019, 1, 2, 1, 30, tzinfo=UTC)
    moments = [first + timedelta(minutes=97 * n) for n in range(_MOMENTS)]
    ten, sixty = (TimeLimit(n, Unit.WORKING_DAYS) for n in (10, 60))
    days = _working_days(calendar)
    bare = _bare(calendar, days)
    due = [derive(ten, moment, calendar, CIVIL_CODE) for moment in moments]
    if [entry.due_at for entry in due if entry] != [bare(moment) for moment in moments]:
        raise AssertionError("the bare bisect gives other due dates; the comparison means nothing")
    ordinals = [calendar.local(moment).toordinal() for moment in moments]
    ours, by_instants, by_days, longer = least(
        _ROUNDS,
        lambda: [derive(ten, moment, calendar, CIVIL_CODE) for moment in moments],
        lambda: [bare(moment) for moment in moments],
        lambda: [days[bisect_right(days, ordinal) + 9] for ordinal in ordinals],
        lambda: [derive(sixty, moment, calendar, CIVIL_CODE) for moment in moments],
    )
    name = "due date, 10 working days"
    yield Result(name, "bare bisect, aware instants in and out", ours, by_instants, most=2.0)
    yield Result(name, "bisect alone, day number in and out", ours, by_days, most=None)
    yield Result("due date, 60 working days", "10 working days", longer, ours, most=1.2)


def _working_days(calendar: WorkingCalendar) -> list[int]:
    every = range(date(2018, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
    return [day for day in every if calendar.is_working_day(date.fromordinal(day))]


def _bare(calendar: WorkingCalendar, days: list[int]) -> Callable[[datetime], datetime]:
    zone = calendar.zone

    def bare(start: datetime) -> datetime:
        index = bisect_right(days, start.astimezone(zone).toordinal())
        day = date.fromordinal(days[index + 9] + 1)
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

    return bare

"""The timeline of a task of the reform plan: what it was at each moment, under which configuration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.reform_plan import task_as_of
from workers.use_cases.reform_asking import YEARS_BACK, ReformAsking
from workers.use_cases.timeline import FOREVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.working_calendar import WorkingCalendar
    from workers.store.reform import TaskEntry
    from workers.use_cases.at_hand import MatterAsking
    from workers.use_cases.office import Office
    from workers.use_cases.timeline import Configurations


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPiece:
    """Hold what was so in [begin, end); `asking` is None where nobody was to be told: closed, or too old."""

    begin: datetime
    end: datetime
    office: Office
    asking: MatterAsking | None


def task_timeline(entries: Sequence[TaskEntry], configurations: Configurations) -> list[TaskPiece]:
    """Replay a task: a tick looks at it every minute, so each change counts from when it was known.

    That is when it was recorded, or the day from which it holds where that came later. Raises DomainError or
    LookupError where it cannot be replayed.
    """
    first = min(entry.event.recorded_at for entry in entries)
    office, since = configurations.office, configurations.since
    changes = {at for at, _ in since if at > first}
    known = {_known(entry, office.calendar) for entry in entries}
    bounds = sorted({first, *changes, *known, _too_old(entries[0].year, office.calendar)})
    return [
        _piece(entries, version_at(since, begin), (begin, end), configurations)
        for begin, end in pairwise([*(at for at in bounds if at >= first), FOREVER])
    ]


def _known(entry: TaskEntry, calendar: WorkingCalendar) -> datetime:
    holds_from = datetime.combine(entry.event.on, time(), tzinfo=calendar.zone)
    return max(entry.event.recorded_at, holds_from)


def _too_old(year: int, calendar: WorkingCalendar) -> datetime:
    """Return from when a plan of a year is told of no more."""
    return datetime.combine(date(year + YEARS_BACK + 1, 1, 1), time(), tzinfo=calendar.zone)


def version_at(since: Sequence[tuple[datetime, int]], moment: datetime) -> int:
    """Return the number of the configuration that was in force at a moment."""
    return max((number for at, number in since if at <= moment), default=since[0][1])


def _piece(
    entries: Sequence[TaskEntry],
    version: int,
    when: tuple[datetime, datetime],
    configurations: Configurations,
) -> TaskPiece:
    begin, end = when
    office = configurations.under(version)
    day = office.calendar.local(begin).date()
    told = (entry.event for entry in entries)
    task = task_as_of(entries[0].code, told, day=day, known=begin)
    is_told = task is not None and task.is_open and begin < _too_old(entries[0].year, office.calendar)
    asking = ReformAsking(task=task, office=office) if task is not None and is_told else None
    return TaskPiece(begin=begin, end=end, office=office, asking=asking)

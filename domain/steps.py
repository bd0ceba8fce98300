"""Steps (bước xử lý): which one a hand-over opens, and the planned and actual time of one that has closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.on_time_rate import Timing, timing
from domain.pauses import elapsed_with_pauses, merge
from domain.terms import step_begins
from domain.time_limit import SECONDS_OF, TimeLimit, Unit
from domain.timetable import SECOND

if TYPE_CHECKING:
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.procedure import Step
    from domain.terms import Terms
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """Hold one stay of a dossier in a unit, once it is over.

    `number` counts the stays of the dossier from 1; `step` is empty outside the internal process. `planned`
    is what the process allows and `used` what it took in the same unit, None where nothing was planned;
    `worked` is the working time it took in seconds, pauses left out.
    """

    number: int
    step: str
    unit: str
    officer: str | None
    entered_at: datetime
    left_at: datetime
    planned: TimeLimit | None
    used: TimeLimit | None
    worked: int
    due_at: datetime | None
    timing: Timing


def step_after(steps: tuple[Step, ...], current: str | None, unit: str) -> str | None:
    """Return the step a hand-over to a unit opens: the next one of that unit, else an earlier one, else None.

    At acceptance (`current` None) it is the first step of the unit, else the first of all: where the list
    says nothing of steps, the dossier begins at the beginning.
    """
    place = next((index for index, step in enumerate(steps) if step.code == current), -1)
    onward = [*steps[place + 1 :], *steps[: max(place, 0)]]
    found = next((step.code for step in onward if step.unit == unit), None)
    return steps[0].code if found is None and current is None and steps else found


def closed_run(dossier: Dossier, left_at: datetime, due_at: datetime | None, terms: Terms) -> StepRun:
    """Return the stay that ends at an aware instant; `dossier` is as it was before it ended.

    `due_at` is the due date of the step. A result dated before the last hand-over ends the stay where it
    began. One that waited when it ended is judged by when the waiting began.
    """
    planned, calendar = terms.planned_of(dossier), terms.calendar_of(dossier.unit)
    left, begin = max(left_at, dossier.step_since), step_begins(dossier)
    until = max(begin, min(left, dossier.stopped_since or left))
    deadline = None if due_at is None else terms.restored_step(due_at, dossier)
    return StepRun(
        number=dossier.step_number,
        step=dossier.step or "",
        unit=dossier.unit,
        officer=dossier.officer,
        entered_at=dossier.step_since,
        left_at=left,
        planned=planned,
        used=None if planned is None else _spent(planned.unit, dossier, begin, until, calendar),
        worked=elapsed_with_pauses(begin, until, calendar, dossier.pauses) // SECOND,
        due_at=due_at,
        timing=timing(until, deadline, calendar),
    )


def _spent(
    unit: Unit, dossier: Dossier, begin: datetime, until: datetime, calendar: WorkingCalendar
) -> TimeLimit:
    if unit in SECONDS_OF:
        micros = elapsed_with_pauses(begin, until, calendar, dossier.pauses)
        return TimeLimit(micros // SECOND, Unit.SECONDS)
    own = unit if unit is Unit.CALENDAR_DAYS else Unit.WORKING_DAYS
    days = _days(own, begin, until, calendar)
    for first, last in merge(dossier.pauses):
        if first < until and last > begin:
            days -= _days(own, max(first, begin), min(last, until), calendar)
    return TimeLimit(days, own)


def _days(unit: Unit, begin: datetime, until: datetime, calendar: WorkingCalendar) -> int:
    first, last = calendar.local(begin).date(), calendar.local(until).date()
    return (last - first).days if unit is Unit.CALENDAR_DAYS else calendar.count_days(first, last)

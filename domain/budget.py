"""The budget of a limit: how much of it is used and left at a moment, in the limit's own unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.explain import derive_and_walk
from domain.pauses import elapsed_with_pauses
from domain.time_limit import SECONDS_OF, TimeLimit, Unit
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.pauses import Pause
    from domain.time_limit import CountingRules
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Budget:
    """Hold what is used and left of a limit; both are limits in its own unit, hours by the second."""

    used: TimeLimit
    left: TimeLimit


def budget_at(
    at: datetime,
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    rules: CountingRules,
    *,
    pauses: Sequence[Pause] = (),
) -> Budget | None:
    """Return what is used and left of a limit at an aware instant, None for a limit without an end.

    The local day of the instant counts as used, as the day on which the clock stops does. Units are never
    converted: a limit in days has days left, one in hours seconds of working time. Used and left together are
    the limit.
    """
    if limit.unit is Unit.NONE:
        return None
    if limit.unit in SECONDS_OF:
        return _of_time(at, limit, counting_from, calendar, pauses)
    day = calendar.local(at).date()
    _, steps = derive_and_walk(limit, counting_from, calendar, rules=rules, pauses=pauses)
    counted = [step.day for step in steps if step.counted]
    used = sum(found <= day for found in counted)
    unit = Unit.WORKING_DAYS if limit.unit is Unit.SAME_DAY else limit.unit
    return Budget(TimeLimit(used, unit), TimeLimit(len(counted) - used, unit))


def _of_time(
    at: datetime,
    limit: TimeLimit,
    counting_from: datetime,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause],
) -> Budget:
    worked = elapsed_with_pauses(counting_from, max(at, counting_from), calendar, pauses)
    used = min(limit.micros, worked) // SECOND
    left = limit.micros // SECOND - used
    return Budget(TimeLimit(used, Unit.SECONDS), TimeLimit(left, Unit.SECONDS))


def written(limit: TimeLimit) -> str:
    """Return an amount and its unit as the configuration writes them: "6 working_days"."""
    return f"{limit.amount} {limit.unit}"

"""Figures of the reform plan: how each task stands, counts that add up, rates over all and over those due.

A rate is always shown with its numerator, its denominator and the list: of a plan with 26 tasks 9 done are
34,62 %, whatever a newspaper printed (DOMAIN 8).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal

from domain.deadline import is_past
from domain.on_time_rate import Rate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from domain.period import Period
    from domain.reform_plan import ReformTask
    from domain.working_calendar import WorkingCalendar

Cell = Literal[
    "done_in_time", "done_late", "done_continuous", "in_progress", "not_started",
    "overdue", "continuous", "not_done", "removed",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodTask:
    """Hold how a task stood at a moment: in which cell of the table, its due day, by how many days late.

    `late_by` counts calendar days after the due day, until it was done or until the moment; None: not late.
    `is_due`: the time its plan names had come by then. `done_in_period`, `due_in_period` are about the period
    asked for; without one both are False.
    """

    task: ReformTask
    cell: Cell
    due_on: date | None
    late_by: int | None
    is_due: bool
    done_in_period: bool = False
    due_in_period: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCounts:
    """Hold how many tasks stand where. The first eight are a partition of the plan.

    `overdue` are open after their due day, whether begun or not. `removed` were taken out of the plan by a
    document and stand beside it. The last four are parts of the others: `due` of the plan, those whose time
    had come; `due_done` of these, those done; `due_in_period`, `done_in_period`.
    """

    done_in_time: int = 0
    done_late: int = 0
    done_continuous: int = 0
    in_progress: int = 0
    not_started: int = 0
    overdue: int = 0
    continuous: int = 0
    not_done: int = 0
    removed: int = 0
    due: int = 0
    due_done: int = 0
    due_in_period: int = 0
    done_in_period: int = 0

    def __add__(self, other: PlanCounts) -> PlanCounts:
        """Add cell by cell, so that the sum of the parts is the whole."""
        return PlanCounts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.done_in_time + self.done_late + self.done_continuous

    @property
    def total(self) -> int:
        """Return how many the plan has."""
        open_ = self.in_progress + self.not_started + self.overdue + self.continuous
        return self.done + open_ + self.not_done


_DEFINITIONS: Final = {
    "rate_plan": (
        "đã hoàn thành, trên tổng số nhiệm vụ của kế hoạch",
        "done, of all tasks of the plan",
    ),
    "rate_due": (
        "đã hoàn thành, trên số nhiệm vụ đến thời hạn ghi trong kế hoạch",
        "done, of the tasks whose time by the plan has come",
    ),
}


def plan_rates(counts: PlanCounts) -> tuple[Rate, Rate]:
    """Return the rate over all tasks and the one over those due; no denominator, no rate.

    A task done before its time counts in the first only until that time has come.
    """
    of_all, of_due = (_DEFINITIONS[name] for name in ("rate_plan", "rate_due"))
    return (
        Rate(name="rate_plan", numerator=counts.done, denominator=counts.total, vi=of_all[0], en=of_all[1]),
        Rate(name="rate_due", numerator=counts.due_done, denominator=counts.due, vi=of_due[0], en=of_due[1]),
    )


def stood(
    task: ReformTask, calendar: WorkingCalendar, *, at: datetime, period: Period | None = None
) -> StoodTask:
    """Return how a task that is as it was at a moment stood then.

    It is late from the midnight that ends its due day; the time a plan names has come on the last day it
    names, though a task may be done until the next working day (Civil Code 2015 art. 148.5).
    """
    due, today, named = task.due(calendar), calendar.day_before(at), task.plan.deadline.last
    due_on = due.due_on if due else None
    past = due is not None and is_past(due.due_at, now=at)
    # "Before" a day may be due a working day earlier than the last day it names.
    is_due = task.state != "removed" and any(day <= today for day in (named, due_on) if day is not None)
    return StoodTask(
        task=task,
        cell=_cell(task, due_on, past=past),
        due_on=due_on,
        late_by=_late_by(task, due_on, today, past=past),
        is_due=is_due,
        done_in_period=_within(task.done_on, period),
        due_in_period=is_due and _within(named, period),
    )


def _within(day: date | None, period: Period | None) -> bool:
    if day is None or period is None:
        return False
    return (period.first is None or period.first <= day) and (period.last is None or day <= period.last)


def _cell(task: ReformTask, due_on: date | None, *, past: bool) -> Cell:
    if task.state in ("removed", "not_done"):
        return "removed" if task.state == "removed" else "not_done"
    if task.done_on is not None:
        if due_on is None:
            return "done_continuous"
        return "done_in_time" if task.done_on <= due_on else "done_late"
    if due_on is None:
        return "continuous"
    if past:
        return "overdue"
    return "in_progress" if task.state == "in_progress" else "not_started"


def _late_by(task: ReformTask, due_on: date | None, today: date, *, past: bool) -> int | None:
    if due_on is None or task.state == "removed":
        return None
    if task.done_on is not None:
        return (task.done_on - due_on).days if task.done_on > due_on else None
    return (today - due_on).days if past and task.is_open else None


def count_tasks(tasks: Iterable[StoodTask]) -> PlanCounts:
    """Return the counts of some tasks."""
    total = PlanCounts()
    for one in tasks:
        parts = {
            "due": one.is_due,
            "due_done": one.is_due and one.task.state == "done",
            "due_in_period": one.due_in_period,
            "done_in_period": one.done_in_period,
        }
        total += PlanCounts(**{one.cell: 1} | {name: int(holds) for name, holds in parts.items()})
    return total

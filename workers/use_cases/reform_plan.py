"""The tasks of the reform plan: how they stand or stood, and a new state of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.errors import HistoryError
from domain.reform_history import check_state
from domain.reform_plan import TaskEvent, task_as_of
from workers.store.reform import entries_of
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.reform_plan import ReformTask, TaskState
    from workers.store.reform import TaskEntry
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class NewState:
    """Hold what somebody says of a task: its state, since which local day, why, by which document."""

    state: TaskState
    on: date
    reason: str
    document: str = ""


class StateSet(NamedTuple):
    """Say what came of it: the task as it stands, and whether anything changed."""

    task: ReformTask
    outcome: Literal["recorded", "already"]


def tasks_of(
    work: UnitOfWork, year: int, *, day: date | None = None, known: datetime | None = None
) -> list[ReformTask]:
    """Return the tasks of a plan in its order, as they stood at the end of a local day."""
    histories = work.reform.histories(first_year=year, last_year=year)
    found = (
        task_as_of(code, (entry.event for entry in entries), day=day, known=known)
        for code, entries in histories.items()
    )
    return sorted((task for task in found if task is not None), key=in_plan_order)


def in_plan_order(task: ReformTask) -> tuple[int, tuple[int, ...], str]:
    """Return what orders tasks as their plan does: by number, 2 before 10."""
    parts = task.plan.number.split(".")
    numbers = tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()
    return task.plan.year, numbers or (10**6,), task.code


def task_now(work: UnitOfWork, code: str) -> tuple[ReformTask, list[TaskEntry]]:
    """Return a task as it stands with its history; an unknown code raises HistoryError."""
    entries = work.reform.history(code)
    task = task_as_of(code, (entry.event for entry in entries))
    if task is None:
        raise HistoryError("reform_unknown", code=code)
    return task, entries


def set_state(
    store: Store, office_code: str, code: str, said: NewState, *, actor: str, now: datetime
) -> StateSet:
    """Record a state of a task; the same again changes nothing.

    What waits to be told of a task that is closed now is cancelled in the same transaction. Raises
    HistoryError for an unknown task and for what its history does not allow.
    """
    with store.begin(office_code) as work:
        work.versions.hold(alone=True)
        task, entries = task_now(work, code)
        today = active_office(work).calendar.local(now).date()
        reason, document = said.reason.strip(), said.document.strip()
        if not check_state(task, said.state, said.on, reason=reason, document=document, today=today):
            return StateSet(task, "already")
        data = {"state": said.state, "reason": reason} | ({"document": document} if document else {})
        event = TaskEvent("state", said.on, now, actor, data)
        work.reform.append(list(entries_of(task.plan.year, code, [event], after=entries[-1])))
        after = task_as_of(code, (*(entry.event for entry in entries), event))
        if after is not None and not after.is_open:
            work.notices.cancel_pending([code])
        work.commit()
    return StateSet(after or task, "recorded")


def office_of(work: UnitOfWork, office: Office, *, known: datetime | None) -> Office:
    """Return the office under the configuration that was in force at a moment (None: now).

    A day off announced later moves no due day of a report that was made before.
    """
    if known is None:
        return office
    before = [number for since, number in work.versions.since() if since <= known]
    return office.under(before[-1]) if before else office

"""The reform plan (kế hoạch cải cách hành chính): its tasks, and what has become of each by a day.

A plan of a year is a table of tasks: area, product, lead unit, when it is to be done (DOMAIN 8). What happens
to a task is a history that is only added to; how it stood on a day follows from what had happened and was
recorded by then, so that a report of a past quarter stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast, get_args

from domain.acknowledgement import Acknowledgement
from domain.deadline import Deadline, end_of_day
from domain.reform_deadline import DeadlineKind, TaskDeadline
from domain.timetable import wall_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.acknowledgement import AcknowledgedBy
    from domain.working_calendar import WorkingCalendar

TaskState = Literal["not_started", "in_progress", "done", "not_done", "removed"]
STATES: Final[tuple[TaskState, ...]] = get_args(TaskState)
TaskEventKind = Literal["planned", "changed", "state", "acknowledged"]
OPEN: Final[tuple[TaskState, ...]] = ("not_started", "in_progress")
LADDER: Final = "reform"
"""The ladder by which its tasks are told; an office without it tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Hold one area of reform (lĩnh vực): its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTask:
    """Hold what the plan says of one task (nhiệm vụ); `cooperating` is as the plan words it, "" for nobody.

    `area` and `lead` are codes of the office's configuration, `number` is the plan's own (STT).
    """

    code: str
    year: int
    number: str
    title: str
    area: str
    product: str
    lead: str
    cooperating: str
    deadline: TaskDeadline

    def as_data(self) -> dict[str, str]:
        """Return it as the texts of an event; what is empty is left out."""
        deadline = self.deadline
        data = {
            "year": str(self.year),
            "number": self.number,
            "title": self.title,
            "area": self.area,
            "product": self.product,
            "lead": self.lead,
            "cooperating": self.cooperating,
            "deadline": deadline.text,
            "deadline_kind": deadline.kind,
            "first": deadline.first.isoformat() if deadline.first else "",
            "last": deadline.last.isoformat() if deadline.last else "",
        }
        return {name: text for name, text in data.items() if text}

    def changes_to(self, other: PlanTask) -> dict[str, tuple[str, str]]:
        """Return what another says differently of the same task: name to the text before and after."""
        mine, theirs = self.as_data(), other.as_data()
        names = dict.fromkeys((*mine, *theirs))
        pairs = {name: (mine.get(name, ""), theirs.get(name, "")) for name in names}
        return {name: (before, after) for name, (before, after) in pairs.items() if before != after}


class TaskEvent(NamedTuple):
    """Hold one event of a task: its kind, since which local day it is so, who recorded it and when."""

    kind: TaskEventKind
    on: date
    recorded_at: datetime
    actor: str
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReformTask:
    """Hold a task as it stands: what the plan says, its state and since which local day.

    `reason` and `document` are those of the state. `epoch` counts how often the plan gave it another lead
    unit or another time: its reminders begin anew with each.
    """

    plan: PlanTask
    state: TaskState = "not_started"
    since: date
    reason: str = ""
    document: str = ""
    epoch: int = 1
    acknowledged: tuple[Acknowledgement, ...] = ()

    @property
    def code(self) -> str:
        """Return its code."""
        return self.plan.code

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do it."""
        return self.state in OPEN

    @property
    def done_on(self) -> date | None:
        """Return the local day on which it was done; None if it is not."""
        return self.since if self.state == "done" else None

    @property
    def shown_state(self) -> TaskState:
        """Return the state as reports name it: a continuous task that is open is being done (DOMAIN 8)."""
        continuous = self.plan.deadline.last is None and self.is_open
        return "in_progress" if continuous else self.state

    def begins(self, calendar: WorkingCalendar) -> datetime:
        """Return the UTC instant at which its time begins: on its first day by the plan, or of the year."""
        first = self.plan.deadline.first or date(self.plan.year, 1, 1)
        return wall_time(first, 0, calendar.zone).astimezone(UTC)

    def due(self, calendar: WorkingCalendar) -> Deadline | None:
        """Return its due date in all its forms; None for a continuous task."""
        day = self.plan.deadline.due_on(calendar)
        return None if day is None else end_of_day(day, calendar, counting_from=self.begins(calendar))


def task_as_of(
    code: str, events: Iterable[TaskEvent], *, day: date | None = None, known: datetime | None = None
) -> ReformTask | None:
    """Return a task as it stood at the end of a local day, by what was recorded until a moment.

    `events` come in the order in which they were recorded; the last word on a day counts. None for `day` or
    `known` leaves nothing out. Returns None where the plan did not have it yet.
    """
    task: ReformTask | None = None
    for event in events:
        if (day is None or event.on <= day) and (known is None or event.recorded_at <= known):
            task = _with(code, task, event)
    return task


def _with(code: str, task: ReformTask | None, event: TaskEvent) -> ReformTask | None:
    data = event.data
    if event.kind == "planned":
        return ReformTask(plan=task_of(code, data), since=event.on)
    if task is None:
        return None  # its plan was in force only later
    if event.kind == "changed":
        return _replanned(task, task_of(code, {**task.plan.as_data(), **data}))
    if event.kind == "state":
        reason, document = data.get("reason", ""), data.get("document", "")
        state = cast("TaskState", data["state"])
        return replace(task, state=state, since=event.on, reason=reason, document=document)
    return replace(task, acknowledged=(*task.acknowledged, _answer(event)))


def _replanned(task: ReformTask, plan: PlanTask) -> ReformTask:
    before = task.plan
    was, now = before.deadline, plan.deadline
    moved = (before.lead, was.last, was.kind) != (plan.lead, now.last, now.kind)
    return replace(task, plan=plan, epoch=task.epoch + moved)


def _answer(event: TaskEvent) -> Acknowledgement:
    data = event.data
    return Acknowledgement(
        step="",
        rung=data["rung"],
        level=int(data["level"]),
        epoch=int(data["epoch"]),
        at=event.recorded_at,
        by=data["by"],
        way=cast("AcknowledgedBy", data["way"]),
    )


def task_of(code: str, data: Mapping[str, str]) -> PlanTask:
    """Return what the texts of an event say of a task; the way back of `PlanTask.as_data`."""
    deadline = TaskDeadline(
        kind=cast("DeadlineKind", data["deadline_kind"]),
        text=data["deadline"],
        first=_day(data.get("first")),
        last=_day(data.get("last")),
    )
    return PlanTask(
        code=code,
        year=int(data["year"]),
        number=data["number"],
        title=data["title"],
        area=data["area"],
        product=data.get("product", ""),
        lead=data["lead"],
        cooperating=data.get("cooperating", ""),
        deadline=deadline,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

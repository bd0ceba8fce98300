"""A reform plan comes in: what is new, what the plan says otherwise now; all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from config.columns import fold
from domain.reform_plan import TaskEvent, task_as_of
from workers.inbox.faults import BadRow, CellProblem
from workers.inbox.plan_rows import HEADS, read_plan
from workers.store.reform import entries_of
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from domain.reform_plan import PlanTask, ReformTask, TaskEventKind
    from workers.inbox.plan_rows import ReadTask
    from workers.store.reform import TaskEntry
    from workers.store.unit_of_work import Store, UnitOfWork

_MOVES: Final = ("lead", "last", "deadline_kind")


class Changed(NamedTuple):
    """Say what a plan says otherwise of a task: name to the text before and after."""

    code: str
    changes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImported:
    """Say what importing a plan came to. With any `bad` row nothing was recorded.

    `missing` are tasks of the plan that the file does not have: they stay as they are.
    """

    year: int
    new: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: int = 0
    missing: tuple[str, ...] = ()
    bad: tuple[BadRow, ...] = ()


def import_plan(
    store: Store, office_code: str, path: Path, year: int, *, on: date | None, actor: str, now: datetime
) -> PlanImported:
    """Import the plan of a year: the same file twice changes nothing.

    `on` is the local day from which the plan, or its change, holds; None: a new plan from the first day of
    its year, a change from today. A task whose lead unit or time changes begins its reminders anew. Raises
    SheetError for a file that is no plan.
    """
    with store.begin(office_code) as work:
        work.versions.hold(alone=True)
        office = active_office(work)
        read = read_plan(path, office.sla, year)
        known = _known(work, year)
        bad = (*read.bad, *_taken(work, read.tasks, year), *_swapped(read.tasks, known))
        if bad:
            return PlanImported(year=year, bad=tuple(sorted(bad, key=lambda row: row.line)))
        desk = _Desk(known, on or _usual_day(year, known, office.calendar.local(now).date()), actor, now)
        entries = [entry for one in read.tasks for entry in desk.entries(one.task)]
        work.reform.append(entries)
        work.notices.cancel_pending(desk.moved)
        work.commit()
    given = {one.task.code for one in read.tasks}
    return PlanImported(
        year=year,
        new=tuple(desk.new),
        changed=tuple(desk.changed),
        unchanged=len(given) - len(desk.new) - len(desk.changed),
        missing=tuple(code for code in known if code not in given and known[code][0].state != "removed"),
    )


_Known = dict[str, tuple["ReformTask", "TaskEntry"]]


def _known(work: UnitOfWork, year: int) -> _Known:
    """Return the tasks of a plan as they stand, each with its last entry."""
    found: _Known = {}
    for code, entries in work.reform.histories(first_year=year, last_year=year).items():
        task = task_as_of(code, (entry.event for entry in entries))
        if task is not None:
            found[code] = task, entries[-1]
    return found


def _usual_day(year: int, known: _Known, today: date) -> date:
    return today if known else min(today, date(year, 1, 1))


class _Desk:
    """Make the entries of one task after another, and keep what they come to."""

    def __init__(self, known: _Known, on: date, actor: str, now: datetime) -> None:
        self.known, self.on, self.actor, self.now = known, on, actor, now
        self.new: list[str] = []
        self.changed: list[Changed] = []
        self.moved: list[str] = []

    def entries(self, task: PlanTask) -> Iterator[TaskEntry]:
        """Return the entries that make the plan say of a task what it says now, if it does not yet."""
        found = self.known.get(task.code)
        if found is None:
            self.new.append(task.code)
            return entries_of(task.year, task.code, [self._event("planned", task.as_data())], after=None)
        changes = found[0].plan.changes_to(task)
        if not changes:
            return iter(())
        self.changed.append(Changed(task.code, changes))
        if any(name in changes for name in _MOVES):
            self.moved.append(task.code)
        said = {name: after for name, (_, after) in changes.items()}
        return entries_of(task.year, task.code, [self._event("changed", said)], after=found[1])

    def _event(self, kind: TaskEventKind, data: Mapping[str, str]) -> TaskEvent:
        return TaskEvent(kind, self.on, self.now, self.actor, data)


def _swapped(tasks: Sequence[ReadTask], known: _Known) -> Iterator[BadRow]:
    """Yield the rows that bear the number of another task: its history would become that of this one.

    A number is a task's name. Where a title stands under another number than it did, rows were put in or
    taken out above it; a title that is new under its number is an edit.
    """
    by_title = {fold(task.plan.title): code for code, (task, _) in known.items()}
    for line, task in tasks:
        before, owner = known.get(task.code), by_title.get(fold(task.title))
        same = before is not None and fold(before[0].plan.title) == fold(task.title)
        if owner is not None and owner != task.code and not same:
            number = known[owner][0].plan.number
            expected = f"số {number} như trong kế hoạch đã nhập: nhiệm vụ cũ giữ số cũ"
            yield BadRow(line, (), (CellProblem(HEADS["number"][0], task.number, expected),))


def _taken(work: UnitOfWork, tasks: Sequence[ReadTask], year: int) -> Iterator[BadRow]:
    """Yield the rows whose code is that of a task of another year, or of a dossier."""
    codes = [one.task.code for one in tasks]
    dossiers = work.dossiers.digests(codes)
    for line, task in tasks:
        others = {entry.year for entry in work.reform.history(task.code)} - {year}
        if others or task.code in dossiers:
            what = f"kế hoạch năm {min(others)}" if others else "một hồ sơ"
            problem = CellProblem(HEADS["code"][0], task.code, f"mã chưa dùng (đã là mã của {what})")
            yield BadRow(line, (), (problem,))

"""Acknowledging a late task of the reform plan: somebody who was told says that it is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.acknowledgement import Acknowledgement, base_of, first_for, may_acknowledge
from domain.errors import HistoryError
from domain.reform_plan import TaskEvent, task_as_of
from workers.store.reform import entries_of
from workers.use_cases.reform_asking import rungs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.reform_plan import ReformTask
    from workers.store.notices import Notice
    from workers.store.reform import TaskEntry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.acknowledge import Source
    from workers.use_cases.office import Office


def answer_task(
    entries: Sequence[TaskEntry],
    work: UnitOfWork,
    office: Office,
    by: str,
    source: Source,
    *,
    rung: str = "",
    epoch: int | None = None,
) -> tuple[Acknowledgement, bool]:
    """Record that `by` has a task in hand; return what holds now, and whether it is new.

    `entries` are the events of the task, at least one. Without `rung` it is the highest that `by` may answer
    for. Raises HistoryError for a closed task, where nothing was told, and for somebody who was not told of
    it and is no superior.
    """
    code = entries[0].code
    task = task_as_of(code, (entry.event for entry in entries))
    if task is None:
        raise HistoryError("reform_unknown", code=code)
    if epoch not in (None, task.epoch):
        raise HistoryError("acknowledged_too_late", code=code)
    notice = _highest(task, _told(task, work, office, rung), office, by)
    known = first_for(task.acknowledged, "", notice.level, task.epoch)
    if known is not None:
        return known, False
    said = Acknowledgement(
        step="", rung=base_of(notice.rung), level=notice.level, epoch=task.epoch,
        at=source.now, by=by, way=source.way,
    )  # fmt: skip
    _record(said, entries, work, office, source)
    return said, True


def _told(task: ReformTask, work: UnitOfWork, office: Office, rung: str) -> list[Notice]:
    """Return what was told of the task and can be acknowledged: escalations, of the time it has now."""
    if not task.is_open:
        on = f"{task.since:%d/%m/%Y}"
        raise HistoryError("reform_closed", code=task.code, state=task.state, on=on)
    asking = {one.code for one in rungs_of(office) if one.kind == "escalation" or one.asks}
    told = [
        notice
        for notice in work.notices.of_dossier(task.code)
        if notice.epoch == task.epoch
        and notice.state != "cancelled"
        and base_of(notice.rung) in asking
        and (not rung or base_of(rung) == base_of(notice.rung))
    ]
    if not told:
        raise HistoryError("reform_not_asked", code=task.code)
    return told


def _highest(task: ReformTask, told: Sequence[Notice], office: Office, by: str) -> Notice:
    """Return the highest of what was told that `by` may answer for."""
    people: dict[str, set[str]] = {}
    for notice in told:
        people.setdefault(base_of(notice.rung), set()).add(notice.recipient)
    mine = [one for one in told if may_acknowledge(by, people[base_of(one.rung)], office.sla.lines)]
    if mine:
        return max(mine, key=lambda notice: notice.level)
    last = max(told, key=lambda notice: notice.level)
    rung = base_of(last.rung)
    raise HistoryError(
        "may_not_acknowledge", by=by, rung=rung, code=task.code, told=", ".join(sorted(people[rung]))
    )


def _record(
    said: Acknowledgement, entries: Sequence[TaskEntry], work: UnitOfWork, office: Office, source: Source
) -> None:
    data = {"rung": said.rung, "level": str(said.level), "epoch": str(said.epoch), "by": said.by}
    today, last = office.calendar.local(source.now).date(), entries[-1]
    event = TaskEvent("acknowledged", today, source.now, source.actor, data | {"way": said.way})
    work.reform.append(list(entries_of(last.year, last.code, [event], after=last)))
    for level in range(1, said.level + 1):  # notices of tasks have one kind, so each lower level is named
        work.acknowledgements.mark(last.code, said._replace(level=level))

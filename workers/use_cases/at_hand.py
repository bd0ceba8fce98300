"""What is at hand beside dossiers and told by a ladder: tasks of the reform plan, corrective actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.corrective_action import LADDER as ACTION_LADDER
from domain.corrective_action import action_to_do, code_of
from domain.nonconformity import from_texts
from domain.reform_plan import task_as_of
from workers.use_cases.action_asking import ActionAsking
from workers.use_cases.reform_asking import YEARS_BACK, ReformAsking, rungs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.corrective_action import CorrectiveAction
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

MatterAsking = ReformAsking | ActionAsking
LONGEST_CODE: Final = 64
"""What the code of a notice holds: an action of a dossier with a longer code is listed, not told."""


def at_hand(work: UnitOfWork, office: Office, *, now: datetime) -> Mapping[str, MatterAsking]:
    """Return everything open of which somebody is to be told until its day, by the code of its notices."""
    return {**_tasks(work, office, now), **_actions(work, office)}


def _tasks(work: UnitOfWork, office: Office, now: datetime) -> dict[str, MatterAsking]:
    """Return the open tasks with a due date; none, unread, where the office has no ladder for them."""
    if not rungs_of(office):
        return {}
    today = office.calendar.local(now).date()
    histories = work.reform.histories(first_year=today.year - YEARS_BACK)
    found = (
        task_as_of(code, (entry.event for entry in entries), day=today) for code, entries in histories.items()
    )
    return {
        task.code: ReformAsking(task=task, office=office)
        for task in found
        if task is not None and task.is_open and task.plan.deadline.last is not None
    }


def _actions(work: UnitOfWork, office: Office) -> dict[str, MatterAsking]:
    """Return the corrective actions somebody has yet to do; none, unread, without a ladder for them."""
    if ACTION_LADDER not in office.sla.ladders:
        return {}
    every = work.nonconformities.every()
    found = [
        action
        for code, said in every
        if (action := action_to_do(code, ((one.recorded_at, from_texts(one.data)) for one in said)))
    ]
    stored = work.dossiers.load([action.dossier for action in found])
    return {
        code_of(action.dossier): ActionAsking(
            action=action, unit=stored[action.dossier].dossier.unit, office=office
        )
        for action in found
        if action.dossier in stored and len(code_of(action.dossier)) <= LONGEST_CODE
    }


def action_of(work: UnitOfWork, dossier: str) -> CorrectiveAction | None:
    """Return the corrective action of a dossier that somebody has yet to do; None: there is none."""
    said = work.nonconformities.of_dossiers([dossier]).get(dossier, ())
    return action_to_do(dossier, ((one.recorded_at, from_texts(one.data)) for one in said))

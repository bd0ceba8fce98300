"""What the letter about a task of the reform plan says, as things are when it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.acknowledgement import first_for, went_up
from domain.catalogue import say
from domain.deadline import in_words, is_past
from domain.reform_plan import task_as_of
from workers.notify.office_views import ReformTasksView, TaskLine
from workers.use_cases.letter_view import person_of
from workers.use_cases.office_matter import addressed
from workers.use_cases.reform_asking import rung_told

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.reform_plan import ReformTask
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens


def reform_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> ReformTasksView | None:
    """Return what the letter says; None: the task is closed or moved, or somebody has answered.

    A rung the ladder has no more raises LookupError.
    """
    task = task_as_of(notice.code, (entry.event for entry in work.reform.history(notice.code)))
    if task is None or not task.is_open or task.epoch != notice.epoch:
        return None
    due, answer = task.due(office.calendar), first_for(task.acknowledged, "", notice.level, notice.epoch)
    is_raised = went_up(notice.rung)[1] > 0
    if due is None or (is_raised and answer is not None):
        return None
    asks = rung_told(notice, office).asks and answer is None
    line = replace(_line(task, due, notice, office, now), went_up=is_raised, asks=asks)
    if asks and notice.asked_until is not None:
        line = replace(line, asked_until=office.calendar.local(notice.asked_until))
    return ReformTasksView(**addressed(notice, office), tasks=(line,))


def _line(task: ReformTask, due: Deadline, notice: Notice, office: Office, now: datetime) -> TaskLine:
    plan, lang = task.plan, person_of(notice, office).lang
    unit = office.sla.lines.units.get(plan.lead)
    return TaskLine(
        code=task.code,
        title=plan.title,
        product=plan.product,
        unit_name=unit.name if unit else plan.lead,
        cooperating=plan.cooperating,
        deadline=plan.deadline.text,
        due_on=due.due_on,
        words=in_words(due, office.calendar, now=now, lang=lang),
        overdue=is_past(due.due_at, now=now),
        state=say(task.shown_state, lang),
    )


def with_token(
    view: ReformTasksView, notice: Notice, office: Office, tokens: Tokens | None
) -> ReformTasksView:
    """Return the letter of one task with the token by which it is acknowledged, if it asks for that."""
    (line,) = view.tasks
    if tokens is None or not line.asks:
        return view
    token = tokens.sign(office.sla.code, notice)
    return replace(view, tasks=(replace(line, token=token, acknowledge_url=tokens.link(token)),))

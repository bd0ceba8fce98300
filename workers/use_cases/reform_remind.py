"""Reminding of the reform plan: the tasks whose rungs have come due, claimed like those of dossiers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError
from domain.reform_plan import task_as_of
from workers.store.notices import Notice
from workers.use_cases.act import leased
from workers.use_cases.hours import gathered
from workers.use_cases.office import active_office
from workers.use_cases.reform_asking import ReformAsking, rungs_of
from workers.use_cases.signs import note_failing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from domain.reform_plan import ReformTask
    from workers.store.notices import Claim
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

YEARS_BACK: Final = 1
"""Of which plans people are still told: this year's, and what is left of the one before."""


def remind_of_tasks(
    store: Store, office_code: str, *, now: datetime, lease: timedelta, gather: timedelta
) -> list[int]:
    """Claim what must be told of tasks and has not been; return the notices whose moment has come.

    It finds by state, so that whoever runs it late or twice misses and repeats nothing. It looks before it
    claims: with nothing due it costs two reads. What is neither urgent nor alone waits `gather` longer, for
    what else is due for its person. A task that cannot be judged is noted like a dossier; its neighbours are
    told all the same.
    """
    with store.begin(office_code) as work:
        claimed = _claim(work, active_office(work), now, lease, gather)
        work.journal.beat("remind_of_tasks", now=now, found=len(claimed))
        work.commit()
    return [notice.id for notice in claimed if notice.handed_until is not None]


def _claim(
    work: UnitOfWork, office: Office, now: datetime, lease: timedelta, gather: timedelta
) -> list[Notice]:
    tasks = open_tasks(work, office, now=now)
    if not tasks:
        return []
    claims, asked = work.notices.claims(list(tasks)), work.acknowledgements.asking(list(tasks))
    new, failed = list[Notice](), list[str]()
    for code, task in tasks.items():
        try:
            new += _due(task, office, claims.get(code, ()), asked.get(code, ()), now)
        except (DomainError, LookupError):
            failed.append(code)
    note_failing(work, failed, now=now, keep=3 * lease)
    ready = [replace(notice, deliver_at=gathered(notice, office, gather)) for notice in new]
    claimed = work.notices.claim_rungs([leased(notice, now, lease) for notice in ready])
    planned = [notice for notice in claimed if notice.state == "planned"]
    work.folding.fold_earlier(planned)
    return planned


def open_tasks(work: UnitOfWork, office: Office, *, now: datetime) -> dict[str, ReformTask]:
    """Return the open tasks with a due date; none, unread, where the office has no ladder for them."""
    if not rungs_of(office):
        return {}
    year = office.calendar.local(now).year
    histories = work.reform.histories(first_year=year - YEARS_BACK)
    today = office.calendar.local(now).date()
    found = {
        code: task_as_of(code, (entry.event for entry in entries), day=today)
        for code, entries in histories.items()
    }
    return {
        code: task
        for code, task in found.items()
        if task is not None and task.is_open and task.plan.deadline.last is not None
    }


def _due(
    task: ReformTask, office: Office, claims: Sequence[Claim], asking: Sequence[Claim], now: datetime
) -> list[Notice]:
    """Return the notices of a task that nobody has claimed yet; one that cannot be judged raises."""
    mine = [claim for claim in claims if claim.epoch == task.epoch]
    told = {(claim.step, claim.rung) for claim in mine}
    known = {(claim.rung, claim.recipient) for claim in mine}
    ladder = ReformAsking(task=task, office=office)
    asked = ladder.ask(told, now=now, until=ladder.asked(asking, now=now))
    return [notice for notice in asked.notices if (notice.rung, notice.recipient) not in known]

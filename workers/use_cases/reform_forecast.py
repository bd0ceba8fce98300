"""Which notices of tasks of the reform plan would go out in the days to come: what ticks would claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.use_cases.asking import latest_asked
from workers.use_cases.reform_asking import KIND, ReformAsking
from workers.use_cases.reform_remind import open_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.reform_plan import ReformTask
    from domain.rung_terms import Key
    from workers.store.notices import Claim
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.forecast import Message, Window
    from workers.use_cases.office import Office


def tasks_ahead(
    work: UnitOfWork, before: Office, after: Office, window: Window
) -> Iterator[tuple[str, frozenset[Message], frozenset[Message]]]:
    """Yield each open task with what would be told of it under one configuration and under another."""
    for code, tasks in _tasks(work, before, after, window.now).items():
        claims = work.notices.claims([code]).get(code, ())
        was, will = (
            frozenset(_messages(task, office, claims, window))
            for task, office in zip(tasks, (before, after), strict=True)
        )
        yield code, was, will


def _tasks(
    work: UnitOfWork, before: Office, after: Office, now: datetime
) -> dict[str, tuple[ReformTask | None, ReformTask | None]]:
    was, will = (open_tasks(work, office, now=now) for office in (before, after))
    return {code: (was.get(code), will.get(code)) for code in {**was, **will}}


def _messages(
    task: ReformTask | None, office: Office, claims: Sequence[Claim], window: Window
) -> Iterator[Message]:
    """Yield what waits already and what would be claimed, as if nothing else happened."""
    if task is None:
        return
    mine = [claim for claim in claims if claim.epoch == task.epoch]
    yield from ((one.step, one.rung, one.recipient, one.kind) for one in mine if one.is_unsent)
    asking, known = ReformAsking(task=task, office=office), {(one.rung, one.recipient) for one in mine}
    told: set[Key] = {(one.step, one.rung) for one in mine}
    until: Mapping[Key, datetime] = _asked(mine)
    at: datetime | None = window.now
    while at is not None and at <= window.until:
        asked = asking.ask(told, now=at, until=until)
        new = {(notice.step, notice.rung) for notice in asked.notices} - told
        for notice in asked.notices:
            if (notice.rung, notice.recipient) not in known and notice.state == "planned":
                yield notice.step, notice.rung, notice.recipient, KIND
            known.add((notice.rung, notice.recipient))
        until = {**until, **latest_asked(asked.notices, new)}
        told, at = told | new, asked.next_at


def _asked(claims: Sequence[Claim]) -> dict[Key, datetime]:
    """Return until when the last of those told of a rung was asked to answer, as a tick reads it."""
    found: dict[Key, datetime] = {}
    for claim in claims:
        key = (claim.step, claim.rung)
        if claim.asked_until is not None and claim.state not in ("covered", "cancelled"):
            found[key] = max(claim.asked_until, found.get(key, claim.asked_until))
    return found

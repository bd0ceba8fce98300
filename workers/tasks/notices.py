"""Telling people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from workers import clock
from workers.tasks import context
from workers.tasks.expected import an_office, some_ids
from workers.tasks.typed import PATIENT, task
from workers.use_cases.acknowledge import Source
from workers.use_cases.acknowledge_door import take

if TYPE_CHECKING:
    from domain.acknowledgement import AcknowledgedBy

log = structlog.get_logger()


@task("notices.deliver", expected={"office": an_office, "notice_ids": some_ids})
def deliver(office: str, notice_ids: list[int]) -> None:
    """Deliver those of the notices that still wait, and what waits for the same people: one letter each.

    Touches `notices` and the mail server or the outbox folder. A letter that could not go waits in the table
    and the sweep brings it again, thirty times, at most an hour apart, in the hours of its person; then it is
    dead, kept and shown.
    """
    result = context.delivery().deliver(office, notice_ids)
    for notice_id, reason in result.errors.items():
        log.warning("notice_not_delivered", office=office, notice=notice_id, reason=reason)


@task("notices.acknowledge", **PATIENT)
def acknowledge(said: dict[str, Any], office: str | None = None) -> None:
    """Record that an escalation is in hand; README of workers/tasks describes what is said.

    Touches `dossier_events`, `dossiers`, `clocks` and `notices`, or `dead_letters`. Twice changes nothing. A
    token in the arguments is seen in Flower: it tells nothing of anybody, and once taken it does nothing.
    While the database does not answer it is tried again, at most half a minute apart.
    """
    way: AcknowledgedBy = "link" if isinstance(said, dict) and said.get("token") else "task"
    source = Source(way=way, actor="notices.acknowledge", now=clock.now())
    error = take(context.store(), office, said, context.tokens(), source)
    if error is not None:
        log.warning("acknowledgement_refused", office=office, reason=error.code)

"""Telling people."""

from __future__ import annotations

import structlog

from workers.tasks import context
from workers.tasks.typed import task

log = structlog.get_logger()


@task("notices.deliver")
def deliver(office: str, notice_ids: list[int]) -> None:
    """Deliver those of the notices that still wait, and what waits for the same people: one letter each.

    Touches `notices` and the mail server or the outbox folder. A letter that could not go waits in the table
    and the sweep brings it again, eight times in about an hour; then it is dead, kept and shown.
    """
    result = context.delivery().deliver(office, notice_ids)
    for notice_id, reason in result.errors.items():
        log.warning("notice_not_delivered", office=office, notice=notice_id, reason=reason)

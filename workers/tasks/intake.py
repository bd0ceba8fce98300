"""What comes in: files of the watched folder, and single events of other systems."""

from __future__ import annotations

from typing import Any

import structlog

from workers import clock
from workers.app import current_settings
from workers.tasks import context
from workers.tasks.typed import PATIENT, task
from workers.use_cases import inbox
from workers.use_cases.doors import office_meant
from workers.use_cases.record_event import record_event as record

log = structlog.get_logger()


# A large list takes longer than any other task may. Should its message come back meanwhile, the second run
# finds the file taken and does nothing.
@task("intake.watch_inbox", soft_time_limit=1800, time_limit=1860)
def watch_inbox() -> None:
    """Take in every file that has come to rest in the inbox; each is taken once and then moved away.

    Touches the inbox folder and, for each list, everything an import touches.
    """
    for taken in inbox.take_in_all(context.store(), current_settings().home / "inbox", clock=clock.now):
        log.info("file_taken_in", file=taken.file, outcome=taken.outcome, **taken.counts)


@task("intake.record_event", **PATIENT)
def record_event(payload: dict[str, Any], office: str | None = None) -> None:
    """Record one event of another system; README of workers/tasks describes the message.

    Without `office` it concerns the only office of the installation. A message that cannot be recorded is
    kept in `dead_letters` with its reason; the same `key` again changes nothing. While the database does not
    answer it is tried again, at most half a minute apart.
    """
    code = office_meant(office, context.store().offices())
    error = record(context.store(), code, payload, actor="intake.record_event", now=clock.now())
    if error is not None:
        log.warning("event_refused", office=code, reason=error.code)

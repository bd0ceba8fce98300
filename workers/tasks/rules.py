"""Following the configuration in force."""

from __future__ import annotations

import structlog

from workers import clock
from workers.tasks import context
from workers.tasks.typed import task
from workers.use_cases import follow as following

log = structlog.get_logger()


# A million dossiers take longer than any other task may. Should its message come back meanwhile, the second
# run finds the version taken and does nothing.
@task("rules.follow", soft_time_limit=1800, time_limit=1860)
def follow() -> None:
    """Let open dossiers follow a configuration whose author was killed, or behind which somebody wrote.

    Touches `heartbeats` and, where something is left, what recording an event touches. Mostly there is
    nothing: `dunghan sla apply` has done it.
    """
    for office in context.store().offices():
        done = following.keep_following(context.store(), office, clock=clock.now)
        if done.looked_at:
            log.info("configuration_followed", office=office, version=done.version, moved=done.moved)
        for code, reason in done.failed.items():
            log.error("dossier_cannot_follow", office=office, code=code, reason=reason)

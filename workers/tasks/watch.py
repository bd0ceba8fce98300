"""Watching the watchers, and telling ops what the office itself needs."""

from __future__ import annotations

from workers import clock
from workers.tasks import context
from workers.tasks.notices import deliver
from workers.tasks.typed import task
from workers.use_cases import warn_ops as warning
from workers.use_cases.sweep import NOTICES_A_TASK, batches


@task("watch.beat_tick")
def beat_tick() -> None:
    """Write that beat has ticked and a worker has heard it: silence must not look like peace.

    Touches `heartbeats`.
    """
    for office in context.store().offices():
        with context.store().begin(office) as work:
            work.journal.beat("beat", now=clock.now())
            work.commit()


@task("watch.warn_ops")
def warn_ops() -> None:
    """Warn ops before the days off of a calendar run out, and once a day of notices that were given up.

    Touches `notices` and `heartbeats`. It has nothing to do on all but a few days of a year.
    """
    for office in context.store().offices():
        ids = warning.warn_ops(context.store(), office, now=clock.now(), lease=context.lease())
        for batch in batches(ids, NOTICES_A_TASK):
            deliver.delay(office, batch)

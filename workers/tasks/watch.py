"""Watching the watchers."""

from __future__ import annotations

from workers import clock
from workers.tasks import context
from workers.tasks.typed import task


@task("watch.beat_tick")
def beat_tick() -> None:
    """Write that beat has ticked and a worker has heard it: silence must not look like peace.

    Touches `heartbeats`.
    """
    for office in context.store().offices():
        with context.store().begin(office) as work:
            work.journal.beat("beat", now=clock.now())
            work.commit()

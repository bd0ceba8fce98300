"""Sweeps: what has come due is found by state and handed out in batches."""

from __future__ import annotations

from workers import clock
from workers.tasks import context
from workers.tasks.dossiers import act_on_batch
from workers.tasks.notices import deliver
from workers.tasks.typed import task
from workers.use_cases import sweep


@task("sweeps.sweep_dossiers")
def sweep_dossiers() -> None:
    """Hand out the dossiers that have come due, about a hundred a task, for every office.

    Touches `clocks` and `heartbeats`; DUNGHAN_SWEEP_SECONDS says how often, DUNGHAN_LEASE_SECONDS how long a
    find is left alone. Stops by itself: what was handed out is not found again before its lease ends.
    """
    for office in context.store().offices():
        took, now, lease = clock.stopwatch(), clock.now(), context.lease()
        codes = sweep.sweep_dossiers(context.store(), office, now=now, lease=lease, took=took)
        for batch in sweep.batches(codes, sweep.DOSSIERS_A_TASK):
            act_on_batch.delay(office, batch, (now + lease).isoformat())


@task("sweeps.sweep_notices")
def sweep_notices() -> None:
    """Hand out the notices that wait: those whose morning has come, that failed, or whose sender died.

    Touches `notices` and `heartbeats`.
    """
    for office in context.store().offices():
        took = clock.stopwatch()
        ids = sweep.sweep_notices(context.store(), office, now=clock.now(), lease=context.lease(), took=took)
        for batch in sweep.batches(ids, sweep.NOTICES_A_TASK):
            deliver.delay(office, batch)

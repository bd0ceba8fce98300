"""Watching the watchers, and telling ops what the office itself needs."""

from __future__ import annotations

import socket
from datetime import timedelta
from functools import partial

import structlog

from workers import clock
from workers.app import current_settings
from workers.tasks import context
from workers.tasks.expected import a_queue
from workers.tasks.notices import deliver
from workers.tasks.typed import task
from workers.use_cases import anchoring, coming_back, outages, signs
from workers.use_cases import prove_notices as proving
from workers.use_cases import reform_remind as reminding
from workers.use_cases import verify_by_night as verifying
from workers.use_cases import warn_ops as warning
from workers.use_cases.sweep import NOTICES_A_TASK, batches

log = structlog.get_logger()

MOST_SECONDS = 20
"""How long a tick may work on a proof: the sweeps of the same queue wait for it."""


@task("watch.beat_tick")
def beat_tick() -> None:
    """Write that beat has ticked, which one, and that a worker has heard it.

    Touches `heartbeats`; after a silence it keeps from when until when nothing ran. Silence must not look
    like peace, and two beats must not look like one.
    """
    patience = _patience()
    for office in context.store().offices():
        signs.note_tick(context.store(), office, context.tick(), now=clock.now(), patience=patience)


@task("watch.probe", expected={"queue": a_queue})
def probe(queue: str) -> None:
    """Write that a message went through this queue and came to a worker, and how long it took.

    Touches `heartbeats`. A worker may live and read nothing; only what comes back proves that it does.
    """
    tick = context.tick()
    for office in context.store().offices():
        signs.note_probe(
            context.store(),
            office,
            queue,
            sent_at=tick.at if tick else None,
            host=socket.gethostname(),
            now=clock.now(),
        )


@task("watch.warn_ops")
def warn_ops() -> None:
    """Warn ops before the days off of a calendar run out, and once a day of notices that were given up.

    Touches `notices` and `heartbeats`. It has nothing to do on all but a few days of a year.
    """
    for office in context.store().offices():
        ids = warning.warn_ops(context.store(), office, now=clock.now(), lease=context.lease())
        for batch in batches(ids, NOTICES_A_TASK):
            deliver.delay(office, batch)


@task("watch.prove_notices")
def prove_notices() -> None:
    """Prove after midnight that of the days before everything was told that should have been, and only that.

    Touches `heartbeats`; a tick works on it for seconds only and the next goes on, until the days since the
    last proof are done. What differs `watch.warn_ops` tells ops. All but a few ticks of a day do nothing.
    """
    seconds = min(MOST_SECONDS, current_settings().sweep_seconds / 2)
    for office in context.store().offices():
        has_time = partial(_is_before, clock.monotonic() + seconds)
        record = proving.prove_notices(
            context.store(),
            office,
            now=clock.now(),
            slack=_patience(),
            has_time=has_time,
        )
        if record.running is not None:
            log.info("proof_goes_on", office=office, dossiers=record.running.dossiers)


@task("watch.verify_record", soft_time_limit=1800, time_limit=1860)
def verify_record() -> None:
    """Verify after midnight that nothing of the whole record was altered: events, tables, anchors, seals.

    Touches `heartbeats`; a tick works on it for seconds only, or for one seal, and the next goes on. What was
    altered `watch.warn_ops` tells ops. All but some ticks of a day do nothing.
    """
    seconds = min(MOST_SECONDS, current_settings().sweep_seconds / 2)
    for office in context.store().offices():
        has_time = partial(_is_before, clock.monotonic() + seconds)
        record = verifying.verify_by_night(context.store(), office, now=clock.now(), has_time=has_time)
        if record.running is not None:
            log.info("verification_goes_on", office=office, dossiers=record.running.counted["dossiers"])


@task("watch.anchor_day")
def anchor_day() -> None:
    """Anchor the day that is over: one hash for all that was recorded since the anchor before.

    Touches `anchors` and `heartbeats`; once a day, in pieces where an office has much to anchor. While a list
    is being recorded the next tick does it. The hash goes to the log too, which is a place outside.
    """
    for office in context.store().offices():
        anchor = anchoring.anchor_day(context.store(), office, now=clock.now())
        if anchor is not None:
            log.info("day_anchored", office=office, number=anchor.number, hash=anchor.hash)


@task("watch.remind_of_tasks")
def remind_of_tasks() -> None:
    """Tell the lead units of the tasks of the reform plan whose rungs have come due.

    Touches `notices` and `heartbeats`. What is due for one person gathers for a few seconds and the sweep
    brings it, one letter a person. It has nothing to do but around the ends of months and quarters.
    """
    for office in context.store().offices():
        ids = reminding.remind_of_tasks(
            context.store(), office, now=clock.now(), lease=context.lease(), gather=context.gather()
        )
        for batch in batches(ids, NOTICES_A_TASK):
            deliver.delay(office, batch)


def _is_before(until: float) -> bool:
    return clock.monotonic() < until


def _patience() -> timedelta:
    return outages.patience_for(timedelta(seconds=current_settings().sweep_seconds))


@task("watch.tell_returned")
def tell_returned() -> None:
    """Tell whoever is back from an absence what was told in their place, once, in working hours.

    Touches `notices` and `heartbeats`. It has nothing to do unless somebody has been away.
    """
    for office in context.store().offices():
        ids = coming_back.tell_returned(context.store(), office, now=clock.now(), lease=context.lease())
        for batch in batches(ids, NOTICES_A_TASK):
            deliver.delay(office, batch)

"""What beat starts, how often, and why; and how long silence is normal.

Beat runs in UTC, where no hour is skipped or doubled; times of day are shown to people in the office's
zone. Nothing here is a deadline: the database says what is due, and a tick that was lost costs one period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.queues import PRIORITIES, QUEUES

if TYPE_CHECKING:
    from config.settings import Settings

# The order is the order of a busy minute. Each of them may run twice or late without harm.
TICKS = (
    "watch.beat_tick",  # first, so that a stale heartbeat means "beat is dead" and not "the sweep was long"
    "intake.watch_inbox",  # before the sweep: what came in this minute may already be due
    "rules.follow",  # before it too: whom a new configuration moves may be due earlier
    "sweeps.sweep_dossiers",  # claims what has come due
    "sweeps.sweep_notices",  # after it, and alone after an outage: notices whose delivery was never queued
    "watch.anchor_day",  # a look, and once after midnight some seconds
    "reports.make_due_packs",  # a few days a year; before what tells the quality manager of it
    "figures.refresh_facts_by_night",  # a look, and once after midnight some seconds
    "watch.verify_record",  # a night's work too, beside the sweeps; before what tells ops of it
    "watch.prove_notices",  # a night's work in seconds a tick; before what tells ops of it
    # Last, nobody waits for it. A matter of days needs no minute, but a period of its own would be lost with
    # every restart within it, and its silence would need a measure of its own; looking costs next to nothing.
    "watch.warn_ops",
    "watch.tell_returned",  # last like it: of a morning, and nothing to do on most
    "watch.remind_of_tasks",  # tasks of the reform plan are a matter of days too
)
PROBE: Final = "watch.probe"
"""Sent to each queue: what comes back proves broker and worker; a process that lives proves nothing."""

# Seconds a tick may wait at least: a busy machine must not drop every tick of a demo that sweeps each second.
SHORTEST_LIFE = 15
# Seconds between two probes of a queue at least: they must cost less than what they watch.
SHORTEST_PROBING = 5
MISSED: Final = 3
"""Periods that may pass in silence."""
UNDELIVERED: Final = timedelta(minutes=15)
"""How long a notice that should have gone may wait before it is called undelivered."""


def beat_schedule(settings: Settings) -> dict[str, dict[str, object]]:
    """Return Celery's beat table: every tick once in `settings.sweep_seconds`, a probe for each queue."""
    ticks = {task: _every(settings.sweep_seconds, task) for task in TICKS}
    return ticks | {f"{PROBE} {queue}": _probe(queue, _probing(settings)) for queue in QUEUES}


def _every(seconds: int, task: str) -> dict[str, object]:
    # A tick nobody took in time is dropped: after an outage one sweep finds what a hundred would.
    expires = float(max(seconds, SHORTEST_LIFE))
    return {"task": task, "schedule": float(seconds), "options": {"expires": expires}}


def _probe(queue: str, seconds: int) -> dict[str, object]:
    # It waits as the work of its queue does, no longer and no shorter: what it tells is how long work waits.
    way = {"queue": queue, "routing_key": queue, "priority": PRIORITIES[queue]}
    entry = _every(seconds, PROBE)
    return entry | {"args": (queue,), "options": {"expires": float(max(seconds, SHORTEST_LIFE)), **way}}


def _probing(settings: Settings) -> int:
    return max(settings.sweep_seconds, SHORTEST_PROBING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Say how old a sign of life may be before silence means something.

    `ticks`: of beat and of what it starts; `probes`: of a queue; `due`: how long ago a dossier may have come
    due that no sweep has found; `undelivered`: a notice that should have gone.
    """

    ticks: timedelta
    probes: timedelta
    due: timedelta
    undelivered: timedelta = UNDELIVERED


def patience(settings: Settings) -> Patience:
    """Return how long silence is normal: three periods, and even with a sweep a second never below 15 s."""
    ticks = _missed(settings.sweep_seconds)
    return Patience(ticks=ticks, probes=_missed(_probing(settings)), due=2 * ticks)


def _missed(seconds: int) -> timedelta:
    return timedelta(seconds=max(SHORTEST_LIFE, MISSED * seconds))

"""What beat starts, how often, and why.

Beat runs in UTC, where no hour is skipped or doubled; times of day are shown to people in the office's
zone. Nothing here is a deadline: the database says what is due, and a tick that was lost costs one period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings

# The order is the order of a busy minute. Each of them may run twice or late without harm.
TICKS = (
    "watch.beat_tick",  # first, so that a stale heartbeat means "beat is dead" and not "the sweep was long"
    "intake.watch_inbox",  # before the sweep: what came in this minute may already be due
    "sweeps.sweep_dossiers",  # claims what has come due
    "sweeps.sweep_notices",  # after it, and alone after an outage: notices whose delivery was never queued
    "watch.prove_notices",  # a night's work in seconds a tick; before what tells ops of it
    # Last, nobody waits for it. A matter of days needs no minute, but a period of its own would be lost with
    # every restart within it, and its silence would need a measure of its own; looking costs next to nothing.
    "watch.warn_ops",
)

# Seconds a tick may wait at least: a busy machine must not drop every tick of a demo that sweeps each second.
SHORTEST_LIFE = 15


def beat_schedule(settings: Settings) -> dict[str, dict[str, object]]:
    """Return Celery's beat table: every tick once in `settings.sweep_seconds`."""
    return {task: _every(settings.sweep_seconds, task) for task in TICKS}


def _every(seconds: int, task: str) -> dict[str, object]:
    # A tick nobody took in time is dropped: after an outage one sweep finds what a hundred would.
    expires = float(max(seconds, SHORTEST_LIFE))
    return {"task": task, "schedule": float(seconds), "options": {"expires": expires}}

"""The queues, which task goes where, and which work comes first.

Task names say what happens and arguments are ids and ISO text: Flower shows both.
"""

from __future__ import annotations

from typing import Final

SWEEPS: Final = "sweeps"
DOSSIERS: Final = "dossiers"
NOTICES: Final = "notices"
INTAKE: Final = "intake"

# The order is that of `celery worker -Q`: what finds work comes before what does it.
QUEUES: Final = (SWEEPS, DOSSIERS, NOTICES, INTAKE)

# On Redis 0 is the most urgent. A sweep is short and everything depends on it; claiming what is due comes
# before telling people; a large import may wait behind both, it never makes anybody late.
PRIORITIES: Final = {SWEEPS: 0, DOSSIERS: 3, NOTICES: 6, INTAKE: 9}

# How kombu names the Redis list of a queue and a priority; everything that looks into Redis must agree.
PRIORITY_STEPS: Final = (0, 3, 6, 9)
SEPARATOR: Final = ":"

TASK_QUEUES: Final = {
    "sweeps.sweep_dossiers": SWEEPS,
    "sweeps.sweep_notices": SWEEPS,
    "watch.beat_tick": SWEEPS,
    "watch.prove_notices": SWEEPS,
    "watch.anchor_day": SWEEPS,
    "watch.probe": SWEEPS,  # beat sends one to each queue and names it
    "watch.warn_ops": SWEEPS,
    "watch.tell_returned": SWEEPS,
    "watch.remind_of_tasks": SWEEPS,
    "dossiers.act_on_batch": DOSSIERS,
    "notices.deliver": NOTICES,
    "notices.acknowledge": NOTICES,
    "watch.verify_record": INTAKE,  # nobody waits for it, and a seal counted again takes its time
    "intake.watch_inbox": INTAKE,
    "rules.follow": INTAKE,
    "intake.record_event": INTAKE,
    "reports.make_due_packs": INTAKE,
    "reports.make_pack": INTAKE,  # nobody waits for it, and it takes long
    "figures.refresh_facts_by_night": INTAKE,
    "figures.refresh_facts": INTAKE,
}

HANDED_OUT: Final = ("dossiers.act_on_batch", "notices.deliver")
"""What sweeps find and hand out for the time of a lease."""

# The modules a worker imports to find the tasks above.
TASK_MODULES: Final = (
    "workers.tasks.sweeps",
    "workers.tasks.dossiers",
    "workers.tasks.notices",
    "workers.tasks.intake",
    "workers.tasks.rules",
    "workers.tasks.watch",
    "workers.tasks.reports",
    "workers.tasks.figures",
)


def routes() -> dict[str, dict[str, object]]:
    """Return Celery's routing table: task name to queue and priority."""
    return {task: {"queue": queue, "priority": PRIORITIES[queue]} for task, queue in TASK_QUEUES.items()}

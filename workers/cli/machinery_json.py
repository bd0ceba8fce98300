"""The machinery of an office for programs: signs of life, counts, what waits."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from workers.cli.screen import iso
from workers.schedule import patience
from workers.use_cases.machinery import is_fresh

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar
    from workers.cli.here import Desk
    from workers.use_cases.machinery import Machinery


def machinery_json(machinery: Machinery, desk: Desk, calendar: WorkingCalendar) -> dict[str, Any]:
    """Return it as `status --json` names it; `found` of a run is what it claimed."""
    limits = patience(desk.settings)
    signs: dict[str, dict[str, Any]] = {
        name: {"at": ran.at, **({"found": ran.run.claimed, **asdict(ran.run)} if ran.run else {})}
        for name, ran in machinery.runs.items()
    }
    if machinery.last_tick is not None:
        signs["beat"] = {"at": machinery.last_tick}
    return {
        "oldest_undelivered": iso(machinery.oldest_undelivered, calendar),
        "oldest_due": iso(machinery.oldest_due, calendar),
        "heartbeats": {
            name: {
                **sign,
                "at": iso(sign["at"], calendar),
                "stale": not is_fresh(sign["at"], now=desk.now, within=limits.ticks),
            }
            for name, sign in sorted(signs.items())
        },
        "beats": [beat.name for beat in machinery.ticking(now=desk.now, silence=limits.ticks)],
        "queues": {
            name: {
                "at": iso(probe.at, calendar),
                "stale": not is_fresh(probe.at, now=desk.now, within=limits.probes),
                "round_trip": probe.round_trip.total_seconds() if probe.round_trip is not None else None,
            }
            for name, probe in sorted(machinery.probes.items())
        },
        "failing": list(machinery.failing),
        "dead_letters": machinery.dead_letters,
    }

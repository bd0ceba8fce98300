"""What the database tells for Prometheus: every office and its machinery."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from workers import clock
from workers.cli.here import choose, open_store
from workers.reports.machinery_metrics import Signs, machinery_metrics
from workers.reports.metrics import office_metrics
from workers.schedule import patience
from workers.use_cases.overview import overview

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from prometheus_client.core import GaugeMetricFamily

    from config.settings import Settings
    from workers.store.unit_of_work import Store
    from workers.use_cases.overview import Overview


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesSeen:
    """Hold the metrics of the offices, and by how many seconds the database's clock is ahead of ours."""

    families: list[GaugeMetricFamily]
    clock_ahead: float | None


def look_at_offices(settings: Settings, wanted: str | None) -> OfficesSeen:
    """Return the metrics of the one office there is, or of the one named; raises as `at_desk` does."""
    with open_store(settings) as store:
        code = choose(store.offices(), wanted, settings.home)
        theirs, now = store.server_clock(), clock.now()
        ahead = (theirs - now).total_seconds() if theirs is not None else None
        families = _families(store, code, patience(settings).ticks, now)
    return OfficesSeen(families=families, clock_ahead=ahead)


def _families(store: Store, code: str, silence: timedelta, now: datetime) -> list[GaugeMetricFamily]:
    seen = overview(store, code, now=now)
    days_left = {ending.calendar: ending.days_left for ending in seen.endings}
    return [
        *office_metrics(office=code, clocks=seen.clocks, notices=seen.notices, days_left=days_left),
        *machinery_metrics(_signs(code, seen, silence, now), now=now),
    ]


def _signs(code: str, seen: Overview, silence: timedelta, now: datetime) -> Signs:
    machinery, proof = seen.machinery, seen.proof.last
    ran = {name: ran.at for name, ran in machinery.runs.items()}
    return Signs(
        office=code,
        ran={"beat": machinery.last_tick, **ran} if machinery.last_tick else ran,
        beats=len(machinery.ticking(now=now, silence=silence)),
        probed={queue: probe.at for queue, probe in machinery.probes.items()},
        round_trips={
            queue: probe.round_trip.total_seconds()
            for queue, probe in machinery.probes.items()
            if probe.round_trip is not None
        },
        counts={name: asdict(ran.run) for name, ran in machinery.runs.items() if ran.run is not None},
        failing=len(machinery.failing),
        oldest_undelivered=machinery.oldest_undelivered,
        oldest_due=machinery.oldest_due,
        dead_letters=machinery.dead_letters,
        unlike=proof.unlike.total() if proof is not None else None,
    )

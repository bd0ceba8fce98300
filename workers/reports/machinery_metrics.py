"""The machinery in numbers for Prometheus: signs of life, last runs, what waits, and the surroundings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workers.reports.families import age, gauge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from prometheus_client.core import GaugeMetricFamily


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Hold what the machinery of one office said of itself.

    `ran` are the moments of the last signs of life; `probed` those of the last probe of each queue, and
    `round_trips` their seconds. `counts` are those of the last runs, by name and what was counted.
    `unlike` is what the last proof of the notices found; None before there was any.
    """

    office: str
    ran: Mapping[str, datetime]
    beats: int = 0
    probed: Mapping[str, datetime] = field(default_factory=dict)
    round_trips: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    failing: int = 0
    oldest_undelivered: datetime | None = None
    oldest_due: datetime | None = None
    dead_letters: int = 0
    unlike: int | None = None


def machinery_metrics(signs: Signs, *, now: datetime) -> list[GaugeMetricFamily]:
    """Return the metrics of one office's machinery; ages are seconds at `now` (aware).

    What never gave a sign of life has no age that could look young: its line is missing.
    """
    return [*_signs_of_life(signs, now), *_last_runs(signs), *_waiting(signs, now)]


def _signs_of_life(signs: Signs, now: datetime) -> list[GaugeMetricFamily]:
    office, by_queue = signs.office, ["office", "queue"]
    return [
        gauge(
            "heartbeat_age_seconds",
            "Seconds since something last did its work.",
            ["office", "name"],
            {(office, name): age(at, now) for name, at in signs.ran.items()},
        ),
        gauge("beats_ticking", "Beats that tick; one is right.", ["office"], {(office,): signs.beats}),
        gauge(
            "probe_age_seconds",
            "Seconds since a message last came back through a queue and a worker.",
            by_queue,
            {(office, queue): age(at, now) for queue, at in signs.probed.items()},
        ),
        gauge(
            "probe_round_trip_seconds",
            "Seconds the last message that came back was on its way.",
            by_queue,
            {(office, queue): seconds for queue, seconds in signs.round_trips.items()},
        ),
    ]


def _last_runs(signs: Signs) -> list[GaugeMetricFamily]:
    office = signs.office
    rows: dict[tuple[str, ...], float] = {
        (office, name, what): number
        for name, counts in signs.counts.items()
        for what, number in counts.items()
        if what not in ("seconds", "truncated")
    }
    return [
        gauge("last_run_rows", "Rows of the last run, by what it counted.", ["office", "name", "what"], rows),
        gauge(
            "last_run_seconds",
            "Seconds the last run took.",
            ["office", "name"],
            {(office, name): counts["seconds"] for name, counts in signs.counts.items()},
        ),
        gauge(
            "last_run_truncated",
            "1 when the last run hit its limit and more is waiting.",
            ["office", "name"],
            {(office, name): counts["truncated"] for name, counts in signs.counts.items()},
        ),
    ]


def _waiting(signs: Signs, now: datetime) -> list[GaugeMetricFamily]:
    def one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
        return gauge(name, meaning, ["office"], {(signs.office,): value})

    return [
        one(
            "oldest_undelivered_seconds",
            "Age of the oldest notice that should have gone by now.",
            age(signs.oldest_undelivered, now),
        ),
        one(
            "oldest_due_seconds",
            "Seconds since the first dossier came due that no sweep has found.",
            age(signs.oldest_due, now),
        ),
        one("failing_dossiers", "Dossiers that could not be judged lately.", signs.failing),
        one("dead_letters", "Events that were refused and kept.", signs.dead_letters),
        gauge(
            "notices_unlike",
            "Notices the last proof found missing, extra or late; no line before the first proof.",
            ["office"],
            {(signs.office,): signs.unlike} if signs.unlike is not None else {},
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Hold what was seen around the offices; None is what could not be seen or is not there."""

    database_is_up: bool
    broker_is_up: bool
    workers: int = 0
    waiting: Mapping[str, int] = field(default_factory=dict)
    disk_free: int | None = None
    clock_ahead: float | None = None


def surroundings_metrics(seen: Surroundings) -> list[GaugeMetricFamily]:
    """Return the metrics of what all offices of an installation share."""
    known = {
        "database_up": ("1 when the database answers.", float(seen.database_is_up)),
        "broker_up": ("1 when the broker answers.", float(seen.broker_is_up)),
        "workers_answering": ("Workers that answered a ping.", float(seen.workers)),
        "disk_free_bytes": ("Free space for what programs write.", seen.disk_free),
        "database_clock_ahead_seconds": ("How far the database's clock is ahead.", seen.clock_ahead),
    }
    waiting: dict[tuple[str, ...], float] = {(queue,): number for queue, number in seen.waiting.items()}
    return [
        *(gauge(name, text, [], {(): value}) for name, (text, value) in known.items() if value is not None),
        gauge("queue_messages", "Messages that wait in a queue.", ["queue"], waiting),
    ]

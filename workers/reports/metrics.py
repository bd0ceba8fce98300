"""The office in numbers for Prometheus: what is open, overdue and untold, and how old every heartbeat is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import generate_latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


def metrics_text(
    *,
    office: str,
    clocks: Mapping[str, int],
    notices: Sequence[tuple[str, str, str, int]],
    heartbeats: Mapping[str, datetime],
    oldest_undelivered: datetime | None,
    dead_letters: int,
    days_left: Mapping[str, int],
    now: datetime,
) -> str:
    """Return the metrics of one office in Prometheus' text format; counts and ages, never a code or a name.

    `clocks` counts open, overdue, due_now and provisional dossiers. `heartbeats` are the moments of the last
    signs of life; ages are seconds at `now` (aware). `days_left` counts the known days of each calendar from
    today on; zero and less: there are none.
    """
    registry = CollectorRegistry()
    dossiers = Gauge("dunghan_dossiers", "Open dossiers by stand.", ["office", "stand"], registry=registry)
    for stand, number in clocks.items():
        dossiers.labels(office, stand).set(number)
    told = Gauge(
        "dunghan_notices", "Notices by kind and state.", ["office", "kind", "state"], registry=registry
    )
    for _role, kind, state, number in notices:
        told.labels(office, kind, state).inc(number)
    beat = Gauge(
        "dunghan_heartbeat_age_seconds",
        "Seconds since something last did its work.",
        ["office", "name"],
        registry=registry,
    )
    for name, at in heartbeats.items():
        beat.labels(office, name).set((now - at).total_seconds())
    waits = Gauge(
        "dunghan_oldest_undelivered_seconds",
        "Age of the oldest notice that should have gone by now.",
        ["office"],
        registry=registry,
    )
    waits.labels(office).set((now - oldest_undelivered).total_seconds() if oldest_undelivered else 0)
    refused = Gauge(
        "dunghan_dead_letters", "Events that were refused and kept.", ["office"], registry=registry
    )
    refused.labels(office).set(dead_letters)
    known = Gauge(
        "dunghan_calendar_days_left",
        "Days, today among them, whose days off are known; zero or less when the calendar has run out.",
        ["office", "calendar"],
        registry=registry,
    )
    for calendar, days in days_left.items():
        known.labels(office, calendar).set(days)
    return generate_latest(registry).decode("utf-8")

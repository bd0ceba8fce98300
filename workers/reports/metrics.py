"""The office in numbers for Prometheus: what is open, overdue and untold, and when its calendars end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workers.reports.families import gauge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from prometheus_client.core import GaugeMetricFamily


def office_metrics(
    *,
    office: str,
    clocks: Mapping[str, int],
    notices: Sequence[tuple[str, str, str, int]],
    days_left: Mapping[str, int],
) -> list[GaugeMetricFamily]:
    """Return the metrics of one office; counts, never a code or a name.

    `clocks` counts open, overdue, due_now and provisional dossiers; `notices` counts by (role, kind, state).
    `days_left` counts the known days of each calendar from today on; zero and less: there are none.
    """
    told: Counter[tuple[str, ...]] = Counter()
    for _role, kind, state, number in notices:
        told[office, kind, state] += number
    return [
        gauge(
            "dossiers",
            "Open dossiers by stand.",
            ["office", "stand"],
            {(office, stand): number for stand, number in clocks.items()},
        ),
        gauge("notices", "Notices by kind and state.", ["office", "kind", "state"], told),
        gauge(
            "calendar_days_left",
            "Days, today among them, whose days off are known; zero or less when the calendar has run out.",
            ["office", "calendar"],
            {(office, calendar): days for calendar, days in days_left.items()},
        ),
    ]

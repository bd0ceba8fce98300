"""Metrics of Prometheus in few words: a name, what it means, labels, values; collected when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    Collect = Callable[[], Iterable[GaugeMetricFamily]]


def gauge(
    name: str, meaning: str, labels: Sequence[str], values: Mapping[tuple[str, ...], float]
) -> GaugeMetricFamily:
    """Return the gauge `dunghan_<name>` with a value for each set of labels."""
    family = GaugeMetricFamily(f"dunghan_{name}", meaning, labels=labels)
    for told, value in values.items():
        family.add_metric(told, value)
    return family


def age(at: datetime | None, now: datetime) -> float:
    """Return how many seconds ago something was; 0 where nothing waits."""
    return (now - at).total_seconds() if at is not None else 0.0


class _Gauges(Collector):
    def __init__(self, collect: Collect) -> None:
        self._collect = collect

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._collect()


def registry_of(collect: Collect) -> CollectorRegistry:
    """Return a registry that collects anew for each that asks."""
    registry = CollectorRegistry()
    registry.register(_Gauges(collect))
    return registry


def text_of(collect: Collect) -> str:
    """Return what is collected, in Prometheus' text format."""
    return generate_latest(registry_of(collect)).decode("utf-8")

"""What a verification has looked at, and how much of it was altered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Totals:
    """Count dossiers, events, anchors, seals and the dossiers on their lists; alterations by table.

    `anchored` is the number of events that the anchors cover, `last_anchor` the number of the last one;
    `rows` are those of the registers, by table.
    """

    dossiers: int = 0
    events: int = 0
    anchors: int = 0
    anchored: int = 0
    last_anchor: int = 0
    seals: int = 0
    sealed: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def tasks(self) -> int:
        """Return how many events of the reform plan were looked at."""
        return self.rows["reform_events"]

    @property
    def treatments(self) -> int:
        """Return how many words on corrective actions were looked at."""
        return self.rows["nonconformity_entries"]

    def counts(self) -> Counter[str]:
        """Return how many of everything were looked at, by name."""
        names = ("dossiers", "events", "anchors", "anchored", "seals", "sealed", "tasks", "treatments")
        return Counter({name: getattr(self, name) for name in names})

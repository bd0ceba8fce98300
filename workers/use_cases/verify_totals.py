"""What a verification has looked at, and how much of it was altered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Totals:
    """Count dossiers, events, anchors, seals and the dossiers on their lists; alterations by table.

    `anchored` is the number of events that the anchors cover, `last_anchor` the number of the last one.
    """

    dossiers: int = 0
    events: int = 0
    anchors: int = 0
    anchored: int = 0
    last_anchor: int = 0
    seals: int = 0
    sealed: int = 0
    found: Counter[str] = field(default_factory=Counter)

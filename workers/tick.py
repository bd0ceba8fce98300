"""What travels with every message of beat: which beat sent it, since when that one runs, and its moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER: Final = "dunghan_tick"
"""A header and no argument: workers of an older version take the message as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Hold the moment a periodic message stands for, and the beat that sent it (`machine:pid`).

    `since` tells a beat from another one that had the same number before it. Both moments are aware, by the
    clock of beat's machine.
    """

    at: datetime
    beat: str
    since: datetime

    def as_headers(self) -> dict[str, dict[str, str]]:
        """Return the message headers that carry it."""
        return {HEADER: {"at": self.at.isoformat(), "beat": self.beat, "since": self.since.isoformat()}}


def tick_of(headers: Mapping[str, object]) -> Tick | None:
    """Return the tick of a message; None when no beat of this version sent it."""
    told = headers.get(HEADER)
    if not isinstance(told, dict):
        return None
    at, since = (datetime.fromisoformat(told[name]) for name in ("at", "since"))
    return Tick(at=at, beat=str(told["beat"]), since=since)

"""Ratios of two times taken in one run: what a machine or its load adds, it adds to both."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Result:
    """Hold one comparison: seconds of ours, seconds of the bare limit, the bound (None: for information)."""

    what: str
    against: str
    ours: float
    bare: float
    most: float | None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Return how many times the bare limit ours is."""
        return self.ours / self.bare

    @property
    def holds(self) -> bool:
        """Say whether the ratio keeps its bound."""
        return self.most is None or self.ratio <= self.most

    def as_json(self) -> dict[str, object]:
        """Return the result for a program."""
        return {
            "what": self.what,
            "against": self.against,
            "ours": self.ours,
            "bare": self.bare,
            "unit": self.unit,
            "ratio": round(self.ratio, 3),
            "most": self.most,
            "holds": self.holds,
        }


def medians(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the median seconds of each work; they take turns, so that a busy moment hits all of them."""
    return [median(times) for times in _times(rounds, works)]


def least(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the least seconds of each work: of arithmetic, which waits for nothing, the rest is others'."""
    return [min(times) for times in _times(rounds, works)]


def _times(rounds: int, works: Sequence[Callable[[], object]]) -> list[list[float]]:
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    for _ in range(rounds):
        for index, work in enumerate(works):
            begin = time.perf_counter()
            work()
            taken[index].append(time.perf_counter() - begin)
    return taken

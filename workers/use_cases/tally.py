"""Counting the dossiers of a report: by any breakdown, and back from a cell to the dossiers in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import nsmallest
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from domain.alphabet import alphabetical
from domain.errors import FiguresError
from domain.on_time_rate import Counts
from domain.tally import counts_of, stand_of
from workers.use_cases.alike import alike
from workers.use_cases.as_of import population

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Breakdown, Key
    from workers.use_cases.office import Office

NAMED: Final = 20
"""How many dossiers at fault are named; all of them are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Hold the counts by place, the places that are known first, and the slips of several procedures."""

    rows: tuple[tuple[Key, Counts], ...]
    slips: int = 0
    on_slips: int = 0

    @property
    def total(self) -> Counts:
        """Return the sum of all places."""
        return sum((counts for _, counts in self.rows), Counts())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Hold the dossiers of one cell, the first by code, and how many there are in all."""

    dossiers: tuple[Counted, ...]
    number: int


@dataclass(slots=True)
class Faults:
    """Collect the dossiers at fault, the first by code; a report with any is stopped."""

    codes: list[str] = field(default_factory=list)

    def add(self, code: str) -> None:
        """Remember a dossier."""
        self.codes.append(code)

    def stop(self, message: str, **found: object) -> None:
        """Raise FiguresError where there is any."""
        if self.codes:
            listed = ", ".join(sorted(self.codes)[:NAMED])
            raise FiguresError(message, number=len(self.codes), codes=listed, **found)


def placed(counted: Iterable[Counted], frame: Frame) -> Iterator[tuple[Counted, Stand]]:
    """Yield each dossier with its stand; FiguresError names those that have none once all have been seen."""
    faults = Faults()
    for each in counted:
        stand = stand_of(each, at=frame.at)
        if stand is None:
            faults.add(each.code)
        else:
            yield each, stand
    faults.stop("figures_nowhere")


def tally(work: UnitOfWork, office: Office, frame: Frame, breakdown: Breakdown) -> Tally:
    """Count the dossiers of a report by a breakdown; each stands in exactly one cell.

    Raises FiguresError, which names the dossiers at fault.
    """
    found: Counter[tuple[Key, Counts]] = Counter()
    slips: Counter[str] = Counter()
    for each, number in alike(work, office, frame, (*breakdown.columns, "bundle")):
        stand = stand_of(each, at=frame.at)
        if stand is None:
            name_faults(work, office, frame)
            continue
        found[breakdown.key(each), counts_of(each, stand, begin=frame.begin)] += number
        if each.bundle is not None:
            slips[each.bundle] += number
    sums = dict.fromkeys(breakdown.known(), Counts())
    for (key, one), number in sorted(found.items(), key=lambda item: tuple(map(alphabetical, item[0][0]))):
        sums[key] = sums.get(key, Counts()) + one.times(number)
    return Tally(rows=tuple(sums.items()), slips=len(slips), on_slips=slips.total())


def name_faults(work: UnitOfWork, office: Office, frame: Frame) -> None:
    """Raise FiguresError with the dossiers of a report that stand nowhere: one of a group is not all."""
    for _ in placed(population(work, office, frame), frame):
        pass


def cell_of(counted: Iterable[Counted], wanted: Callable[[Counted], bool], *, limit: int) -> Cell:
    """Return the dossiers that are wanted: the first by code up to `limit`, and how many there are."""
    number = 0

    def matching() -> Iterator[Counted]:
        nonlocal number
        for each in counted:
            if wanted(each):
                number += 1
                yield each

    dossiers = nsmallest(limit, matching(), key=attrgetter("code"))
    return Cell(dossiers=tuple(dossiers), number=number)

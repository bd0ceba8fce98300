"""The figures of a report, as one asks for them: the table of counts, and the dossiers of one cell."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from config.columns import fold
from domain.errors import FiguresError
from domain.form_06a import Column, columns_of
from domain.tally import counts_of, stand_of
from workers.use_cases.as_of import population
from workers.use_cases.dimensions import LABELS, Breakdown, Dimension
from workers.use_cases.tally import Cell, Tally, cell_of, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from domain.tally import Counted
    from workers.store.unit_of_work import Store
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Key
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Hold a cell: the value of some dimensions, a code or what the office calls it, and a column.

    `column` is a number of form II.06a or the name of a count; None: every dossier of the report.
    """

    values: Mapping[Dimension, str]
    column: Column | str | None = None


def figures(store: Store, office: Office, frame: Frame, dimensions: Sequence[Dimension]) -> Tally:
    """Return the counts of a report by some dimensions; raises FiguresError with the dossiers at fault."""
    with store.read(office.sla.code) as work:
        return tally(work, office, frame, Breakdown(dimensions, office))


def dossiers_in(store: Store, office: Office, frame: Frame, wanted: Wanted, *, limit: int) -> Cell:
    """Return the dossiers of a cell, the first by code up to `limit`, and how many there are.

    Raises FiguresError for a value that neither the office knows nor any dossier of the report has: misspelt,
    it must not look like a cell without dossiers.
    """
    with store.read(office.sla.code) as work:
        cell = cell_of(population(work, office, frame), _test(office, frame, wanted), limit=limit)
        if not cell.number and wanted.values:
            _refuse_unknown(population(work, office, frame), office, wanted)
    return cell


def _test(office: Office, frame: Frame, wanted: Wanted) -> Callable[[Counted], bool]:
    of = {name: Breakdown((name,), office) for name in wanted.values}
    sought = {name: fold(value) for name, value in wanted.values.items()}

    def is_there(counted: Counted) -> bool:
        for name, breakdown in of.items():
            if sought[name] not in _spellings(breakdown, breakdown.key(counted)):
                return False
        return wanted.column is None or _in_column(counted, wanted.column, frame, office)

    return is_there


def _spellings(breakdown: Breakdown, key: Key) -> tuple[str, str]:
    return fold(key[0]), fold(breakdown.label(key))


def _refuse_unknown(counted: Iterable[Counted], office: Office, wanted: Wanted) -> None:
    of = {name: Breakdown((name,), office) for name in wanted.values}
    places = {name: {("",), *breakdown.known_to_office()} for name, breakdown in of.items()}
    for each in counted:
        for name, breakdown in of.items():
            places[name].add(breakdown.key(each))
    for name, value in wanted.values.items():
        spellings = {said for key in places[name] for said in _spellings(of[name], key)}
        if fold(value) not in spellings:
            names = {text for key in places[name] for text in (key[0], of[name].label(key))}
            near = ", ".join(get_close_matches(value, sorted(names), n=1, cutoff=0.6)) or "—"
            raise FiguresError("figures_no_place", dimension=LABELS[name], found=value[:80], near=near)


def _in_column(counted: Counted, column: Column | str, frame: Frame, office: Office) -> bool:
    if isinstance(column, int):
        stands = office.sla.stands
        stand = stands.stand_of(counted, at=frame.at)
        outside = stands.annex(counted, stand, office.sla.zone) is not None
        return not outside and column in columns_of(counted, stand, begin=frame.begin)
    found = stand_of(counted, at=frame.at)
    return found is not None and getattr(counts_of(counted, found, begin=frame.begin), column) > 0

"""Form II.06a of a period: counted dossier by dossier, its identities held against each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from domain.errors import FiguresError
from domain.form_06a import Annex, Column, Stands, broken, columns_of
from domain.on_time_rate import Counts
from domain.tally import counts_of
from workers.use_cases.as_of import open_at, population
from workers.use_cases.dimensions import Breakdown, Key
from workers.use_cases.tally import NAMED, Faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

LISTED: Final = 200
"""How many dossiers behind each figure of a line are kept; the rest is a command away."""
CARRIED: Final = "6(kỳ này)=11(kỳ trước)"

Standing = tuple["Counted", "Stand | None"]


@dataclass(slots=True, kw_only=True)
class Filled:
    """Hold the form while it is filled: figures by field, the dossiers behind them, what stands outside.

    `overdue` are those of columns 10 (True) and 13 (False). `left` counts the dossiers carried in that have
    left the columns since: withdrawn, or outside by a stand.
    """

    cells: dict[Key, Counter[Column]] = field(default_factory=lambda: defaultdict(Counter))
    listed: dict[tuple[Key, Column], list[Standing]] = field(default_factory=lambda: defaultdict(list))
    annex: Counter[Annex] = field(default_factory=Counter)
    left: int = 0
    counts: Counts = field(default_factory=Counts)
    overdue: dict[str, bool] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)


def fill_06a(work: UnitOfWork, office: Office, frame: Frame, stands: Stands) -> Filled:
    """Fill the form of a period (DOMAIN 3.2) by field.

    The identities of the form hold for each dossier and so for every sum; one that does not, or a dossier
    carried in that was not pending when the period began, raises FiguresError with the dossiers at fault.
    """
    filled = Filled()
    faults: dict[str, Faults] = defaultdict(Faults)
    fields = Breakdown(("field",), office)
    counted: Counter[Counts] = Counter()
    for each, stand, annex in placed_06a(population(work, office, frame), frame, stands, office):
        if frame.begin is not None and each.accepted_at < frame.begin:
            filled.carried.add(each.code)
            filled.left += annex is not None
        if stand is not None:
            counted[counts_of(each, stand, begin=frame.begin)] += 1
        if annex is not None:
            filled.annex[annex] += 1
            continue
        columns = columns_of(each, stand, begin=frame.begin)
        for identity in broken(dict.fromkeys(columns, 1)):
            faults[identity].add(each.code)
        _enter(filled, fields.key(each), columns, (each, stand))
    for identity, found in faults.items():
        found.stop("figures_disagree", identity=identity)
    _check_carried(work, office, frame, filled)
    filled.counts = sum((one.times(number) for one, number in counted.items()), Counts())
    return filled


def placed_06a(
    counted: Iterator[Counted], frame: Frame, stands: Stands, office: Office
) -> Iterator[tuple[Counted, Stand | None, Annex | None]]:
    """Yield each dossier with its stand on the form and the line under it on which it stands, if any."""
    for each in counted:
        stand = stands.stand_of(each, at=frame.at)
        yield each, stand, stands.annex(each, stand, office.sla.zone)


def _enter(filled: Filled, key: Key, columns: tuple[Column, ...], standing: Standing) -> None:
    filled.cells[key].update(columns)
    for column in columns:
        kept = filled.listed[key, column]
        kept.append(standing)
        if len(kept) > 2 * LISTED:
            _shorten(kept)
        if column in (10, 13):
            filled.overdue[standing[0].code] = column == 10  # noqa: PLR2004 - a number of the form


def _shorten(kept: list[Standing]) -> None:
    kept.sort(key=_code)
    del kept[LISTED:]


def _code(standing: Standing) -> str:
    return standing[0].code


def first_of(filled: Filled, key: Key, column: Column) -> list[Standing]:
    """Return the first dossiers by code behind a figure."""
    return sorted(filled.listed.get((key, column), ()), key=_code)[:LISTED]


def _check_carried(work: UnitOfWork, office: Office, frame: Frame, filled: Filled) -> None:
    """Hold the dossiers carried in against those that were pending when the period began."""
    if frame.begin is None:
        return
    at, known, last_id = min(frame.begin, frame.until), frame.known, frame.last_id
    pending = set(open_at(work, office, at, known=known, last_id=last_id))
    wrong = sorted(filled.carried ^ pending)
    if wrong:
        codes = ", ".join(wrong[:NAMED])
        raise FiguresError("figures_disagree", identity=CARRIED, number=len(wrong), codes=codes)

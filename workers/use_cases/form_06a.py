"""Form II.06a of a period: counted dossier by dossier, its identities held against each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from domain.form_06a import LATE, OVERDUE, Annex, Column, Stands, broken, columns_of
from domain.on_time_rate import Counts
from domain.tally import counts_of
from workers.use_cases.alike import alone, likeness
from workers.use_cases.as_of import population, sought_by
from workers.use_cases.carried_in import check_carried
from workers.use_cases.dimensions import Breakdown, Key
from workers.use_cases.tally import Faults

if TYPE_CHECKING:
    from domain.tally import Counted, Stand
    from workers.store.groups import Likeness
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

LISTED: Final = 200
"""How many dossiers behind each figure of a line are kept; the rest is a command away."""

Standing = tuple["Counted", "Stand | None"]


@dataclass(slots=True, kw_only=True)
class Filled:
    """Hold the form while it is filled: figures by field, the dossiers behind them, what stands outside.

    `listed` and `overdue` (columns 10, True, and 13, False) have those whose past was replayed; of the others
    `form_06a_behind` finds them where they are wanted. `left` counts the dossiers carried in that have left
    the columns since: withdrawn, or outside by a stand.
    """

    cells: dict[Key, Counter[Column]] = field(default_factory=lambda: defaultdict(Counter))
    listed: dict[tuple[Key, Column], list[Standing]] = field(default_factory=lambda: defaultdict(list))
    annex: Counter[Annex] = field(default_factory=Counter)
    left: int = 0
    counts: Counts = field(default_factory=Counts)
    overdue: dict[str, bool] = field(default_factory=dict)


def fill_06a(work: UnitOfWork, office: Office, frame: Frame, stands: Stands) -> Filled:
    """Fill the form of a period (DOMAIN 3.2) by field.

    The identities of the form hold for each dossier and so for every sum; one that does not, or a dossier
    carried in that was not pending when the period began, raises FiguresError with the dossiers at fault.
    """
    filled = Filled()
    fields = Breakdown(("field",), office)
    groups = work.groups.counted(sought_by(frame), like_on_06a(frame, office))
    counted: Counter[Counts] = Counter()
    for each, number in chain(groups.counted, ((one, 0) for one in alone(work, office, frame, groups))):
        many = number or 1
        stand, annex = place_06a(each, frame, stands, office)
        if frame.begin is not None and each.accepted_at < frame.begin:
            filled.left += many * (annex is not None)
        if stand is not None:
            counted[counts_of(each, stand, begin=frame.begin)] += many
        if annex is not None:
            filled.annex[annex] += many
            continue
        columns = columns_of(each, stand, begin=frame.begin)
        if broken(dict.fromkeys(columns, 1)):
            _name_faults(work, office, frame, stands)
        filled.cells[fields.key(each)].update(dict.fromkeys(columns, many))
        if not number:
            enter(filled, fields.key(each), columns, (each, stand))
    check_carried(work, office, frame)
    filled.counts = sum((one.times(number) for one, number in counted.items()), Counts())
    return filled


def like_on_06a(frame: Frame, office: Office) -> Likeness:
    """Return what tells dossiers apart on the form."""
    return likeness(frame, (*Breakdown(("field",), office).columns, "channel"), days=True)


def place_06a(
    each: Counted, frame: Frame, stands: Stands, office: Office
) -> tuple[Stand | None, Annex | None]:
    """Return the stand of a dossier on the form, and the line under it on which it stands, if any."""
    stand = stands.stand_of(each, at=frame.at)
    return stand, stands.annex(each, stand, office.sla.zone)


def enter(filled: Filled, key: Key, columns: tuple[Column, ...], standing: Standing) -> None:
    """Keep a dossier among those behind the figures it is in, and among the overdue if it is."""
    for column in columns:
        kept = filled.listed[key, column]
        kept.append(standing)
        if len(kept) > 2 * LISTED:
            _shorten(kept)
        if column in OVERDUE:
            filled.overdue[standing[0].code] = column == LATE


def _shorten(kept: list[Standing]) -> None:
    kept.sort(key=_code)
    del kept[LISTED:]


def _code(standing: Standing) -> str:
    return standing[0].code


def first_of(filled: Filled, key: Key, column: Column) -> list[Standing]:
    """Return the first dossiers by code behind a figure."""
    return sorted(filled.listed.get((key, column), ()), key=_code)[:LISTED]


def _name_faults(work: UnitOfWork, office: Office, frame: Frame, stands: Stands) -> None:
    """Raise FiguresError with the dossiers for which an identity does not hold: one of a group is not all."""
    faults: dict[str, Faults] = defaultdict(Faults)
    for each in population(work, office, frame):
        stand, annex = place_06a(each, frame, stands, office)
        columns = () if annex is not None else columns_of(each, stand, begin=frame.begin)
        for identity in broken(dict.fromkeys(columns, 1)):
            faults[identity].add(each.code)
    for identity, found in faults.items():
        found.stop("figures_disagree", identity=identity)

"""The dossiers behind every figure of a report, in the order of its cells: each figure is a run of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.catalogue import say
from workers.reports.on_time_table import ORDER, Behind
from workers.use_cases.as_of import population
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.form_06a_view import due_day
from workers.use_cases.tally import placed, tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.tally import Counted, Stand
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Dimension, Key
    from workers.use_cases.office import Office
    from workers.use_cases.tally import Tally

MOST: Final = 20_000
"""How many dossiers a workbook lists; of a report with more, those of a cell are a command away."""
Found = tuple["Key", "Counted", "Stand"]


def figures_and_dossiers(
    store: Store, office: Office, frame: Frame, dimensions: Sequence[Dimension], *, most: int = MOST
) -> tuple[Tally, tuple[Behind, ...] | None]:
    """Return the counts of a report by some dimensions, and every dossier behind them, as of one moment.

    None for the dossiers where there are more than `most`. Raises FiguresError with the dossiers at fault.
    """
    breakdown = Breakdown(dimensions, office)
    with store.read(office.sla.code) as work:
        counts = tally(work, office, frame, breakdown)
        found = _found(work, office, frame, breakdown, most=most)
    if found is None:
        return counts, None
    places = {key: place for place, (key, _) in enumerate(counts.rows)}
    found.sort(key=lambda one: (places[one[0]], ORDER.index(one[2]), one[1].code))
    names = _Names(office)
    return counts, tuple(names.listed(one, stand, places[key]) for key, one, stand in found)


def _found(
    work: UnitOfWork, office: Office, frame: Frame, breakdown: Breakdown, *, most: int
) -> list[Found] | None:
    found: list[Found] = []
    for each, stand in placed(population(work, office, frame), frame):
        if len(found) == most:
            return None
        found.append((breakdown.key(each), each, stand))
    return found


class _Names:
    """Call a dossier behind a figure by what the office calls its unit and procedure."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._units, self._procedures = Breakdown(("unit",), office), Breakdown(("procedure",), office)

    def listed(self, counted: Counted, stand: Stand, place: int) -> Behind:
        local = self._office.calendar.local
        return Behind(
            row=place,
            stand=stand,
            code=counted.code,
            unit=self._units.label(self._units.key(counted)),
            procedure=self._procedures.label(self._procedures.key(counted)),
            accepted=local(counted.accepted_at).date(),
            due=due_day(counted, self._office),
            finished=local(counted.finished_at).date() if counted.finished_at else None,
            said=say(stand),
        )

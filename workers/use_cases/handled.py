"""What Circular 01/2018 scores of dossiers with a result: timing, contacts and stays, as of a cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.scoring_tt01 import Handled, Stay
from workers.use_cases.as_of import standing_then
from workers.use_cases.causes import counts_in
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.steps import StepRun
    from domain.tally import Counted
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

_BATCH: Final = 500
_CONTACT: Final = "supplement_requested"


def resolved(counted: Counted) -> Handled | None:
    """Return a dossier that is scored, as far as its history need not be read; None for any other.

    It was finished or refused, and is judged.
    """
    if counted.outcome not in ("finished", "refused") or counted.timing is None:
        return None
    return Handled(counted.code, counted.unit, counted.officer, counted.timing)


def handled(work: UnitOfWork, office: Office, frame: Frame, dossiers: Sequence[Handled]) -> Iterator[Handled]:
    """Yield the `resolved` dossiers with their contacts and stays, a batch in memory at a time.

    Stays come from the projection where all of a dossier's events count; else its history is replayed.
    Raises FiguresError for one that cannot be.
    """
    for batch in batches(dossiers, _BATCH):
        codes = [each.code for each in batch]
        histories = work.events.histories(codes, last_id=frame.last_id)
        # The table of stays is of now: of no use to a frame that ends with an event before the last.
        steps = work.steps.of_dossiers(codes) if frame.last_id is None else {}
        for each in batch:
            entries = histories.get(each.code, [])
            counting = [entry for entry in entries if counts_in(entry, frame)]
            runs: Sequence[StepRun] = steps.get(each.code, [])
            if frame.last_id is not None or len(counting) < len(entries):
                then = standing_then(entries, office, until=frame.until, known=frame.known)
                runs = then.runs if then else ()
            yield _with(each, runs, counting, contacts_known=office.sla.scoring.contacts_known)


def _with(
    dossier: Handled, runs: Sequence[StepRun], entries: Sequence[Entry], *, contacts_known: bool
) -> Handled:
    contacts = sum(entry.event.kind == _CONTACT for entry in entries)
    return dossier._replace(
        contacts=contacts if contacts_known else None,
        stays=tuple(Stay(run.unit, run.officer, run.timing) for run in runs),
    )

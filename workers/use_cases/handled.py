"""What Circular 01/2018 scores of dossiers with a result: timing, contacts and stays, as of a cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.scoring_tt01 import Handled, Stay
from workers.use_cases.as_of import standing_then
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


def has_result(counted: Counted) -> bool:
    """Say whether a dossier is scored: it was finished or refused, and is judged."""
    return counted.outcome in ("finished", "refused") and counted.timing is not None


def handled(work: UnitOfWork, office: Office, frame: Frame, resolved: Sequence[Counted]) -> Iterator[Handled]:
    """Yield what is scored of dossiers with a result, a batch in memory at a time.

    Steps come from the projection where all of a dossier's events count; else its history is replayed.
    Raises FiguresError for one that cannot be.
    """
    for batch in batches(resolved, _BATCH):
        codes = [each.code for each in batch]
        histories, steps = work.events.histories(codes), work.steps.of_dossiers(codes)
        for each in batch:
            entries = histories.get(each.code, [])
            counting = [entry for entry in entries if _counts(entry, frame)]
            runs: Sequence[StepRun] = steps.get(each.code, [])
            if len(counting) < len(entries):
                then = standing_then(entries, office, until=frame.until, known=frame.known)
                runs = then.runs if then else ()
            yield _handled(each, runs, counting, contacts_known=office.sla.scoring.contacts_known)


def _counts(entry: Entry, frame: Frame) -> bool:
    known = frame.known is None or entry.recorded_at <= frame.known
    return known and entry.event.occurred_at < frame.until


def _handled(
    counted: Counted, runs: Sequence[StepRun], entries: Sequence[Entry], *, contacts_known: bool
) -> Handled:
    contacts = sum(entry.event.kind == _CONTACT for entry in entries)
    return Handled(
        code=counted.code,
        unit=counted.unit,
        officer=counted.officer,
        timing=counted.timing or "no_limit",
        contacts=contacts if contacts_known else None,
        stays=tuple(Stay(run.unit, run.officer, run.timing) for run in runs),
    )

"""What Circular 01/2018 scores of dossiers with a result: timing, contacts and stays, as of a cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.scoring_tt01 import Handled, Stay
from workers.use_cases.as_of import standing_then
from workers.use_cases.causes import counts_in
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.event import EventKind
    from domain.steps import StepRun
    from domain.tally import Counted
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office

_BATCH: Final = 500
_CONTACT: Final[EventKind] = "supplement_requested"


def resolved(counted: Counted) -> Handled | None:
    """Return a dossier that is scored, as far as its history need not be read; None for any other.

    It was finished or refused, and is judged.
    """
    if counted.outcome not in ("finished", "refused") or counted.timing is None:
        return None
    return Handled(counted.code, counted.unit, counted.officer, counted.timing)


def handled(work: UnitOfWork, office: Office, frame: Frame, dossiers: Sequence[Handled]) -> Iterator[Handled]:
    """Yield the `resolved` dossiers with their contacts and stays, a batch in memory at a time.

    Where all of a dossier's events count, its contacts are counted by the store and its stays come from the
    projection; else its history is replayed. Raises FiguresError for one that cannot be.
    """
    for batch in batches(dossiers, _BATCH):
        codes = [each.code for each in batch]
        # The table of stays is of now: of no use to a frame that ends with an event before the last.
        of_now = frame.last_id is None
        told = work.events.told(codes, _CONTACT, until=frame.until, known=frame.known) if of_now else {}
        again = [code for code in codes if code not in told or not told[code].whole]
        histories = work.events.histories(again, last_id=frame.last_id) if again else {}
        steps = work.steps.of_dossiers(codes) if of_now else {}
        for each in batch:
            if each.code in histories:
                yield _replayed(each, histories[each.code], office, frame)
            else:
                contacts = told[each.code].number if each.code in told else 0
                yield _with(each, steps.get(each.code, ()), contacts, office)


def _replayed(dossier: Handled, entries: Sequence[Entry], office: Office, frame: Frame) -> Handled:
    then = standing_then(entries, office, until=frame.until, known=frame.known)
    contacts = sum(entry.event.kind == _CONTACT for entry in entries if counts_in(entry, frame))
    return _with(dossier, then.runs if then else (), contacts, office)


def _with(dossier: Handled, runs: Sequence[StepRun], contacts: int, office: Office) -> Handled:
    return dossier._replace(
        contacts=contacts if office.sla.scoring.contacts_known else None,
        stays=tuple(Stay(run.unit, run.officer, run.timing) for run in runs),
    )

"""The overdue dossiers of a pack: why, what was done about it, and whether anybody apologised in time."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.event import LATE_APOLOGY
from domain.nonconformity import NOTHING
from workers.reports.form_06a import NO_CAUSE
from workers.use_cases.causes import cause_of, counts_in
from workers.use_cases.nonconformities import treatments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.nonconformity import Treatment
    from domain.tally import Counted, Stand
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope

Apology = Literal["in_time", "late", "none"]
APOLOGIES: Final[dict[Apology, str]] = {
    "in_time": "có, trong hạn",
    "late": "có, muộn hơn luật cho phép",
    "none": "chưa xin lỗi",
}
_BATCH: Final = 500


class Overdue(NamedTuple):
    """Hold one overdue dossier: as it stood, why, what is said of it, and its apology.

    `cause` is that of its treatment, else the reason of its apology, else that none was recorded.
    """

    counted: Counted
    stand: Stand
    cause: str
    treatment: Treatment
    apology: Apology


def overdue_of(work: UnitOfWork, scope: Scope, facts: Facts) -> tuple[Overdue, ...]:
    """Return the overdue dossiers of the period by code, by what had been recorded at the cut-off."""
    found: list[Overdue] = []
    codes = iter(sorted(facts.overdue))
    while batch := list(islice(codes, _BATCH)):
        histories = work.events.histories(batch)
        said = treatments(work, batch, known=scope.frame.known)
        for code in batch:
            treatment, entries = said.get(code, NOTHING), histories.get(code, ())
            cause = cause_of(treatment, entries, scope.frame)
            found.append(Overdue(*facts.overdue[code], cause, treatment, _apology(entries, scope)))
    return tuple(found)


def causes_of(overdue: Iterable[Overdue]) -> Counter[str]:
    """Count the causes of overdue dossiers, as they were written."""
    return Counter(each.cause for each in overdue)


def is_caused(each: Overdue) -> bool:
    """Say whether a cause was recorded at all."""
    return each.cause != NO_CAUSE


def _apology(entries: Iterable[Entry], scope: Scope) -> Apology:
    said = (entry for entry in entries if entry.event.kind == "reappointed")
    letters = [entry.event for entry in said if counts_in(entry, scope.frame)]
    if not letters:
        return "none"
    return "late" if any(LATE_APOLOGY in event.data for event in letters) else "in_time"

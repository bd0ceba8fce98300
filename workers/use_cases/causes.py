"""Why dossiers are overdue: the reason that was recorded, or that none was."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from domain.nonconformity import NOTHING
from workers.reports.form_06a import NO_CAUSE, Cause
from workers.use_cases.nonconformities import treatments

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.nonconformity import Treatment
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.as_of import Frame

_BATCH: Final = 500
_TELLS_WHY: Final = "reappointed"
"""The apology gives the reason of the delay: Decree 61/2018 art. 19.9."""


def causes_of(
    work: UnitOfWork, frame: Frame, overdue: Mapping[str, bool], others: Mapping[bool, int]
) -> tuple[Cause, ...]:
    """Return the causes of overdue dossiers (code: closed late?), the most frequent first, none last.

    `others` says how many more there are of which nobody has said why (closed late?: number). A cause is the
    one found out when the nonconformity was treated, else the reason of the last apology, as it was written
    and as far as it had been recorded by the cut-off.
    """
    found = Counter({(NO_CAUSE, late): number for late, number in others.items() if number})
    codes = iter(sorted(overdue))
    while batch := list(islice(codes, _BATCH)):
        histories = work.events.histories(batch, last_id=frame.last_id)
        said = treatments(work, batch, known=frame.known)
        for code in batch:
            found[cause_of(said.get(code, NOTHING), histories.get(code, ()), frame), overdue[code]] += 1
    causes = [Cause(text, found[text, True], found[text, False]) for text in {text for text, _ in found}]
    return tuple(sorted(causes, key=_order))


def _order(cause: Cause) -> tuple[bool, int, str]:
    return cause.text == NO_CAUSE, -(cause.late + cause.overdue), cause.text


def cause_of(treatment: Treatment, entries: Sequence[Entry], frame: Frame) -> str:
    """Return why a dossier is overdue: the cause of its treatment, else that of its apology, else none."""
    return treatment.cause or cause_in(entries, frame)


def cause_in(entries: Sequence[Entry], frame: Frame) -> str:
    """Return the reason of the last apology of a history that counts in a report, or that there is none."""
    reasons = (
        " ".join(entry.event.data.get("reason", "").split())
        for entry in reversed(entries)
        if entry.event.kind == _TELLS_WHY and counts_in(entry, frame)
    )
    return next((reason for reason in reasons if reason), NO_CAUSE)


def counts_in(entry: Entry, frame: Frame) -> bool:
    """Say whether an event had happened in time for a report, and was recorded by its cut-off."""
    known = frame.known is None or entry.recorded_at <= frame.known
    return known and entry.event.occurred_at < frame.until


def total_of(causes: Iterable[Cause]) -> Cause:
    """Return the sum of all causes."""
    listed = list(causes)
    return Cause("", sum(cause.late for cause in listed), sum(cause.overdue for cause in listed))

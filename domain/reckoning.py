"""The reckoning: what each event makes of the due dates of a dossier, the same again years later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.event import OF_RULES

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.event import Event
    from domain.terms import Terms


class Reckoning(NamedTuple):
    """Hold the due dates of a dossier after its events (UTC instants, exclusive; None without a limit).

    `due_original` is that of the acceptance, kept for ever (DOMAIN decision 3). `due_at` is the lawful one,
    `appointed_at` the later one of a re-appointment, `step_due_at` that of the step it stands in. `epoch`
    counts the times a date people work towards moved under them. `under` is the configuration whose calendar
    gave `due_at`; `provisional`: some day counted lies beyond the years whose days off are published.
    `deadline` is the lawful date in all its forms where it was counted just now.
    """

    due_original: datetime | None
    due_at: datetime | None
    under: int
    appointed_at: datetime | None = None
    step_due_at: datetime | None = None
    epoch: int = 0
    provisional: bool = False
    deadline: Deadline | None = None

    @property
    def target_at(self) -> datetime | None:
        """Return the date people work towards: the re-appointed one, else the lawful one."""
        return self.appointed_at or self.due_at


def reckon(
    before: Reckoning | None, was: Dossier | None, dossier: Dossier, event: Event, terms: Terms
) -> Reckoning:
    """Return the due dates after an event, which made `dossier` of what it `was`.

    `terms` are those in force when the event was recorded. The due date is derived anew only where the event
    concerns the count: a calendar changed since moves nothing by itself. Replaying the same events under the
    same configurations gives the same dates, bit for bit.
    """
    if before is None or was is None:
        return _first(dossier, terms)
    if not dossier.is_open:
        return before
    counted = concerns_count(was, dossier, event)
    if counted:
        after = recounted(before, dossier, terms)
    elif was.appointed_on != dossier.appointed_on:
        lawful = None if before.due_at is None else terms.restored(before.due_at, dossier)
        after = _appointed(before, lawful, dossier, terms)
    else:
        after = before
    if was.step_number != dossier.step_number:
        after = after._replace(step_due_at=_step_due_at(dossier, terms))
    moved = after.target_at != before.target_at or (counted and after.step_due_at != before.step_due_at)
    return after._replace(epoch=before.epoch + 1) if moved else after


def recounted(before: Reckoning, dossier: Dossier, terms: Terms) -> Reckoning:
    """Return the due dates counted anew under terms, as they are or as they would be; the epoch stays.

    The re-appointed day stays too: what is counted anew is the law's date and that of the step.
    """
    deadline = terms.due(dossier)
    due_at = deadline.due_at if deadline else None
    counted = before._replace(due_at=due_at, under=terms.version, deadline=deadline)
    after = _appointed(counted, deadline, dossier, terms)
    return after._replace(step_due_at=_step_due_at(dossier, terms))


def _first(dossier: Dossier, terms: Terms) -> Reckoning:
    deadline = terms.due(dossier)
    due_at = deadline.due_at if deadline else None
    return Reckoning(
        due_original=due_at,
        due_at=due_at,
        step_due_at=_step_due_at(dossier, terms) if dossier.step else None,
        under=terms.version,
        provisional=deadline.provisional if deadline else False,
        deadline=deadline,
    )


def _appointed(before: Reckoning, lawful: Deadline | None, dossier: Dossier, terms: Terms) -> Reckoning:
    current = terms.current(lawful, dossier)
    later = None if current is lawful or current is None else current.due_at
    doubtful = any(found.provisional for found in (lawful, current) if found is not None)
    return before._replace(appointed_at=later, provisional=doubtful)


def _step_due_at(dossier: Dossier, terms: Terms) -> datetime | None:
    deadline = terms.step_due(dossier)
    return deadline.due_at if deadline else None


def concerns_count(was: Dossier, dossier: Dossier, event: Event) -> bool:
    """Say whether an event has the limit counted anew: another start, a pause, other rules."""
    if event.kind in OF_RULES:
        return True
    return (was.counting_from, was.pauses) != (dossier.counting_from, dossier.pauses)

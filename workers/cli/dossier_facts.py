"""What a dossier's view says beside what is stored: its state in a word, its slip, who would be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.acknowledgement import told_as
from domain.deadline import restore
from domain.errors import RoutingError
from domain.slips import read_promise

if TYPE_CHECKING:
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.ladder import PlannedRung
    from domain.snapshot import Moment
    from workers.use_cases.look import DossierView


def state_of(dossier: Dossier) -> str:
    """Return in one word of the catalogue where a dossier stands."""
    return dossier.outcome or dossier.stopped_by or "processing"


def slip_moment(dossier: Dossier) -> Moment | None:
    """Return what the slip promises, as the intake wrote it down."""
    return None if dossier.promised_at is None else read_promise(dossier.promised_at)


def original_due(view: DossierView) -> datetime:
    """Return the appointment of the due date at acceptance: the end of office hours of that day."""
    stored, procedure = view.stored, view.procedure
    if stored.due_original is None:
        raise LookupError(f"dossier {stored.dossier.code} never had a due date")
    accepted, terms = stored.dossier.accepted_at, view.terms
    return restore(stored.due_original, terms.limit, accepted, terms.calendar, procedure.rules).appointment_at


def slip_difference(view: DossierView) -> int | None:
    """Count the days by which the slip lies after the due day (negative: before); None without a slip."""
    slip = slip_moment(view.stored.dossier)
    if slip is None or view.deadline is None:
        return None
    return (view.office.calendar.local(slip.at).date() - view.deadline.due_on).days


def recipients_of(entry: PlannedRung, view: DossierView, *, now: datetime) -> list[str]:
    """Return the codes of those who will be told at a rung, each once, as things stand now.

    Who is known to be away on its day is not among them, but whoever stands in.
    """
    dossier, day = view.stored.dossier, view.office.calendar.local(max(entry.at, now)).date()
    found: dict[str, None] = {}
    for role in entry.rung.roles:
        try:
            told = told_as(view.office.sla.lines, role, dossier.unit, dossier.officer, on=day)
        except RoutingError:
            continue
        found |= {person.code: None for person, _ in told}
    return list(found)

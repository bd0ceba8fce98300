"""One dossier for programs: stable names, ISO instants with the office's offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.deadline import is_past
from workers.cli.dossier_facts import recipients_of, slip_difference, slip_moment, state_of
from workers.cli.screen import iso

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ladder import PlannedRung
    from domain.working_calendar import WorkingCalendar
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.use_cases.look import DossierView


def for_programs(view: DossierView, office_code: str, now: datetime) -> dict[str, Any]:
    """Return everything there is to see of a dossier."""
    stored, calendar = view.stored, view.office.calendar
    dossier = stored.dossier
    return {
        "office": office_code,
        "as_of": iso(now, calendar),
        "code": dossier.code,
        "state": state_of(dossier),
        "procedure": {
            "code": view.procedure.code,
            "name": view.procedure.name,
            "version": view.procedure.version,
            "legal_basis": view.procedure.legal_basis,
        },
        "unit": {"code": dossier.unit, "name": view.unit_name},
        "officer": dossier.officer,
        "channel": dossier.channel,
        "accepted_at": iso(dossier.accepted_at, calendar),
        "counting_from": iso(dossier.counting_from, calendar),
        "stopped_since": iso(dossier.stopped_since, calendar),
        "finished_at": iso(dossier.finished_at, calendar),
        "returned_at": iso(dossier.returned_at, calendar),
        "timing": stored.timing,
        "due_original": iso(stored.due_original, calendar),
        **_deadline(view, now),
        "slip": _slip(view),
        "history": [_entry(entry, calendar) for entry in view.history],
        "notices": [_notice(notice, calendar) for notice in view.notices],
        "next": [_coming(entry, view) for entry in view.coming],
        "sla_version": stored.sla_version,
    }


def _deadline(view: DossierView, now: datetime) -> dict[str, Any]:
    deadline, calendar = view.deadline, view.office.calendar
    return {
        "due_at": iso(deadline.due_at, calendar) if deadline else None,
        "due_on": deadline.due_on.isoformat() if deadline else None,
        "appointment_at": iso(deadline.appointment_at, calendar) if deadline else None,
        "provisional": deadline.provisional if deadline else False,
        "overdue": bool(deadline and view.stored.dossier.is_running and is_past(deadline.due_at, now=now)),
        "words": view.words,
    }


def _slip(view: DossierView) -> dict[str, Any] | None:
    slip = slip_moment(view.stored.dossier)
    if slip is None:
        return None
    return {
        "promised_at": iso(slip.at, view.office.calendar),
        "date_only": slip.date_only,
        "days_after_due": slip_difference(view),
    }


def _entry(entry: Entry, calendar: WorkingCalendar) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "kind": entry.event.kind,
        "occurred_at": iso(entry.event.occurred_at, calendar),
        "recorded_at": iso(entry.recorded_at, calendar),
        "actor": entry.actor,
        "data": dict(entry.event.data),
        "sla_version": entry.sla_version,
    }


def _notice(notice: Notice, calendar: WorkingCalendar) -> dict[str, Any]:
    return {
        "rung": notice.rung,
        "kind": notice.kind,
        "role": notice.role,
        "recipient": notice.recipient,
        "state": notice.state,
        "planned_at": iso(notice.planned_at, calendar),
        "deliver_at": iso(notice.deliver_at, calendar),
        "sent_at": iso(notice.sent_at, calendar),
        "attempts": notice.attempts,
        "last_error": notice.last_error,
        "covered_by": notice.covered_by,
    }


def _coming(entry: PlannedRung, view: DossierView) -> dict[str, Any]:
    return {
        "rung": entry.rung.code,
        "kind": entry.rung.kind,
        "subject": entry.rung.subject,
        "at": iso(entry.at, view.office.calendar),
        "roles": list(entry.rung.roles),
        "recipients": recipients_of(entry, view),
    }

"""One dossier for programs: stable names, ISO instants with the office's offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.budget import written
from domain.deadline import is_past
from workers.cli.dossier_facts import recipients_of, slip_difference, slip_moment, state_of
from workers.cli.screen import iso

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ladder import PlannedRung
    from domain.steps import StepRun
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
        "commune": dossier.commune,
        "limit": written(view.terms.limit),
        "limit_case": dossier.limit_case,
        "bundle": dossier.bundle,
        "components": sorted([dossier.code, *view.siblings]) if dossier.bundle else [],
        "accepted_at": iso(dossier.accepted_at, calendar),
        "counting_from": iso(dossier.counting_from, calendar),
        "stopped_since": iso(dossier.stopped_since, calendar),
        "stopped_by": dossier.stopped_by,
        "consulting": list(dossier.consulting),
        "budget": _budget(view),
        "appointed_on": dossier.appointed_on.isoformat() if dossier.appointed_on else None,
        "finished_at": iso(dossier.finished_at, calendar),
        "returned_at": iso(dossier.returned_at, calendar),
        "timing": stored.timing,
        "due_original": iso(stored.due_original, calendar),
        **_deadline(view, now),
        "step": _step(view, now),
        "steps": [_run(run, calendar) for run in view.runs],
        "slip": _slip(view),
        "history": [_entry(entry, calendar) for entry in view.history],
        "notices": [_notice(notice, calendar) for notice in view.notices],
        "next": [_coming(entry, view, now) for entry in view.coming],
        "sla_version": stored.sla_version,
        "bound_under": stored.terms_under,
        "counted_under": view.clock.derived_under if view.clock else None,
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


def _budget(view: DossierView) -> dict[str, str] | None:
    if view.budget is None:
        return None
    return {"used": written(view.budget.used), "left": written(view.budget.left)}


def _step(view: DossierView, now: datetime) -> dict[str, Any] | None:
    """Return the step an open dossier stands in; `overdue` is the step's, whatever the dossier's is."""
    dossier, step, deadline = view.stored.dossier, view.terms.step_of(view.stored.dossier), view.step_deadline
    if step is None or not dossier.is_open:
        return None
    return {
        "number": dossier.step_number,
        "code": step.code,
        "name": step.name,
        "unit": dossier.unit,
        "since": iso(dossier.step_since, view.office.calendar),
        "due_at": iso(deadline.due_at, view.office.calendar) if deadline else None,
        "overdue": bool(deadline and dossier.is_running and is_past(deadline.due_at, now=now)),
    }


def _run(run: StepRun, calendar: WorkingCalendar) -> dict[str, Any]:
    return {
        "number": run.number,
        "code": run.step or None,
        "unit": run.unit,
        "officer": run.officer,
        "entered_at": iso(run.entered_at, calendar),
        "left_at": iso(run.left_at, calendar),
        "planned": written(run.planned) if run.planned else None,
        "used": written(run.used) if run.used else None,
        "worked_seconds": run.worked,
        "due_at": iso(run.due_at, calendar),
        "timing": run.timing,
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
        "step": notice.step or None,
        "rung": notice.rung,
        "kind": notice.kind,
        "role": notice.role,
        "recipient": notice.recipient,
        "passed_to": notice.passed_to,
        "way": notice.way,
        "state": notice.state,
        "planned_at": iso(notice.planned_at, calendar),
        "deliver_at": iso(notice.deliver_at, calendar),
        "sent_at": iso(notice.sent_at, calendar),
        "attempts": notice.attempts,
        "last_error": notice.last_error,
        "covered_by": notice.covered_by,
        "asked_until": iso(notice.asked_until, calendar),
        "acknowledged_at": iso(notice.acknowledged_at, calendar),
        "acknowledged_by": notice.acknowledged_by,
    }


def _coming(entry: PlannedRung, view: DossierView, now: datetime) -> dict[str, Any]:
    return {
        "step": entry.step or None,
        "rung": entry.code,
        "kind": entry.rung.kind,
        "subject": entry.rung.subject,
        "at": iso(entry.at, view.office.calendar),
        "roles": list(entry.rung.roles),
        "recipients": recipients_of(entry, view, now=now),
    }

"""`dunghan dossier`: everything there is to see of one dossier."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.here import ARGUMENTS, OPTIONS, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.ladder import PlannedRung
    from domain.snapshot import Moment
    from domain.working_calendar import WorkingCalendar
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.use_cases.look import DossierView


class Lang(StrEnum):
    """Name the languages in which a person is answered."""

    VI = "vi"
    EN = "en"


def dossier(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ.", rich_help_panel=ARGUMENTS)],
    *,
    office: OfficeOption = None,
    as_json: JsonOption = False,
    lang: Annotated[
        Lang, typer.Option("--lang", help="Ngôn ngữ: vi hoặc en.", rich_help_panel=OPTIONS)
    ] = Lang.VI,
) -> None:
    """Xem một hồ sơ: hạn trả, còn bao lâu, đã xảy ra gì, ai đã được báo, và sắp tới là gì.

    Ví dụ: dunghan dossier 000.00.19.H51-190531-0001

    Ví dụ: dunghan dossier 000.00.19.H51-190531-0001 --json
    """
    from workers.cli.dossier_view import show_dossier
    from workers.cli.screen import print_json
    from workers.use_cases.look import look_at

    with at_desk(context, office) as desk:
        view = look_at(desk.store, desk.office_code, code.strip(), now=desk.now, lang=lang.value)
        if as_json:
            print_json(_as_json(view, desk.office_code, desk.now))
        else:
            show_dossier(view, now=desk.now, lang=lang.value)


def state_of(dossier: Dossier) -> str:
    """Return in one word of the catalogue where a dossier stands."""
    return dossier.outcome or dossier.stopped_by or "processing"


def slip_moment(dossier: Dossier) -> Moment | None:
    """Return what the slip promises, as the intake wrote it down."""
    from datetime import datetime

    from domain.snapshot import Moment

    if dossier.promised_at is None:
        return None
    text, _, day = dossier.promised_at.partition("/")
    return Moment(datetime.fromisoformat(text), date_only=bool(day))


def slip_difference(view: DossierView) -> int | None:
    """Count the days by which the slip lies after the due day (negative: before); None without a slip."""
    slip = slip_moment(view.stored.dossier)
    if slip is None or view.deadline is None:
        return None
    return (view.office.calendar.local(slip.at).date() - view.deadline.due_on).days


def _as_json(view: DossierView, office_code: str, now: datetime) -> dict[str, Any]:
    from workers.cli.screen import iso

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
    from workers.cli.screen import iso

    deadline, calendar = view.deadline, view.office.calendar
    return {
        "due_at": iso(deadline.due_at, calendar) if deadline else None,
        "due_on": deadline.due_on.isoformat() if deadline else None,
        "appointment_at": iso(deadline.appointment_at, calendar) if deadline else None,
        "provisional": deadline.provisional if deadline else False,
        "overdue": bool(deadline and view.stored.dossier.is_running and deadline.due_at <= now),
        "words": view.words,
    }


def _slip(view: DossierView) -> dict[str, Any] | None:
    from workers.cli.screen import iso

    slip = slip_moment(view.stored.dossier)
    if slip is None:
        return None
    return {
        "promised_at": iso(slip.at, view.office.calendar),
        "date_only": slip.date_only,
        "days_after_due": slip_difference(view),
    }


def _entry(entry: Entry, calendar: WorkingCalendar) -> dict[str, Any]:
    from workers.cli.screen import iso

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
    from workers.cli.screen import iso

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
    from workers.cli.screen import iso

    return {
        "rung": entry.rung.code,
        "kind": entry.rung.kind,
        "subject": entry.rung.subject,
        "at": iso(entry.at, view.office.calendar),
        "roles": list(entry.rung.roles),
        "recipients": recipients_of(entry, view),
    }


def recipients_of(entry: PlannedRung, view: DossierView) -> list[str]:
    """Return the codes of those who will be told at a rung, each once, as things stand now."""
    from domain.errors import RoutingError

    dossier, found = view.stored.dossier, {}
    for role in entry.rung.roles:
        try:
            people = view.office.sla.lines.recipients(role, dossier.unit, dossier.officer)
        except RoutingError:
            continue
        found |= {person.code: None for person in people}
    return list(found)

"""What the letter of one notice says: of a dossier, or of the step it stands in, as things are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from domain.apology import is_missed
from domain.deadline import in_words, is_past
from domain.routing import deliver_at
from workers.notify.view import NoticeView
from workers.use_cases.letter_answer import Answer, overtaken, rung_of
from workers.use_cases.standing import deadline_of, step_deadline_of, step_label, target_of
from workers.use_cases.still_meant import is_still_meant, is_stopped

if TYPE_CHECKING:
    from datetime import date

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.ladder import Rung
    from domain.routing import Person
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens

_LATE: Final = timedelta(hours=12)
"""A notice claimed longer after its rung than this (a late list), or sent longer after its first moment (an
outage), says so in its mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Hold a claimed notice with its dossier, its clock (None once closed) and the rungs it also tells.

    `in_place_of` are the codes of those away in whose place its recipient is told.
    """

    notice: Notice
    stored: Stored
    clock: Clock | None
    merged: tuple[str, ...]
    office: Office
    in_place_of: tuple[str, ...] = ()


def view_of(case: Case, tokens: Tokens | None = None, *, now: datetime) -> NoticeView | None:
    """Return what the letter of a notice says, in the office's zone.

    None: the dossier has closed or got another due date, and nobody cancelled what was to be told of the old
    one; or by now others are meant, or what ends a repeat has come; or it was to say that nobody has
    acknowledged, and somebody has; told with it is nothing else.
    """
    notice, dossier, office = case.notice, case.stored.dossier, case.office
    if case.clock is None or case.clock.epoch != notice.epoch:
        return None
    if overtaken(notice, dossier) and not case.merged:
        return None
    if not is_still_meant(notice, case.in_place_of, case.stored, office):
        return None
    if is_stopped(notice, case.stored, office, case.clock):
        return None
    terms, calendar = office.terms(case.stored), office.calendar
    deadline, step = target_of(case.stored, office, case.clock), _step_deadline(case)
    about = step if notice.step else deadline
    if about is None:
        raise LookupError(f"dossier {dossier.code} has no due date to write about")
    rung, named, person = (
        rung_of(notice, case.stored, office),
        terms.step_of(dossier),
        person_of(notice, office),
    )
    lang = person.lang
    unit = office.sla.lines.units.get(dossier.unit)
    # A rung's own subject is Vietnamese, and true on its day and of the first appointment alone.
    on_its_day = lang == "vi" and calendar.local(now).date() == calendar.local(notice.planned_at).date()
    return NoticeView(
        code=dossier.code,
        procedure_name=terms.procedure.name,
        unit_name=unit.name if unit else dossier.unit,
        role_title=office.sla.role_titles.get(notice.role, notice.role),
        kind=rung.kind,
        rung=notice.rung,
        level=notice.level,
        accepted=receipt_of(dossier, office),
        due_on=(deadline or about).due_on,
        appointment=calendar.local((deadline or about).appointment_at),
        promised=_promised(dossier, deadline or about, office),
        words=in_words(
            about, terms.calendar_of(dossier.unit) if notice.step else calendar, now=now, lang=lang
        ),
        sla_version=notice.sla_version,
        office_name=office.sla.name,
        lang=lang,
        template=rung.template,
        subject=rung.subject if on_its_day and dossier.appointed_on is None else "",
        merged=case.merged,
        in_place_of=case.in_place_of,
        delayed=_is_delayed(notice, person, office, now),
        apology_by=None if dossier.appointed_on else _apology_by(rung, about, office, now),
        provisional=about.provisional,
        apology_missed=_is_apology_missed(case, rung, now),
        step_name=named.name if notice.step and named else "",
        step_appointment=calendar.local(about.appointment_at) if notice.step else None,
        overdue=is_past(about.due_at, now=now),
        **Answer(notice, case.stored, office).fields(tokens),
    )


def _is_delayed(notice: Notice, person: Person, office: Office, now: datetime) -> bool:
    if notice.created_at - notice.planned_at > _LATE:
        return True
    if now - notice.created_at <= _LATE:
        return False
    hours = office.hours_of(person)
    return now - deliver_at(person, hours, now=notice.created_at, urgent=notice.urgent) > _LATE


def _step_deadline(case: Case) -> Deadline | None:
    if case.notice.step != step_label(case.stored.dossier):
        return None  # the dossier has left that step: there is nothing to say of it any more
    return step_deadline_of(case.stored, case.office, case.clock)


def receipt_of(dossier: Dossier, office: Office) -> date:
    """Return when a dossier was received: its local moment, or the day alone where no hour was told."""
    # Midnight sharp is how a list that gives only the day of receipt comes in.
    local = office.calendar.local(dossier.accepted_at)
    return local.date() if local.time() == time() else local


def _promised(dossier: Dossier, deadline: Deadline, office: Office) -> date | None:
    """Return the day on the citizen's slip where it is another than the due day: somebody comes in vain."""
    if dossier.promised_at is None:
        return None
    day = office.calendar.local(datetime.fromisoformat(dossier.promised_at.removesuffix("/day"))).date()
    return day if day != deadline.due_on else None


def _apology_by(rung: Rung, deadline: Deadline, office: Office, now: datetime) -> datetime | None:
    # Decree 61/2018 art. 19.9: at latest the end of the working day before the due day (DOMAIN decision 5).
    if rung.kind == "escalation" or not deadline.in_days:
        return None
    day = office.calendar.add_days(deadline.due_on, -1)
    last = office.calendar.local(office.calendar.closing_of(day))
    return last if now <= last else None


def _is_apology_missed(case: Case, rung: Rung, now: datetime) -> bool:
    # DOMAIN decision 5: a missed apology is a breach, and whoever hears of the delay hears of it too.
    lawful = deadline_of(case.stored, case.office, case.clock)
    if rung.kind != "escalation" or lawful is None:
        return False
    return is_missed(case.stored.dossier, lawful, case.office.terms(case.stored).calendar, now=now)


def person_of(notice: Notice, office: Office) -> Person:
    """Return who is told; somebody the configuration in force does not know raises LookupError."""
    for person in office.sla.lines.people:
        if person.code == notice.recipient:
            return person
    raise LookupError(f"{notice.recipient} is not among the people of configuration {office.version}")

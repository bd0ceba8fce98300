"""What a form says of a dossier: from its events, its dates and the office's rules, and what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from domain.catalogue import say
from domain.consultation import late, unanswered
from domain.errors import HistoryError
from domain.event import OF_RULES
from domain.time_limit import Unit
from workers.letters.view import LetterView
from workers.use_cases.calc_due import limit_in_words
from workers.use_cases.control_slip import asked_agencies, handovers_of
from workers.use_cases.letter_view import receipt_of
from workers.use_cases.standing import deadline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.consultation import Consultation
    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.terms import Terms
    from workers.letters.view import FormKind
    from workers.use_cases.asked_form import Asked, Matter
    from workers.use_cases.office import Office

_SIGNERS: Final[dict[FormKind, str]] = {
    "receipt": "Người tiếp nhận hồ sơ",
    "supplement": "Người hướng dẫn",
    "apology": "Thủ trưởng đơn vị",
    "chasing": "Phụ trách bộ phận",
    "control": "Người kiểm soát",
    "rescheduled": "Phụ trách bộ phận",
}
_HEAD: Final = "one_stop_head"


def form_view(asked: Asked, matters: Sequence[Matter]) -> LetterView:
    """Return what a form says; of several dossiers on one slip, what is so of all of them.

    Raises HistoryError where they differ in more than their procedure, and for what there is no form to write
    about.
    """
    views = [_view(asked, matter) for matter in matters]
    shown = views[0] if len(views) == 1 else replace(views[0], code=asked.code)
    names = dict.fromkeys(view.procedure_name for view in views)
    areas = dict.fromkeys(view.field for view in views)
    if any(replace(view, code="", procedure_name="", field="") != _alike(shown) for view in views):
        raise HistoryError("components_differ", code=asked.code, codes=", ".join(view.code for view in views))
    return replace(shown, procedure_name="; ".join(names), field=", ".join(areas))


def _alike(view: LetterView) -> LetterView:
    return replace(view, code="", procedure_name="", field="")


def _view(asked: Asked, matter: Matter) -> LetterView:
    dossier, office = matter.stored.dossier, matter.office
    terms, calendar = office.terms(matter.stored), office.calendar
    unit, lawful = office.sla.lines.units.get(dossier.unit), _lawful(asked, matter, terms)
    appointed_on = asked.appointed_on or dossier.appointed_on
    view = LetterView(
        kind=asked.kind,
        code=dossier.code,
        office_name=office.sla.name,
        unit_name=unit.name if unit else dossier.unit,
        procedure_name=terms.procedure.name,
        field=terms.procedure.field,
        written_on=calendar.local(asked.at).date(),
        accepted=receipt_of(dossier, office),
        place=office.sla.place,
        limit=_limit(terms),
        promised=_promised(dossier, office),
        due_on=lawful.due_on if lawful else None,
        appointment=calendar.local(lawful.appointment_at) if lawful else None,
        appointed=calendar.local(calendar.closing_of(appointed_on)) if appointed_on else None,
        document=asked.document,
        reason=_unended(asked.reason),
        items=tuple(_unended(item) for item in asked.items if item.strip()),
        officer_role=_officer_role(dossier, office),
        signer_role=asked.signer or _signer(asked.kind, office),
        applicant=asked.applicant,
        address=asked.address,
        phone=asked.phone,
        email=asked.email,
    )
    if asked.kind == "control":
        return replace(view, handovers=handovers_of(matter), agency=", ".join(asked_agencies(matter)))
    if asked.kind == "rescheduled":
        return _rescheduled(view, asked, matter)
    return _chasing(view, asked, matter) if asked.kind == "chasing" else view


def _lawful(asked: Asked, matter: Matter, terms: Terms) -> Deadline | None:
    """Return the lawful due date; on a receipt that of the acceptance, whatever has happened since."""
    if asked.kind != "receipt":
        return deadline_of(matter.stored, matter.office, matter.clock)
    dossier, due_at = matter.stored.dossier, matter.stored.due_original
    at_first = dossier._replace(counting_from=dossier.accepted_at, pauses=())
    return None if due_at is None else terms.restored(due_at, at_first)


def _promised(dossier: Dossier, office: Office) -> datetime | None:
    """Return what the slip says; of a day alone, the end of its office hours (DOMAIN decision 1)."""
    text, calendar = dossier.promised_at, office.calendar
    if text is None:
        return None
    local = calendar.local(datetime.fromisoformat(text.removesuffix("/day")).astimezone(UTC))
    return calendar.local(calendar.closing_of(local.date())) if text.endswith("/day") else local


def _limit(terms: Terms) -> str:
    return say("no_limit") if terms.limit.unit is Unit.NONE else limit_in_words(terms.limit, "vi")


def _officer_role(dossier: Dossier, office: Office) -> str:
    roles = {person.code: person.role for person in office.sla.lines.people}
    return office.sla.role_titles.get(roles.get(dossier.officer or "", "officer"), "")


def _signer(kind: FormKind, office: Office) -> str:
    # Decree 61/2018 art. 8.2, 19.9: the one-stop section chases what is late and announces another date.
    own = kind in ("chasing", "rescheduled")
    return office.sla.role_titles.get(_HEAD, _SIGNERS[kind]) if own else _SIGNERS[kind]


def _unended(text: str) -> str:
    """Return a text without the stop at its end: the form has its own."""
    return text.strip().rstrip(".;").rstrip()


def _chasing(view: LetterView, asked: Asked, matter: Matter) -> LetterView:
    found = _late(asked, matter, view.written_on)
    calendar = matter.office.calendar
    last = found.reply_by or view.written_on
    return replace(
        view,
        agency=found.agency,
        asked_on=calendar.local(found.asked_at).date(),
        asked_document=found.document,
        reply_by=found.reply_by,
        days_late=calendar.count_days(last, view.written_on),
    )


def _rescheduled(view: LetterView, asked: Asked, matter: Matter) -> LetterView:
    """Tell the last move by other rules: from which day, why; nothing moved raises HistoryError."""
    moved = [
        entry.event.data
        for entry in matter.history
        if entry.event.kind in OF_RULES
        and entry.event.data.get("due_before") != entry.event.data.get("due_after")
    ]
    if not moved or "due_before" not in moved[-1] or not matter.stored.dossier.is_open:
        raise HistoryError("nothing_rescheduled", code=view.code)
    data = moved[-1]
    why = " ".join(part for part in (data.get("reason", ""), _in_brackets(data.get("document"))) if part)
    day = date.fromisoformat(data["due_before"][:10])
    return replace(view, moved_from=day, reason=_unended(asked.reason or why))


def _in_brackets(text: str | None) -> str:
    return f"({text})" if text else ""


def _late(asked: Asked, matter: Matter, today: date) -> Consultation:
    """Return the one late consultation that is meant; each agency gets a slip of its own."""
    dossier = matter.stored.dossier
    waiting = unanswered(entry.event for entry in matter.history) if dossier.is_open else ()
    found = [
        one
        for one in late(waiting, today=today)
        if not asked.agency or one.agency.casefold() == asked.agency.strip().casefold()
    ]
    if len(found) > 1:
        raise HistoryError("chase_which", code=dossier.code, agencies=", ".join(one.agency for one in found))
    if not found:
        names = ", ".join(one.agency for one in waiting) or "nobody"
        raise HistoryError("nothing_to_chase", code=dossier.code, waiting=names)
    return found[0]

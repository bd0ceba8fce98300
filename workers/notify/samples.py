"""Samples of everything a mail can say: with them every template of an office is tried before it is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from domain.acknowledgement import TEMPLATE as UNACKNOWLEDGED
from workers.notify.office_views import (
    ActionsView,
    AlteredView,
    CalendarView,
    ComingBackView,
    DeadNoticesView,
    ProofView,
    ReformTasksView,
)
from workers.notify.samples_of_office import of_office
from workers.notify.view import DigestSection, DigestView, NoticeView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.deadline import Language
    from workers.notify.view import SectionKind, View

STEP_TEMPLATES: Final = ("step_due", "step_late")
TEMPLATES: Final = ("reminder", "due_today", "apology", "escalation", *STEP_TEMPLATES)
DIGEST_TEMPLATE: Final = "digest"
OFFICE_TEMPLATES: Final = (
    CalendarView.kind,
    DeadNoticesView.kind,
    ProofView.kind,
    AlteredView.kind,
    ComingBackView.kind,
    ReformTasksView.kind,
    ActionsView.kind,
)
_LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


def samples() -> Iterator[View]:
    """Yield every template in both languages, with the least it is given and with the most."""
    for lang in _LANGUAGES:
        for name in (*TEMPLATES, UNACKNOWLEDGED):
            yield from of_dossier(lang, name, of_step=name in STEP_TEMPLATES)
        yield from _of_several(lang)
        for view in of_office():
            yield replace(view, lang=lang)
            yield replace(view, lang=lang, stands_in=True)


def of_dossier(lang: Language, template: str, *, of_step: bool) -> Iterator[NoticeView]:
    """Yield a mail about a dossier or a step of it, with the least it is given and with the most."""
    plain = replace(_dossier(), lang=lang, template=template)
    if of_step:
        plain = replace(plain, step_name="…", step_appointment=plain.appointment)
    if template == UNACKNOWLEDGED:
        plain = replace(plain, rung="t+3^1", unanswered_by=("…", "…"), went_up_at=plain.appointment)
    yield plain
    yield replace(
        plain,
        merged=("t-2", "t-1"),
        delayed=True,
        provisional=True,
        subject="…",
        apology_by=plain.appointment,
        in_place_of=("…", "…"),
        apology_missed=True,
        asks=True,
        asked_until=plain.appointment,
        token="1-abcdefghijklmnopqrstuvwxyz",  # noqa: S106 - signs nothing
        acknowledge_url="https://example.invalid/?ma=1-abcdefghijklmnopqrstuvwxyz",
    )
    yield replace(plain, asks=True)
    yield replace(plain, acknowledged_by="…", acknowledged_at=plain.appointment)


def _of_several(lang: Language) -> Iterator[DigestView]:
    lines = [
        next(of_dossier(lang, "reminder", of_step=False)),
        *of_dossier(lang, "apology", of_step=False),
        *of_dossier(lang, "step_late", of_step=True),
        *of_dossier(lang, UNACKNOWLEDGED, of_step=False),
    ]
    full = replace(lines[2], overdue=True, promised=date(2019, 5, 30))
    least = DigestView(
        count=2,
        dossiers=1,
        sections=(DigestSection(kind="soon", count=2, lines=tuple(lines[:2])),),
        more=0,
        delayed=0,
        provisional=False,
        letter="d1.1559286000000",
        role_titles=("…",),
        office_name="…",
        sla_version=1,
        lang=lang,
    )
    yield least
    kinds: tuple[SectionKind, ...] = ("overdue", "today", "soon", "steps")
    sections = [DigestSection(kind=kind, count=len(lines) + 1, lines=(full, *lines)) for kind in kinds[:3]]
    sections.append(DigestSection(kind="steps", count=2, lines=()))
    most = replace(
        least,
        count=sum(section.count for section in sections),
        dossiers=9,
        sections=tuple(sections),
        more=5,
        delayed=2,
        provisional=True,
        role_titles=("…", "…"),
        last_calls=2,
        asking=21,
        by_token=True,
        by_page=True,
    )
    yield most
    yield replace(most, asking_more=5, by_page=False)
    yield replace(most, by_token=False, by_page=False)


def _dossier() -> NoticeView:
    moment = datetime(2019, 5, 31, 10, 0, tzinfo=UTC)
    return NoticeView(
        code="000.00.19.H51-190531-0001",
        procedure_name="…",
        unit_name="…",
        role_title="…",
        kind="reminder",
        rung="t-1",
        level=1,
        accepted=date(2019, 5, 29),
        due_on=date(2019, 5, 31),
        appointment=moment,
        words="…",
        sla_version=1,
        office_name="…",
    )

"""Samples of everything a mail can say: with them every template of an office is tried before it is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from domain.acknowledgement import TEMPLATE as UNACKNOWLEDGED
from workers.notify.office_views import (
    AlteredView,
    CalendarView,
    ComingBackView,
    DeadNoticesView,
    MovedDatesView,
    PackView,
    PassedOn,
    ProofView,
    ReformTasksView,
    TaskLine,
)
from workers.notify.view import DigestSection, DigestView, NoticeView, OfficeView

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
)
_LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


def samples() -> Iterator[View]:
    """Yield every template in both languages, with the least it is given and with the most."""
    for lang in _LANGUAGES:
        for name in (*TEMPLATES, UNACKNOWLEDGED):
            yield from of_dossier(lang, name, of_step=name in STEP_TEMPLATES)
        yield from _of_several(lang)
        for view in _of_office():
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


def _of_office() -> Iterator[OfficeView]:
    known = CalendarView(
        topic="lich/hanh-chinh/2019-12-31",
        role_title="…",
        office_name="…",
        sla_version=1,
        calendar="hanh-chinh",
        calendar_name="…",
        until=date(2019, 12, 31),
        days_left=60,
        next_year=2020,
        provisional=0,
    )
    yield known
    yield replace(known, days_left=0, provisional=3)
    one = DeadNoticesView(
        topic="thong-bao-hong/2019-05-31",
        role_title="…",
        office_name="…",
        sla_version=1,
        count=1,
        first_at=datetime(2019, 5, 31, 10, 0, tzinfo=UTC),
        lines=("000.00.19.H51-190531-0001 – …",),
    )
    yield one
    yield replace(one, count=40, lines=("…", "…: …"), more=20)
    yield from _proofs()
    yield from _verifications()
    yield from _comings_back()
    yield from _moves()
    yield from _reform_tasks()
    yield from _packs()


def _proofs() -> Iterator[ProofView]:
    one = ProofView(
        topic="doi-chieu/2019-06-01",
        role_title="…",
        office_name="…",
        sla_version=1,
        first_day=date(2019, 5, 31),
        last_day=date(2019, 5, 31),
        count=1,
        due=40,
        sums=("…: 1",),
        lines=("000.00.19.H51-190531-0001 – …, t-1",),
    )
    yield one
    yield replace(one, first_day=date(2019, 5, 25), count=40, sums=("…: 39", "…: 1"), more=39)


def _verifications() -> Iterator[AlteredView]:
    one = AlteredView(
        topic="kiem-tra/2019-06-01",
        role_title="…",
        office_name="…",
        sla_version=1,
        day=date(2019, 6, 1),
        count=1,
        dossiers=40,
        events=200,
        lines=("…: … 000.00.19.H51-190531-0001, … 3, … actor",),
    )
    yield one
    yield replace(one, count=40, more=39)


def _comings_back() -> Iterator[ComingBackView]:
    back = ComingBackView(
        topic="tro-lai/2019-05-31",
        role_title="…",
        office_name="…",
        sla_version=1,
        count=1,
        told=(PassedOn("000.00.19.H51-190531-0001", "t-1", date(2019, 5, 31), "…"),),
    )
    yield back
    yield replace(back, count=60, told=back.told * 50, more=10, moved=back.told)


def _moves() -> Iterator[MovedDatesView]:
    moved = MovedDatesView(
        topic="doi-hen/2",
        role_title="…",
        office_name="…",
        sla_version=2,
        version=2,
        count=1,
        reason="…",
        document="",
        lines=("000.00.19.H51-190531-0001: 17/06/2019 → 18/06/2019",),
    )
    yield moved
    yield replace(moved, count=40, document="…", more=20)


def _reform_tasks() -> Iterator[ReformTasksView]:
    line = TaskLine(
        code="CCHC-2019-07",
        title="…",
        product="",
        unit_name="…",
        cooperating="",
        deadline="…",
        due_on=date(2019, 7, 1),
        words="…",
        overdue=False,
        state="…",
    )
    one = ReformTasksView(topic="CCHC-2019-07", role_title="…", office_name="…", sla_version=1, tasks=(line,))
    yield one
    asked = replace(line, product="…", cooperating="…", overdue=True, asks=True)
    moment = datetime(2019, 7, 3, 10, 0, tzinfo=UTC)
    full = replace(
        asked,
        went_up=True,
        asked_until=moment,
        token="1-abcdefghijklmnopqrstuvwxyz",  # noqa: S106 - signs nothing
        acknowledge_url="https://example.invalid/?ma=1-abcdefghijklmnopqrstuvwxyz",
    )
    yield replace(one, tasks=(asked,))
    yield replace(one, tasks=(full, line, asked), more=3)


def _packs() -> Iterator[PackView]:
    made = PackView(
        topic="bo-ho-so/2019-Q2",
        role_title="…",
        office_name="…",
        sla_version=1,
        period="2019-Q2",
        folder="/srv/huyen/var/reports/…",
    )
    yield made
    yield replace(made, folder="", why="…")


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

"""Samples of everything a mail about the office itself can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from workers.notify.office_views import (
    ActionLine,
    ActionsView,
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers.notify.view import OfficeView


def of_office() -> Iterator[OfficeView]:
    """Yield every letter about the office itself, with the least it is given and with the most."""
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
    yield from _actions()
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


def _actions() -> Iterator[ActionsView]:
    line = ActionLine(
        dossier="000.00.19.H51-190531-0001",
        action="",
        unit_name="…",
        answers="…",
        due_on=date(2019, 7, 1),
        words="…",
        overdue=False,
    )
    late = replace(line, action="…", overdue=True)
    one = ActionsView(
        topic="kp/000.00.19.H51-190531-0001",
        role_title="…",
        office_name="…",
        sla_version=1,
        actions=(line,),
    )
    yield one
    yield replace(one, actions=(late,))
    yield replace(one, actions=(late, line), more=3)


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
    yield replace(made, attached=("bo-ho-so-iso.pdf", "bo-ho-so-iso.xlsx"))
    yield replace(made, folder="", why="…")

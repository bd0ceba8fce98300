"""Calendars that run out: the marks that have passed, and what is so of one when the letter is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.sla import endings
from workers.notify.office_views import CalendarView
from workers.use_cases.office_matter import Matter, Passed, addressed

if TYPE_CHECKING:
    from datetime import datetime

    from domain.expiry import Ending
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

_ENOUGH: Final = 48
"""Letters of a calendar's code that tell it from the others; with the day they fit the column of codes."""


def calendar_matters(office: Office, *, now: datetime) -> list[Matter]:
    """Return a matter for every calendar of the office that has passed a mark before its end."""
    return [_matter(ending, office) for ending in _endings(office, now) if ending.is_near]


def _matter(ending: Ending, office: Office) -> Matter:
    passed = (Passed(mark.code, mark.level, mark.begins(office.sla.zone)) for mark in ending.passed())
    return Matter(topic=topic_of(ending), kind=CalendarView.kind, marks=tuple(passed))


def topic_of(ending: Ending) -> str:
    """Return what the notices about this end of a calendar are kept under; a later end is another topic."""
    return f"lich/{ending.calendar[:_ENOUGH]}/{ending.until.isoformat()}"


def calendar_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> CalendarView | None:
    """Return what the letter says; None when the calendar ends there no more: its days were recorded."""
    ending = next((entry for entry in _endings(office, now) if topic_of(entry) == notice.code), None)
    if ending is None:
        return None
    return CalendarView(
        **addressed(notice, office),
        calendar=ending.calendar,
        calendar_name=office.sla.day_lists[ending.calendar],
        until=ending.until,
        days_left=ending.days_left,
        next_year=ending.next_year,
        provisional=work.clocks.count_provisional(),
    )


def _endings(office: Office, now: datetime) -> tuple[Ending, ...]:
    return endings(office.sla, today=office.calendar.local(now).date())

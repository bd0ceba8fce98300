"""The report on the reform plan of a period, as of any past moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reform_figures import stood
from workers.reports.reform import ReformReport
from workers.use_cases.office import active_office
from workers.use_cases.reform_plan import office_of, tasks_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.period import Period
    from domain.reform_figures import StoodTask
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office


def reform_report(
    store: Store,
    office_code: str,
    period: Period,
    *,
    year: int,
    as_of: datetime,
    known: datetime | None = None,
) -> ReformReport:
    """Return how the tasks of a plan stood at the end of a period, or at `as_of` if that comes first.

    Counted is what had happened by then and was recorded by `known` (inclusive; None: everything that is
    recorded now). Due days are those of the calendar in force at `known`: what is announced later moves
    nothing.
    """
    with store.read(office_code) as work:
        office = office_of(work, active_office(work), known=known)
        zone = office.sla.zone
        end = period.end(zone)
        at = as_of if end is None else min(end, as_of)
        tasks = stood_tasks(work, office, year, at=at, known=known, period=period)
    return ReformReport(
        office_name=office.sla.name,
        place=office.sla.place,
        year=year,
        period=period,
        at=at.astimezone(zone),
        as_of=as_of.astimezone(zone),
        tasks=tuple(tasks),
        areas=dict(office.sla.areas),
        units={code: unit.name for code, unit in office.sla.lines.units.items()},
    )


def stood_tasks(
    work: UnitOfWork,
    office: Office,
    year: int,
    *,
    at: datetime,
    known: datetime | None = None,
    period: Period | None = None,
) -> list[StoodTask]:
    """Return how each task of a plan stood at a moment, in the order of the plan."""
    day = office.calendar.day_before(at)
    tasks = tasks_of(work, year, day=day, known=known)
    return [stood(task, office.calendar, at=at, period=period) for task in tasks]

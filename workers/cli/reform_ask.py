"""What a command about the reform plan is asked for: a state, a period, a moment, which tasks."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, cast, get_args

from domain.errors import LimitError
from domain.period import Period, period_of
from domain.reform_figures import Cell
from domain.reform_plan import STATES
from workers.cli.exits import CommandError
from workers.cli.screen import last_moment, read_moment
from workers.use_cases.reform_report import reform_report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from config.sla import Sla
    from domain.reform_figures import StoodTask
    from domain.reform_plan import TaskState
    from workers.cli.here import Desk
    from workers.reports.reform import ReformReport


def read_state(text: str) -> TaskState:
    """Read --state of a task; raises CommandError."""
    return cast("TaskState", _one_of(text, STATES, "--state"))


def _one_of(text: str, known: Sequence[str], option: str) -> str:
    if text in known:
        return text
    near = get_close_matches(text, known, n=1)
    advice = f" Có phải là {near[0]}?" if near else ""
    raise CommandError(f"{option}: có “{text[:40]}”, cần {', '.join(known)}.{advice}")


def report_of_period(desk: Desk, text: str, as_of: str | None) -> ReformReport:
    """Return the report of the period a text names, on the plan of its year; raises CommandError."""
    zone = desk.office().sla.zone
    try:
        period = period_of(text.strip())
    except LimitError as error:
        raise CommandError(f"KỲ: {error.said(zone)}.") from error
    year = period.last.year if period.last else 0
    return _report(desk, period, year, as_of)


def report_of_year(desk: Desk, year: int, as_of: str | None) -> ReformReport:
    """Return how the plan of a year stands, or stood at a moment; raises CommandError."""
    return _report(desk, Period(name=f"năm {year}"), year, as_of)


def _report(desk: Desk, period: Period, year: int, as_of: str | None) -> ReformReport:
    cut_off = _moment(desk, as_of)
    begin = period.begin(desk.office().sla.zone)
    if begin is not None and begin > cut_off:
        raise CommandError(f"{period.name} chưa bắt đầu vào lúc tính.")
    known = None if as_of is None else cut_off
    made = reform_report(desk.store, desk.office_code, period, year=year, as_of=cut_off, known=known)
    if not made.tasks:
        with desk.store.read(desk.office_code) as work:
            years = ", ".join(map(str, work.reform.years())) or "chưa có năm nào"
        raise CommandError(
            f"Chưa có kế hoạch cải cách hành chính năm {year} vào lúc tính (đã nhập: {years}); "
            f"nhập bằng dunghan reform import TỆP --year {year}."
        )
    return made


def _moment(desk: Desk, as_of: str | None) -> datetime:
    if as_of is None:
        return desk.now
    office = desk.office()
    cut_off = last_moment(read_moment(as_of, office.sla.zone, "--as-of"), office.calendar)
    if cut_off > desk.now:
        raise CommandError(f"--as-of: {as_of.strip()} chưa đến.")
    return cut_off


def chosen(report: ReformReport, sla: Sla, *, unit: str | None, cell: str | None) -> list[StoodTask]:
    """Return the tasks of a lead unit, or of a cell of the table; raises CommandError for unknown ones."""
    if cell is not None:
        _one_of(cell, get_args(Cell), "--state")
    code = None
    if unit is not None:
        code = sla.unit_code(unit)
        if code is None:
            near = get_close_matches(unit, sla.lines.units, n=1)
            advice = f" Có phải là {near[0]}?" if near else ""
            raise CommandError(f"--unit: không có đơn vị “{unit}” trong office.toml.{advice}")
    return [
        one
        for one in report.tasks
        if (code is None or one.task.plan.lead == code) and (cell is None or one.cell == cell)
    ]

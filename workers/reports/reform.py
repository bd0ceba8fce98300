"""The report on the reform plan: how its tasks stood, by area, by lead unit, with the list behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.catalogue import say
from domain.reform_figures import PlanCounts, count_tasks, plan_rates

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.on_time_rate import Rate
    from domain.period import Period
    from domain.reform_figures import StoodTask

STANDS: Final = (
    "Tổng số gồm mọi nhiệm vụ của kế hoạch, cả nhiệm vụ thường xuyên và nhiệm vụ không thực hiện.",
    "Nhiệm vụ thường xuyên không có ngày đến hạn: ghi là đang thực hiện, không nằm trong số đến hạn.",
    "Đến hạn: ngày cuối của thời gian ghi trong kế hoạch không sau ngày tính.",
    "Quá hạn, trễ: sau ngày cuối đó; là ngày nghỉ thì sau ngày làm việc tiếp theo (BLDS 2015 Điều 148.5).",
    "Nhiệm vụ xong trước khi đến hạn tính vào tỷ lệ trên tổng số, chưa tính vào tỷ lệ trên số đến hạn.",
)


class Part(NamedTuple):
    """Hold one row of a breakdown: its code, its label and its counts."""

    code: str
    label: str
    counts: PlanCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class ReformReport:
    """Hold the report on the plan of a year for a period.

    `at` and `as_of` are aware and in the office's zone: the moment at which the tasks are looked at, and the
    one until which what was recorded counts. `tasks` come in the order of the plan; `areas` and `units` are
    labels.
    """

    office_name: str
    place: str
    year: int
    period: Period
    at: datetime
    as_of: datetime
    tasks: tuple[StoodTask, ...]
    areas: dict[str, str]
    units: dict[str, str]

    @property
    def total(self) -> PlanCounts:
        """Return the counts of the plan."""
        return count_tasks(self.tasks)

    @property
    def rates(self) -> tuple[Rate, Rate]:
        """Return the rate over all tasks, and the one over those due."""
        return plan_rates(self.total)

    @property
    def by_area(self) -> tuple[Part, ...]:
        """Return a row an area, in the order of the office's configuration."""
        return self._by({task: task.task.plan.area for task in self.tasks}, self.areas)

    @property
    def by_unit(self) -> tuple[Part, ...]:
        """Return a row a lead unit, in the order of the office's configuration."""
        return self._by({task: task.task.plan.lead for task in self.tasks}, self.units)

    def _by(self, keys: dict[StoodTask, str], labels: dict[str, str]) -> tuple[Part, ...]:
        unknown = dict.fromkeys(key for key in keys.values() if key not in labels)
        found = [
            Part(key, labels.get(key, key), count_tasks(task for task in self.tasks if keys[task] == key))
            for key in (*labels, *unknown)
        ]
        return tuple(part for part in found if part.counts != PlanCounts())

    @property
    def title(self) -> str:
        """Return what stands over the report."""
        return f"Báo cáo thực hiện kế hoạch cải cách hành chính năm {self.year}"

    @property
    def period_words(self) -> str:
        """Return the period and the cut-off in words."""
        first, last = self.period.first, self.period.last
        days = f" (từ {first:%d/%m/%Y} đến {last:%d/%m/%Y})" if first and last else ""
        return f"{self.period.name[:1].upper()}{self.period.name[1:]}{days}, tình trạng {self.at_words}"

    @property
    def at_words(self) -> str:
        """Return until when things had happened that count, and until when they were recorded."""
        until = f"đến hết {last:%d/%m/%Y}" if (last := self._last_day()) else f"đến {self.at:%H:%M %d/%m/%Y}"
        return f"{until}, theo những gì đã ghi đến {self.as_of:%H:%M %d/%m/%Y}"

    def _last_day(self) -> date | None:
        """Return the last day of the period where it is looked at from its end; None within it."""
        last = self.period.last
        return last if last is not None and self.at.date() > last else None

    @property
    def removed(self) -> tuple[str, ...]:
        """Return a line for every task that was taken out of the plan: it is in no count."""
        return tuple(
            f"{one.task.code}: {one.task.plan.title} (từ {one.task.since:%d/%m/%Y}, {one.task.document})"
            for one in self.tasks
            if one.cell == "removed"
        )

    @property
    def rate_lines(self) -> tuple[str, ...]:
        """Return each rate with its numerator, denominator and definition."""
        return tuple(f"{rate_words(rate)}: {rate.vi}" for rate in self.rates)

    @property
    def in_period(self) -> str:
        """Return what fell due and what was done within the period."""
        total = self.total
        return (
            f"Trong kỳ: {total.due_in_period} nhiệm vụ đến hạn, {total.done_in_period} nhiệm vụ hoàn thành."
        )

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs; rates as counts, and their value as text of two places."""
        period = self.period
        return {
            "year": self.year,
            "period": {"first": _iso(period.first), "last": _iso(period.last), "name": period.name},
            "at": self.at.isoformat(),
            "as_of": self.as_of.isoformat(),
            "total": counts_json(self.total),
            "by_area": [
                {"area": part.code, "name": part.label} | counts_json(part.counts) for part in self.by_area
            ],
            "by_unit": [
                {"unit": part.code, "name": part.label} | counts_json(part.counts) for part in self.by_unit
            ],
            "tasks": [task_json(task) for task in self.tasks],
            "definitions": {rate.name: rate.vi for rate in self.rates},
        }


def rate_words(rate: Rate) -> str:
    """Show a rate the only way it is shown: 9/26 = 34,62 %; without a denominator there is none."""
    return f"{rate.numerator}/{rate.denominator} = {rate.percent()}" if rate.denominator else "—"


def state_words(one: StoodTask) -> str:
    """Say how a task stood: its state, and whether it is late or overdue."""
    state = say(one.task.shown_state)
    if one.cell == "done_late":
        return f"{state} trễ"
    return f"{state}, quá hạn" if one.cell == "overdue" else state


def counts_json(counts: PlanCounts) -> dict[str, Any]:
    """Return counts and rates for programs."""
    names = counts.__dataclass_fields__
    rates = {
        rate.name: {
            "numerator": rate.numerator,
            "denominator": rate.denominator,
            "percent": rate.percent() if rate.denominator else None,
        }
        for rate in plan_rates(counts)
    }
    sums = {"total": counts.total, "done": counts.done}
    return sums | {name: getattr(counts, name) for name in names} | rates


def task_json(one: StoodTask) -> dict[str, Any]:
    """Return one task for programs."""
    task = one.task
    plan = task.plan
    return {
        "code": task.code,
        "number": plan.number,
        "title": plan.title,
        "area": plan.area,
        "product": plan.product or None,
        "lead": plan.lead,
        "cooperating": plan.cooperating or None,
        "deadline": plan.deadline.text,
        "deadline_kind": plan.deadline.kind,
        "planned_until": _iso(plan.deadline.last),
        "due_on": _iso(one.due_on),
        "state": task.shown_state,
        "since": _iso(task.since),
        "done_on": _iso(task.done_on),
        "late_by_days": one.late_by,
        "cell": one.cell,
        "reason": task.reason or None,
        "document": task.document or None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()

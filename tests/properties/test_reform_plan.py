"""Any plan with any history: counts add up, rates stay between 0 and 1, a past day never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.period import Period, period_of
from domain.reform_deadline import read_deadline
from domain.reform_figures import PlanCounts, StoodTask, count_tasks, plan_rates, stood
from domain.reform_plan import STATES, PlanTask, ReformTask, TaskEvent, task_as_of
from tests.shared_data import OFFICE_HOURS, weekdays
from workers.reports.reform import ReformReport

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
NEW_YEAR = date(2019, 1, 1)
TIMES = ("Quý I", "Quý II", "Tháng 6", "30/6/2019", "Trước ngày 7/7", "Thường xuyên", "6 tháng cuối năm")
AREAS = {"one": "Một", "two": "Hai"}
UNITS = {"land": "Đất đai", "civil": "Tư pháp", "top": "Lãnh đạo"}
days = st.integers(0, 400).map(lambda n: NEW_YEAR + timedelta(days=n))
# Often the very midnights at which days and quarters end.
moments = st.one_of(
    days.map(lambda day: datetime.combine(day, time(), tzinfo=ZONE).astimezone(UTC)),
    st.integers(0, 400 * 24).map(lambda n: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(hours=n)),
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[TaskEvent]]:
    """A task put into the plan, changed and set to states, in the order of recording."""
    number = draw(st.integers(1, 99))
    times = st.sampled_from(TIMES).map(lambda words: read_deadline(words, 2019))
    plan = PlanTask(
        code=f"CCHC-2019-{number:02d}", year=2019, number=str(number), title="x",
        area=draw(st.sampled_from(sorted(AREAS))), product="", lead=draw(st.sampled_from(sorted(UNITS))),
        cooperating="", deadline=draw(times),
    )  # fmt: skip
    recorded = sorted(draw(st.lists(moments, min_size=1, max_size=6)))
    events = [TaskEvent("planned", draw(days), recorded[0], "x", plan.as_data())]
    for moment in recorded[1:]:
        if draw(st.booleans()):
            said = {"state": draw(st.sampled_from(STATES)), "reason": "x"}
            events.append(TaskEvent("state", draw(days), moment, "x", said))
        else:
            after = replace(plan, deadline=draw(times))
            said = {name: pair[1] for name, pair in plan.changes_to(after).items()}
            events.append(TaskEvent("changed", draw(days), moment, "x", said))
    return plan.code, events


def as_of(code: str, events: Sequence[TaskEvent], at: datetime, known: datetime) -> ReformTask | None:
    return task_as_of(code, events, day=CALENDAR.day_before(at), known=known)


plans = st.lists(histories(), max_size=12, unique_by=lambda made: made[0])


def _stood(plan: Sequence[tuple[str, list[TaskEvent]]], at: datetime, period: Period) -> list[StoodTask]:
    found = [as_of(code, events, at, at) for code, events in plan]
    return [stood(task, CALENDAR, at=at, period=period) for task in found if task is not None]


def _report(tasks: Sequence[StoodTask], at: datetime, period: Period) -> ReformReport:
    local = at.astimezone(ZONE)
    return ReformReport(
        office_name="x", place="", year=2019, period=period, at=local, as_of=local, tasks=tuple(tasks),
        areas=AREAS, units=UNITS,
    )  # fmt: skip


@given(plans, moments, st.sampled_from(("2019-Q1", "2019-Q2", "2019-H1", "2019", "admin:2019-Q2")))
def test_counts_add_up_to_the_tasks_of_the_plan_for_every_breakdown(
    plan: list[tuple[str, list[TaskEvent]]], at: datetime, name: str
) -> None:
    period = period_of(name)
    tasks = _stood(plan, at, period)
    report = _report(tasks, at, period)
    total = report.total
    assert total.total + total.removed == len(tasks)
    for parts in (report.by_area, report.by_unit):
        assert sum((part.counts for part in parts), PlanCounts()) == total
    assert sum((count_tasks([one]) for one in tasks), PlanCounts()) == total
    assert total.due_done <= total.due <= total.total
    assert total.due_in_period <= total.due
    assert total.overdue + total.done_late <= total.due
    assert total.done_in_period <= total.done


@given(plans, moments)
def test_a_rate_lies_between_0_and_1_and_is_none_of_nothing(
    plan: list[tuple[str, list[TaskEvent]]], at: datetime
) -> None:
    counts = count_tasks(_stood(plan, at, Period()))
    for rate in plan_rates(counts):
        assert rate.value is None if not rate.denominator else 0 <= (rate.value or Fraction(0)) <= 1


@given(histories(), moments, st.data())
def test_what_is_recorded_later_changes_no_past_day(
    made: tuple[str, list[TaskEvent]], known: datetime, data: st.DataObject
) -> None:
    code, events = made
    day = data.draw(days)
    before = [event for event in events if event.recorded_at <= known]
    assert task_as_of(code, events, day=day, known=known) == task_as_of(code, before, day=day)


@given(histories(), days)
def test_what_happens_later_changes_no_past_day(made: tuple[str, list[TaskEvent]], day: date) -> None:
    code, events = made
    happened = [event for event in events if event.on <= day]
    assert task_as_of(code, events, day=day) == task_as_of(code, happened)


@given(histories(), moments)
def test_a_task_is_late_only_after_its_due_day(made: tuple[str, list[TaskEvent]], at: datetime) -> None:
    code, events = made
    task = as_of(code, events, at, at)
    if task is None:
        return
    found = stood(task, CALENDAR, at=at)
    late = found.cell in ("overdue", "done_late")
    assert late == (found.late_by is not None)
    if late:
        assert found.due_on is not None
        judged = task.done_on or at.astimezone(ZONE).date()
        assert judged > found.due_on

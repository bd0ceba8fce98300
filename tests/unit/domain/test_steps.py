"""Steps of the internal process: which one a hand-over opens, and the time a closed one took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from domain.procedure import Step
from domain.steps import step_after
from domain.time_limit import TimeLimit, Unit
from tests.cases import Case, at, limit, terms, told
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.steps import StepRun

HOUR = 3600
NAMES = [("receive", "counter"), ("check", "land"), ("ask", "field"), ("write", "land"), ("sign", "chair")]


def process(lasts: str = "3 working_days") -> tuple[Step, ...]:
    return tuple(
        Step(code=code, name=code, unit=unit, role="officer", limit=limit(lasts)) for code, unit in NAMES
    )


@pytest.mark.parametrize(
    ("current", "unit", "opened"),
    [
        (None, "land", "check"),
        (None, "chair", "sign"),
        (None, "elsewhere", "receive"),
        ("receive", "land", "check"),
        ("check", "field", "ask"),
        ("ask", "land", "write"),
        ("check", "land", "write"),  # within a unit: its next step
        ("write", "land", "check"),  # sent back
        ("sign", "counter", "receive"),
        ("sign", "chair", None),  # the only step of its unit
        ("check", "elsewhere", None),
        ("gone", "land", "check"),  # a step that the process no longer has
        ("gone", "elsewhere", None),
    ],
)
def test_a_hand_over_opens_the_next_step_of_the_unit(
    current: str | None, unit: str, opened: str | None
) -> None:
    assert step_after(process(), current, unit) == opened


def test_without_a_process_no_step_is_opened() -> None:
    assert step_after((), None, "land") is None
    assert step_after((), "check", "land") is None


def left(case: Case, moment: str) -> StepRun:
    case.take("handed_over", moment, unit="chair")
    return case.runs[-1]


def test_a_closed_stay_holds_what_was_planned_and_what_it_took() -> None:
    case = Case(terms(steps=process()), officer="land.1")
    run = left(case, "5 10:00")
    assert (run.number, run.step, run.unit, run.officer) == (1, "check", "land", "land.1")
    assert (run.entered_at, run.left_at) == (at("3 8:00"), at("5 10:00"))
    assert (run.planned, run.used) == (limit("3 working_days"), limit("2 working_days"))
    assert run.worked == (7 + 8 + 3) * HOUR
    assert (told(run.due_at), run.timing) == ("7 0:00", "early")
    closing = Case(terms(steps=process()))
    closing.take("finished", "5 10:00")
    assert closing.runs[-1].worked == (7 + 8 + 3) * HOUR


@pytest.mark.parametrize(
    ("moment", "timing"),
    [("5 23:59", "early"), ("6 0:00", "on_time"), ("6 23:59", "on_time"), ("7 0:00", "late")],
)
def test_a_stay_is_early_on_time_or_late_by_the_due_date_of_its_step(moment: str, timing: str) -> None:
    assert left(Case(terms(steps=process())), moment).timing == timing


def test_a_step_may_be_late_while_the_dossier_is_not_and_the_reverse() -> None:
    case = Case(terms(steps=process("1 working_days")))
    run = left(case, "6 10:00")
    assert run.timing == "late"
    assert case.reckoning.due_at == at("18 0:00") > run.left_at
    case = Case(terms("1 working_days", steps=process("3 working_days")))
    run = left(case, "6 10:00")
    assert run.timing == "on_time"
    assert case.reckoning.due_at == at("5 0:00") < run.left_at


def test_pauses_of_the_dossier_are_no_time_of_the_step() -> None:
    case = Case(terms(steps=process()))
    case.take("suspended", "4 9:00")
    case.take("resumed", "6 9:00")
    run = left(case, "7 9:00")
    assert run.used == limit("2 working_days")  # 4/6 and 7/6
    assert run.worked == (7 + 2 + 6 + 2) * HOUR
    assert (told(run.due_at), run.timing) == ("11 0:00", "early")


def test_a_pause_that_ended_before_the_step_began_is_not_taken_off_it() -> None:
    case = Case(terms(steps=process()))
    case.take("suspended", "4 9:00")
    case.take("resumed", "5 9:00")
    case.take("handed_over", "6 9:00", unit="field")
    run = left(case, "7 9:00")
    assert (run.number, run.step) == (2, "ask")
    assert (run.used, run.worked) == (limit("1 working_days"), 8 * HOUR)


def test_a_stay_that_ends_while_the_clock_stands_still_is_judged_by_when_it_stopped() -> None:
    case = Case(terms(steps=process()))
    case.take("suspended", "6 9:00")
    run = left(case, "20 9:00")
    assert (run.left_at, run.timing) == (at("20 9:00"), "on_time")
    assert (run.used, run.worked) == (limit("3 working_days"), (7 + 8 + 8 + 2) * HOUR)


def test_a_stop_before_the_step_began_leaves_nothing_of_it() -> None:
    case = Case(terms(steps=process()))
    case.take("suspended", "4 9:00")
    case.take("handed_over", "5 9:00", unit="field")
    run = left(case, "7 9:00")
    assert (run.used, run.worked, run.timing) == (limit("0 working_days"), 0, "early")


def test_a_limit_counted_anew_counts_the_step_anew() -> None:
    case = Case(terms(steps=process()))
    case.take("supplement_requested", "4 9:00")
    case.take("supplemented", "12 9:00")
    run = left(case, "13 9:00")
    assert run.entered_at == at("3 8:00")
    assert (run.used, run.worked) == (limit("1 working_days"), 8 * HOUR)
    assert (told(run.due_at), run.timing) == ("18 0:00", "early")


def test_a_result_dated_before_the_last_hand_over_ends_the_stay_where_it_began() -> None:
    case = Case(terms(steps=process()))
    case.take("handed_over", "6 9:00", unit="chair")
    case.take("finished", "5 9:00", now="6 10:00")
    run = case.runs[-1]
    assert (run.entered_at, run.left_at, run.worked) == (at("6 9:00"), at("6 9:00"), 0)
    assert (run.used, run.timing) == (limit("0 working_days"), "early")


@pytest.mark.parametrize(
    ("lasts", "used"),
    [
        ("3 working_days", "4 working_days"),
        ("3 calendar_days", "6 calendar_days"),
        ("1 months", "4 working_days"),
        ("same_day", "4 working_days"),
        ("8 hours", f"{(7 + 8 * 3 + 2) * HOUR} seconds"),
        ("30 minutes", f"{(7 + 8 * 3 + 2) * HOUR} seconds"),
    ],
)
def test_what_a_step_took_is_told_in_days_of_its_kind_or_in_working_time(lasts: str, used: str) -> None:
    # From Tuesday 4/6 at 8:00 to Monday 10/6 at 9:00.
    case = Case(terms("30 working_days", steps=process(lasts)), "4 8:00")
    assert left(case, "10 9:00").used == limit(used)


def test_calendar_days_of_a_pause_are_taken_off_calendar_days() -> None:
    case = Case(terms("30 working_days", steps=process("9 calendar_days")))
    case.take("suspended", "6 9:00")
    case.take("resumed", "10 9:00")
    assert left(case, "11 9:00").used == limit("4 calendar_days")


def test_a_step_in_hours_that_ends_in_its_due_minute_is_late() -> None:
    for moment, timing in ((at("3 16:00") - timedelta(seconds=1), "early"), (at("3 16:00"), "late")):
        case = Case(terms(steps=process("6 hours")))
        case.take("handed_over", moment, unit="chair")
        assert (told(case.runs[-1].due_at), case.runs[-1].timing) == ("3 16:00", timing)


def test_outside_the_process_only_the_working_time_is_known() -> None:
    case = Case(terms())
    run = left(case, "5 10:00")
    assert (run.step, run.planned, run.used, run.due_at, run.timing) == ("", None, None, None, "no_limit")
    assert run.worked == (7 + 8 + 3) * HOUR


def test_a_step_is_measured_on_the_calendar_of_its_unit() -> None:
    saturdays = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", work=("2019-06-08",))
    case = Case(terms(steps=process("5 working_days"), unit_calendars={"land": saturdays}), "6 8:00")
    run = left(case, "10 9:00")
    assert (run.used, run.worked) == (TimeLimit(3, Unit.WORKING_DAYS), (7 + 8 + 8 + 2) * HOUR)

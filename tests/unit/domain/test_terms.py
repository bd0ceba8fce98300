"""The terms of a dossier: its limit, the steps of its process, the date people work towards."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import LimitError
from domain.procedure import Step
from domain.terms import step_begins
from tests.cases import CALENDAR, Case, at, limit, terms, told
from tests.shared_data import OFFICE_HOURS, weekdays


def step(code: str, unit: str = "land", *, share: int | None = None, lasts: str = "") -> Step:
    return Step(
        code=code,
        name=code,
        unit=unit,
        role="officer",
        share=share,
        limit=limit(lasts) if lasts else None,
    )


def shared(*shares: int) -> tuple[Step, ...]:
    return tuple(step(str(number), share=share) for number, share in enumerate(shares))


@pytest.mark.parametrize(
    ("text", "shares", "steps"),
    [
        ("10 working_days", (20, 50, 30), ["2 working_days", "5 working_days", "3 working_days"]),
        # 1.65, 3.3, 5 days are the ends: 2, 3, 5, so that no day is lost or made.
        ("5 working_days", (33, 33, 34), ["2 working_days", "1 working_days", "2 working_days"]),
        # A half is rounded up, at the end of a step.
        ("5 calendar_days", (50, 50), ["3 calendar_days", "2 calendar_days"]),
        ("2 working_days", (10, 80, 10), ["same_day", "2 working_days", "same_day"]),
        ("1 working_days", (49, 51), ["same_day", "1 working_days"]),
        ("3 months", (50, 50), ["2 months", "1 months"]),
        ("1 hours", (30, 70), ["1080 seconds", "2520 seconds"]),
        ("8 hours", (33, 33, 34), ["9504 seconds", "9504 seconds", "9792 seconds"]),
        ("90 minutes", (50, 50), ["2700 seconds", "2700 seconds"]),
        ("same_day", (50, 50), ["same_day", "same_day"]),
    ],
)
def test_shares_are_rounded_so_that_together_they_are_the_limit(
    text: str, shares: tuple[int, ...], steps: list[str]
) -> None:
    found = terms(text, steps=shared(*shares))
    assert [found.step_limit(each) for each in found.procedure.steps] == [limit(each) for each in steps]


def test_of_no_limit_there_is_no_share() -> None:
    found = terms("none", steps=shared(50, 50))
    assert [found.step_limit(each) for each in found.procedure.steps] == [None, None]


def test_a_step_with_a_limit_of_its_own_takes_no_share() -> None:
    steps = (step("receive", lasts="same_day"), step("check", share=50), step("sign"))
    found = terms(steps=steps)
    assert [found.step_limit(each) for each in steps] == [limit("same_day"), limit("5 working_days"), None]


def test_a_step_is_due_from_the_day_on_which_it_was_handed_over() -> None:
    found = terms(
        steps=(step("check", lasts="3 working_days"), step("sign", "chair", lasts="2 working_days"))
    )
    case = Case(found, step="check")
    assert told(case.reckoning.step_due_at) == "7 0:00"
    case.take("handed_over", "12 9:00", unit="chair")
    assert case.dossier.step == "sign"
    assert told(case.reckoning.step_due_at) == "15 0:00"
    assert found.planned_of(case.dossier) == limit("2 working_days")


def test_a_step_is_counted_on_the_calendar_of_its_unit() -> None:
    saturdays = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", work=("2019-06-08",))
    steps = (step("check", "land", lasts="5 working_days"), step("ask", "field", lasts="4 hours"))
    found = terms(steps=steps, unit_calendars={"land": saturdays})
    case = Case(found, "3 8:00")
    assert (found.calendar_of("land"), found.calendar_of("field")) == (saturdays, CALENDAR)
    assert told(case.reckoning.step_due_at) == "9 0:00"  # Saturday counts for the unit alone
    assert case.due == "18 0:00"
    case.take("handed_over", "7 16:00", unit="field")
    assert told(case.reckoning.step_due_at) == "10 10:00"


def test_outside_the_process_there_is_no_due_date_of_a_step() -> None:
    found = terms(steps=(step("check", lasts="3 working_days"), step("sign", "chair")))
    case = Case(found)
    case.take("handed_over", "4 9:00", unit="chair")  # a step without a limit
    assert (case.dossier.step, case.reckoning.step_due_at) == ("sign", None)
    case.take("handed_over", "5 9:00", unit="elsewhere")
    assert (case.dossier.step, case.reckoning.step_due_at) == (None, None)
    assert found.step_of(case.dossier) is None
    assert found.planned_of(case.dossier) is None
    assert found.restored_step(at("7 0:00"), case.dossier) is None


def test_a_paused_step_is_due_later_and_a_limit_counted_anew_begins_the_step_anew() -> None:
    case = Case(terms(steps=(step("check", lasts="3 working_days"),)))
    case.take("suspended", "4 9:00")
    case.take("resumed", "6 9:00")
    assert told(case.reckoning.step_due_at) == "11 0:00"
    case.take("supplement_requested", "10 9:00")
    case.take("supplemented", "12 9:00")
    assert step_begins(case.dossier) == at("12 9:00")
    assert told(case.reckoning.step_due_at) == "18 0:00"


def test_a_due_date_of_a_step_is_restored_as_it_was() -> None:
    found = terms(steps=(step("check", lasts="3 working_days"),))
    case = Case(found)
    assert case.reckoning.step_due_at is not None
    assert found.restored_step(case.reckoning.step_due_at, case.dossier) == found.step_due(case.dossier)


def test_the_date_people_work_towards_is_the_later_of_both() -> None:
    found = terms()
    dossier = Case(found).dossier
    lawful = found.due(dossier)
    assert lawful is not None
    assert found.current(lawful, dossier) is lawful
    assert found.current(None, dossier) is None
    for day, expected in (("2019-06-14", None), ("2019-06-17", None), ("2019-06-18", "2019-06-18")):
        appointed = dossier._replace(appointed_on=date.fromisoformat(day))
        current = found.current(lawful, appointed)
        assert current is not None
        assert (current is lawful) is (expected is None)
        assert current.due_on == (date.fromisoformat(expected) if expected else date(2019, 6, 17))
        assert found.due(appointed) == lawful  # the law's date does not move


def test_a_re_appointed_date_ends_at_midnight_also_where_the_limit_is_in_hours() -> None:
    found = terms("8 hours")
    dossier = Case(found).dossier._replace(appointed_on=date(2019, 6, 6))
    current = found.current(found.due(dossier), dossier)
    assert current is not None
    assert (told(current.due_at), told(current.appointment_at)) == ("7 0:00", "6 17:00")
    assert (current.in_days, current.provisional) == (True, False)


def test_a_re_appointed_date_beyond_the_published_days_off_is_provisional() -> None:
    known = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", known_until=date(2019, 6, 20))
    found = terms(calendar=known)
    for day, provisional in (("2019-06-20", False), ("2019-06-21", True)):
        dossier = Case(found).dossier._replace(appointed_on=date.fromisoformat(day))
        current = found.current(found.due(dossier), dossier)
        assert current is not None
        assert current.provisional is provisional


def test_the_walk_of_a_dossier_ends_on_its_due_day() -> None:
    found = terms("3 working_days")
    case = Case(found)
    case.take("suspended", "4 9:00")
    case.take("resumed", "6 9:00")
    deadline, steps = found.walk(case.dossier, "en")
    assert deadline == found.due(case.dossier)
    assert [(entry.day.day, entry.number) for entry in steps] == [
        *((3, None), (4, 1), (5, None), (6, None), (7, 2), (8, None), (9, None), (10, 3))
    ]
    with pytest.raises(LimitError, match="cannot be walked"):
        terms("none").walk(case.dossier, "vi")

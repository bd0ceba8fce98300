"""What is to be done about an overdue dossier follows from what was said of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.corrective_action import CorrectiveAction, action_to_do, code_of, dossier_of
from domain.nonconformity import Treatment
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
FIRST, LATER = (datetime(2019, 6, day, 2, tzinfo=UTC) for day in (20, 25))
PLAN = Treatment(cause="x", action="thêm người", role="head", due_on=date(2019, 7, 15))


def to_do(*said: tuple[datetime, Treatment]) -> CorrectiveAction | None:
    return action_to_do("HS-1", said)


def test_nothing_is_to_be_done_before_role_and_day_are_said() -> None:
    assert to_do() is None
    assert to_do((FIRST, Treatment(cause="x"))) is None
    assert to_do((FIRST, Treatment(role="head"))) is None
    assert to_do((FIRST, Treatment(due_on=date(2019, 7, 15)))) is None


def test_who_does_what_until_when_since_it_was_said() -> None:
    found = to_do((FIRST, Treatment(cause="x")), (LATER, PLAN))
    assert found == CorrectiveAction(
        dossier="HS-1", role="head", due_on=date(2019, 7, 15), action="thêm người", since=LATER, epoch=1
    )
    assert found.due(CALENDAR).due_on == date(2019, 7, 15)


def test_the_correction_stands_for_an_action_nobody_has_said() -> None:
    found = to_do((FIRST, Treatment(correction="trả ngay", role="head", due_on=date(2019, 7, 15))))
    assert found is not None
    assert found.action == "trả ngay"
    nothing = to_do((FIRST, Treatment(role="head", due_on=date(2019, 7, 15))))
    assert nothing is not None
    assert nothing.action == ""


def test_another_role_or_day_begins_anew_and_another_cause_does_not() -> None:
    def epoch(more: Treatment) -> int | None:
        found = to_do((FIRST, PLAN), (LATER, more))
        return found.epoch if found else None

    assert epoch(Treatment(cause="y")) == 1
    assert epoch(Treatment(role="vice_chair")) == 2
    assert epoch(Treatment(due_on=date(2019, 7, 16))) == 2


def test_what_was_checked_is_done_until_a_new_plan_opens_it_again() -> None:
    checked = Treatment(effective=False, checked_on=date(2019, 7, 20))
    assert to_do((FIRST, PLAN), (LATER, checked)) is None
    again = to_do((FIRST, PLAN), (LATER, checked), (LATER, Treatment(action="thêm máy")))
    assert again is not None
    assert (again.action, again.epoch, again.since) == ("thêm máy", 2, LATER)


def test_notices_are_kept_under_a_code_of_their_own() -> None:
    assert code_of("HS-1") != "HS-1"
    assert dossier_of(code_of("HS-1")) == "HS-1"

"""Nonconformities: what is said is added, and how far a matter is follows from it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest

from domain.nonconformity import (
    NAMES,
    NOTHING,
    STATES,
    NonconformityError,
    Treatment,
    as_texts,
    from_texts,
    treatment_of,
)

DUE = date(2019, 7, 15)
PLAN = Treatment(
    cause="chờ ý kiến quá lâu",
    correction="trả kết quả, xin lỗi",
    action="giao hạn trả lời",
    role="unit_head",
    due_on=DUE,
)
HELPED = Treatment(effective=True, checked_on=date(2019, 8, 1), evidence="tháng 7 không trễ")
FAILED = Treatment(effective=False, checked_on=date(2019, 8, 1))


def refused(*said: Treatment) -> str:
    with pytest.raises(NonconformityError) as caught:
        treatment_of(said)
    return caught.value.message


def test_nothing_said_is_untreated() -> None:
    assert NOTHING.state(today=DUE) == "untreated"
    assert NOTHING.missing == ("cause", "correction", "action", "role", "due_on")


def test_a_cause_alone_is_not_enough() -> None:
    found = treatment_of([Treatment(cause="thiếu người")])
    assert found.state(today=DUE) == "incomplete"
    assert found.missing == ("correction", "action", "role", "due_on")


def test_a_whole_plan_is_in_hand_until_the_end_of_its_day() -> None:
    assert PLAN.state(today=DUE) == "in_hand"
    assert PLAN.state(today=DUE + timedelta(days=1)) == "overdue"


def test_the_check_says_whether_the_action_helped() -> None:
    assert treatment_of([PLAN, HELPED]).state(today=DUE + timedelta(days=99)) == "effective"
    assert treatment_of([PLAN, FAILED]).state(today=DUE) == "not_effective"


def test_a_new_plan_after_a_check_without_effect_opens_the_matter_again() -> None:
    later = DUE + timedelta(days=30)
    found = treatment_of([PLAN, FAILED, Treatment(action="thêm người", due_on=later)])
    assert (found.effective, found.checked_on, found.evidence) == (None, None, None)
    assert found.state(today=later) == "in_hand"
    assert found.cause == PLAN.cause


def test_a_remark_on_a_check_does_not_open_it_again() -> None:
    assert treatment_of([PLAN, HELPED, Treatment(evidence="quý III cũng vậy")]).effective is True


def test_the_last_word_on_a_matter_counts() -> None:
    assert treatment_of([PLAN, Treatment(cause="thiếu người")]).cause == "thiếu người"


def test_no_effect_without_an_action() -> None:
    assert refused(HELPED) == "effect_without_action"
    assert refused(PLAN, Treatment()) == "nothing_said"


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, "hai\ndòng"])
def test_a_text_that_cannot_be_printed_is_refused(text: str) -> None:
    assert refused(Treatment(cause=text)) == "unfit_matter"


@pytest.mark.parametrize("said", [PLAN, HELPED, FAILED])
def test_what_is_kept_as_texts_comes_back(said: Treatment) -> None:
    assert from_texts(as_texts(said)) == said


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"couse": "x"}, "unknown_matter"),
        ({"effective": "maybe"}, "unknown_effect"),
        ({"due_on": "15/07/2019"}, "unfit_date"),
    ],
)
def test_texts_that_cannot_be_meant_are_refused(texts: dict[str, str], message: str) -> None:
    with pytest.raises(NonconformityError) as caught:
        from_texts(texts)
    assert caught.value.message == message


def test_only_what_is_said_otherwise_is_new() -> None:
    again = Treatment(cause=PLAN.cause, action="thêm người")
    assert again.beyond(PLAN) == Treatment(action="thêm người")
    assert PLAN.beyond(PLAN) == NOTHING


def test_every_state_has_words() -> None:
    assert list(NAMES) == [each.name for each in fields(Treatment)]
    assert set(STATES) == {"untreated", "incomplete", "in_hand", "overdue", "effective", "not_effective"}

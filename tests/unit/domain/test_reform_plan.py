"""A reform task: how it stands by its history, what that history refuses, in which cell it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.errors import HistoryError
from domain.period import period_of
from domain.reform_deadline import read_deadline
from domain.reform_figures import PlanCounts, StoodTask, count_tasks, stood
from domain.reform_history import check_state
from domain.reform_plan import PlanTask, ReformTask, TaskEvent, task_as_of, task_of
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CODE = "CCHC-2019-07"


def planned(deadline: str = "Quý II", **changes: Any) -> PlanTask:
    plain: dict[str, Any] = {
        "code": CODE, "year": 2019, "number": "7", "title": "Rà soát thủ tục", "area": "thu-tuc",
        "product": "Báo cáo", "lead": "land", "cooperating": "", "deadline": read_deadline(deadline, 2019),
    }  # fmt: skip
    return PlanTask(**plain | changes)


def event(kind: Any, on: str, recorded: str = "", **data: str) -> TaskEvent:
    day = date.fromisoformat(on)
    at = datetime.fromisoformat(recorded or f"{on}T08:00").replace(tzinfo=ZONE).astimezone(UTC)
    return TaskEvent(kind, day, at, "test", data)


def in_plan(deadline: str = "Quý II", on: str = "2019-01-01") -> TaskEvent:
    return event("planned", on, **planned(deadline).as_data())


def task(deadline: str = "Quý II", *events: TaskEvent) -> ReformTask:
    found = task_as_of(CODE, [in_plan(deadline), *events])
    assert found is not None
    return found


def state(name: str, on: str, recorded: str = "", **more: str) -> TaskEvent:
    return event("state", on, recorded, state=name, reason="thử", **more)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_what_a_plan_says_of_a_task_comes_back_from_its_event_as_it_was() -> None:
    for words in ("Quý II", "Thường xuyên", "Trước ngày 15/12"):
        said = planned(words, cooperating="UBND các xã", product="")
        assert task_of(CODE, said.as_data()) == said


def test_a_task_stands_as_the_last_word_on_or_before_the_day_says() -> None:
    history = [
        in_plan(),
        state("in_progress", "2019-04-10"),
        state("done", "2019-06-20", "2019-06-21T08:00", document="1/QĐ"),
        state("in_progress", "2019-06-20", "2019-07-15T08:00", document="2/CV"),
    ]

    def standing(day: str, known: str | None = None) -> str | None:
        moment = at(known) if known else None
        found = task_as_of(CODE, history, day=date.fromisoformat(day), known=moment)
        return found.state if found else None

    assert standing("2018-12-31") is None
    assert standing("2019-04-09") == "not_started"
    assert standing("2019-04-10") == "in_progress"
    assert standing("2019-06-30", "2019-07-01T09:00") == "done"
    assert standing("2019-06-30", "2019-07-15T07:59") == "done"
    assert standing("2019-06-30", "2019-07-15T08:00") == "in_progress"  # recorded at that very moment
    assert standing("2019-06-30") == "in_progress"


def test_what_happened_before_the_plan_had_the_task_makes_no_task() -> None:
    history = [in_plan(on="2019-03-01"), state("done", "2019-02-01", "2019-03-02T08:00")]
    assert task_as_of(CODE, history, day=date(2019, 2, 15)) is None


def test_another_lead_unit_or_time_begins_its_reminders_anew_and_another_title_does_not() -> None:
    def after(**data: str) -> int:
        return task("Quý II", event("changed", "2019-03-01", **data)).epoch

    assert after(title="Khác") == 1
    assert after(lead="civil") == 2
    later = read_deadline("Quý III", 2019)
    assert later.last is not None
    assert after(deadline="Quý III", last=later.last.isoformat()) == 2
    assert after(deadline="Trước 01/07", deadline_kind="before") == 2


def test_a_change_is_told_field_by_field() -> None:
    changed = planned(title="Khác", product="")
    assert planned().changes_to(changed) == {
        "title": ("Rà soát thủ tục", "Khác"),
        "product": ("Báo cáo", ""),
    }
    assert planned().changes_to(planned()) == {}


def test_an_acknowledgement_is_part_of_the_task() -> None:
    said = event("acknowledged", "2019-07-02", rung="t+1", level="3", epoch="1", by="land.head", way="cli")
    (answer,) = task("Quý II", said).acknowledged
    assert (answer.rung, answer.level, answer.by, answer.at) == ("t+1", 3, "land.head", said.recorded_at)


def test_it_is_due_at_the_midnight_that_ends_the_next_working_day() -> None:
    due = task().due(CALENDAR)
    assert due is not None
    assert due.due_on == date(2019, 7, 1)
    assert due.due_at == at("2019-07-02T00:00").astimezone(UTC)
    assert task().begins(CALENDAR) == at("2019-04-01T00:00").astimezone(UTC)
    assert task("Thường xuyên").due(CALENDAR) is None
    assert task("Thường xuyên").begins(CALENDAR) == at("2019-01-01T00:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("made", "moment", "cell", "late_by", "is_due"),
    [
        (task(), "2019-06-29T10:00", "not_started", None, False),
        (task(), "2019-06-30T10:00", "not_started", None, True),  # a Sunday: the plan's time has come
        (task(), "2019-07-01T23:59", "not_started", None, True),
        (task(), "2019-07-02T00:00", "overdue", 0, True),
        (task(), "2019-07-03T09:00", "overdue", 2, True),
        (task("Quý II", state("in_progress", "2019-04-10")), "2019-05-01T00:00", "in_progress", None, False),
        (task("Quý II", state("in_progress", "2019-04-10")), "2019-07-04T09:00", "overdue", 3, True),
        (task("Quý II", state("done", "2019-07-01")), "2019-12-31T10:00", "done_in_time", None, True),
        (task("Quý II", state("done", "2019-07-02")), "2019-12-31T10:00", "done_late", 1, True),
        (task("Quý II", state("done", "2019-05-02")), "2019-05-29T17:00", "done_in_time", None, False),
        (task("Quý II", state("not_done", "2019-05-02")), "2019-07-29T17:00", "not_done", None, True),
        (task("Quý II", state("removed", "2019-05-02")), "2019-07-29T17:00", "removed", None, False),
        (task("Thường xuyên"), "2019-12-31T17:00", "continuous", None, False),
        (
            task("Thường xuyên", state("done", "2019-12-20")),
            "2019-12-31T17:00",
            "done_continuous",
            None,
            False,
        ),
        # "Before" Sunday 7/7: named is Saturday the 6th, due on Friday the 5th.
        (task("Trước ngày 7/7"), "2019-07-06T00:00", "overdue", 0, True),
    ],
)
def test_a_task_stands_in_one_cell_at_a_moment(
    made: ReformTask,
    moment: str,
    cell: str,
    late_by: int | None,
    is_due: bool,  # noqa: FBT001 - a row
) -> None:
    found = stood(made, CALENDAR, at=at(moment))
    assert (found.cell, found.late_by, found.is_due) == (cell, late_by, is_due)


def test_an_open_continuous_task_is_reported_as_being_done() -> None:
    assert task("Thường xuyên").shown_state == "in_progress"
    assert task().shown_state == "not_started"
    assert task("Thường xuyên", state("done", "2019-12-20")).shown_state == "done"


def test_what_fell_due_and_what_was_done_within_a_quarter_is_told_beside() -> None:
    second = period_of("2019-Q2")

    def within(made: ReformTask) -> tuple[bool, bool]:
        found = stood(made, CALENDAR, at=at("2019-07-01T00:00"), period=second)
        return found.due_in_period, found.done_in_period

    assert within(task("Quý II")) == (True, False)
    assert within(task("Quý I", state("done", "2019-04-01"))) == (False, True)
    assert within(task("Quý III", state("done", "2019-06-30"))) == (False, True)
    assert within(task("Quý III", state("done", "2019-03-31"))) == (False, False)


def test_counts_are_a_partition_and_removed_tasks_stand_beside_it() -> None:
    made = [
        task("Quý II", state("done", "2019-07-01")),
        task("Quý II", state("removed", "2019-05-02")),
        task("Thường xuyên"),
        task(),
    ]
    counts = count_tasks(_stood(made))
    assert counts == PlanCounts(done_in_time=1, removed=1, continuous=1, overdue=1, due=2, due_done=1)
    assert (counts.total, counts.done) == (3, 1)


def _stood(made: list[ReformTask]) -> list[StoodTask]:
    return [stood(one, CALENDAR, at=at("2019-07-03T09:00")) for one in made]


TODAY = date(2019, 7, 10)


def check(made: ReformTask, name: Any, on: str, reason: str = "thử", document: str = "") -> bool:
    day = date.fromisoformat(on)
    return check_state(made, name, day, reason=reason, document=document, today=TODAY)


def test_a_state_is_new_once() -> None:
    assert check(task(), "in_progress", "2019-04-10")
    assert not check(task("Quý II", state("in_progress", "2019-04-10")), "in_progress", "2019-04-10", "")
    done = task("Quý II", state("done", "2019-06-20"))
    assert check(done, "done", "2019-06-21", document="3/CV")  # the day corrected


DONE = task("Quý II", state("done", "2019-06-20"))
NEEDS = "thì cần số văn bản (--document)"
REFUSED = {
    "đang ghi “chưa thực hiện”; đổi thành “đưa ra khỏi kế hoạch” " + NEEDS: (task(), "removed", "2019-07-01"),
    "đang ghi “hoàn thành”; đổi thành “đang thực hiện” " + NEEDS: (DONE, "in_progress", "2019-07-01"),
    ": ngày 11/07/2019 chưa đến": (task(), "done", "2019-07-11"),
    ": ngày 31/12/2018 trước năm 2019 của kế hoạch": (task(), "done", "2018-12-31"),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_history_refuses_what_would_be_undone_in_silence(said: str) -> None:
    with pytest.raises(HistoryError) as caught:
        check(*REFUSED[said])
    assert caught.value.said(ZONE).removeprefix("nhiệm vụ CCHC-2019-07").strip() == said.strip()


def test_a_state_without_a_reason_is_refused() -> None:
    with pytest.raises(HistoryError) as caught:
        check(task(), "done", "2019-07-01", "  ")
    assert caught.value.said(ZONE) == "nhiệm vụ CCHC-2019-07: cần lý do của trạng thái “hoàn thành”"
    assert caught.value.said(ZONE, "en") == "task CCHC-2019-07: the state 'done' needs a reason"

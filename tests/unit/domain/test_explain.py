from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from domain.errors import LimitError
from domain.explain import DayStep, walk
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

CALENDAR = weekdays(
    OFFICE_HOURS,
    zone="Asia/Ho_Chi_Minh",
    off=("2019-04-29", "2019-04-30", "2019-05-01"),
    work=("2019-05-04",),
)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


def _told(steps: tuple[DayStep, ...]) -> list[tuple[str, int | None, str]]:
    return [(step.day.strftime("%d/%m"), step.number, step.reason) for step in steps]


def _walk(
    n: int, unit: Unit, start: str, *pauses: tuple[str, str], rules: CountingRules = CIVIL_CODE
) -> list[tuple[str, int | None, str]]:
    found = [(_local(begin), _local(end)) for begin, end in pauses]
    return _told(walk(TimeLimit(n, unit), _local(start), CALENDAR, rules=rules, pauses=found, lang="en"))


def test_every_day_from_receipt_to_due_is_counted_or_skipped_with_its_reason() -> None:
    assert _walk(3, Unit.WORKING_DAYS, "2019-04-26T09:00") == [
        ("26/04", None, "the day of receipt is not counted"),
        ("27/04", None, "weekly day of rest"),
        ("28/04", None, "weekly day of rest"),
        ("29/04", None, "day off: off 2019-04-29"),
        ("30/04", None, "day off: off 2019-04-30"),
        ("01/05", None, "day off: off 2019-05-01"),
        ("02/05", 1, "working day"),
        ("03/05", 2, "working day"),
        ("04/05", 3, "make-up working day: work 2019-05-04"),
    ]


def test_a_day_off_names_its_document() -> None:
    steps = walk(TimeLimit(1, Unit.WORKING_DAYS), _local("2019-04-28T09:00"), CALENDAR)
    assert [(step.source, step.reason) for step in steps][1] == ("decree", "ngày nghỉ: off 2019-04-29")
    assert not steps[1].counted


def test_calendar_days_count_all_and_the_last_one_moves_on() -> None:
    told = _walk(3, Unit.CALENDAR_DAYS, "2019-04-26T09:00")
    assert [entry[1] for entry in told] == [None, 1, 2, 3, None, None, None]
    assert told[4][2].startswith("the last day is off, the due date moves on")
    assert told[-1] == ("02/05", None, "the due date moves to this working day")


def test_months_show_their_corresponding_days_and_the_roll() -> None:
    told = _walk(2, Unit.MONTHS, "2019-03-30T09:00")
    assert [(day, number) for day, number, _ in told] == [("30/03", None), ("30/04", 1), ("30/05", 2)]
    told = _walk(1, Unit.MONTHS, "2019-03-30T09:00")
    assert told[-1][0] == "02/05"
    assert told[-2][2].startswith("the last day is off")


def test_hours_show_the_working_time_of_each_day() -> None:
    steps = walk(TimeLimit(8, Unit.HOURS), _local("2019-04-26T16:00"), CALENDAR, lang="en")
    assert [(step.day.day, step.seconds // 3600) for step in steps if step.counted] == [(26, 1), (2, 7)]
    assert {step.reason for step in steps if not step.counted} >= {"weekly day of rest"}


def test_hours_after_closing_begin_on_the_next_day_and_pauses_are_named() -> None:
    pause = ("2019-05-03T00:00", "2019-05-04T00:00")
    told = _walk(9, Unit.HOURS, "2019-05-02T18:00", pause)
    assert told == [
        ("02/05", None, "no working time counted"),
        ("03/05", None, "the clock was stopped"),
        ("04/05", 1, "working time counted: work 2019-05-04"),
        ("05/05", None, "weekly day of rest"),
        ("06/05", 2, "working time counted"),
    ]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("2019-05-02T15:00", [("02/05", 1, "working day")]),
        (
            "2019-05-02T15:01",
            [("02/05", None, "received after the cut-off of the day"), ("03/05", 1, "working day")],
        ),
        ("2019-05-05T09:00", [("05/05", None, "weekly day of rest"), ("06/05", 1, "working day")]),
    ],
)
def test_the_same_day_or_the_next_working_one(start: str, told: list[tuple[str, int | None, str]]) -> None:
    assert _walk(0, Unit.SAME_DAY, start) == told


def test_paused_days_are_skipped_the_day_of_the_stop_is_not() -> None:
    told = _walk(2, Unit.WORKING_DAYS, "2019-05-02T09:00", ("2019-05-03T09:00", "2019-05-06T09:00"))
    assert [(day, number) for day, number, _ in told] == [
        ("02/05", None),
        ("03/05", 1),
        ("04/05", None),
        ("05/05", None),
        ("06/05", None),
        ("07/05", 2),
    ]
    assert told[-2][2] == "the clock was stopped"


def test_a_stop_on_the_day_off_that_ends_the_limit_is_given_back_there() -> None:
    told = _walk(5, Unit.CALENDAR_DAYS, "2019-06-03T09:00", ("2019-06-09T10:00", "2019-06-10T10:00"))
    assert [number for _, number, _ in told] == [None, 1, 2, 3, 4, 5, None, None]
    assert told[-2:] == [
        ("09/06", None, "gives back the time of the pause"),
        ("10/06", None, "the clock was stopped"),
    ]


def test_a_receipt_outside_hours_counts_from_the_next_opening_where_the_rules_say_so() -> None:
    rules = replace(CIVIL_CODE, start_outside_hours="next_open")
    told = _walk(1, Unit.WORKING_DAYS, "2019-05-02T18:00", rules=rules)
    assert told == [
        ("02/05", None, "not counted yet: counting starts later"),
        ("03/05", None, "the day of receipt is not counted"),
        ("04/05", 1, "make-up working day: work 2019-05-04"),
    ]


def test_a_day_of_receipt_that_counts_is_day_one() -> None:
    told = _walk(2, Unit.WORKING_DAYS, "2019-05-02T09:00", rules=CountingRules(start_day_counts=True))
    assert [(day, number) for day, number, _ in told] == [("02/05", 1), ("03/05", 2)]


def test_a_paused_month_is_followed_by_the_days_that_were_paused() -> None:
    told = _walk(1, Unit.MONTHS, "2019-05-06T09:00", ("2019-05-08T09:00", "2019-05-10T09:00"))
    assert told == [
        ("06/05", None, "the day of receipt is not counted"),
        ("09/05", None, "the clock was stopped"),
        ("10/05", None, "the clock was stopped"),
        ("06/06", 1, "the corresponding day of the month"),
        ("07/06", None, "gives back the time of the pause"),
        ("08/06", None, "gives back the time of the pause"),
        ("09/06", None, "the last day is off, the due date moves on"),
        ("10/06", None, "the due date moves to this working day"),
    ]


def test_a_paused_day_of_a_same_day_limit_is_named() -> None:
    told = _walk(0, Unit.SAME_DAY, "2019-05-02T09:00", ("2019-05-02T10:00", "2019-05-03T09:00"))
    assert told == [("02/05", 1, "working day"), ("03/05", None, "the clock was stopped")]


def test_a_same_day_that_was_paused_itself_is_the_day_that_is_given_back() -> None:
    # Received on Sunday, so due on Monday 6/5; the clock stands still from Sunday to Monday's morning.
    told = _walk(0, Unit.SAME_DAY, "2019-05-05T09:00", ("2019-05-05T10:00", "2019-05-06T09:00"))
    assert told == [
        ("05/05", None, "weekly day of rest"),
        ("06/05", None, "the clock was stopped"),
        ("07/05", 1, "working day"),
    ]


def test_the_corresponding_day_of_a_month_counts_also_where_the_clock_stood_still_on_it() -> None:
    told = _walk(2, Unit.MONTHS, "2019-05-06T09:00", ("2019-06-05T09:00", "2019-06-07T09:00"))
    assert told == [
        ("06/05", None, "the day of receipt is not counted"),
        ("06/06", 1, "the corresponding day of the month"),
        ("07/06", None, "the clock was stopped"),
        ("06/07", 2, "the corresponding day of the month"),
        ("07/07", None, "gives back the time of the pause"),
        ("08/07", None, "gives back the time of the pause"),
    ]


def test_paused_working_time_is_given_back_after_the_days() -> None:
    rules = replace(CIVIL_CODE, pause_in="working_time", time_of_day="kept")
    told = _walk(
        1, Unit.WORKING_DAYS, "2019-05-06T09:00", ("2019-05-07T07:00", "2019-05-08T17:00"), rules=rules
    )
    assert told == [
        ("06/05", None, "the day of receipt is not counted"),
        ("07/05", 1, "working day"),
        ("08/05", None, "gives back the time of the pause"),
        ("09/05", None, "gives back the time of the pause"),
    ]


@pytest.mark.parametrize("limit", [TimeLimit(0, Unit.NONE), TimeLimit(-1, Unit.WORKING_DAYS)])
def test_what_cannot_be_walked_day_by_day_is_refused(limit: TimeLimit) -> None:
    with pytest.raises(LimitError, match="cannot be walked"):
        walk(limit, _local("2019-05-02T09:00"), CALENDAR)

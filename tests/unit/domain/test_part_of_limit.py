"""A percentage of the limit as an instant, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from domain.deadline import derive, end_of_day
from domain.part_of_limit import moment_of_part
from domain.rung_terms import PartOfLimit
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.pauses import Pause

# Monday 10 June is a day off; hours 7-11 and 13-17.
CALENDAR = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=("2019-06-10",))


def _local(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}").replace(tzinfo=CALENDAR.zone)


def _part(
    percent: int,
    limit: TimeLimit,
    received: str,
    pauses: tuple[Pause, ...] = (),
    rules: CountingRules = CIVIL_CODE,
) -> str:
    begin = _local(received)
    deadline = derive(limit, begin, CALENDAR, rules, pauses)
    assert deadline is not None
    at = moment_of_part(PartOfLimit(percent), deadline, CALENDAR, counting_from=begin, pauses=pauses)
    return f"{CALENDAR.local(at):%m-%d %H:%M}"


def _days(n: int) -> TimeLimit:
    return TimeLimit(n, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("percent", "limit", "at"),
    [
        (75, _days(10), "06-14 07:00"),  # 7.5 days: the 8th, the day off left out
        (70, _days(10), "06-13 07:00"),  # 7 days: the 7th
        (1, _days(10), "06-04 07:00"),
        (99, _days(10), "06-18 07:00"),  # the due day
        (101, _days(10), "06-19 07:00"),
        (150, _days(10), "06-25 07:00"),
        (200, _days(1), "06-05 07:00"),
        (50, TimeLimit(14, Unit.CALENDAR_DAYS), "06-11 07:00"),  # 9 working days to the 17th: the 5th
        (50, TimeLimit(1, Unit.MONTHS), "06-19 07:00"),  # 21 working days to 3 July: the 11th
        (75, TimeLimit(8, Unit.HOURS), "06-03 16:00"),
        (25, TimeLimit(8, Unit.HOURS), "06-03 10:00"),
        (150, TimeLimit(8, Unit.HOURS), "06-04 14:00"),
        (50, TimeLimit(0, Unit.SAME_DAY), "06-03 13:30"),  # 7 hours are left of the day
        (150, TimeLimit(0, Unit.SAME_DAY), "06-04 10:30"),
    ],
)
def test_a_part_of_the_limit_is_a_morning_of_a_limit_in_days_a_minute_of_one_in_hours(
    percent: int, limit: TimeLimit, at: str
) -> None:
    assert _part(percent, limit, "06-03T08:00") == at


def test_time_during_which_the_clock_stood_still_is_not_used() -> None:
    stopped = ((_local("06-05T10:00"), _local("06-19T10:00")),)
    # Two days used by the 5th; the other eight run from the 20th to the 1st of July, the 8th is the 27th.
    assert _part(75, _days(10), "06-03T08:00", stopped) == "06-27 07:00"
    hours = ((_local("06-03T10:00"), _local("06-04T10:00")),)
    assert _part(75, TimeLimit(8, Unit.HOURS), "06-03T08:00", hours) == "06-04 16:00"


def test_a_mark_passed_before_the_clock_stood_still_has_passed_when_it_runs_again() -> None:
    begin, pause = _local("06-03T08:00"), (_local("06-14T10:00"), _local("06-27T10:00"))
    deadline = derive(_days(10), begin, CALENDAR, CIVIL_CODE, (pause,))
    assert deadline is not None
    assert (
        moment_of_part(PartOfLimit(30), deadline, CALENDAR, counting_from=begin, pauses=(pause,)) <= pause[1]
    )


def test_pauses_before_the_beginning_or_after_the_due_date_change_nothing() -> None:
    long_ago = (_local("05-06T08:00"), _local("05-20T08:00"))
    later = (_local("06-20T08:00"), _local("07-20T08:00"))
    assert _part(75, _days(10), "06-03T08:00", (long_ago, later)) == "06-14 07:00"


def test_a_day_received_at_its_end_has_no_time_to_take_a_part_of() -> None:
    late = CountingRules(time_of_day="end_of_day", same_day_cutoff=24 * 3600)
    same = TimeLimit(0, Unit.SAME_DAY)
    assert _part(50, same, "06-03T18:00", rules=late) == "06-03 17:00"
    assert _part(150, same, "06-03T18:00", rules=late) == "06-04 00:00"


def test_of_a_re_appointment_the_way_to_the_new_day_counts() -> None:
    begin = _local("06-03T08:00")
    target = end_of_day(_local("06-28T00:00").date(), CALENDAR, counting_from=begin)
    at = moment_of_part(PartOfLimit(50), target, CALENDAR, counting_from=begin)
    assert at == _local("06-17T07:00")  # 18 working days: the 9th
    assert moment_of_part(PartOfLimit(100), target, CALENDAR, counting_from=begin) == _local("06-28T07:00")


def test_a_part_never_lies_beyond_a_due_date_that_ends_before_the_office_opens() -> None:
    kept = CountingRules(time_of_day="kept", time_of_day_outside_hours="kept")
    assert _part(99, _days(3), "06-03T05:00", rules=kept) == "06-06 05:00"

"""Two cities' published logs: their deadlines, working days and working seconds, row by row."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from domain.pauses import elapsed_with_pauses
from domain.time_limit import CountingRules, TimeLimit, Unit, land
from domain.timetable import SECOND
from tests.shared_data import calendar_of_days_off, rows

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar

pytestmark = pytest.mark.real_log

BOSTON = ZoneInfo("America/New_York")
# Received outside office hours counts from the next opening; due at the same time of day.
CITY_RULE = CountingRules(start_outside_hours="next_open", time_of_day="kept")


def _boston() -> WorkingCalendar:
    hours = ((8 * 3600 + 1800, 17 * 3600),)
    return calendar_of_days_off("real/calendar_boston_2014_2019.csv", "America/New_York", hours)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOSTON)


def test_the_citys_rule_gives_every_published_deadline() -> None:
    calendar, confirmed = _boston(), 0
    for row in rows("real/expected_boston311_H1_deadlines.csv.gz"):
        limit = TimeLimit(int(row["business_days"]), Unit.WORKING_DAYS)
        due = land(limit, _at(row["received_at"]), calendar, CITY_RULE)
        assert due == _at(row["due_by_rule"]), row
        if row["within_60s"] == "1":
            confirmed += 1
            assert abs((due - _at(row["due_recorded"])).total_seconds()) <= 60, row
    assert confirmed > 25_000


def test_the_rows_the_city_itself_kept_to_agree_by_type() -> None:
    published = {
        row["type"]: int(row["due_within_60s_of_rule"])
        for row in rows("real/expected_boston311_H1_deadline_rule_by_type.csv")
    }
    deadlines = rows("real/expected_boston311_H1_deadlines.csv.gz")
    found = Counter(row["type"] for row in deadlines if row["within_60s"] == "1")
    assert {kind: found[kind] for kind in published} == published


def test_working_seconds_agree_to_the_second() -> None:
    calendar, published = _boston(), rows("real/expected_boston311_H1_working_seconds.csv")
    assert len(published) == 1500
    for row in published:
        worked = elapsed_with_pauses(_at(row["received_at"]), _at(row["finished_at"]), calendar)
        assert worked == int(row["working_seconds"]) * SECOND, row


def test_the_dutch_desks_working_days_agree_exactly() -> None:
    calendar = calendar_of_days_off("real/calendar_nl_2010_2013.csv", "Europe/Amsterdam", ((0, 86_400),))
    published, compared = rows("real/expected_receipt_A_workdays.csv"), 0
    for row in published:
        for end, days in (("due", "working_days_to_due_nl"), ("finished", "working_days_to_finish_nl")):
            if row[days]:
                received, until = (date.fromisoformat(row[f"{name}_date"]) for name in ("received", end))
                assert calendar.count_days(received, until) == int(row[days]), row
                compared += 1
    assert len(published) == 939
    assert compared > 1_500

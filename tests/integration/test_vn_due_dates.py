"""Every received date of nine years against the published due dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.deadline import derive
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit, land_on_day
from domain.timetable import wall_time
from tests.shared_data import rows, vietnam

_LAST_KNOWN = date(2026, 12, 31)


@pytest.mark.parametrize(("suffix", "make_up"), [("wd", True), ("wd_no_makeup", False)])
def test_every_due_date_of_2018_to_2026_is_the_published_one(suffix: str, make_up: bool) -> None:  # noqa: FBT001 - a column of the table
    calendar, compared, rules = vietnam(make_up=make_up), 0, CountingRules()
    for row in rows("real/expected_vn_due_dates.csv.gz"):
        received = date.fromisoformat(row["received_date"])
        for n in (1, 2, 3, 5, 7, 10, 15, 20, 30):
            if not row[f"due_{n}{suffix}"]:
                continue
            due = land_on_day(TimeLimit(n, Unit.WORKING_DAYS), received, calendar, rules)
            assert due.isoformat() == row[f"due_{n}{suffix}"], f"{received} + {n}"
            compared += 1
    assert compared > 28_000


def test_ignoring_make_up_saturdays_changes_due_dates() -> None:
    changed = [
        row
        for row in rows("real/expected_vn_due_dates.csv.gz")
        if any(row[f"due_{n}wd"] != row[f"due_{n}wd_no_makeup"] for n in (1, 2, 3, 5, 7, 10, 15, 20, 30))
    ]
    assert len(changed) > 200


def test_the_due_instant_is_the_midnight_that_ends_the_published_day() -> None:
    calendar = vietnam()
    for row in rows("real/expected_vn_due_dates.csv.gz")[::7]:
        received = wall_time(date.fromisoformat(row["received_date"]), 9 * 3600, calendar.zone)
        deadline = derive(TimeLimit(5, Unit.WORKING_DAYS), received, calendar, CIVIL_CODE)
        assert deadline is not None
        assert deadline.due_on.isoformat() == row["due_5wd"]
        assert deadline.due_at == wall_time(deadline.due_on + timedelta(days=1), 0, calendar.zone)


def test_every_month_has_the_published_working_days() -> None:
    calendar = vietnam()
    months = rows("real/expected_vn_working_days_per_month.csv")
    assert len(months) == 108
    for row in months:
        first = date.fromisoformat(f"{row['month']}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        counted = calendar.count_days(first - timedelta(days=1), last)
        assert counted == int(row["working_days_official"]), row["month"]
    assert last == _LAST_KNOWN

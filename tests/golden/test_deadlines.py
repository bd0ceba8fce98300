"""Each row of deadlines.toml: computed by hand, walked by a slow oracle, derived by the house."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from config.sla import load_sla
from domain.deadline import derive
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar

ROWS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("deadlines.toml").read_text(encoding="utf-8")
)["deadline"]
DAY = timedelta(days=1)


def _limit(text: str) -> TimeLimit:
    if text == "same_day":
        return TimeLimit(0, Unit.SAME_DAY)
    amount, unit = text.split()
    return TimeLimit(int(amount), Unit(unit))


def _local(text: str, calendar: WorkingCalendar) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar.zone)


def _row_id(row: dict[str, Any]) -> str:
    return f"{row['received']} + {row['limit']}"


@pytest.mark.parametrize("row", ROWS, ids=_row_id)
def test_the_due_date_is_the_one_computed_by_hand(row: dict[str, Any]) -> None:
    calendar = load_sla().calendar
    pauses = [(_local(a, calendar), _local(b, calendar)) for a, b in row.get("pauses", ())]
    limit = _limit(row["limit"])
    deadline = derive(limit, _local(row["received"], calendar), calendar, CIVIL_CODE, pauses)
    assert deadline is not None
    assert not deadline.provisional
    if "T" in row["due"]:
        assert deadline.due_at == _local(row["due"], calendar)
        assert deadline.appointment_at == deadline.due_at
        return
    due = date.fromisoformat(row["due"])
    assert deadline.due_on == due
    # The law's end is 24:00 of the due day; the slip says the end of office hours.
    assert deadline.due_at == _local((due + DAY).isoformat(), calendar).astimezone(UTC)
    assert deadline.appointment_at == _local(f"{due.isoformat()}T17:00", calendar)


def _oracle(row: dict[str, Any], calendar: WorkingCalendar) -> str:
    """Walk day by day, or minute by minute, as a clerk with a wall calendar would."""
    limit, received = _limit(row["limit"]), datetime.fromisoformat(row["received"])
    day, left = received.date(), limit.amount
    if limit.unit in (Unit.HOURS, Unit.MINUTES):
        return _oracle_minutes(limit.amount * (60 if limit.unit is Unit.HOURS else 1), received, calendar)
    if limit.unit is Unit.SAME_DAY:
        left = 0 if received.time().isoformat() <= "15:00:00" and calendar.windows_on(day) else 1
    if limit.unit is Unit.MONTHS:
        day = _month_later(day, left)
    elif limit.unit is Unit.CALENDAR_DAYS:
        day += DAY * left
    else:
        while left:
            day += DAY
            left -= bool(calendar.windows_on(day))
    while not calendar.windows_on(day):
        day += DAY
    return day.isoformat()


def _month_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


def _oracle_minutes(minutes: int, moment: datetime, calendar: WorkingCalendar) -> str:
    while minutes:
        second = moment.hour * 3600 + moment.minute * 60
        minutes -= any(begin <= second < end for begin, end in calendar.windows_on(moment.date()))
        moment += timedelta(minutes=1)
    return moment.isoformat(timespec="minutes")


@pytest.mark.parametrize("row", [row for row in ROWS if "pauses" not in row], ids=_row_id)
def test_a_clerk_with_a_wall_calendar_finds_the_same_day(row: dict[str, Any]) -> None:
    assert _oracle(row, load_sla().calendar) == row["due"]


def test_every_row_names_its_article_and_its_reason() -> None:
    assert len(ROWS) >= 60
    assert all(row["article"] and row["why"] for row in ROWS)
    keys = [(row["received"], row["limit"], str(row.get("pauses"))) for row in ROWS]
    assert len(set(keys)) == len(keys)

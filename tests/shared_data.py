"""The published data beside the checkout: found, read, or refused loudly."""

from __future__ import annotations

import csv
import gzip
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from domain.working_calendar import SpecialDay, WeekHours, WorkingCalendar
from tests.conftest import refuse_or_skip

if TYPE_CHECKING:
    from domain.timetable import Window

REPO = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("TEST_SHARED_DATA") or REPO.parent / "shared" / "data")
OFFICE_HOURS: tuple[Window, ...] = ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600))
NINE_TO_FIVE: tuple[Window, ...] = ((9 * 3600, 17 * 3600),)


def shared_file(name: str) -> Path:
    """Return a file of the shared data; without it the test skips at home and fails in CI."""
    path = SHARED / name
    if not path.exists():
        message = f"{path} is missing: this test proves nothing here; set TEST_SHARED_DATA to the shared data"
        refuse_or_skip(message)
    return path


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a shared CSV file, packed or not."""
    path = shared_file(name)
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as packed:
            return list(csv.DictReader(packed))
    with path.open(encoding="utf-8", newline="") as plain:
        return list(csv.DictReader(plain))


def weekdays(
    windows: tuple[Window, ...] = NINE_TO_FIVE,
    *,
    zone: str = "UTC",
    off: tuple[str, ...] = (),
    work: tuple[str, ...] = (),
    **more: Any,
) -> WorkingCalendar:
    """Return a Monday-to-Friday calendar with days off and make-up days."""
    special = {
        date.fromisoformat(day): SpecialDay(kind="off", name=f"off {day}", source="decree") for day in off
    }
    special |= {
        date.fromisoformat(day): SpecialDay(kind="swap_work", windows=windows, name=f"work {day}")
        for day in work
    }
    return WorkingCalendar(
        zone=ZoneInfo(zone), weeks=[WeekHours(windows=(windows,) * 5 + ((),) * 2)], special=special, **more
    )


def calendar_of_days_off(name: str, zone: str, windows: tuple[Window, ...]) -> WorkingCalendar:
    """Return a Monday-to-Friday calendar less the days of a shared CSV file."""
    return weekdays(windows, zone=zone, off=tuple(row["date"] for row in rows(name)))


def vietnam(*, make_up: bool = True) -> WorkingCalendar:
    """Return the public sector's calendar of 2018 to 2026, with or without its make-up Saturdays."""
    days = rows("vn_days_2018_2026.csv")
    off = tuple(day["date"] for day in days if day["kind"] != "swap_work")
    work = tuple(day["date"] for day in days if day["kind"] == "swap_work") if make_up else ()
    return weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=off, work=work)

"""The configuration a year began with: what this year's rules are held against."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.timetable import wall_time
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from datetime import datetime

    from config.sla import Sla
    from workers.store.unit_of_work import Store


def last_years(store: Store, office_code: str, *, now: datetime) -> tuple[int, Sla]:
    """Return the version that was in force when this year began in the office's zone, and its number.

    In an office that has none so old it is the first one. Raises LookupError without any.
    """
    office = load_office(store, office_code)
    new_year = wall_time(date(office.calendar.local(now).year, 1, 1), 0, office.sla.zone)
    with store.read(office_code) as work:
        since = work.versions.since()
    number = next((number for begun, number in reversed(since) if begun < new_year), since[0][1])
    return number, office.earlier(number)

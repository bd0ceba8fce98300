"""What there is to show of a year: its days with their documents, and the working days of each month."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla import Sla
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Hold one special day with its document in full."""

    date: date
    kind: str
    name: str
    source: str
    verified: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Hold one year of a calendar; `worked` are the working days of its months, January first."""

    office: str
    calendar: WorkingCalendar
    name: str
    year: int
    days: Sequence[Day]
    worked: Sequence[int]

    @property
    def is_known(self) -> bool:
        """Say whether the days off of the whole year are laid down."""
        return self.calendar.is_known(date(self.year, 1, 1)) and self.calendar.is_known(
            date(self.year, 12, 31)
        )

    def as_json(self) -> dict[str, Any]:
        """Return the year for programs; windows of the day are as in the files."""
        first, last = self.calendar.known_from, self.calendar.known_until
        return {
            "office": self.office,
            "calendar": self.calendar.code,
            "name": self.name,
            "year": self.year,
            "known": self.is_known,
            "known_from": first.isoformat() if first else None,
            "known_until": last.isoformat() if last else None,
            "working_days": sum(self.worked),
            "working_days_by_month": list(self.worked),
            "days": [{**asdict(day), "date": day.date.isoformat()} for day in self.days],
        }


def facts_of(sla: Sla, code: str, year: int) -> Facts:
    """Gather what there is to show of a year of a calendar, as its files have it."""
    calendar = sla.calendars[code]
    return Facts(
        office=sla.name,
        calendar=calendar,
        name=tomllib.loads(sla.files["office.toml"])["calendars"][code]["name"],
        year=year,
        days=_days(sla, calendar, year),
        worked=[_worked(calendar, year, month) for month in range(1, 13)],
    )


def _worked(calendar: WorkingCalendar, year: int, month: int) -> int:
    first = date(year, month, 1)
    days = (first + timedelta(days=n) for n in range(monthrange(year, month)[1]))
    return sum(calendar.is_working_day(day) for day in days)


def _days(sla: Sla, calendar: WorkingCalendar, year: int) -> list[Day]:
    checked = _checked(sla, year)
    return [
        Day(
            date=day,
            kind=special.kind,
            name=special.name,
            source=special.source,
            verified=checked.get((day, special.name), "partial"),
            hours=tuple(f"{_clock(begin)}-{_clock(end)}" for begin, end in special.windows),
        )
        for day, special in sorted(calendar.special.items())
        if day.year == year
    ]


def _checked(sla: Sla, year: int) -> dict[tuple[date, str], str]:
    """Return how far each day was confirmed: the files alone say so, no due date depends on it."""
    found = {}
    for file, text in sla.files.items():
        data = tomllib.loads(text) if file.startswith("calendar/") else {}
        for day in data.get("days", ()) if data.get("year") == year else ():
            found[day["date"], day["name"].strip()] = day["verified"]
    return found


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"

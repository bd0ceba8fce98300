"""Random working calendars, and a slow oracle that knows neither tables nor look-ups."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.week_hours import Season
from domain.working_calendar import SpecialDay, WeekHours, WorkingCalendar

if TYPE_CHECKING:
    from domain.timetable import Window

ZONES = (
    "UTC",
    "Asia/Ho_Chi_Minh",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
)
FIRST, LAST = date(2014, 1, 1), date(2018, 12, 31)
QUARTER = 15 * 60


def windows() -> st.SearchStrategy[tuple[Window, ...]]:
    """Return up to three windows of a day on quarters of an hour, in order; touching ones too."""
    edges = st.lists(st.integers(0, 96), min_size=0, max_size=6, unique=True).map(sorted)
    return edges.map(
        lambda found: tuple(
            (begin * QUARTER, end * QUARTER) for begin, end in zip(found[::2], found[1::2], strict=False)
        )
    )


def overlays() -> st.SearchStrategy[WeekHours]:
    """Return hours of a season, of a stretch of days or of both, to lay over those of the whole year."""
    month_days = st.dates(date(2016, 1, 1), date(2016, 12, 31)).map(lambda day: (day.month, day.day))
    ends = st.none() | st.dates(FIRST, LAST)
    return st.builds(
        WeekHours,
        windows=st.lists(windows(), min_size=7, max_size=7).filter(any).map(tuple),
        valid_from=ends,
        valid_until=ends,
        season=st.none() | st.builds(Season, month_days, month_days),
    )


@st.composite
def calendars(draw: st.DrawFn, zones: tuple[str, ...] = ZONES) -> WorkingCalendar:
    """Return a calendar that works on some weekday, with layers of hours and with special days."""
    week = draw(st.lists(windows(), min_size=7, max_size=7).filter(any))
    special = draw(st.dictionaries(st.dates(FIRST, LAST), windows(), max_size=12))
    return WorkingCalendar(
        zone=ZoneInfo(draw(st.sampled_from(zones))),
        weeks=[WeekHours(windows=tuple(week)), *draw(st.lists(overlays(), max_size=2))],
        special={
            day: SpecialDay(kind="short" if found else "off", windows=found) for day, found in special.items()
        },
    )


def days() -> st.SearchStrategy[date]:
    """Return a local day among those on which special days fall."""
    return st.dates(FIRST, LAST)


def instants() -> st.SearchStrategy[datetime]:
    """Return an aware instant on a whole minute."""
    minutes = st.integers(0, (LAST - FIRST).days * 24 * 60)
    return minutes.map(lambda count: datetime(2014, 1, 1, tzinfo=UTC) + timedelta(minutes=count))


def works_at(calendar: WorkingCalendar, instant: datetime) -> bool:
    """Say whether an instant is working time by its local wall time: the definition itself."""
    local = instant.astimezone(calendar.zone)
    second = (local.hour * 60 + local.minute) * 60 + local.second
    return any(begin <= second < end for begin, end in calendar.windows_on(local.date()))


def nth_working_day(calendar: WorkingCalendar, day: date, n: int) -> date:
    """Walk day by day to the n-th working day after (n > 0) or before `day`."""
    step, left = timedelta(days=1 if n > 0 else -1), abs(n)
    while left:
        day += step
        left -= bool(calendar.windows_on(day))
    return day

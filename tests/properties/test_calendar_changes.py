"""Which days a changed calendar changes, against asking every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar_changes import changed_days
from domain.working_calendar import SpecialDay
from tests.properties.calendars import FIRST, LAST, calendars, days, overlays, windows

if TYPE_CHECKING:
    from datetime import date

    from domain.timetable import Window
    from domain.week_hours import WeekHours
    from domain.working_calendar import WorkingCalendar

DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@settings(max_examples=60)
@given(
    calendars(),
    st.dictionaries(days(), windows(), max_size=6),
    st.lists(overlays(), max_size=1),
    st.none() | days(),
    st.integers(0, 11),
)
def test_they_are_those_whose_hours_or_knowledge_differ(
    old: WorkingCalendar,
    special: dict[date, tuple[Window, ...]],
    layer: list[WeekHours],
    known_until: date | None,
    kept: int,
) -> None:
    announced = {day: SpecialDay(kind="short", windows=found) for day, found in special.items()}
    new = replace(
        old,
        special=dict(list(old.special.items())[:kept]) | announced,
        weeks=[*old.weeks, *layer],
        known_until=known_until,
    )
    differing = [
        day
        for day in DAYS
        if old.windows_on(day) != new.windows_on(day) or old.is_known(day) != new.is_known(day)
    ]
    assert [change.day for change in changed_days(old, new, FIRST, LAST)] == differing

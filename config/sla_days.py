"""Special days: days off, swapped days, make-up days and short days, each with its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.said import say
from config.said_misfits import day_and_weekday
from domain.week_hours import hours_on
from domain.working_calendar import SpecialDay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from config.sla_office_models import DayModel, YearFile
    from config.sla_source import Draft
    from domain.timetable import Window
    from domain.working_calendar import WeekHours


def special_days(
    drafts: Sequence[Draft[YearFile]], weeks: Sequence[WeekHours], *, check: bool
) -> Mapping[date, SpecialDay]:
    """Build the special days of a calendar; with `check` their faults are noted.

    A calendar that takes over the days of another one is not checked: its hours may differ.
    """
    special: dict[date, SpecialDay] = {}
    for draft in drafts:
        for index, day in enumerate(draft.model.days if draft.model else []):
            weekly = _weekly(weeks, day.day)
            if check:
                _check_day(draft, index, day, weekly, seen=day.day in special)
            special[day.day] = SpecialDay(
                kind=day.kind,
                windows=_windows(day, weeks),
                name=day.name,
                source=draft.model.sources.get(day.source, day.source) if draft.model else day.source,
            )
    return special


def _windows(day: DayModel, weeks: Sequence[WeekHours]) -> tuple[Window, ...]:
    """Return the hours of a special day; a make-up day has the longest hours of an ordinary weekday."""
    if day.kind in {"off", "swap_off"}:
        return ()
    if day.hours or day.kind == "short":
        return tuple(sorted(day.hours))
    week = hours_on(weeks, day.day).windows[:5]
    return max(week, key=lambda windows: sum(end - begin for begin, end in windows))


def _weekly(weeks: Sequence[WeekHours], day: date) -> tuple[Window, ...]:
    return hours_on(weeks, day).windows[day.weekday()]


def _check_day(
    draft: Draft[YearFile], index: int, day: DayModel, weekly: tuple[Window, ...], *, seen: bool
) -> None:
    path, model = ("days", index), draft.model
    at = (*path, "date")
    shown = day_and_weekday(day.day)
    if model and day.day.year != model.year:
        draft.refuse(at, found=shown, expected=say("day_of_year", year=model.year))
    if model:
        draft.must_know((*path, "source"), "source", day.source, model.sources)
    if seen:
        draft.refuse(at, found=say("day_twice", day=shown), expected=say("day_once"))
    if day.kind == "swap_work" and weekly:
        draft.refuse(at, found=say("make_up_day", day=shown), expected=say("otherwise_closed"))
    if day.kind == "swap_off" and not weekly:
        draft.refuse(at, found=say("swapped_day", day=shown), expected=say("otherwise_works"))
    if day.kind == "short" and not day.hours:
        draft.refuse(path, found=say("short_day_without_hours"), expected=say("key_hours"))
    if day.hours and day.kind in {"off", "swap_off"}:
        draft.refuse((*path, "hours"), found=say("hours_on_day_off"), expected=say("no_hours"))
    if day.verified == "partial":
        draft.warn(
            (*path, "verified"),
            found=say("confirmed_in_part", day=shown, name=day.name),
            expected=say("announcement"),
        )

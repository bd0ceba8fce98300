"""The hours of a calendar, block by block: a season or a passing change is laid over those above it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from config.said import as_is, say
from config.said_misfits import day_and_weekday
from domain.week_hours import WeekHours, day_without_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config.sla_office_models import CalendarModel, HoursModel, OfficeFile
    from config.sla_source import Draft
    from domain.timetable import Window

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


def build_weeks(office: Draft[OfficeFile], code: str, model: CalendarModel) -> list[WeekHours]:
    """Build the hours of a calendar in their order; blocks that end too early or hide others are noted."""
    weeks = [
        WeekHours(
            windows=tuple(_days_of(hours)),
            valid_from=hours.valid_from,
            valid_until=hours.until,
            season=hours.season,
        )
        for hours in model.hours
    ]
    for index in range(len(weeks)):
        _check_end(office, code, weeks, index)
        _check_order(office, code, weeks, index)
    return weeks


def cover_all(
    office: Draft[OfficeFile], code: str, weeks: Sequence[WeekHours], known: tuple[date, date]
) -> bool:
    """Say whether every day of the known years has hours; the first that has none is noted."""
    hole = day_without_hours(weeks, *known)
    if hole is None:
        return True
    office.refuse(
        ("calendars", code, "hours", 0),
        found=say("hole_in_hours", day=day_and_weekday(hole)),
        expected=say("hours_every_day", first=known[0], last=known[1]),
        advice=say("ordinary_hours_first"),
    )
    return False


def _check_end(office: Draft[OfficeFile], code: str, weeks: Sequence[WeekHours], index: int) -> None:
    begin, end = weeks[index].valid_from, weeks[index].valid_until
    if begin is not None and end is not None and end < begin:
        path = ("calendars", code, "hours", index, "until")
        office.refuse(path, found=as_is(str(end)), expected=say("day_not_before", day=begin))


def _check_order(office: Draft[OfficeFile], code: str, weeks: Sequence[WeekHours], index: int) -> None:
    hidden = [number for number in range(index) if _hides(weeks[index], weeks[number])]
    if not hidden:
        return
    path, week = ("calendars", code, "hours", index), weeks[index]
    if not _lasts(week):
        office.refuse(
            path,
            found=say("hours_hide_all", number=hidden[0] + 1),
            expected=say("part_of_its_days"),
        )
    elif week.valid_from is None:
        office.refuse(
            path,
            found=say("hours_without_first_day"),
            expected=say("from_after_above"),
            advice=say("or_until_or_season"),
        )
    elif _lasts(weeks[hidden[0]]):
        office.refuse(
            path,
            found=say("hours_not_after"),
            expected=say("from_after_above"),
        )
    else:
        office.refuse(
            path,
            found=say("hours_hide_from", number=hidden[0] + 1, day=week.valid_from),
            expected=say("lasting_above"),
            advice=say("move_block_up"),
        )


def _hides(later: WeekHours, earlier: WeekHours) -> bool:
    """Say whether a block leaves another one no day, or for lasting hours: no day from its first on."""
    begin, end = later.valid_from or date.min, later.valid_until or date.max
    if _lasts(later) and not _lasts(earlier):
        return begin <= (earlier.valid_until or date.max)
    wider = begin <= (earlier.valid_from or date.min) and (earlier.valid_until or date.max) <= end
    return wider and later.season in (None, earlier.season)


def _lasts(week: WeekHours) -> bool:
    return week.valid_until is None and week.season is None


def _days_of(hours: HoursModel) -> Iterator[tuple[Window, ...]]:
    for name in _WEEKDAYS:
        own: list[Window] | None = getattr(hours, name)
        yield tuple(sorted(hours.weekdays if own is None else own))
    yield tuple(sorted(hours.saturday))
    yield tuple(sorted(hours.sunday))

"""The hours of a calendar, block by block: a season or a passing change is laid over those above it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

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
        found=f"no hours for {hole} ({hole:%A})",
        expected=f"hours for every day from {known[0]} to {known[1]}",
        advice="write the ordinary hours first, without 'from', 'until' and 'season', and the others below",
    )
    return False


def _check_end(office: Draft[OfficeFile], code: str, weeks: Sequence[WeekHours], index: int) -> None:
    begin, end = weeks[index].valid_from, weeks[index].valid_until
    if begin is not None and end is not None and end < begin:
        path = ("calendars", code, "hours", index, "until")
        office.refuse(path, found=str(end), expected=f"a day not before {begin}")


def _check_order(office: Draft[OfficeFile], code: str, weeks: Sequence[WeekHours], index: int) -> None:
    hidden = [number for number in range(index) if _hides(weeks[index], weeks[number])]
    if not hidden:
        return
    path, week = ("calendars", code, "hours", index), weeks[index]
    if not _lasts(week):
        office.refuse(
            path,
            found=f"hours that hide the block {hidden[0] + 1} above on all its days",
            expected="a part of its days, or the block above taken out",
        )
    elif week.valid_from is None:
        office.refuse(
            path,
            found="hours without a first day",
            expected="the key 'from' with a date after that of the hours above",
            advice="or 'until', or 'season'",
        )
    elif _lasts(weeks[hidden[0]]):
        office.refuse(
            path,
            found="hours that do not begin after those above",
            expected="the key 'from' with a date after that of the hours above",
        )
    else:
        office.refuse(
            path,
            found=f"hours that hide the block {hidden[0] + 1} above from {week.valid_from} on",
            expected="lasting hours above those of a season or with an end",
            advice="move this block up, or end the one above with 'until'",
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

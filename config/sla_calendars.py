"""Working calendars: weekly hours from office.toml, days off and make-up days from calendar/*.toml."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from config.said import say
from config.said_misfits import listed
from config.sla_days import special_days
from config.sla_hours import build_weeks, cover_all
from domain.errors import CalendarError
from domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from config.sla_office_models import OfficeFile, YearFile
    from config.sla_source import Draft

Years = dict[str, list["Draft[YearFile]"]]


def build_calendars(
    office: Draft[OfficeFile], drafts: Sequence[Draft[YearFile]], zone: ZoneInfo
) -> dict[str, WorkingCalendar]:
    """Build every calendar of the office; faults are noted in the drafts and leave their calendar out."""
    if office.model is None:
        return {}
    models = office.model.calendars
    office.must_know(("calendar",), "calendar", office.model.calendar, models)
    years = _by_calendar(office.model, drafts)
    if sum(map(len, years.values())) == len(drafts):  # else every year that cannot be read is a hole
        for code, model in models.items():
            if model.days_from is None:
                _check_years(office, code, years[code])
    built = {code: _build(office, code, years, zone) for code in models}
    return {code: calendar for code, calendar in built.items() if calendar is not None}


def _by_calendar(office: OfficeFile, drafts: Sequence[Draft[YearFile]]) -> Years:
    years: Years = {code: [] for code in office.calendars}
    for draft in drafts:
        if draft.model is None:
            continue
        code = draft.model.calendar or office.calendar
        if draft.model.calendar is not None:
            draft.must_know(("calendar",), "calendar", code, years)
        if code in years:
            years[code].append(draft)
    return years


def _build(office: Draft[OfficeFile], code: str, years: Years, zone: ZoneInfo) -> WorkingCalendar | None:
    models = office.model.calendars if office.model else {}
    path, model = ("calendars", code), models[code]
    owner = model.days_from or code
    with_own_days = [other for other, its in models.items() if its.days_from is None]
    if model.days_from is not None and not office.must_know(
        (*path, "days_from"), "calendar", owner, with_own_days
    ):
        return None
    weeks = build_weeks(office, code, model)
    special = special_days(years[owner], weeks, check=owner == code)
    known = sorted(draft.model.year for draft in years[owner] if draft.model)
    first, last = (date(known[0], 1, 1), date(known[-1], 12, 31)) if known else (None, None)
    if first and last and not cover_all(office, code, weeks, (first, last)):
        if not office.findings.recorded:
            return None
        weeks[0] = replace(weeks[0], valid_from=None)  # as it was counted then: the first hours stood in
    try:
        return WorkingCalendar(
            zone=zone, weeks=weeks, special=special, code=code, known_from=first, known_until=last
        )
    except CalendarError as error:
        office.misfit(path, found=say("refused", error=error), expected=say("working_calendar"))
        return None


def _check_years(office: Draft[OfficeFile], code: str, drafts: Sequence[Draft[YearFile]]) -> None:
    known = sorted({draft.model.year for draft in drafts if draft.model})
    holes = [str(year) for year in range(known[0], known[-1]) if year not in known] if known else []
    if not known:
        office.refuse(
            ("calendars", code),
            found=say("calendar_without_year", code=code),
            expected=say("calendar_file"),
        )
    if holes:
        office.refuse(
            ("calendars", code),
            found=say("calendar_hole", code=code, years=listed(holes)),
            expected=say("every_year", first=known[0], last=known[-1]),
            advice=say("year_as_weekends"),
        )

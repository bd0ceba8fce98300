"""Read the working calendar of a calculator case, and keep the last ones within a budget of memory."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from domain.working_calendar import SpecialDay, WeekHours, WorkingCalendar
from workers.use_cases.calc_read import CaseError, mapping, refuse_unknown, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.timetable import Window

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS: Final = ("tz", "hours", "holidays", "special", "breaks")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MIDNIGHT: Final = 24 * 3600
_SIXTY: Final = 60


class CalendarCache:
    """Keep the calendars last used, by their content, while their tables fit the budget of days."""

    def __init__(self, budget_days: int = 400_000, most: int = 500) -> None:
        self._budget, self._most = budget_days, most
        self._kept: OrderedDict[str, WorkingCalendar] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, raw: Any) -> WorkingCalendar:
        """Return the calendar of this content, made anew when it is not among those kept."""
        key = json.dumps(raw, sort_keys=True)
        calendar = self._kept.pop(key, None) or read_calendar(raw)
        self._kept[key] = calendar
        return calendar

    def trim(self) -> None:
        """Drop the calendars used longest ago until the rest fits."""
        held = sum(calendar.held_days for calendar in self._kept.values())
        while self._kept and (held > self._budget or len(self._kept) > self._most):
            _, dropped = self._kept.popitem(last=False)
            held -= dropped.held_days


def read_calendar(raw: Any) -> WorkingCalendar:
    """Make a calendar of zone, weekly hours, holidays, special days and breaks.

    A special day replaces the weekly hours, on a holiday too; breaks are taken out of what is left.
    """
    fields = mapping(raw, "calendar")
    refuse_unknown(fields, _KEYS, "calendar", "calendar")
    weekly = _weekly(fields.get("hours"))
    special: dict[date, tuple[Window, ...]] = dict.fromkeys(_holidays(fields.get("holidays")), ())
    special |= _dated(fields.get("special"), "calendar.special")
    for day, breaks in _dated(fields.get("breaks"), "calendar.breaks").items():
        special[day] = _without(special.get(day, weekly[day.weekday()]), breaks)
    return WorkingCalendar(
        zone=_zone(fields.get("tz")),
        weeks=[WeekHours(windows=weekly)],
        special={
            day: SpecialDay(kind="short" if windows else "off", windows=windows)
            for day, windows in special.items()
        },
    )


def _zone(raw: Any) -> ZoneInfo:
    try:
        if isinstance(raw, str) and raw:
            return ZoneInfo(raw)
    except (OSError, ValueError, KeyError):  # a folder of the zone database; a path; no such zone
        pass
    raise CaseError("calendar", f"calendar.tz: {show(raw)} is no IANA time zone such as 'Asia/Ho_Chi_Minh'")


def _weekly(raw: Any) -> tuple[tuple[Window, ...], ...]:
    hours = mapping(raw or {}, "calendar.hours")
    refuse_unknown(hours, WEEKDAYS, "calendar.hours", "calendar")
    return tuple(_windows(hours.get(name), f"calendar.hours.{name}") for name in WEEKDAYS)


def _holidays(raw: Any) -> list[date]:
    if raw is not None and not isinstance(raw, list):
        raise CaseError("calendar", f"calendar.holidays: {show(raw)} is no list of dates")
    return [_date(entry, "calendar.holidays") for entry in raw or ()]


def _dated(raw: Any, key: str) -> Mapping[date, tuple[Window, ...]]:
    days = mapping({} if raw is None else raw, key)
    return {_date(text, key): _windows(windows, f"{key}.{text}") for text, windows in days.items()}


def _date(text: Any, key: str) -> date:
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise CaseError("calendar", f"{key}: {show(text)} is no date such as 2019-04-29")


def _windows(raw: Any, key: str) -> tuple[Window, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise CaseError("calendar", f"{key}: {show(raw)} is no list of [from, to]")
    return tuple(sorted(_window(pair, key) for pair in raw))


def _window(pair: Any, key: str) -> Window:
    times = [_second(text) for text in pair] if isinstance(pair, list) else []
    match times:
        case [int(begin), int(end)] if begin < end <= _MIDNIGHT:
            return begin, end
    raise CaseError(
        "calendar",
        f"{key}: {show(pair)} is no window; expected [from, to] as HH:MM, the end after the start, "
        "at most 24:00; night work is two windows, split at midnight",
    )


def _second(text: Any) -> int | None:
    parts = _TIME.fullmatch(text) if isinstance(text, str) else None
    if parts is None:
        return None
    hour, minute, second = (int(part or 0) for part in parts.groups())
    return (hour * 60 + minute) * 60 + second if max(minute, second) < _SIXTY else None


def _without(windows: Iterable[Window], breaks: Iterable[Window]) -> tuple[Window, ...]:
    left = list(windows)
    for begin, end in breaks:
        left = [
            piece
            for opening, closing in left
            for piece in ((opening, min(closing, begin)), (max(opening, end), closing))
            if piece[0] < piece[1]
        ]
    return tuple(left)

"""Moments as the exports write them: local forms, ISO 8601, and the day numbers of Excel."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from domain.snapshot import Moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from config.columns import DateOrder

EXPECTED: Final = "ngày giờ, ví dụ 31/05/2019 14:00, 31/05/2019, 2019-05-31T14:00:00 hoặc số ngày của Excel"
_EXCEL_DAY_0: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a local wall clock; the zone is put on later
_YEARS: Final = range(1900, 2200)
# 1950 to 2199: a bare year such as 2019, or a running number, must not pass for a date of 1905.
_SERIALS: Final = range(18264, 109575)
_DAY_FORM: Final = re.compile(
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    r"|(?P<first>\d{1,2})(?P<sign>[/-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4})",
    re.ASCII,
)
_CLOCK_FORM: Final = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? ?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_SERIAL_FORM: Final = re.compile(r"(\d{5,6})(?:[.,](\d{1,20}))?", re.ASCII)
_SIGNS: Final = frozenset("/-")
_GAPS: Final = frozenset(("", " ", "T"))
_CACHE_LIMIT: Final = 50_000
_SECONDS_A_DAY: Final = 86_400

# The naive local midnight, the same in UTC, and whether the offset holds the whole day.
_Day = tuple[datetime, datetime, bool]
# The time since midnight, and the zone if one was written.
_Clock = tuple[timedelta, tzinfo | None]


class MomentError(ValueError):
    """Refuse a text that is no moment; `found` is the text, `expected` says in Vietnamese what would be."""

    def __init__(self, found: str) -> None:
        super().__init__(f"found {found[:80]!r}, expected a moment such as 31/05/2019 14:00")
        self.found = found
        self.expected = EXPECTED


def parse_moment(text: str, zone: ZoneInfo, order: DateOrder = "dmy") -> Moment:
    """Read a moment; without an offset it is local time in `zone`, without a time it is `date_only`.

    Read are 31/05/2019 and 31-05-2019 (day and month by `order`, also unpadded), 2019-05-31, each alone or
    with a time after a space or T (14:00, 14:00:05, 14:00:05.250, with Z or +07:00), 14:00 31/05/2019, and
    Excel serials of the 1900 system. A serial's fraction is the time: the full minute if the digits given
    allow it, else the nearest second. Where a clock change makes a local time ambiguous or skips it, the
    offset before the change counts (`fold=0`). Anything else, and years outside 1900-2199, raises
    MomentError.
    """
    return MomentReader(zone, order)[text]


class MomentReader(dict[str, Moment]):
    """Look moments up by their text, working out each day and each time of day once: an export repeats them.

    Use it like a mapping: `reader["31/05/2019"]`. It keeps at most 50,000 texts, so memory stays bounded. A
    text that is no moment raises MomentError.
    """

    def __init__(self, zone: ZoneInfo, order: DateOrder) -> None:
        super().__init__()
        self._zone = zone
        self._order = order
        self._days: dict[str, _Day] = {}
        self._clocks: dict[str, _Clock] = {}

    def __missing__(self, text: str) -> Moment:
        day, clock = self._days.get(text[:10]), self._clocks.get(text[11:])
        if day and clock and day[2] and clock[1] is None and text[10] in _GAPS:
            return Moment(day[1] + clock[0])  # not kept: few moments with a minute come twice
        try:
            moment = self._parse(text)
        except (ValueError, OverflowError):
            raise MomentError(text) from None
        if len(self) >= _CACHE_LIMIT:
            self.clear()
        self[text] = moment
        return moment

    def _parse(self, text: str) -> Moment:
        # The usual shapes have their day in the first ten places: no pattern is needed to cut them.
        if text[2:3] in _SIGNS or text[4:5] in _SIGNS:
            day, gap, clock = text[:10], text[10:11], text[11:]
            if gap in _GAPS and (day in self._days or _DAY_FORM.fullmatch(day)):
                return self._moment(day, clock.strip())
        if serial := _SERIAL_FORM.fullmatch(text):
            return self._serial(int(serial[1]), serial[2] or "")
        first, _, rest = text.replace("T", " ").partition(" ")
        day, clock = (rest.strip(), first) if ":" in first else (first, rest.strip())
        return self._moment(day, clock)

    def _moment(self, day: str, clock: str) -> Moment:
        naive, midnight, is_steady = self._days.get(day) or self._day(day)
        if not clock:
            return Moment(midnight, date_only=True)
        since_midnight, offset = self._clocks.get(clock) or self._clock(clock)
        if is_steady and offset is None:
            return Moment(midnight + since_midnight)
        return Moment((naive + since_midnight).replace(tzinfo=offset or self._zone).astimezone(UTC))

    def _serial(self, number: int, fraction: str) -> Moment:
        if number not in _SERIALS:
            raise ValueError(number)
        local = _EXCEL_DAY_0 + timedelta(days=number, seconds=_seconds(fraction))
        has_time = bool(fraction.strip("0"))
        return self._moment(local.date().isoformat(), local.time().isoformat() if has_time else "")

    def _day(self, text: str) -> _Day:
        naive = datetime.combine(_date(text, self._order), time())
        local = naive.replace(tzinfo=self._zone)
        is_steady = local.utcoffset() == (local + timedelta(days=1)).utcoffset()
        self._days[text] = naive, local.astimezone(UTC), is_steady
        return self._days[text]

    def _clock(self, text: str) -> _Clock:
        form = _CLOCK_FORM.fullmatch(text)
        if not form:
            raise ValueError(text)
        hour, minute, second, fraction, offset = form.groups(default="")
        clock = time(int(hour), int(minute), int(second or 0), int(fraction[:6].ljust(6, "0")))
        since_midnight = datetime.combine(_EXCEL_DAY_0, clock) - _EXCEL_DAY_0
        zone = datetime.strptime(offset, "%z").tzinfo if offset else None
        if len(self._clocks) >= _CACHE_LIMIT:
            self._clocks.clear()
        self._clocks[text] = since_midnight, zone
        return self._clocks[text]


def _date(text: str, order: DateOrder) -> date:
    form = _DAY_FORM.fullmatch(text)
    if not form:
        raise ValueError(text)
    if form["iso_year"]:
        year, month, day = int(form["iso_year"]), form["iso_month"], form["iso_day"]
    elif order == "ymd":
        raise ValueError(text)
    else:
        year, month, day = int(form["year"]), form["second"], form["first"]
        month, day = (day, month) if order == "mdy" else (month, day)
    if year not in _YEARS:
        raise ValueError(text)
    return date(year, int(month), int(day))


def _seconds(fraction: str) -> int:
    """Turn the decimals of a serial into seconds: 0.5833 can only mean 14:00, not 13:59:57."""
    unit: int = 10 ** len(fraction)
    doubled = 2 * int(fraction or 0) * _SECONDS_A_DAY
    minute = (doubled + 60 * unit) // (120 * unit) * 60
    if abs(doubled - 2 * minute * unit) <= _SECONDS_A_DAY:
        return minute
    return (doubled + unit) // (2 * unit)

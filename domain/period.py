"""Periods of a report (kỳ báo cáo): calendar ones, administrative ones (15th to 14th), any from–to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import LimitError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ADMINISTRATIVE: Final = "admin:"
FIRST_DAY: Final = 15
"""An administrative month runs from the 15th of the one before to the 14th: Decree 09/2019 art. 12."""
_MONTHS_OF: Final = {"": 12, "H": 6, "Q": 3}
_FORM: Final = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:-(?:(?P<kind>[QH])(?P<part>\d)|(?P<month>\d\d)))?", re.ASCII
)
_WORDS: Final = {"": "năm {year}", "H": "{nth} năm {year}", "Q": "quý {nth} năm {year}"}
_HALVES: Final = ("6 tháng đầu", "6 tháng cuối")
_QUARTERS: Final = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Hold a period by its local days, both inclusive; None leaves a side open. `name` is Vietnamese."""

    first: date | None = None
    last: date | None = None
    name: str = ""

    def begin(self, zone: ZoneInfo) -> datetime | None:
        """Return the instant at which the period begins, inclusive: the local midnight of its first day."""
        return None if self.first is None else _midnight(self.first, zone)

    def end(self, zone: ZoneInfo) -> datetime | None:
        """Return the instant at which it ends, exclusive: the midnight after its last day."""
        return None if self.last is None else _midnight(self.last + timedelta(days=1), zone)


def period_of(text: str) -> Period:
    """Return the period a text names: 2019-05, 2019-Q2, 2019-H1, 2019; with "admin:" before, 15th to 14th.

    An administrative month, quarter, half or year ends on the 14th of its last month and begins on the 15th
    of the month before its first one. Anything else raises LimitError.
    """
    administrative = text.startswith(ADMINISTRATIVE)
    found = _FORM.fullmatch(text.removeprefix(ADMINISTRATIVE))
    parts = None if found is None else _parts(found)
    if parts is None:
        raise LimitError("unknown_period", found=text[:40])
    year, first, months, name = parts
    start = _month(year, first)
    end = _month(year, first + months)
    if administrative:
        start, end = (_month(day.year, day.month - 1, FIRST_DAY) for day in (start, end))
        name += " (kỳ hành chính)"
    return Period(first=start, last=end - timedelta(days=1), name=name)


def months_until(period: Period, *, least: int = 12) -> tuple[Period, ...]:
    """Return the months that end with a named period: its own, and those before up to `least` of them.

    Those of an administrative period run from the 15th as it does; each is called by the month it ends in.
    Raises ValueError for a period without a first and a last day.
    """
    if period.first is None or period.last is None:
        raise ValueError("months are those of a period with a first and a last day")
    after, months = period.last + timedelta(days=1), list[Period]()
    while after > period.first or len(months) < least:
        first, last = _month(after.year, after.month - 1, after.day), after - timedelta(days=1)
        months.append(Period(first=first, last=last, name=f"{last:%m/%Y}"))
        after = first
    return tuple(reversed(months))


def _parts(found: re.Match[str]) -> tuple[int, int, int, str] | None:
    """Return year, first month, number of months and name; None where there is no such part of a year."""
    year = int(found["year"])
    if found["month"]:
        month = int(found["month"])
        return (year, month, 1, f"tháng {month:02d} năm {year}") if 1 <= month <= 12 else None  # noqa: PLR2004 - months
    kind = found["kind"] or ""
    months, part = _MONTHS_OF[kind], int(found["part"] or 1)
    if not 1 <= part <= 12 // months:
        return None
    words = _QUARTERS if kind == "Q" else _HALVES
    nth = words[part - 1] if kind else ""
    return year, (part - 1) * months + 1, months, _WORDS[kind].format(nth=nth, year=year)


def _month(year: int, month: int, day: int = 1) -> date:
    years, index = divmod(month - 1, 12)
    return date(year + years, index + 1, day)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)

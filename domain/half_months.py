"""The half months of an office: what every calendar and every administrative period is made of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from domain.period import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_MONTHS: Final = 12


def bounds(first: datetime, last: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the instants, in UTC, at which half months begin: each that has any of [first, last], in order.

    A half month begins at the local midnight of the 1st, or of the 15th on which administrative months do.
    """
    begin, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    begin = begin.replace(day=FIRST_DAY if begin.day >= FIRST_DAY else 1)
    days = _halves(begin)
    found = []
    while (day := next(days)) <= end:
        found.append(_midnight(day, zone))
    return tuple(found)


def is_bound(instant: datetime, zone: ZoneInfo) -> bool:
    """Say whether an aware instant is one at which a half month begins."""
    local = instant.astimezone(zone)
    return local.day in (1, FIRST_DAY) and local.time() == time()


def _halves(day: date) -> Iterator[date]:
    while True:
        yield day
        if day.day < FIRST_DAY:
            day = day.replace(day=FIRST_DAY)
        else:
            day = date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)

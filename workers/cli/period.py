"""A period as a person gives it: local days, the last one included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from workers.cli.exits import CommandError
from workers.cli.screen import read_moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Hold a period: its days for people (inclusive), its instants for queries ([begin, end)).

    None leaves a bound open.
    """

    first: date | None
    last: date | None
    begin: datetime | None
    end: datetime | None


def read_period(first: str | None, last: str | None, zone: ZoneInfo) -> Period:
    """Read --from and --to; raises CommandError."""
    from_day, to_day = _day(first, "--from", zone), _day(last, "--to", zone)
    if from_day and to_day and to_day < from_day:
        raise CommandError(f"--to {to_day:%d/%m/%Y} trước --from {from_day:%d/%m/%Y}.")
    return Period(
        first=from_day,
        last=to_day,
        begin=_midnight(from_day, zone) if from_day else None,
        end=_midnight(to_day + timedelta(days=1), zone) if to_day else None,
    )


def _day(text: str | None, option: str, zone: ZoneInfo) -> date | None:
    if text is None:
        return None
    moment = read_moment(text, zone, option)
    if not moment.date_only:
        raise CommandError(f"{option}: có “{text}”, cần một ngày, ví dụ 31/05/2019.")
    return moment.at.astimezone(zone).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)

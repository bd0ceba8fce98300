"""Read the pieces of a calculator case: instants, dates, limits and pauses, refusing what is not clear."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from domain.time_limit import SECONDS_OF, TimeLimit, Unit
from domain.timetable import wall_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from domain.pauses import Pause

UNITS: Final = ("seconds", "minutes", "hours", "working_days", "calendar_days", "months")
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?", re.ASCII)
_DAY_ONLY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BEYOND: Final = 10**15
_PAIR: Final = 2
_SHOWN: Final = 60


class CaseError(Exception):
    """Refuse one case: `code` is a stable word for programs, the message a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def show(value: object) -> str:
    """Return a value as it stands in a message, shortened."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def instant(value: Any, key: str) -> datetime:
    """Return an aware instant; a date, a moment without offset or anything else is refused."""
    moment = _parsed(value, key)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise CaseError(
            "bad_case", f"{key}: {show(value)} is no instant; an ISO instant with offset is needed"
        )
    return moment


def day(value: Any, key: str, zone: tzinfo) -> date:
    """Return a local date; of an instant, its date in the calendar's zone."""
    moment = _parsed(value, key)
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()


def is_date(value: Any) -> bool:
    """Say whether a text is a date without a time of day."""
    return isinstance(value, str) and _DAY_ONLY.fullmatch(value) is not None


def moment_of_day(value: Any, key: str, zone: tzinfo) -> datetime:
    """Return an aware instant; of a date, the local midnight that begins it; without offset, local time."""
    moment = _parsed(value, key)
    if not isinstance(moment, datetime):
        return wall_time(moment, 0, zone)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def limit_of(raw: Any, key: str = "limit") -> TimeLimit:
    """Return the limit `{n, unit}`.

    `n` may be written as text. Working time is counted in whole seconds, a fraction is rounded half up; a
    fraction of a day is refused.
    """
    fields = mapping(raw, key)
    refuse_unknown(fields, ("n", "unit"), key)
    unit = fields.get("unit")
    if unit not in UNITS:
        raise CaseError("limit", f"{key}.unit: {show(unit)} is unknown; expected one of {', '.join(UNITS)}")
    amount = _number(fields.get("n"), f"{key}.n")
    if amount == amount.to_integral_value():
        return TimeLimit(int(amount), Unit(unit))
    if Unit(unit) not in SECONDS_OF:
        raise CaseError("limit", f"{key}.n: {amount} {unit} is no whole number; days are never split")
    seconds = (amount * SECONDS_OF[Unit(unit)]).to_integral_value(ROUND_HALF_UP)
    return TimeLimit(int(seconds), Unit.SECONDS)


def pauses_of(raw: Any, zone: tzinfo, *, dates: bool) -> tuple[Pause, ...]:
    """Return the pauses; where the case is one of dates, a date stands for the midnight that begins it."""
    pairs = list_of(raw, "pauses")
    if not all(isinstance(pair, list) and len(pair) == _PAIR for pair in pairs):
        raise CaseError("bad_case", f"pauses: {show(raw)} is no list of [from, to]")
    if dates:
        return tuple((moment_of_day(a, "pauses", zone), moment_of_day(b, "pauses", zone)) for a, b in pairs)
    return tuple((instant(a, "pauses"), instant(b, "pauses")) for a, b in pairs)


def list_of(raw: Any, key: str) -> list[Any]:
    """Return a JSON list; null or absent is the empty list."""
    if raw is not None and not isinstance(raw, list):
        raise CaseError("bad_case", f"{key}: {show(raw)} is no list")
    return raw or []


def flag(raw: Any, key: str) -> bool:
    """Return a JSON boolean; null or absent is false."""
    if raw is not None and not isinstance(raw, bool):
        raise CaseError("bad_case", f"{key}: {show(raw)} is neither true nor false")
    return bool(raw)


def mapping(raw: Any, key: str) -> Mapping[str, Any]:
    """Return a JSON object, or refuse anything else by its key."""
    if not isinstance(raw, dict):
        raise CaseError("bad_case", f"{key}: {show(raw)} is no object")
    return raw


def refuse_unknown(
    fields: Mapping[str, Any], known: tuple[str, ...], key: str, code: str = "bad_case"
) -> None:
    """Refuse a key nobody reads: misspelt, it would silently change the answer."""
    for name in fields:
        if name not in known:
            raise CaseError(code, f"{key}: the key {show(name)} is unknown; expected {', '.join(known)}")


def _parsed(value: Any, key: str) -> date | datetime:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value) if is_date(value) else datetime.fromisoformat(value)
    except ValueError:
        pass
    raise CaseError("bad_case", f"{key}: {show(value)} is neither an ISO date nor an ISO instant")


def _number(value: Any, key: str) -> Decimal:
    written = isinstance(value, str) and _NUMBER.fullmatch(value)
    counted = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not written and not counted:
        raise CaseError("limit", f"{key}: {show(value)} is no number")
    if isinstance(value, int) and abs(value) >= _BEYOND:  # may have too many digits to be shown
        raise CaseError("limit", f"{key}: the number is longer than any calendar")
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) >= _BEYOND:
        raise CaseError("limit", f"{key}: {number} is longer than any calendar")
    return number

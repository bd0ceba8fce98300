"""Events of an iCalendar file (RFC 5545) that cover whole days; what cannot be one is refused, not guessed.

Of the format this reads what days off are announced with: DTSTART, DTEND or DURATION, SUMMARY, DESCRIPTION,
CATEGORIES, STATUS, on folded lines. An event that recurs, or that lasts some hours, is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from workers.inbox.faults import SheetError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE: Final = re.compile(r'([A-Za-z0-9-]+)((?:;[^:;"]*(?:"[^"]*")?[^:;"]*)*):(.*)', re.DOTALL)
_DAY: Final = re.compile(r"(\d{8})(?:T000000Z?)?", re.ASCII)
_DURATION: Final = re.compile(r"\+?P(\d{1,3})([DW])", re.ASCII)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_RECURS: Final = ("RRULE", "RDATE", "RECURRENCE-ID")
_LONGEST: Final = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Hold an event of whole local days, both inclusive; `line` is where it begins."""

    first: date
    last: date
    summary: str
    description: str
    categories: tuple[str, ...]
    line: int


@dataclass(slots=True)
class _Raw:
    line: int
    values: dict[str, str] = field(default_factory=dict)


def read_ics(text: str, *, file: str) -> list[Event]:
    """Return the events in the order of their days; cancelled ones are left out.

    Raises SheetError for a text that is no calendar and for an event that is not one of whole days.
    """
    lines = list(_unfolded(text))
    if not lines or lines[0][1].strip().upper() != "BEGIN:VCALENDAR":
        raise SheetError(file, found="dòng đầu không phải BEGIN:VCALENDAR", expected="tệp iCalendar (.ics)")
    events = [_event(raw, file) for raw in _raws(lines, file) if raw.values.get("STATUS") != "CANCELLED"]
    return sorted(events, key=lambda event: (event.first, event.line))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the content lines with their number: one that begins with a blank goes on the one before."""
    held, begun = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[:1] in {" ", "\t"} and begun:
            held += line[1:]
            continue
        if held.strip():
            yield begun, held
        held, begun = line, number
    if held.strip():
        yield begun, held


def _raws(lines: list[tuple[int, str]], file: str) -> Iterator[_Raw]:
    """Yield the values of each event; what stands in a part of it (an alarm) is not the event's."""
    found, depth = None, 0
    for number, line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            found, depth = _Raw(number), 0
        elif word == "END:VEVENT" and found is not None:
            yield found
            found = None
        elif found is not None and word.startswith(("BEGIN:", "END:")):
            depth += 1 if word.startswith("BEGIN:") else -1
        elif found is not None and depth == 0:
            _keep(found, line)
    if found is not None:
        raise SheetError(file, line=found.line, found="sự kiện không có END:VEVENT", expected="tệp trọn vẹn")


def _keep(raw: _Raw, line: str) -> None:
    parts = _LINE.fullmatch(line)
    if parts:
        name, value = parts[1].upper(), parts[3].strip()
        more = name == "CATEGORIES" and name in raw.values  # the only one that may stand on several lines
        raw.values[name] = f"{raw.values[name]},{value}" if more else value


def _event(raw: _Raw, file: str) -> Event:
    values = raw.values
    recurs = next((name for name in _RECURS if name in values), None)
    if recurs:
        expected = "mỗi ngày một sự kiện, hoặc một sự kiện nhiều ngày liền"
        raise SheetError(file, line=raw.line, found=f"sự kiện lặp lại ({recurs})", expected=expected)
    first = _day(values.get("DTSTART", ""), raw, file)
    last = _end(first, raw, file)
    if not first <= last <= first + timedelta(days=_LONGEST - 1):
        expected = f"một đến {_LONGEST} ngày"
        raise SheetError(file, line=raw.line, found=f"sự kiện từ {first} đến {last}", expected=expected)
    return Event(
        first=first,
        last=last,
        summary=_words(values.get("SUMMARY", "")),
        description=_words(values.get("DESCRIPTION", "")),
        categories=tuple(_words(word) for word in values.get("CATEGORIES", "").split(",") if word.strip()),
        line=raw.line,
    )


def _end(first: date, raw: _Raw, file: str) -> date:
    """Return the last day: DTEND is the day after it (RFC 5545 3.6.1); without an end it is the first."""
    if "DTEND" in raw.values:
        return _day(raw.values["DTEND"], raw, file) - timedelta(days=1)
    found = _DURATION.fullmatch(raw.values.get("DURATION", "P1D"))
    if not found:
        raise SheetError(
            file,
            line=raw.line,
            found=f"DURATION {raw.values['DURATION'][:40]!r}",
            expected="số ngày, như P5D",
        )
    return first + timedelta(days=int(found[1]) * (7 if found[2] == "W" else 1) - 1)


def _day(value: str, raw: _Raw, file: str) -> date:
    found = _DAY.fullmatch(value)
    try:
        return datetime.strptime(found[1] if found else "", "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        expected = "sự kiện cả ngày, như DTSTART;VALUE=DATE:20260216"
        raise SheetError(file, line=raw.line, found=f"thời điểm {value[:40]!r}", expected=expected) from None


def _words(value: str) -> str:
    plain = _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)
    return " ".join(plain.split())

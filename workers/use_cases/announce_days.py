"""Announced days laid over the files of a calendar: what is new, what is known, what contradicts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from config.calendar_file import NewDay, new_year, with_days
from config.locate import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from config.sla import Sla
    from workers.inbox.announced import Announced, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Hold what an announcement changes: {path: text} of the files, days new and known, contradictions."""

    files: Mapping[str, str]
    added: Sequence[NewDay]
    known: Sequence[Announced]
    clashes: Sequence[str]


@dataclass(slots=True)
class _Year:
    """Hold the files of one year of a calendar, and where each of its days stands."""

    files: list[str] = field(default_factory=list)
    days: dict[date, tuple[str, str]] = field(default_factory=dict)


def announce(
    sla: Sla,
    announced: Sequence[Announced],
    *,
    calendar: str,
    source: str,
    verified: Verified,
    heading: Sequence[str] = (),
) -> Merge:
    """Lay announced days over the files of a calendar; nothing is written, and nothing put in force.

    `source` and `verified` stand in where a day does not say. With a contradiction no file changes: a day
    that is known with another kind, or announced twice with two.
    """
    years = dict(_years(sla, calendar))
    added, known, clashes = [], [], []
    seen: dict[date, Announced] = {}
    for day in announced:
        kind, place = years.get(day.day.year, _Year()).days.get(day.day, ("", ""))
        before = seen.setdefault(day.day, day)
        if before.kind != day.kind:
            clashes.append(f"{day.day}: có hai loại, {before.kind} và {day.kind}")
        elif kind and kind != day.kind:
            clashes.append(f"{place}: {day.day} đã ghi là {kind}, tệp mới ghi {day.kind} ({day.name})")
        elif kind:
            known.append(day)
        elif before is day:
            added.append(_new(day, source, verified))
    files = {} if clashes else dict(_changed(sla, added, years, calendar, heading))
    return Merge(files=files, added=added, known=known, clashes=clashes)


def _new(day: Announced, source: str, verified: Verified) -> NewDay:
    return NewDay(
        day=day.day,
        kind=day.kind,
        name=day.name,
        source=day.source or source,
        verified=day.verified or verified,
        hours=day.hours,
    )


def _years(sla: Sla, calendar: str) -> Iterator[tuple[int, _Year]]:
    years: dict[int, _Year] = {}
    for file, text in sorted(sla.files.items()):
        data = tomllib.loads(text) if file.startswith("calendar/") else {}
        if data.get("calendar", sla.default_calendar) != calendar or "year" not in data:
            continue
        year = years.setdefault(data["year"], _Year())
        year.files.append(file)
        for index, day in enumerate(data.get("days", ())):
            year.days[day["date"]] = (day["kind"], f"{file}:{locate(text, ('days', index))[0]}")
    yield from years.items()


def _changed(
    sla: Sla, added: Sequence[NewDay], years: Mapping[int, _Year], calendar: str, heading: Sequence[str]
) -> Iterator[tuple[str, str]]:
    other = None if calendar == sla.default_calendar else calendar
    for number in sorted({day.day.year for day in added}):
        days = [day for day in added if day.day.year == number]
        usual = f"calendar/{number}{f'-{other}' if other else ''}.toml"
        files = years[number].files if number in years else []
        file = usual if usual in files or not files else files[0]
        words = heading or (f"Ngày nghỉ và ngày làm bù năm {number}.",)
        text = sla.files[file] if file in sla.files else new_year(number, other, words)
        yield file, with_days(text, days, file=file)

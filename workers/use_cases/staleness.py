"""Which open dossiers a configuration may move: from what differs between calendars, as spans of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from config.sla_source import digest_of
from domain.calendar_changes import changed_days, stretches
from domain.rung_terms import PartOfLimit
from domain.time_limit import SECONDS_OF
from workers.store.stale_clocks import Sought, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from config.sla import Sla
    from domain.calendar_changes import DayChange
    from domain.ladder import Rung
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office

_FIRST: Final = date(1990, 1, 1)
_YEARS_AHEAD: Final = 10
_LONGEST_LIMIT: Final = 180
"""Days."""
_MARGIN: Final = timedelta(days=21)
"""A count may roll over some days at either end: so much more is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staleness:
    """Hold which dossiers may have to follow a configuration; `ladders`: rungs changed, so all of them."""

    sought: Sought
    ladders: bool


def staleness(work: UnitOfWork, office: Office, *, also_open: Sequence[str], now: datetime) -> Staleness:
    """Return what may have to follow the configuration of an office, which is in force or would be.

    By state alone: whatever open dossiers were counted under before, however often this was begun.
    """
    mine = _CalendarTexts(work, office)
    spans: list[Span] = []
    for under in work.stale.derived_under(before=office.version):
        if under == 0:  # written by a program that did not say: look at it
            spans.append(Span(derived_under=0))
            continue
        before = mine.differing(under)
        if any(sla.calendars.keys() - office.sla.calendars.keys() for sla in before):
            spans.append(Span(derived_under=under))  # what was counted on a calendar that is gone
            continue
        days = [day for sla in before for day in changes_between(sla, office.sla, now=now)]
        spans += _spans(under, days, office)
    ladders = mine.ladders_changed(office.followed)
    sought = Sought(number=office.version, spans=tuple(spans), rebound=tuple(also_open), every=ladders)
    return Staleness(sought=sought, ladders=ladders)


def changes_between(old: Sla, new: Sla, *, now: datetime) -> list[DayChange]:
    """Return the days that count otherwise on any calendar that procedures or units of either may use."""
    if old is new:
        return []
    last = date(now.year + _YEARS_AHEAD, 12, 31)
    pairs = {(id(a), id(b)): (a, b) for a, b in _pairs(old, new)}
    return [day for a, b in pairs.values() for day in changed_days(a, b, _FIRST, last)]


def _pairs(old: Sla, new: Sla) -> Iterator[tuple[WorkingCalendar, WorkingCalendar]]:
    yield old.calendar, new.calendar
    for code in old.calendars.keys() & new.calendars.keys():
        yield old.calendars[code], new.calendars[code]
    for unit in old.unit_calendars.keys() | new.unit_calendars.keys():
        for before in _of_unit(old, unit):
            yield from ((before, after) for after in _of_unit(new, unit))


def _of_unit(sla: Sla, unit: str) -> list[WorkingCalendar]:
    """Return the calendar of a unit, or every one its dossiers may be counted on."""
    own = sla.unit_calendars.get(unit)
    return [own] if own else list(sla.calendars.values())


def _spans(under: int, days: Sequence[DayChange], office: Office) -> Iterator[Span]:
    zone = office.sla.zone
    # Where the office works more, rungs after a due date come sooner as well: that far back it is looked at.
    after = _reach(office.sla) if any(day.gives_time for day in days) else timedelta()
    for stretch in stretches(day.day for day in days):
        begin = datetime.combine(stretch.first, time(), tzinfo=zone).astimezone(UTC)
        end = datetime.combine(stretch.last, time(), tzinfo=zone).astimezone(UTC)
        yield Span(derived_under=under, since=begin - _MARGIN - after, until=end + _MARGIN)


def _reach(sla: Sla) -> timedelta:
    """Return how long after a due date the last rung of any ladder may come, generously."""
    rungs = (rung for ladder in sla.ladders.values() for rung in ladder)
    return timedelta(days=2 * max((_days_after(rung) for rung in rungs), default=0))


def _days_after(rung: Rung) -> int:
    offset = rung.offset
    # A part of the limit after the due date: as much again as the longest limit an office has.
    days = _LONGEST_LIMIT if isinstance(offset, PartOfLimit) else _in_days(offset)
    return days + (rung.repeat.at_most * max(1, _in_days(rung.repeat.every)) if rung.repeat else 0)


def _in_days(limit: TimeLimit) -> int:
    return limit.amount if limit.unit not in SECONDS_OF else 1 + limit.amount // 4


class _CalendarTexts:
    """Compare the texts of versions: most differ in nothing that counts days, and are never parsed."""

    def __init__(self, work: UnitOfWork, office: Office) -> None:
        self.work, self.office = work, office
        self.mine = _days_digest(office.sla.files)
        self.held: dict[int, tuple[str, str]] = {}

    def differing(self, since: int) -> list[Sla]:
        """Return one configuration for each other way of counting days there was from a version on."""
        found: dict[str, int] = {}
        for number in range(since, self.office.version):
            digest = self._digests(number)[0]
            if digest != self.mine:
                found.setdefault(digest, number)
        return [self.office.at(number) for number in found.values()]

    def ladders_changed(self, since: int) -> bool:
        """Say whether any version from one on had other rungs."""
        mine = _ladders_digest(self.office.sla.files)
        return any(self._digests(number)[1] != mine for number in range(max(1, since), self.office.version))

    def _digests(self, number: int) -> tuple[str, str]:
        if number not in self.held:
            files = self.work.versions.files(number)
            self.held[number] = _days_digest(files), _ladders_digest(files)
        return self.held[number]


def _days_digest(files: Mapping[str, str]) -> str:
    wanted = {name: text for name, text in files.items() if name.startswith("calendar/")}
    return digest_of(wanted | {"office.toml": files.get("office.toml", "")})


def _ladders_digest(files: Mapping[str, str]) -> str:
    return digest_of({"ladders.toml": files.get("ladders.toml", "")})

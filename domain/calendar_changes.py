"""What a changed calendar changes: which days, from what to what, and which counts they can move."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.deadline import Language
    from domain.timetable import Window
    from domain.working_calendar import WorkingCalendar

DayChangeKind = Literal["off", "work", "hours", "known", "unknown"]
_ONE_DAY = timedelta(days=1)


class DayChange(NamedTuple):
    """Hold one day that counts otherwise under a new calendar than under the old one.

    off: it does not work any more; work: it does now; hours: it works, at other hours; known, unknown: only
    that its days off are published, or no longer. `name` and `source` are what the new calendar calls it, of
    a day that is nothing special any more what the old one did.
    """

    day: date
    kind: DayChangeKind
    name: str = ""
    source: str = ""

    @property
    def gives_time(self) -> bool:
        """Say whether the office works more on this day than it did: what counts forward ends sooner."""
        return self.kind in ("work", "hours")


_WORDS: Final[dict[DayChangeKind, tuple[str, str]]] = {
    "off": ("nghỉ", "off"),
    "work": ("làm việc", "a working day"),
    "hours": ("đổi giờ làm việc", "other hours"),
    "known": ("lịch nghỉ đã công bố", "days off published"),
    "unknown": ("lịch nghỉ chưa công bố", "days off not published"),
}


def change_in_words(change: DayChange, lang: Language = "vi") -> str:
    """Say what becomes of a day: "12/06/2019 nghỉ (Bão số 1)"."""
    what = _WORDS[change.kind][lang == "en"]
    return f"{change.day:%d/%m/%Y} {what}" + (f" ({change.name})" if change.name else "")


class Stretch(NamedTuple):
    """Hold a stretch of changed days, both inclusive."""

    first: date
    last: date


def changed_days(
    old: WorkingCalendar, new: WorkingCalendar, first: date, last: date
) -> tuple[DayChange, ...]:
    """Return the days from `first` to `last` (both inclusive) that count otherwise, in order."""
    if old is new:
        return ()
    return tuple(change for day in _in_question(old, new, first, last) for change in _change(old, new, day))


def _in_question(old: WorkingCalendar, new: WorkingCalendar, first: date, last: date) -> Iterable[date]:
    """Return the days that can count otherwise, in order: with the same weekly hours, special ones alone."""
    known = (old.known_from, old.known_until) == (new.known_from, new.known_until)
    if known and tuple(old.weeks) == tuple(new.weeks):
        return sorted(day for day in old.special.keys() | new.special.keys() if first <= day <= last)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _change(old: WorkingCalendar, new: WorkingCalendar, day: date) -> Iterator[DayChange]:
    before, after = old.windows_on(day), new.windows_on(day)
    if before != after:
        special = new.special.get(day) or old.special.get(day)
        name, source = (special.name, special.source) if special else ("", "")
        yield DayChange(day, _kind(before, after), name, source)
    elif old.is_known(day) != new.is_known(day):
        yield DayChange(day, "known" if new.is_known(day) else "unknown")


def _kind(before: tuple[Window, ...], after: tuple[Window, ...]) -> DayChangeKind:
    if not after:
        return "off"
    return "hours" if before else "work"


def stretches(days: Iterable[date], *, gap: int = 7, most: int = 8) -> tuple[Stretch, ...]:
    """Return the stretches that cover some days; those at most `gap` days apart are one.

    When they would be more than `most`, one stretch covers all: whoever asks looks at more than needed, never
    at less.
    """
    found: list[Stretch] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last <= gap * _ONE_DAY:
            found[-1] = Stretch(found[-1].first, day)
        else:
            found.append(Stretch(day, day))
    return tuple(found) if len(found) <= most else (Stretch(found[0].first, found[-1].last),)

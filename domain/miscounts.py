"""Ways to miscount (đếm sai): each is the lawful count with one thing done wrong, by the same arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.deadline import Deadline, derive
from domain.time_limit import TimeLimit, Unit
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    from domain.calendar_variants import Variants
    from domain.pauses import Pause
    from domain.time_limit import CountingRules
    from domain.working_calendar import WorkingCalendar

Family = Literal["calendar", "unit", "start", "rule"]
"""What a miscount gets wrong; two of one family do not go together. They are done in this order."""

FAMILIES: Final[tuple[Family, ...]] = ("calendar", "unit", "start", "rule")
_DAY_OF_HOURS: Final = 8 * 3600 * SECOND
_MONTH: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Hold everything a due date is counted from; `start` is the aware instant of receipt or restart."""

    limit: TimeLimit
    start: datetime
    calendar: WorkingCalendar
    rules: CountingRules
    pauses: tuple[Pause, ...] = ()

    def lands(self) -> Deadline | None:
        """Return the due date of this count; None without a limit."""
        return derive(self.limit, self.start, self.calendar, self.rules, self.pauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLimit:
    """Hold a limit that was not this dossier's: of another case or version; `words` name it (vi, en).

    `since` is the day from which the version is in force; None: it was there at acceptance.
    """

    limit: TimeLimit
    words: tuple[str, str]
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miscount:
    """Hold one thing done wrong.

    `days` are the special days it overlooks, `source` the document behind the first of them; `detail` says
    more (vi, en).
    """

    code: str
    days: tuple[date, ...] = ()
    source: str = ""
    detail: tuple[str, str] = ("", "")


class Way(NamedTuple):
    """Pair a miscount with what it does to a count; `change` returns None where it cannot happen."""

    miscount: Miscount
    family: Family
    change: Callable[[Count], Count | None]
    pairs: bool = True


def ways(count: Count, until: date, variants: Variants, others: Sequence[OtherLimit] = ()) -> Iterator[Way]:
    """Yield the ways to miscount, the likeliest first; `until` is the last day that can play a part.

    The likeliest are those that assume least: a swap of working days that is not known (announced weeks
    before, DOMAIN 2.3), then single days off, then a whole table of them, then the rules.
    """
    first = count.calendar.local(count.start).date()
    yield from _swaps(first, until, variants)
    yield Way(Miscount(code="end_not_rolled"), "rule", _end_not_rolled)
    yield from _holidays(first, until, variants)
    yield Way(Miscount(code="receipt_counted"), "rule", _receipt_counted)
    yield from _units(count, variants)
    yield from _receipts(count)
    for other in others:
        if other.since is not None and other.since > until:
            continue  # not even announced when the slip was printed
        yield _limited(Miscount(code="other_limit", detail=other.words), other.limit)


def _swaps(first: date, last: date, variants: Variants) -> Iterator[Way]:
    # BLDS 2015 art. 148.5 speaks of days off; a make-up Saturday is a working day for every purpose.
    worked = variants.between(first, last, "swap_work")
    off = variants.between(first, last, "swap_off")
    if worked:
        yield _overlooked("make_up_ignored", worked, variants, lambda: variants.without("swap_work"))
    if worked and off:
        both = tuple(sorted(worked + off))
        yield _overlooked("swap_ignored", both, variants, lambda: variants.without("swap_work", "swap_off"))
    if off:
        yield _overlooked("swap_off_ignored", off, variants, lambda: variants.without("swap_off"))


def _holidays(first: date, last: date, variants: Variants) -> Iterator[Way]:
    # Labour Code 2019 art. 112: days off. One that the software lacks is counted as a working day.
    special, off = variants.calendar.special, variants.between(first, last, "off")
    names: dict[str, list[date]] = {}
    for day in off:
        names.setdefault(special[day].name, []).append(day)
        yield _missing((day,), variants)
    yield from (_missing(tuple(days), variants) for days in names.values() if len(days) > 1)
    if variants.between(first, last, "off", "swap_off", "swap_work", "short"):
        yield Way(
            Miscount(code="weekends_only"),
            "calendar",
            lambda right: replace(right, calendar=variants.without("off", "swap_off", "swap_work", "short")),
        )


def _missing(days: tuple[date, ...], variants: Variants) -> Way:
    # Which days are missing could be anything: together with a second mistake it would explain everything.
    way = _overlooked("holiday_missing", days, variants, lambda: variants.lacking(days))
    name = variants.calendar.special[days[0]].name
    return way._replace(miscount=replace(way.miscount, detail=(name, name)), pairs=False)


def _overlooked(
    code: str, days: tuple[date, ...], variants: Variants, calendar: Callable[[], WorkingCalendar]
) -> Way:
    found = Miscount(code=code, days=days, source=variants.calendar.special[days[0]].source)
    return Way(found, "calendar", lambda right: replace(right, calendar=calendar()))


def _end_not_rolled(count: Count) -> Count | None:
    # BLDS 2015 art. 148.5: a last day that does not work moves to the next working day.
    if count.limit.unit not in (Unit.CALENDAR_DAYS, Unit.MONTHS):
        return None
    return replace(count, rules=replace(count.rules, due_on_nonworking="as_is"))


def _receipt_counted(count: Count) -> Count | None:
    # BLDS 2015 art. 147.2-3: the day of the event is not counted.
    if not count.limit.in_days or count.limit.unit is Unit.SAME_DAY:
        return None
    return replace(count, rules=replace(count.rules, start_day_counts=True))


def _units(count: Count, variants: Variants) -> Iterator[Way]:
    # "Ngày" and "ngày làm việc" are taken for each other (DOMAIN 1.2); some keep hours as days of eight.
    limit = count.limit
    if limit.unit is Unit.WORKING_DAYS:
        yield _limited(Miscount(code="counted_calendar_days"), TimeLimit(limit.amount, Unit.CALENDAR_DAYS))
    elif limit.unit is Unit.CALENDAR_DAYS:
        yield _limited(Miscount(code="counted_working_days"), TimeLimit(limit.amount, Unit.WORKING_DAYS))
    elif limit.unit is Unit.MONTHS:
        yield _limited(
            Miscount(code="months_of_30_days"), TimeLimit(limit.amount * _MONTH, Unit.CALENDAR_DAYS)
        )
    elif limit.unit is Unit.SAME_DAY:
        yield _limited(Miscount(code="same_day_as_one_day"), TimeLimit(1, Unit.WORKING_DAYS))
    else:
        yield _limited(
            Miscount(code="hours_as_days"), TimeLimit(-(-limit.micros // _DAY_OF_HOURS), Unit.WORKING_DAYS)
        )
        yield Way(
            Miscount(code="clock_hours"),
            "calendar",
            lambda right: replace(right, calendar=variants.round_the_clock()),
        )


def _limited(miscount: Miscount, limit: TimeLimit) -> Way:
    return Way(miscount, "unit", lambda right: replace(right, limit=limit))


def _receipts(count: Count) -> Iterator[Way]:
    # The hour of 15:00 moves the hand-over (Decree 61/2018 art. 18), never the start of the count.
    local, cutoff = count.calendar.local(count.start), count.rules.same_day_cutoff
    since_midnight = local - local.replace(hour=0, minute=0, second=0, microsecond=0)
    is_late, hour = since_midnight > timedelta(seconds=cutoff), f"{cutoff // 3600}:{cutoff % 3600 // 60:02}"
    if count.limit.unit is Unit.SAME_DAY:
        if is_late:
            yield Way(Miscount(code="cutoff_ignored", detail=(hour, hour)), "rule", _cutoff_ignored)
    elif not count.calendar.is_working_day(local.date()):
        yield Way(Miscount(code="receipt_moved"), "start", _next_opening)
    elif is_late:
        yield Way(Miscount(code="late_receipt", detail=(hour, hour)), "start", _next_opening)
    else:
        yield Way(Miscount(code="next_day_as_receipt"), "start", _next_opening)


def _cutoff_ignored(count: Count) -> Count:
    return replace(count, rules=replace(count.rules, same_day_cutoff=86_400))


def _next_opening(count: Count) -> Count:
    day = count.calendar.add_days(count.calendar.local(count.start).date(), 1)
    return replace(count, start=count.calendar.opening_of(day))

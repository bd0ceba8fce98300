"""The slip (giấy hẹn trả) against the law: where the printed date differs, and how it was likely miscounted.

A slip later than the law promises less than is owed, a slip earlier promises what is not owed; both differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Final

from domain.calendar_variants import Variants
from domain.errors import DomainError
from domain.miscounts import FAMILIES, Count, Miscount, Way, ways
from domain.slip_words import CALENDAR_CHANGED, UNKNOWN, words_of
from domain.snapshot import Moment
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from domain.deadline import Deadline
    from domain.miscounts import OtherLimit
    from domain.working_calendar import WorkingCalendar

_MINUTE: Final = timedelta(minutes=1)
_FAR: Final = timedelta(days=3 * 366)
"""Beyond it a slip is a slip of the pen (2091 for 2019): nothing is counted to it and nothing explains it."""
_DATE_ONLY: Final = "/day"


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold the miscounts, one or two, that together give the date on the slip."""

    parts: tuple[Miscount, ...]

    @property
    def code(self) -> str:
        """Return a stable word for programs; two miscounts are joined by a plus."""
        return "+".join(part.code for part in self.parts)

    @property
    def source(self) -> str:
        """Return the document behind the day that was overlooked, empty where there is none."""
        return next((part.source for part in self.parts if part.source), "")

    def said(self, lang: str = "vi") -> str:
        """Return the reason in words, with the days or the limit it is about."""
        return " + ".join(_said(part, lang) for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipDifference:
    """Hold how a slip differs from the law and what may explain it, the likeliest first; never no reason.

    `days` and `working_days` are by how much the slip lies after the lawful day (negative: before it);
    working days are not counted over years. Of a limit in hours, `minutes` is the working time between the
    two, unless the slip has a day alone.
    """

    slip: Moment
    slip_on: date
    lawful: Deadline
    days: int
    working_days: int | None
    minutes: int | None
    reasons: tuple[Reason, ...]

    @property
    def is_miscount(self) -> bool:
        """Say whether the slip was wrong when printed; a calendar that changed since does not make it so."""
        return self.reasons[0].code != CALENDAR_CHANGED

    @property
    def is_early(self) -> bool:
        """Say whether the slip promises what is not owed; else it promises less than is owed."""
        return (self.days, self.minutes or 0) < (0, 0)


def read_promise(text: str) -> Moment:
    """Return what the slip promises from the text a dossier keeps: ISO, with "/day" for a day alone."""
    return Moment(datetime.fromisoformat(text.removesuffix(_DATE_ONLY)), date_only=text.endswith(_DATE_ONLY))


def agrees(slip: Moment, deadline: Deadline, calendar: WorkingCalendar) -> bool:
    """Say whether a slip promises what a due date says.

    Limits in days are compared by local date, limits in hours by the minute; two instants without working
    time between them (a closing, the next opening) are the same moment.
    """
    if deadline.in_days or slip.date_only:
        return calendar.local(slip.at).date() == deadline.due_on
    apart = abs(slip.at - deadline.due_at)
    return apart < _MINUTE or (apart < _FAR and calendar.elapsed(slip.at, deadline.due_at) == 0)


def compare(
    slip: Moment,
    count: Count,
    *,
    lawful: Deadline | None = None,
    latest: Count | None = None,
    others: Sequence[OtherLimit] = (),
    variants: Variants | None = None,
) -> SlipDifference | None:
    """Return how a slip differs from the lawful date, or None: it does not, or there is no limit.

    `count` is how the law counts; `lawful` the due date kept from acceptance, where it is known. `latest` is
    the same count by the calendar in force now, if that is another one: a slip that is right by either was
    not miscounted (Civil Code art. 148.5 moves the limit, not the paper in the citizen's hand). `variants`
    of the count's calendar may be kept from one slip to the next.
    """
    lawful = lawful or count.lands()
    if lawful is None:
        return None
    now = latest.lands() if latest else None
    right = agrees(slip, lawful, count.calendar)
    right_now = agrees(slip, now, latest.calendar) if latest and now else right
    if right and right_now:
        return None
    if right or right_now:
        moved = Reason((Miscount(code=CALENDAR_CHANGED),))
        return _difference(slip, now if right and now else lawful, count, (moved,))
    return _difference(slip, lawful, count, likely_reasons(slip, lawful, count, others, variants))


def _difference(slip: Moment, lawful: Deadline, count: Count, reasons: tuple[Reason, ...]) -> SlipDifference:
    calendar, is_far = count.calendar, _is_far(slip, lawful)
    slip_on = calendar.local(slip.at).date()
    exact = not lawful.in_days and not slip.date_only and not is_far
    return SlipDifference(
        slip=slip,
        slip_on=slip_on,
        lawful=lawful,
        days=(slip_on - lawful.due_on).days,
        working_days=None if is_far else calendar.count_days(lawful.due_on, slip_on),
        minutes=int(calendar.elapsed(lawful.due_at, slip.at) / (60 * SECOND)) if exact else None,
        reasons=reasons,
    )


def _is_far(slip: Moment, lawful: Deadline) -> bool:
    return abs(slip.at - lawful.due_at) > _FAR


def likely_reasons(
    slip: Moment,
    lawful: Deadline,
    count: Count,
    others: Sequence[OtherLimit] = (),
    variants: Variants | None = None,
) -> tuple[Reason, ...]:
    """Return every reason that gives the date on the slip, the likeliest first, or the one that says unknown.

    Two miscounts together are looked for only where none alone explains it.
    """
    unknown = (Reason((Miscount(code=UNKNOWN),)),)
    if _is_far(slip, lawful):
        return unknown
    until = max(lawful.due_on, count.calendar.local(slip.at).date())
    known = tuple(ways(count, until, variants or Variants(count.calendar), others))
    single = (Reason((way.miscount,)) for way in known if _gives(slip, count, way))
    return tuple(dict.fromkeys(single)) or tuple(dict.fromkeys(_pairs(slip, count, known))) or unknown


def _pairs(slip: Moment, count: Count, known: Sequence[Way]) -> Iterator[Reason]:
    for one, two in combinations([way for way in known if way.pairs], 2):
        if one.family != two.family and _gives(slip, count, one, two):
            yield Reason((one.miscount, two.miscount))


def _gives(slip: Moment, count: Count, *done: Way) -> bool:
    """Say whether a count with something done wrong lands on the slip."""
    wrong: Count | None = count
    try:
        for way in sorted(done, key=lambda way: FAMILIES.index(way.family)):
            wrong = way.change(wrong) if wrong else None
        deadline = wrong.lands() if wrong else None
    except DomainError:  # so wrong that it lands nowhere
        return False
    return wrong is not None and deadline is not None and _lands_on(slip, deadline, wrong, count)


def _lands_on(slip: Moment, deadline: Deadline, wrong: Count, right: Count) -> bool:
    if slip.date_only or right.limit.in_days or not wrong.limit.in_days:
        return agrees(slip, deadline, wrong.calendar)
    # Hours taken for days: the hour is that of the receipt, or the one at which the office closes.
    local = wrong.calendar.local
    hours = (local(wrong.start).time(), local(deadline.appointment_at).time())
    return local(slip.at).date() == deadline.due_on and local(slip.at).time() in hours


def _said(part: Miscount, lang: str) -> str:
    detail = " ".join(filter(None, (_days(part.days), part.detail[lang == "en"])))
    general = words_of(part.code, lang)
    return f"{general}: {detail}" if detail else general


def _days(days: tuple[date, ...]) -> str:
    shown = [f"{day:%d/%m/%Y}" for day in days]
    in_a_row = len(days) > 1 and (days[-1] - days[0]).days == len(days) - 1
    return f"{shown[0]}–{shown[-1]}" if in_a_row else ", ".join(shown)

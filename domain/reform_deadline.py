"""When a task of the reform plan is to be done (thời gian hoàn thành): a day, a month, a quarter, or always.

A plan writes it in words ("Quý II", "Tháng 12", "Thường xuyên"), so a plain date is not enough (DOMAIN 8).
What the plan names ends on the last day it names; where that is no working day, it ends with the next working
day (Civil Code 2015 art. 148.5).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from domain.errors import LimitError

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar

DeadlineKind = Literal["day", "before", "month", "quarter", "half", "year", "continuous"]
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR: Final = r"(?:\s*(?:/|-|,|năm)?\s*(?:năm\s*)?(?P<year>\d{4}))?"
_TO: Final = r"\s*(?:-|–|và|,|đến)\s*"
_CONTINUOUS: Final = re.compile(r"thường xuyên(?:\s*(?:,|trong|cả)?\s*(?:cả\s*|trong\s*)?năm)?(?:\s*\d{4})?")
_QUARTER: Final = re.compile(
    rf"(?:trong |hết )?quý (?P<first>iv|i{{1,3}}|[1-4])(?:{_TO}(?:quý )?(?P<last>iv|i{{1,3}}|[1-4]))?{_YEAR}"
)
_MONTH: Final = re.compile(
    rf"(?:trong |hết )?tháng (?P<first>\d\d?)(?:{_TO}(?:tháng )?(?P<last>\d\d?)(?!\d))?{_YEAR}"
)
_HALF: Final = re.compile(rf"6 tháng (?P<half>đầu|cuối)(?: năm)?{_YEAR}")
_WHOLE: Final = re.compile(r"(?:(?:trong|cả|hết) năm|năm)(?: (?P<year>\d{4}))?")
_DAY: Final = re.compile(
    r"(?P<before>trước (?:ngày )?)?"
    r"(?:(?:chậm nhất|đến|xong|hoàn thành)(?: là)?(?: hết)? )?(?:ngày )?"
    r"(?:(?P<day>\d\d?)[/-](?P<month>\d\d?)(?:[/-](?P<year>\d{4}))?|(?P<iso>\d{4}-\d\d-\d\d))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDeadline:
    """Hold when a task is to be done, as the plan words it, with the local days it names.

    `first` and `last` are inclusive, and None of a continuous task (thường xuyên): it has no due date. `text`
    is the plan's own wording, kept beside what was read in it.
    """

    kind: DeadlineKind
    text: str
    first: date | None = None
    last: date | None = None

    def due_on(self, calendar: WorkingCalendar) -> date | None:
        """Return the local day with whose end the task is late; None for a continuous one.

        The last day the plan names, or the next working day after it (Civil Code 2015 art. 148.5). "Before" a
        day never comes to lie after it: there it is the working day before.
        """
        if self.last is None:
            return None
        return calendar.roll(self.last, -1 if self.kind == "before" else 1)


def read_deadline(text: str, year: int) -> TaskDeadline:
    """Return what the words of a plan of a year mean; anything but the known forms raises LimitError.

    Read are "Thường xuyên", "Quý II", "Quý I-II/2019", "Tháng 12", "6 tháng đầu năm", "Trong năm 2019" and
    days such as "30/6/2019" or "Trước ngày 30/6" (the day before), without a year in that of the plan. A year
    other than the plan's or the next one is taken for a slip of the pen.
    """
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(".")
    if _CONTINUOUS.fullmatch(words):
        return TaskDeadline(kind="continuous", text=text)
    found = _month_span(words, year) or _day(words, year)
    if found is None or found[2].year not in (year, year + 1):
        raise LimitError("unknown_plan_time", found=text[:60], year=year)
    kind, first, last = found
    return TaskDeadline(kind=kind, text=text, first=first, last=last)


def _month_span(words: str, year: int) -> tuple[DeadlineKind, date, date] | None:
    """Return the kind, first and last day of what is named by months; None for anything else."""
    if match := _QUARTER.fullmatch(words):
        first = _QUARTERS[match["first"]]
        last = _QUARTERS[match["last"] or match["first"]]
        return _span("quarter", match["year"], year, 3 * first - 2, 3 * last)
    if match := _MONTH.fullmatch(words):
        return _span("month", match["year"], year, int(match["first"]), int(match["last"] or match["first"]))
    if match := _HALF.fullmatch(words):
        first, last = (1, 6) if match["half"] == "đầu" else (7, 12)
        return _span("half", match["year"], year, first, last)
    if match := _WHOLE.fullmatch(words):
        return _span("year", match["year"], year, 1, 12)
    return None


def _span(
    kind: DeadlineKind, written: str | None, year: int, first: int, last: int
) -> tuple[DeadlineKind, date, date] | None:
    of = int(written) if written else year
    if not 1 <= first <= last <= 12:  # noqa: PLR2004 - months
        return None
    return kind, date(of, first, 1), date(of, last, monthrange(of, last)[1])


def _day(words: str, year: int) -> tuple[DeadlineKind, date, date] | None:
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    try:
        day = (
            date.fromisoformat(match["iso"])
            if match["iso"]
            else date(int(match["year"] or year), int(match["month"]), int(match["day"]))
        )
    except ValueError:
        return None
    first = date(year, 1, 1)
    if match["before"]:
        return "before", first, max(first, day - timedelta(days=1))
    return "day", first, day

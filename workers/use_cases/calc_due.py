"""Answer a person: when is this due, and why? Texts become values, a due date becomes words."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from domain.errors import LimitError
from domain.time_limit import TimeLimit, Unit
from domain.timetable import wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.deadline import Deadline, Language
    from domain.explain import DayStep
    from domain.working_calendar import WorkingCalendar

_DAY_FIRST: Final = re.compile(r"^(\d{2})/(\d{2})/(\d{4})\b")
_LIMIT: Final = re.compile(r"(\d{1,9})\s*(\D+)")
_UNITS: Final = {
    Unit.WORKING_DAYS: ("working_days", "working_day", "working days", "working day", "ngày làm việc"),
    Unit.CALENDAR_DAYS: (
        "calendar_days",
        "calendar_day",
        "calendar days",
        "calendar day",
        "days",
        "day",
        "ngày",
    ),
    Unit.MONTHS: ("months", "month", "tháng"),
    Unit.HOURS: ("hours", "hour", "working hours", "giờ", "giờ làm việc", "tiếng"),
    Unit.MINUTES: ("minutes", "minute", "phút"),
}
_SAME_DAY: Final = ("same_day", "same day", "ngay trong ngày", "trong ngày", "trong ngày làm việc")
_SPELLINGS: Final = {word: unit for unit, words in _UNITS.items() for word in words}
_IN_WORDS: Final = {
    Unit.WORKING_DAYS: ("ngày làm việc", "working days"),
    Unit.CALENDAR_DAYS: ("ngày (tính cả ngày nghỉ)", "calendar days (days off counted)"),
    Unit.MONTHS: ("tháng", "months"),
    Unit.HOURS: ("giờ làm việc", "working hours"),
    Unit.MINUTES: ("phút làm việc", "working minutes"),
    Unit.SECONDS: ("giây làm việc", "working seconds"),
}
_TITLES: Final[Mapping[Language, tuple[str, str, str]]] = {
    "vi": (
        "Hạn trả kết quả",
        "giờ hẹn trả",
        "Tạm tính: có ngày nằm ngoài các năm đã công bố lịch nghỉ.",
    ),
    "en": ("Due", "appointment at", "Provisional: some days lie outside the years whose days off are known."),
}
_WEEKDAYS: Final = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def read_limit(text: str) -> TimeLimit:
    """Read a limit in English or Vietnamese: "3 working_days", "15 ngày", "8 giờ", "ngay trong ngày".

    "Ngày" alone means calendar days, as the law has it. Anything else raises LimitError.
    """
    words = " ".join(text.casefold().split())
    if words in _SAME_DAY:
        return TimeLimit(0, Unit.SAME_DAY)
    found = _LIMIT.fullmatch(words)
    unit = _SPELLINGS.get(found[2].strip()) if found else None
    if found is None or unit is None or int(found[1]) == 0:
        raise LimitError(
            f'Không hiểu thời hạn {text!r}; hãy viết như "3 ngày làm việc", "15 ngày", "8 giờ", "1 tháng", '
            '"ngay trong ngày" hoặc "3 working_days", "15 calendar_days", "8 hours", "1 month", "same_day"'
        )
    return TimeLimit(int(found[1]), unit)


def read_moment(text: str, calendar: WorkingCalendar) -> datetime:
    """Read a date (its local midnight) or a date and time, in ISO form or as the office writes them.

    Without an offset the office's zone is meant.
    """
    written = _DAY_FIRST.sub(r"\3-\2-\1", text.strip(), count=1)
    try:
        if len(written) == len("2019-04-26"):
            return wall_time(date.fromisoformat(written), 0, calendar.zone)
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise LimitError(
            f"Không hiểu ngày tiếp nhận {text!r}; hãy viết như 26/04/2019 hoặc 26/04/2019 15:30"
        ) from None
    return moment.replace(tzinfo=calendar.zone) if moment.tzinfo is None else moment


def limit_in_words(limit: TimeLimit, lang: Language) -> str:
    """Say a limit in words that leave no doubt about its unit."""
    if limit.unit is Unit.SAME_DAY:
        return "trong ngày" if lang == "vi" else "the same day"
    if limit.unit is Unit.NONE:
        return "không quy định thời hạn" if lang == "vi" else "no time limit"
    if limit.unit is Unit.SECONDS:
        return _clock_time(limit.amount, lang)
    return f"{limit.amount} {_IN_WORDS[limit.unit][lang == 'en']}"


def _clock_time(seconds: int, lang: Language) -> str:
    words = ("giờ", "phút", "giây") if lang == "vi" else ("h", "min", "s")
    amounts = zip((seconds // 3600, seconds // 60 % 60, seconds % 60), words, strict=True)
    return " ".join(f"{amount} {word}" for amount, word in amounts if amount) or f"0 {words[-1]}"


def day_in_words(day: date, lang: Language) -> str:
    """Say a day with its weekday, the way the office writes dates."""
    return f"{_WEEKDAYS[lang][day.weekday()]} {day.strftime('%d/%m/%Y')}"


def in_lines(
    deadline: Deadline, steps: tuple[DayStep, ...], calendar: WorkingCalendar, lang: Language
) -> Iterator[str]:
    """Say a due date and its walk in lines for a person."""
    appointment = calendar.local(deadline.appointment_at)
    title, at, doubt = _TITLES[lang]
    yield f"{title}: {day_in_words(deadline.due_on, lang)}, {at} {appointment:%H:%M}"
    if deadline.provisional:
        yield doubt
    for step in steps:
        number = "-" if step.number is None else str(step.number)
        source = f" [{step.source}]" if step.source else ""
        hours = f" ({step.seconds / 3600:g} h)" if step.seconds else ""
        yield f"{number:>4}  {day_in_words(step.day, lang):<20}  {step.reason}{hours}{source}"


def as_json(deadline: Deadline, steps: tuple[DayStep, ...], calendar: WorkingCalendar) -> dict[str, Any]:
    """Return a due date and its walk as JSON values; instants are local, with their offset."""
    return {
        "due_on": deadline.due_on.isoformat(),
        "due_at": calendar.local(deadline.due_at).isoformat(),
        "appointment_at": calendar.local(deadline.appointment_at).isoformat(),
        "provisional": deadline.provisional,
        "steps": [
            {
                "day": step.day.isoformat(),
                "counted": step.counted,
                "number": step.number,
                "seconds": step.seconds,
                "reason": step.reason,
                "source": step.source,
            }
            for step in steps
        ],
    }

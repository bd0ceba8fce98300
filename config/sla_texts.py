"""The small texts of the configuration: limits, offsets, office hours, mail addresses, codes."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from config import sla_patterns as patterns
from config.said import NOTHING, Said, say
from config.said_misfits import nearest
from config.sla_source import RECORDED
from domain.errors import LimitError
from domain.rung_terms import PartOfLimit
from domain.time_limit import TimeLimit, Unit
from domain.week_hours import MonthDay, Season

_AMOUNT: Final = re.compile(r"(0*[0-9]{1,9}) +([A-Za-z_]+)")
_WINDOW: Final = re.compile(r"([0-9]{2}):([0-9]{2}) ?[-–] ?([0-9]{2}):([0-9]{2})")
_MONTH_DAY: Final = re.compile(r"([0-9]{2})-([0-9]{2})")
_CLOCK: Final = re.compile(r"([0-9]{2}):([0-9]{2})")
_MAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_PHONE: Final = re.compile(r"\+?[0-9]{9,15}")
_GATEWAY_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+-]{0,127}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BARE: Final = frozenset({Unit.SAME_DAY, Unit.NONE})
_UNITS: Final = tuple(unit.value for unit in Unit)
_LONGEST_TEXT: Final = 1000
_LAST_MINUTE: Final = 59
_LONGEST_CASE: Final = 31
_DAY: Final = 86_400
_LEAP_YEAR: Final = 2000
_WHOLE: Final = 100
_PART: Final = re.compile(r"([0-9]{1,4}) ?%")
_MOST_PARTS: Final = 1000


def refusal(expected: Said, advice: Said = NOTHING) -> PydanticCustomError:
    """Make the error that carries what was expected to the list of problems."""
    return PydanticCustomError("expected", "{said}", {"said": expected, "advice": advice})


def parse_limit(value: Any) -> TimeLimit:
    """Read "10 working_days", "8 hours", "same_day" or "none"; days, months and times are above zero."""
    text = value.strip(" ") if isinstance(value, str) else ""
    if text in _BARE:
        return TimeLimit(0, Unit(text))
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise refusal(say("text_limit"))
    unit = _unit(found[2])
    if (int(found[1]) == 0) != (unit in _BARE):
        raise refusal(say("text_no_amount") if unit in _BARE else say("text_some_amount", unit=unit.value))
    try:
        return TimeLimit(int(found[1]), unit)
    except LimitError:
        raise refusal(say("text_two_centuries")) from None


def _unit(word: str) -> Unit:
    for name in (word, f"{word}s"):  # "1 hour" is understood too
        if name in _UNITS:
            return Unit(name)
    raise refusal(say("text_unit", units=_UNITS), nearest(word, _UNITS))


def parse_addition(value: Any) -> TimeLimit:
    """Read what a case adds to a limit: an amount, such as "10 working_days"."""
    limit = parse_limit(value)
    if limit.unit in _BARE:
        raise refusal(say("text_addition"))
    return limit


def parse_offset(value: Any) -> TimeLimit:
    """Read the distance of a rung from the due date: working days, or working hours or minutes."""
    limit = parse_limit(value)
    if limit.unit not in {Unit.WORKING_DAYS, Unit.HOURS, Unit.MINUTES}:
        raise refusal(say("text_offset"))
    return limit


def parse_part(value: Any) -> PartOfLimit:
    """Read "75 %" as the part of the limit after which a rung stands; the due date itself has a key."""
    found = _PART.fullmatch(value.strip(" ")) if isinstance(value, str) else None
    if not found or not 1 <= int(found[1]) <= _MOST_PARTS or int(found[1]) == _WHOLE:
        advice = say("text_part_whole") if found and int(found[1]) == _WHOLE else NOTHING
        raise refusal(say("text_part", most=_MOST_PARTS), advice)
    return PartOfLimit(int(found[1]))


def parse_window(value: Any) -> tuple[int, int]:
    """Read "07:00-11:00" as seconds of the local day; the end may be 24:00."""
    found = _WINDOW.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise refusal(say("text_window"))
    begin, end = _seconds(found[1], found[2]), _seconds(found[3], found[4])
    if begin >= end:
        raise refusal(say("text_window_order"))
    return begin, end


def parse_clock(value: Any) -> int:
    """Read "15:00" as seconds of the local day."""
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise refusal(say("text_clock"))
    return _seconds(found[1], found[2])


def parse_season(value: Any) -> Season:
    """Read ["04-16", "10-15"] as the part of every year between two days, both inclusive."""
    first, last = value if isinstance(value, list) and len(value) == len(Season._fields) else ("", "")
    return Season(_month_day(first), _month_day(last))


def _month_day(text: Any) -> MonthDay:
    found = _MONTH_DAY.fullmatch(text) if isinstance(text, str) else None
    with suppress(ValueError):
        day = date(_LEAP_YEAR, int(found[1]), int(found[2])) if found else None
        if day is not None:
            return day.month, day.day
    raise refusal(say("text_season"))


def _seconds(hours: str, minutes: str) -> int:
    seconds = int(hours) * 3600 + int(minutes) * 60
    if int(minutes) > _LAST_MINUTE or seconds > _DAY:
        raise refusal(say("text_midnight"))
    return seconds


def parse_mail(value: Any) -> str:
    """Read one mail address; anything that could smuggle in a second header is refused."""
    if not isinstance(value, str) or not _MAIL.fullmatch(value) or ".." in value:
        raise refusal(say("text_mail"))
    return value


def parse_phone(value: Any) -> str:
    """Read a phone number: digits, with or without the + of a country; the gateway dials it as it stands."""
    if not isinstance(value, str) or not _PHONE.fullmatch(value):
        raise refusal(say("text_phone"))
    return value


def parse_gateway_id(value: Any) -> str:
    """Read what a gateway of short messages calls a person: letters, digits and . _ : @ + -."""
    if not isinstance(value, str) or not _GATEWAY_ID.fullmatch(value):
        raise refusal(say("text_gateway_id"))
    return value


def parse_code(value: Any) -> str:
    """Read a code: Latin letters, digits and . _ + -, at most 64 characters."""
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise refusal(say("text_code"))
    return value


def parse_case_code(value: Any, info: ValidationInfo) -> str:
    """Read the code of a limit case; two that apply together are kept as one code, joined by "+".

    A recorded configuration may have any code: it was read before two could apply together.
    """
    if (info.context or {}).get(RECORDED):
        return parse_code(value)
    if not isinstance(value, str) or not _CODE.fullmatch(value) or "+" in value or len(value) > _LONGEST_CASE:
        raise refusal(say("text_case_code", most=_LONGEST_CASE))
    return value


def parse_line(value: Any) -> str:
    """Read one line of text; line breaks and control characters are refused."""
    if not isinstance(value, str) or not value.strip():
        raise refusal(say("text_filled"))
    if len(value) > _LONGEST_TEXT or _CONTROL.search(value):
        raise refusal(say("text_line", most=_LONGEST_TEXT))
    return value.strip()


def parse_percent(value: Any) -> Decimal:
    """Read a percentage between 0 and 100 as an exact decimal."""
    number = Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if number is None or not number.is_finite() or not 0 <= number <= _WHOLE:
        raise refusal(say("text_percent"))
    return number


def parse_share(value: Any) -> int:
    """Read the share of a step in the limit: a whole percentage above zero."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _WHOLE:
        raise refusal(say("text_share", most=_WHOLE))
    return value


Limit = Annotated[TimeLimit, PlainValidator(parse_limit), WithJsonSchema(patterns.LIMIT)]
Addition = Annotated[TimeLimit, PlainValidator(parse_addition), WithJsonSchema(patterns.ADDITION)]
Offset = Annotated[TimeLimit, PlainValidator(parse_offset), WithJsonSchema(patterns.OFFSET)]
Part = Annotated[PartOfLimit, PlainValidator(parse_part), WithJsonSchema(patterns.PART)]
WindowText = Annotated[tuple[int, int], PlainValidator(parse_window), WithJsonSchema(patterns.WINDOW)]
Clock = Annotated[int, PlainValidator(parse_clock), WithJsonSchema(patterns.CLOCK)]
SeasonText = Annotated[Season, PlainValidator(parse_season), WithJsonSchema(patterns.SEASON)]
Mail = Annotated[str, PlainValidator(parse_mail), WithJsonSchema(patterns.MAIL)]
Phone = Annotated[str, PlainValidator(parse_phone), WithJsonSchema(patterns.PHONE)]
GatewayId = Annotated[str, PlainValidator(parse_gateway_id), WithJsonSchema(patterns.GATEWAY_ID)]
Code = Annotated[str, PlainValidator(parse_code), WithJsonSchema(patterns.CODE)]
CaseCode = Annotated[str, PlainValidator(parse_case_code), WithJsonSchema(patterns.CASE_CODE)]
Line = Annotated[str, PlainValidator(parse_line), WithJsonSchema(patterns.LINE)]
Percent = Annotated[Decimal, PlainValidator(parse_percent), WithJsonSchema(patterns.PERCENT)]
Share = Annotated[int, PlainValidator(parse_share), WithJsonSchema(patterns.SHARE)]

"""Answer calculator cases, one JSON object a line: the deadline arithmetic seen from outside.

Every number comes from `domain/`; here words become values and values become words.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from domain.errors import DomainError
from workers.use_cases.calc_calendar import CalendarCache
from workers.use_cases.calc_kinds import KINDS, Answer, Case
from workers.use_cases.calc_read import CaseError, show
from workers.use_cases.calc_rules import convention_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_READ: Final = (
    *("id", "kind", "calendar", "convention", "start", "end", "limit", "second_limit", "pauses"),
    *("now", "deadline", "rungs", "already_fired", "suspended"),
)
_ASIDE: Final = frozenset({"expected", "equivalent_due", "tolerance_seconds", "boundary", "tags"})
"""What a case may say beside its question; it is not read."""


def answer(case: Mapping[str, Any], calendars: CalendarCache | None = None) -> Answer:
    """Return the answer to one case, or `{"id", "error": {"code", "message"}}` for one it refuses.

    Codes: bad_case, calendar, limit, unsupported_convention. Other keys than those of the protocol are
    left alone, unless one looks like a slip of the pen.
    """
    try:
        found = _answered(case, CalendarCache() if calendars is None else calendars)
    except (CaseError, DomainError) as error:
        return _refusal(case.get("id"), error.code, str(error))
    except OverflowError:
        return _refusal(case.get("id"), "limit", "a moment of this case lies outside the years 1 to 9999")
    return {"id": case.get("id"), **found}


def answer_lines(lines: Iterable[bytes], calendars: CalendarCache | None = None) -> Iterator[Answer]:
    """Answer line by line, in order; empty lines are skipped, a bad one is refused as `bad_json`."""
    kept = CalendarCache() if calendars is None else calendars
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if text.strip():
            found = _answer_line(text, number, kept)
            kept.trim()
            yield found


def _answer_line(line: bytes, number: int, calendars: CalendarCache) -> Answer:
    try:
        case = json.loads(line.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:  # ValueError: not UTF-8, not JSON, a number too long
        return _refusal(None, "bad_json", f"line {number} is no JSON object in UTF-8: {str(error)[:100]}")
    if not isinstance(case, dict):
        return _refusal(None, "bad_json", f"line {number} is no JSON object but {show(case)}")
    return answer(case, calendars)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _answered(case: Mapping[str, Any], calendars: CalendarCache) -> Answer:
    _refuse_slips(case)
    kind = KINDS.get(case["kind"]) if isinstance(case.get("kind"), str) else None
    if kind is None:
        expected = ", ".join(KINDS)
        raise CaseError("bad_case", f"kind: {show(case.get('kind'))} is unknown; expected one of {expected}")
    convention = convention_of(case)
    return kind(Case(case, calendars.get(case.get("calendar")), convention))


def _refuse_slips(case: Mapping[str, Any]) -> None:
    for key in case:
        if key in _READ or key in _ASIDE:
            continue
        meant = get_close_matches(key, _READ, n=1, cutoff=0.8)
        if meant:
            raise CaseError("bad_case", f"the key {show(key)} is unknown; {meant[0]!r} is meant?")


def _refusal(identity: Any, code: str, message: str) -> Answer:
    return {"id": identity, "error": {"code": code, "message": message}}

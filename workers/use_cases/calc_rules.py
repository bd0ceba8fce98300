"""From the convention of a calculator case to counting rules; what is not in the table is never guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from domain.time_limit import CountingRules
from workers.use_cases.calc_read import CaseError, mapping, show

if TYPE_CHECKING:
    from collections.abc import Mapping

INTERVALS: Final = ("(]", "[)", "[]")

_ADDED_AFTER: Final = "the pauses' working seconds are added after the day count"

# key -> value -> the counting rules it sets; an empty setting is the only one there is, or no rule's matter.
_TABLE: Final[Mapping[str, Mapping[Any, Mapping[str, Any]]]] = {
    "zero_direction": {value: {"zero_direction": value} for value in ("forward", "backward")},
    "start_on_nonworking": {
        value: {"start_on_nonworking": value}
        for value in ("as_is", "roll_forward_first", "roll_in_direction", "following", "preceding")
    },
    "start_day_counts": {value: {"start_day_counts": value} for value in (False, True)},
    "time_of_day": {value: {"time_of_day": value} for value in ("kept", "end_of_working_day")},
    "time_of_day_outside_hours": {
        value: {"time_of_day_outside_hours": value} for value in ("kept", "next_open", "previous_close")
    },
    "due_on_nonworking": {value: {"due_on_nonworking": value} for value in ("next_working_day", "as_is")},
    "interval": {value: {} for value in INTERVALS},
    "month_overflow": {"clamp_to_last_day": {}},
    "pause_with_day_limit": {_ADDED_AFTER: {}},
    "receipt_on_nonworking": {"next_working_day": {"start_on_nonworking": "following"}, "as_is": {}},
    "count_from": {"day_after_receipt": {"count_from": "day_after_receipt"}},
    "end_on_nonworking": {
        "next_working_day": {"due_on_nonworking": "next_working_day"},
        "as_is": {"due_on_nonworking": "as_is"},
    },
    "expected_is": {"first day after the end": {"first_day_after_end": True}},
    "due_is": {"end of the due day": {}},
}


def convention_of(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the convention of a case, every key and value of it known; else CaseError."""
    raw = case.get("convention")
    convention = {} if raw is None else mapping(raw, "convention")
    return {key: _known(key, value, case) for key, value in convention.items() if value is not None}


def _known(key: str, value: Any, case: Mapping[str, Any]) -> Any:
    values = _TABLE.get(key)
    if values is None:
        raise _unsupported(f"the key {show(key)}", tuple(_TABLE))
    if key == "due_is" and case.get("kind") == "due":
        raise _unsupported("due_is for an instant", ("time_of_day",))
    spelt = _spelt(value)
    for known in values:
        if known is value or (isinstance(known, str) and _spelt(known) == spelt):
            return known
    raise _unsupported(f"{key} = {show(value)}", tuple(values))


def _spelt(value: Any) -> Any:
    # "end_of_the_due_day" and "End of the due day" are one value; a sentence is one by its words.
    return " ".join(re.findall(r"[^\s_.]+", value.casefold())) if isinstance(value, str) else None


def rules_of(convention: Mapping[str, Any], **defaults: Any) -> CountingRules:
    """Return the counting rules a checked convention sets, over these defaults.

    Two keys that set one rule to different values are refused. Pauses count in working time.
    """
    found: dict[str, Any] = {}
    for key, value in convention.items():
        for rule, setting in _TABLE[key][value].items():
            if found.setdefault(rule, setting) != setting:
                raise _unsupported(f"{key} = {show(value)} beside {rule} = {show(found[rule])}", ())
    return CountingRules(**{"pause_in": "working_time", **defaults, **found})


def _unsupported(found: str, known: tuple[Any, ...]) -> CaseError:
    choice = f"; supported: {', '.join(str(value) for value in known)}" if known else ""
    return CaseError("unsupported_convention", f"convention: {found} is not supported{choice}")

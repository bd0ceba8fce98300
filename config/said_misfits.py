"""What pydantic and tomllib say of a value or a text that does not fit, as sentences of the catalogue."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from config.said import NOTHING, Said, say
from config.said_toml import TOML

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from pydantic_core import ErrorDetails

_TYPES: Final = {
    "string_type": "type_text",
    "string_too_short": "type_some_text",
    "bool_type": "type_bool",
    "int_type": "type_int",
    "int_parsing": "type_integer",
    "date_type": "type_date",
    "date_from_datetime_inexact": "type_date_only",
    "list_type": "type_list",
    "dict_type": "type_table",
    "model_type": "type_table",
    "too_short": "type_entry",
}
_WEEKDAYS: Final = (
    "weekday_0",
    "weekday_1",
    "weekday_2",
    "weekday_3",
    "weekday_4",
    "weekday_5",
    "weekday_6",
)
_DOZEN: Final = 12
_SHOWN: Final = 80
_WHAT: Final = re.escape("{what}")
_MISTAKES: Final = {key: re.compile(re.escape(en).replace(_WHAT, "(.+)")) for key, (_, en) in TOML.items()}
_UNDEFINED: Final = re.compile(r"'([^']*)' is undefined")
_QUOTED: Final = re.compile(r"'([^']*)'")


def expected_by(detail: ErrorDetails, own: Mapping[str, str] | None = None) -> Said:
    """Say what would have fitted; `own` names other sentences for some types of misfit."""
    kind, context = detail["type"], detail.get("ctx", {})
    known = (own or {}).get(kind) or _TYPES.get(kind)
    if kind == "expected":
        said: Said = context["said"]
        return said
    if kind == "literal_error":
        return choice(choices_of(detail))
    if kind == "too_short" and context["min_length"] > 1:
        return say("type_entries", least=context["min_length"])
    if known is not None:
        return say(known)
    return _within(kind, context) or say("type_other", message=detail["msg"])


def _within(kind: str, context: Mapping[str, Any]) -> Said | None:
    match kind:
        case "greater_than_equal":
            return say("type_at_least", least=context["ge"])
        case "less_than_equal":
            return say("type_at_most", most=context["le"])
        case "string_pattern_mismatch":
            return say("type_pattern", pattern=context["pattern"])
    return None


def choices_of(detail: ErrorDetails) -> list[str]:
    """Return the words one of which was expected."""
    return _QUOTED.findall(detail.get("ctx", {}).get("expected", ""))


def choice(words: Iterable[str]) -> Said:
    """Name words of which one is to be chosen."""
    *others, last = words
    return say("choice", others=tuple(others), last=last) if others else say("value", value=last)


def mistake_in(message: str) -> Said:
    """Say what tomllib found in a text; `message` without its place."""
    for key, pattern in _MISTAKES.items():
        found = pattern.fullmatch(message)
        if found:
            return say(key, what=_path_in(found[1])) if pattern.groups else say(key)
    raise LookupError(message)  # the last pattern matches everything


def _path_in(what: str) -> str:
    """Write a key path as it stands in a file, where tomllib shows its own list of keys."""
    return ".".join(_QUOTED.findall(what)) if what.startswith("(") else what


def raised_by(error: Exception, *, of_template: type[Exception]) -> Said:
    """Say what a template raised; `of_template` is the family of what is written wrongly in it.

    But for an unknown placeholder, the words of jinja and Python stay as they are.
    """
    text = str(error) or say("nothing_more")
    missing = _UNDEFINED.fullmatch(text)
    if missing:
        return say("placeholder_unknown", name=missing[1])
    if isinstance(error, of_template):
        return say("template_error", text=text)
    return say("template_raised", kind=type(error).__name__, text=text)


def nearest(name: str, known: Iterable[str]) -> Said:
    """Suggest the nearest right spelling, or nothing."""
    near = get_close_matches(name.casefold(), list(known), n=1)
    return say("did_you_mean", name=near[0]) if near else NOTHING


def listed(names: Iterable[str]) -> Said:
    """Write names in a row, the first dozen of them."""
    every = tuple(names)
    if len(every) <= _DOZEN:
        return say("names", names=every)
    return say("names_cut", names=every[:_DOZEN], more=len(every) - _DOZEN)


def shortened(value: object) -> Said:
    """Show a value as it was found, cut where it becomes unreadable."""
    if hasattr(value, "isoformat"):
        return say("as_is", text=str(value))
    try:
        shown = repr(value)
    except (ValueError, RecursionError):  # a number of 5000 digits, tables nested by the hundred
        return say("value_unshown")
    if isinstance(value, str):
        return say("value", value=value[: _SHOWN + 1])
    if len(shown) <= _SHOWN:
        return say("value", value=value)
    return say("as_is", text=f"{shown[: _SHOWN - 3]}...")


def day_and_weekday(day: date) -> Said:
    """Show a day with its weekday."""
    return say("day", day=day, weekday=say(_WEEKDAYS[day.weekday()]))

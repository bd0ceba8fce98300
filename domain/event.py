"""The events of a dossier: what happened, when, and the texts that may be said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import normalize

from domain.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EventKind = Literal[
    "accepted",
    "handed_over",
    "officer_changed",
    "promise_changed",
    "suspended",
    "resumed",
    "supplement_requested",
    "supplemented",
    "consultation_requested",
    "consultation_answered",
    "reappointed",
    "calendar_changed",
    "terms_changed",
    "finished",
    "refused",
    "withdrawn",
    "returned",
    "acknowledged",
]

OF_RULES: Final[frozenset[EventKind]] = frozenset({"calendar_changed", "terms_changed"})
"""Kinds that say nothing of the dossier but that it is counted by other rules from then on."""
OWN_KINDS: Final[frozenset[EventKind]] = frozenset({"terms_changed"})
"""Kinds that only the house itself records, when a configuration is put in force; nobody reports them."""

# Names in the data of an event that the house itself writes, so that history says all by itself.
AFTER_DUE: Final = "after_due"
"""Marks a stop that came when the due date had passed: stopping cannot help the clock any more."""
RECORDED_AFTER_DUE: Final = "recorded_after_due"
"""Marks a result dated before the due date that was told only after it: an auditor wants to see those."""
LATE_APOLOGY: Final = "late_apology"
"""Marks a re-appointment made later than the law allows an apology, by a named person."""
NO_APOLOGY: Final = "no_apology"
"""Marks a late result where nobody apologised while the law allowed it."""
BEFORE_HAND_OVER: Final = "before_hand_over"
"""Marks a result dated before the last hand-over: the one or the other was told wrongly."""
DATED_BACK: Final = "dated_back"
"""Marks a stop told later than the working day after the one it is dated: the clock was seen running."""
SECOND_SUPPLEMENT: Final = "second_supplement"
"""Marks papers asked for a second time, by a named person."""
LATE_REQUEST: Final = "late_request"
"""Marks papers asked for later than the law gives for it."""
NO_BASIS: Final = "no_basis"
"""Marks a suspension that says by no law why: a list of the office tells no more."""
EFFECT: Final = "clock"
"""Says what a stop does to the clock: restart, pause or none, by the policy in force when it was recorded."""
BOUND_BY: Final = "bound_by"
"""Says which configuration's terms bind a dossier from then on, where it is not the one that records it."""
REMAINING: Final = "remaining"
"""Says what was left of the limit when the clock stopped, in the limit's own unit."""
APPLICANT_KEY: Final = "applicant_key"
"""Names an applicant by a key that only the one-stop software can read: whether the same one came again."""

_LONGEST: Final = {
    "code": 64,
    "procedure": 64,
    "procedure_version": 16,
    "limit_case": 64,
    "unit": 64,
    "officer": 128,
    "channel": 16,
    APPLICANT_KEY: 64,
    "commune": 64,
    "bundle": 64,
    "bundle_rule": 64,
    "step": 64,
    "rung": 64,
    "by": 128,
    "promised_at": 40,
    "appointed_on": 10,
    "reply_by": 10,
    "due_before": 32,
    "due_after": 32,
}
_SHORT: Final = min(_LONGEST.values())
_LONGEST_REMARK: Final = 500
_UNFIT: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Hold one thing that happened to a dossier at an aware instant; `data` is text by name."""

    kind: EventKind
    occurred_at: datetime
    data: Mapping[str, str] = field(default_factory=dict)


def tidy_code(text: str) -> str:
    """Return the code of a dossier as registers hold it: composed letters, nothing around it."""
    return normalize("NFC", text).strip()


def is_code(text: str) -> bool:
    """Say whether a tidy text can be a code: letters one can see, and at most one plain space in a row."""
    return text.isprintable() and "  " not in text


def check_event(event: Event) -> None:
    """Refuse an event that no register could hold: a moment without zone, an unfit text or date."""
    check_moment(event)
    # One look at all texts together, and a closer one at what is long or has a form: nearly none is unfit.
    closer = not "".join(event.data.values()).isprintable()
    for name, text in event.data.items():
        if closer or len(text) > _SHORT or name in _FORMS:
            check_text(name, text)


def check_moment(event: Event) -> None:
    """Refuse a moment without a time zone: it cannot be compared with any other."""
    if event.occurred_at.tzinfo is None:
        raise HistoryError("no_zone", kind=event.kind)


def check_text(name: str, text: str) -> None:
    """Refuse a text that no register could hold, before anything is built upon it."""
    most = _LONGEST.get(name, _LONGEST_REMARK)
    if len(text) > most or (not text.isprintable() and _UNFIT.search(text)):
        found = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text[:40])
        raise HistoryError("unfit_text", what=name, found=found, most=most)
    if name in _FORMS and not _FORMS[name](text):
        raise HistoryError("unfit_promise" if name == "promised_at" else "unfit_date", what=name, found=text)


def _is_promise(text: str) -> bool:
    try:
        return datetime.fromisoformat(text.removesuffix("/day")).tzinfo is not None
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_FORMS: Final[Mapping[str, Callable[[str], bool]]] = {
    "promised_at": _is_promise,
    "appointed_on": _is_date,
    "reply_by": _is_date,
}

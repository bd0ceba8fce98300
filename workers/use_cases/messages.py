"""Messages of other systems: one reported event each, version 1 of the schema."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, get_args

from domain.errors import DomainError
from domain.event import APPLICANT_KEY, OWN_KINDS, EventKind, is_code, tidy_code

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA: Final = 1
KINDS: Final[tuple[str, ...]] = tuple(
    kind for kind in get_args(EventKind) if kind != "acknowledged" and kind not in OWN_KINDS
)
"""What can be reported; an acknowledgement comes in by a task and a command of its own."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "handed_over": ("unit",),
    "officer_changed": ("officer",),
    "promise_changed": ("promised_at",),
    # A clock is not stopped without saying why, by what law, and on which paper.
    "suspended": ("reason", "legal_basis", "document"),
    "consultation_requested": ("agency",),
    "consultation_answered": ("agency",),
    # Decree 61/2018 art. 19.9: in writing, with the reason and the new date.
    "reappointed": ("appointed_on", "reason", "document"),
    # Decree 61/2018 art. 19.3: a refusal is in writing, with its reason.
    "refused": ("reason", "document"),
    # Which announcement moved the date, and why: decision 6 of the office.
    "calendar_changed": ("reason", "document"),
}
"""What an event must say beside its kind and moment."""
_KNOWN: Final = (
    *("procedure", "bundle", "unit", "officer", "channel", "commune", "limit_case", "step", "promised_at"),
    *("cause", "reason", "legal_basis", "document", "agency", "reply_by", "appointed_on", "forced_by"),
    APPLICANT_KEY,
)
_LONGEST: Final = 500
_YEARS: Final = (1900, 2199)


class MessageError(DomainError):
    """Refuse a message that does not follow the schema."""

    code = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Hold one reported event: version 1 of the schema.

    `key` is the sender's own name for the message: the same key again changes nothing. `occurred_at` is an
    aware instant. `data` is text by name.
    """

    key: str
    code: str
    kind: EventKind
    occurred_at: datetime
    data: dict[str, str]

    @property
    def digest(self) -> str:
        """Return the hash of what the message says, so that a key used for something else is noticed."""
        said = [self.code, self.kind, self.occurred_at.isoformat(), self.data]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read_message(payload: Mapping[str, Any]) -> Message:
    """Read a message: {"schema": 1, "key", "code", "kind", "occurred_at", "data"}; raises MessageError."""
    if not isinstance(payload, Mapping):
        raise MessageError(f"message: found {type(payload).__name__}, expected an object")
    if payload.get("schema") != SCHEMA or payload["schema"] is True:
        raise MessageError(f"schema: found {payload.get('schema')!r}, expected {SCHEMA}")
    unknown = set(payload) - {"schema", "key", "code", "kind", "occurred_at", "data"}
    if unknown:
        raise MessageError(f"unknown keys: {', '.join(sorted(map(repr, unknown)))}")
    for name in ("key", "code", "kind", "occurred_at"):
        value = payload.get(name)
        value = tidy_code(value) if name == "code" and isinstance(value, str) else value
        most = 200 if name == "key" else 64
        if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
            raise MessageError(f"{name}: found {value!r}, expected a short text")
    code = tidy_code(payload["code"])
    if not is_code(code):
        raise MessageError(f"code: found {code!r}, expected a code without several spaces in a row")
    if payload["kind"] not in KINDS:
        raise MessageError(f"kind: found {payload['kind']!r}, expected one of {', '.join(KINDS)}")
    return Message(
        key=payload["key"],
        code=code,
        kind=payload["kind"],
        occurred_at=_instant(payload["occurred_at"]),
        data=_data(payload["kind"], payload.get("data", {})),
    )


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MessageError(f"occurred_at: found {text!r}, expected 2019-05-31T14:00:00+07:00") from error
    if moment.tzinfo is None:
        raise MessageError(f"occurred_at: {text!r} has no time zone, expected 2019-05-31T14:00:00+07:00")
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise MessageError(f"occurred_at: found the year {moment.year}, expected {_YEARS[0]} to {_YEARS[1]}")
    return moment


def _data(kind: str, data: Any) -> dict[str, str]:
    if not isinstance(data, Mapping):
        raise MessageError(f"data: found {type(data).__name__}, expected text by name")
    for name, value in data.items():
        if name == "cause" and kind != "suspended":
            raise MessageError(f"data.cause: an event {kind!r} has none, only 'suspended' has")
        if name not in _KNOWN:
            raise MessageError(f"data: unknown name {name!r}; known: {', '.join(_KNOWN)}")
        if name == APPLICANT_KEY and (kind != "accepted" or not isinstance(value, str) or value.isdigit()):
            # A bare number is one of an identity card or a telephone: whose it is must not be told here.
            raise MessageError(f"data.{name}: expected a key with letters, of an event 'accepted'")
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise MessageError(
                f"data.{name}: found {type(value).__name__}, expected a text of at most {_LONGEST}"
            )
    for name in needed(kind, data):
        if not data.get(name, "").strip():
            raise MessageError(f"data: an event {kind!r} needs {name!r}")
    if "bundle" in data and "procedure" in data:
        raise MessageError("data: found 'procedure' and 'bundle', expected one of them")
    return dict(data)


def needed(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of what an event of this kind must say, given what it says already."""
    yield from NEEDED.get(kind, ())
    if kind == "accepted" and "bundle" not in data:
        yield "procedure"
    if "forced_by" in data:
        yield from ("forced_by", "reason")  # who answers for it, and why

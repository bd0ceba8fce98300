"""Recording one reported event: checked, recorded once, or refused with a reason that is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, get_args

from domain.deadline import is_past
from domain.dossier import AFTER_DUE, Event, EventKind, apply
from domain.errors import DomainError, HistoryError
from workers.store.dialect import ConflictError
from workers.use_cases.intake import no_procedure
from workers.use_cases.office import active_office
from workers.use_cases.recording import Recorder, record

if TYPE_CHECKING:
    from datetime import tzinfo

    from workers.store.clocks import Clock
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

SCHEMA: Final = 1
KINDS: Final[tuple[str, ...]] = get_args(EventKind)
_NEEDED: Final = {
    "accepted": ("procedure",),
    "handed_over": ("unit",),
    "officer_changed": ("officer",),
    "promise_changed": ("promised_at",),
}
_KNOWN: Final = (
    "procedure",
    "unit",
    "officer",
    "channel",
    "limit_case",
    "promised_at",
    "reason",
    "document",
    "forced_by",
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
        most = 200 if name == "key" else 64
        if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
            raise MessageError(f"{name}: found {value!r}, expected a short text")
    if payload["kind"] not in KINDS:
        raise MessageError(f"kind: found {payload['kind']!r}, expected one of {', '.join(KINDS)}")
    return Message(
        key=payload["key"],
        code=payload["code"],
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
        if name not in _KNOWN:
            raise MessageError(f"data: unknown name {name!r}; known: {', '.join(_KNOWN)}")
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise MessageError(
                f"data.{name}: found {type(value).__name__}, expected a text of at most {_LONGEST}"
            )
    for name in _NEEDED.get(kind, ()):
        if name not in data:
            raise MessageError(f"data: an event {kind!r} needs {name!r}")
    return dict(data)


def record_event(
    store: Store, office_code: str, payload: Mapping[str, Any], *, actor: str, now: datetime
) -> DomainError | None:
    """Record one reported event, or keep it among the dead letters with its reason, which is returned.

    The same key twice changes nothing and returns None. Nothing reported is ever lost in silence.
    """
    try:
        message = read_message(payload)
        try:
            _take(message, store, office_code, actor=actor, now=now)
        except ConflictError:
            # Somebody accepted this dossier at the same moment: look again, it is known now.
            _take(message, store, office_code, actor=actor, now=now)
    except DomainError as error:
        _refuse(store, office_code, payload, error, now)
        return error
    return None


def _take(message: Message, store: Store, office_code: str, *, actor: str, now: datetime) -> None:
    if office_code not in store.offices():
        known = ", ".join(store.offices()) or "none"
        raise MessageError(f"office: found {office_code!r}, expected one of: {known}")
    with store.begin(office_code) as work:
        taken = work.journal.take_key(message.key, message.digest, now=now)
        if taken == "new":
            _record(message, work, actor=actor, now=now)
            work.commit()
        elif taken == "other":
            raise MessageError(f"key: {message.key!r} was used before for another message")


def _record(message: Message, work: UnitOfWork, *, actor: str, now: datetime) -> None:
    office = active_office(work)
    before = work.dossiers.load([message.code], lock=True).get(message.code)
    if before is None and message.kind != "accepted":
        raise HistoryError("unknown_dossier", code=message.code)
    if message.occurred_at > now:
        raise HistoryError("future", what=message.kind, at=message.occurred_at)
    clock = work.clocks.load([message.code], lock=True).get(message.code)
    data = _resolved(message, office) | _after_due(message, clock)
    event = Event(kind=message.kind, occurred_at=message.occurred_at, data=data)
    dossier = apply(before.dossier if before else None, event, code=message.code)
    recorder = Recorder(office=office, actor=actor, now=now)
    record([recorder.prepare(dossier, [event], before=before, clock=clock)], work)


def _after_due(message: Message, clock: Clock | None) -> dict[str, str]:
    stops = message.kind in ("suspended", "supplement_requested")
    due_at = clock.due_at if clock else None
    late = due_at is not None and is_past(due_at, now=message.occurred_at)
    return {AFTER_DUE: "yes"} if stops and late else {}


def _resolved(message: Message, office: Office) -> dict[str, str]:
    data = dict(message.data)
    if "procedure" in data and message.kind == "accepted":
        day = message.occurred_at.astimezone(office.sla.zone).date()
        procedure = office.sla.procedure_for(data["procedure"], day)
        if procedure is None:
            raise no_procedure(data["procedure"], day, office)
        data |= {"procedure": procedure.code, "procedure_version": procedure.version}
        data.setdefault("unit", procedure.unit)
    if "unit" in data:
        unit = office.sla.unit_code(data["unit"])
        if unit is None:
            raise HistoryError("unknown_unit", found=data["unit"], near="—")
        data["unit"] = unit
    return data


def _refuse(
    store: Store, office_code: str, payload: Mapping[str, Any], error: DomainError, now: datetime
) -> None:
    text = json.dumps(payload, ensure_ascii=True, default=str, skipkeys=True)
    with store.begin(office_code) as work:
        message = error.said(_zone(work))
        key = str(payload.get("key", "")) if isinstance(payload, Mapping) else ""
        work.journal.refuse(key=key, payload=text[:20_000], error=error.code, message=message, now=now)
        work.commit()


def _zone(work: UnitOfWork) -> tzinfo:
    try:
        return active_office(work).sla.zone
    except LookupError:  # a message for an office nobody knows is kept as well
        return UTC

"""The dossier (hồ sơ) and its events: what happened, in order, and what is so because of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Literal

from domain.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.pauses import Pause

EventKind = Literal[
    "accepted",
    "handed_over",
    "officer_changed",
    "promise_changed",
    "suspended",
    "resumed",
    "supplement_requested",
    "supplemented",
    "finished",
    "refused",
    "withdrawn",
    "returned",
]
_LONGEST: Final = {
    "code": 64,
    "procedure": 64,
    "procedure_version": 16,
    "limit_case": 64,
    "unit": 64,
    "officer": 128,
    "channel": 16,
    "promised_at": 40,
}
_LONGEST_REMARK: Final = 500
_UNFIT: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
AFTER_DUE: Final = "after_due"
"""Marks, in the data of a stop, that the due date had passed: stopping cannot help the clock any more."""
Outcome = Literal["finished", "refused", "withdrawn"]
Stop = Literal["suspended", "supplement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Hold one thing that happened to a dossier at an aware instant; `data` is text by name."""

    kind: EventKind
    occurred_at: datetime
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Hold what is so after the events known: nothing here is typed in, all of it follows from them.

    `counting_from` is the acceptance, or the day the supplement came (the limit is counted anew: Decree
    61/2018 art. 19.4). `pauses` are closed; an open one stands in `stopped_since`. `restarts`: the limit will
    be counted anew when the papers come; `supplements` counts those that came. Instants are aware.
    """

    code: str
    procedure: str
    procedure_version: str
    unit: str
    accepted_at: datetime
    counting_from: datetime
    limit_case: str | None = None
    officer: str | None = None
    channel: str | None = None
    promised_at: str | None = None
    pauses: tuple[Pause, ...] = ()
    stopped_since: datetime | None = None
    stopped_by: Stop | None = None
    restarts: bool = False
    supplements: int = 0
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    outcome: Outcome | None = None
    last_at: datetime

    @property
    def is_open(self) -> bool:
        """Say whether the office still owes a result."""
        return self.outcome is None

    @property
    def is_running(self) -> bool:
        """Say whether time counts now: open, and neither suspended nor waiting for papers."""
        return self.outcome is None and self.stopped_since is None


def apply(dossier: Dossier | None, event: Event, *, code: str = "") -> Dossier:
    """Return the dossier after an event; HistoryError says in one sentence what its history does not allow.

    Only acceptance may come first (`code` names the new dossier), nothing may come before it.
    """
    if event.occurred_at.tzinfo is None:
        raise HistoryError("no_zone", kind=event.kind)
    for name, text in event.data.items():
        if len(text) > _LONGEST.get(name, _LONGEST_REMARK) or not text.isprintable() or name == "promised_at":
            _check_text(name, text)
    if dossier is None:
        if event.kind != "accepted":
            raise HistoryError("before_acceptance", kind=event.kind)
        return _accept(code, event)
    if event.occurred_at < dossier.accepted_at:
        raise HistoryError(
            "earlier_than_acceptance", kind=event.kind, at=event.occurred_at, accepted=dossier.accepted_at
        )
    return _STEPS[event.kind](dossier, event)


def replay(events: list[Event], *, code: str) -> Dossier:
    """Return the dossier after all its events, oldest first; no events raises HistoryError."""
    dossier: Dossier | None = None
    for event in events:
        dossier = apply(dossier, event, code=code)
    if dossier is None:
        raise HistoryError("no_events", code=code)
    return dossier


def _accept(code: str, event: Event) -> Dossier:
    data = event.data
    _check_text("code", code)
    return Dossier(
        code=code,
        procedure=data["procedure"],
        procedure_version=data["procedure_version"],
        limit_case=data.get("limit_case"),
        unit=data["unit"],
        officer=data.get("officer"),
        channel=data.get("channel"),
        promised_at=data.get("promised_at"),
        accepted_at=event.occurred_at,
        counting_from=event.occurred_at,
        last_at=event.occurred_at,
    )


def _check_text(name: str, text: str) -> None:
    """Refuse a text that no register could hold, before anything is built upon it."""
    most = _LONGEST.get(name, _LONGEST_REMARK)
    if len(text) > most or (not text.isprintable() and _UNFIT.search(text)):
        raise HistoryError(
            "unfit_text", what=name, found=_UNFIT.sub("\N{REPLACEMENT CHARACTER}", text[:40]), most=most
        )
    if name == "promised_at":
        _check_promise(text)


def _check_promise(text: str) -> None:
    try:
        is_aware = datetime.fromisoformat(text.removesuffix("/day")).tzinfo is not None
    except ValueError:
        is_aware = False
    if not is_aware:
        raise HistoryError("unfit_promise", found=text)


def _changed(dossier: Dossier, event: Event, **values: object) -> Dossier:
    last_at = max(dossier.last_at, event.occurred_at)
    # What dataclasses.replace does, at a third of its time: a list brings a hundred thousand events.
    return Dossier(**{**dict(zip(_NAMES, _values(dossier), strict=True)), **values, "last_at": last_at})


def _again(dossier: Dossier, _event: Event) -> Dossier:
    raise HistoryError("accepted_twice", code=dossier.code, at=dossier.accepted_at)


def _hand_over(dossier: Dossier, event: Event) -> Dossier:
    _require_open(dossier, event)
    # The next unit has its own people: without a name, nobody of the old one is meant any more.
    return _changed(dossier, event, unit=event.data["unit"], officer=event.data.get("officer"))


def _change_officer(dossier: Dossier, event: Event) -> Dossier:
    return _changed(dossier, event, officer=event.data["officer"])


def _change_promise(dossier: Dossier, event: Event) -> Dossier:
    return _changed(dossier, event, promised_at=event.data["promised_at"])


def _stop(kind: Stop) -> Callable[[Dossier, Event], Dossier]:
    def stop(dossier: Dossier, event: Event) -> Dossier:
        _require_open(dossier, event)
        if dossier.stopped_since is not None:
            raise HistoryError(
                "stands_still", code=dossier.code, why=dossier.stopped_by, at=dossier.stopped_since
            )
        _require_order(dossier, event)
        if kind == "supplement" and dossier.supplements and not event.data.get("forced_by"):
            # Decision 4; Decree 61/2018 art. 5.1: papers are asked for once.
            raise HistoryError("second_supplement", code=dossier.code)
        restarts = kind == "supplement" and AFTER_DUE not in event.data
        return _changed(dossier, event, stopped_since=event.occurred_at, stopped_by=kind, restarts=restarts)

    return stop


def _resume(dossier: Dossier, event: Event) -> Dossier:
    since = _since(dossier, event, "suspended")
    pauses = (*dossier.pauses, (since, event.occurred_at))
    return _changed(dossier, event, pauses=pauses, stopped_since=None, stopped_by=None)


def _supplement(dossier: Dossier, event: Event) -> Dossier:
    # Decree 61/2018 art. 19.4: the limit is counted from the beginning once the papers are complete. Asking
    # for them after the due date restarts nothing: a late dossier does not become timely by it.
    _since(dossier, event, "supplement")
    again = {"counting_from": event.occurred_at, "pauses": ()} if dossier.restarts else {}
    supplements = dossier.supplements + 1
    return _changed(
        dossier, event, stopped_since=None, stopped_by=None, restarts=False, supplements=supplements, **again
    )


def _close(outcome: Outcome) -> Callable[[Dossier, Event], Dossier]:
    def close(dossier: Dossier, event: Event) -> Dossier:
        _require_open(dossier, event)
        _require_order(dossier, event)
        if outcome == "finished" and dossier.stopped_since is not None:
            # From when time counted again decides whether the result is late; nobody may guess it.
            raise HistoryError("resume_unknown", why=dossier.stopped_by, since=dossier.stopped_since)
        return _changed(dossier, event, finished_at=event.occurred_at, outcome=outcome)

    return close


def _return(dossier: Dossier, event: Event) -> Dossier:
    if dossier.finished_at is None or dossier.outcome == "withdrawn":
        raise HistoryError("nothing_to_return", code=dossier.code)
    if dossier.returned_at is not None:
        raise HistoryError("returned_twice", code=dossier.code, at=dossier.returned_at)
    if event.occurred_at < dossier.finished_at:
        raise HistoryError("returned_before_result", code=dossier.code)
    return _changed(dossier, event, returned_at=event.occurred_at)


def _since(dossier: Dossier, event: Event, kind: Stop) -> datetime:
    _require_open(dossier, event)
    if dossier.stopped_since is None or dossier.stopped_by != kind:
        raise HistoryError("does_not_stand_still", kind=event.kind, code=dossier.code, why=kind)
    _require_order(dossier, event)
    return dossier.stopped_since


def _require_open(dossier: Dossier, event: Event) -> None:
    if dossier.outcome is not None and dossier.finished_at is not None:
        raise HistoryError(
            "closed",
            kind=event.kind,
            code=dossier.code,
            outcome=dossier.outcome,
            at=dossier.finished_at,
        )


def _require_order(dossier: Dossier, event: Event) -> None:
    begins = [dossier.accepted_at, dossier.counting_from, *(end for _, end in dossier.pauses)]
    latest = max([*begins, dossier.stopped_since] if dossier.stopped_since else begins)
    if event.occurred_at < latest:
        raise HistoryError(
            "before_last_change", kind=event.kind, at=event.occurred_at, latest=latest, code=dossier.code
        )


_STEPS: Final[Mapping[str, Callable[[Dossier, Event], Dossier]]] = {
    "accepted": _again,
    "handed_over": _hand_over,
    "officer_changed": _change_officer,
    "promise_changed": _change_promise,
    "suspended": _stop("suspended"),
    "resumed": _resume,
    "supplement_requested": _stop("supplement"),
    "supplemented": _supplement,
    "finished": _close("finished"),
    "refused": _close("refused"),
    "withdrawn": _close("withdrawn"),
    "returned": _return,
}
_NAMES: Final = tuple(entry.name for entry in fields(Dossier))
_values: Final = attrgetter(*_NAMES)

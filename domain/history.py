"""The history of a dossier: what each event makes of it, and what the events before do not allow."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from domain.acknowledgement import Acknowledgement
from domain.dossier import Dossier, changed
from domain.errors import HistoryError
from domain.event import AFTER_DUE, EFFECT, check_event, check_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.acknowledgement import AcknowledgedBy
    from domain.dossier import Outcome, Stop
    from domain.event import Event


def apply(dossier: Dossier | None, event: Event, *, code: str = "", recorded: bool = False) -> Dossier:
    """Return the dossier after an event; HistoryError says in one sentence what its history does not allow.

    Only acceptance may come first (`code` names the new dossier), nothing may come before it. `recorded`: the
    event is part of the history already; what may be reported has grown stricter since, what was is replayed.
    """
    check_event(event)
    if dossier is None:
        if event.kind != "accepted":
            raise HistoryError("before_acceptance", kind=event.kind)
        return _accept(code, event)
    if event.occurred_at < dossier.accepted_at:
        raise HistoryError(
            "earlier_than_acceptance", kind=event.kind, at=event.occurred_at, accepted=dossier.accepted_at
        )
    if not recorded:
        _refuse_report(dossier, event)
    return _STEPS[event.kind](dossier, event)


def _refuse_report(dossier: Dossier, event: Event) -> None:
    """Refuse what may not be reported any more, though histories recorded earlier have it."""
    if event.kind == "handed_over" and dossier.is_open and event.occurred_at < dossier.step_since:
        raise HistoryError(
            "before_hand_over", at=event.occurred_at, since=dossier.step_since, code=dossier.code
        )


def replay(events: Iterable[Event], *, code: str) -> Dossier:
    """Return the dossier after all its recorded events, oldest first; no events raises HistoryError."""
    dossier: Dossier | None = None
    for event in events:
        dossier = apply(dossier, event, code=code, recorded=True)
    if dossier is None:
        raise HistoryError("no_events", code=code)
    return dossier


def _accept(code: str, event: Event) -> Dossier:
    data, at = event.data, event.occurred_at
    check_text("code", code)
    return Dossier(
        code=code,
        procedure=data["procedure"],
        procedure_version=data["procedure_version"],
        unit=data["unit"],
        accepted_at=at,
        counting_from=at,
        step_since=at,
        last_at=at,
        limit_case=data.get("limit_case"),
        officer=data.get("officer"),
        channel=data.get("channel"),
        commune=data.get("commune"),
        bundle=data.get("bundle"),
        bundle_rule=data.get("bundle_rule"),
        promised_at=data.get("promised_at"),
        step=data.get("step"),
    )


def _again(dossier: Dossier, _event: Event) -> Dossier:
    raise HistoryError("accepted_twice", code=dossier.code, at=dossier.accepted_at)


def _hand_over(dossier: Dossier, event: Event) -> Dossier:
    _require_open(dossier, event)
    # The next unit has its own people: without a name, nobody of the old one is meant any more.
    return changed(
        dossier,
        event,
        unit=event.data["unit"],
        officer=event.data.get("officer"),
        step=event.data.get("step"),
        step_number=dossier.step_number + 1,
        # One recorded behind a later one: no two stays overlap, the one before ends where it began.
        step_since=max(dossier.step_since, event.occurred_at),
    )


def _change_officer(dossier: Dossier, event: Event) -> Dossier:
    return changed(dossier, event, officer=event.data["officer"])


def _change_promise(dossier: Dossier, event: Event) -> Dossier:
    return changed(dossier, event, promised_at=event.data["promised_at"])


def _suspend(dossier: Dossier, event: Event) -> Dossier:
    return _stopped(dossier, event, cast("Stop", event.data.get("cause", "suspended")), "pause")


def _request_supplement(dossier: Dossier, event: Event) -> Dossier:
    if dossier.supplements and dossier.is_open and not event.data.get("forced_by"):
        # Decision 4; Decree 61/2018 art. 5.1, 11.2c: papers are asked for once.
        raise HistoryError("second_supplement", code=dossier.code)
    return _stopped(dossier, event, "supplement", "restart")


def _stopped(dossier: Dossier, event: Event, by: Stop, by_law: str) -> Dossier:
    """Stop the clock, or only wait; `by_law` is the effect of an event that says none."""
    _require_open(dossier, event)
    if dossier.stopped_by is not None:
        at = dossier.stopped_since or dossier.last_at
        raise HistoryError("stands_still", code=dossier.code, why=dossier.stopped_by, at=at)
    _require_order(dossier, event)
    # A stop that comes when the due date has passed cannot help the clock any more: the dossier waits, late.
    effect = "none" if AFTER_DUE in event.data else event.data.get(EFFECT, by_law)
    since = None if effect == "none" else event.occurred_at
    return changed(dossier, event, stopped_since=since, stopped_by=by, restarts=effect == "restart")


def _resume(dossier: Dossier, event: Event) -> Dossier:
    _require_waiting(dossier, event, "suspended", "financial_obligation")
    return _going_on(dossier, event)


def _going_on(dossier: Dossier, event: Event, **values: object) -> Dossier:
    since = dossier.stopped_since
    pauses = dossier.pauses if since is None else (*dossier.pauses, (since, event.occurred_at))
    news: dict[str, object] = {"pauses": pauses, "stopped_since": None, "stopped_by": None, "restarts": False}
    return changed(dossier, event, **news | values)


def _supplement(dossier: Dossier, event: Event) -> Dossier:
    # Decree 61/2018 art. 19.4: the limit is counted from the beginning once the papers are complete. Asking
    # for them after the due date restarts nothing: a late dossier does not become timely by it.
    _require_waiting(dossier, event, "supplement")
    again = {"counting_from": event.occurred_at, "pauses": ()} if dossier.restarts else {}
    return _going_on(dossier, event, supplements=dossier.supplements + 1, **again)


def _consult(dossier: Dossier, event: Event) -> Dossier:
    # Decree 61/2018 art. 19.5: asking other agencies does not stop the clock, unless special law says so.
    _require_open(dossier, event)
    agency = event.data["agency"]
    if agency in dossier.consulting:
        raise HistoryError("consulted_already", agency=agency, code=dossier.code)
    asked = {"consulting": (*dossier.consulting, agency)}
    if event.data.get(EFFECT, "none") == "none" or dossier.stopped_by is not None:
        return changed(dossier, event, **asked)
    return changed(_stopped(dossier, event, "consultation", "pause"), event, **asked)


def _answer(dossier: Dossier, event: Event) -> Dossier:
    _require_open(dossier, event)
    agency = event.data["agency"]
    if agency not in dossier.consulting:
        raise HistoryError("not_consulted", agency=agency, code=dossier.code)
    left = tuple(other for other in dossier.consulting if other != agency)
    if left or dossier.stopped_by != "consultation":
        return changed(dossier, event, consulting=left)
    _require_order(dossier, event)
    return _going_on(dossier, event, consulting=left)


def _reappoint(dossier: Dossier, event: Event) -> Dossier:
    # Decree 61/2018 art. 19.9: the date of the result is appointed anew at most once.
    _require_open(dossier, event)
    if dossier.appointed_on is not None:
        raise HistoryError("second_reappointment", code=dossier.code, day=f"{dossier.appointed_on:%d/%m/%Y}")
    _require_order(dossier, event)
    return changed(dossier, event, appointed_on=date.fromisoformat(event.data["appointed_on"]))


def _change_rules(dossier: Dossier, event: Event) -> Dossier:
    # Decision 6: open dossiers are counted anew under the calendar of the version that records this event,
    # and under its terms where whoever put it in force said so.
    _require_open(dossier, event)
    return changed(dossier, event)


def _close(outcome: Outcome, dossier: Dossier, event: Event) -> Dossier:
    _require_open(dossier, event)
    _require_order(dossier, event)
    waits_for_others = dossier.stopped_by in _ANSWERED_BY_APPLICANTS and outcome != "finished"
    if outcome != "withdrawn" and dossier.stopped_since is not None and not waits_for_others:
        # From when time counted again decides whether the result is late; nobody may guess it.
        raise HistoryError("resume_unknown", why=dossier.stopped_by, since=dossier.stopped_since)
    return changed(dossier, event, finished_at=event.occurred_at, outcome=outcome)


def _return(dossier: Dossier, event: Event) -> Dossier:
    if dossier.finished_at is None or dossier.outcome == "withdrawn":
        raise HistoryError("nothing_to_return", code=dossier.code)
    if dossier.returned_at is not None:
        raise HistoryError("returned_twice", code=dossier.code, at=dossier.returned_at)
    if event.occurred_at < dossier.finished_at:
        raise HistoryError("returned_before_result", code=dossier.code)
    return changed(dossier, event, returned_at=event.occurred_at)


def _acknowledge(dossier: Dossier, event: Event) -> Dossier:
    # Nothing happens to the dossier itself by it: neither its clock nor when it was last heard of.
    _require_open(dossier, event)
    data = event.data
    said = Acknowledgement(
        step=data.get("step", ""),
        rung=data["rung"],
        level=int(data["level"]),
        epoch=int(data["epoch"]),
        at=event.occurred_at,
        by=data["by"],
        way=cast("AcknowledgedBy", data["way"]),
    )
    return dossier._replace(acknowledged=(*dossier.acknowledged, said))


def _require_waiting(dossier: Dossier, event: Event, *stops: Stop) -> None:
    _require_open(dossier, event)
    if dossier.stopped_by not in stops:
        raise HistoryError("does_not_stand_still", kind=event.kind, code=dossier.code, why=stops[0])
    _require_order(dossier, event)


def _require_open(dossier: Dossier, event: Event) -> None:
    if dossier.outcome is not None:
        raise HistoryError(
            "closed", kind=event.kind, code=dossier.code, outcome=dossier.outcome, at=dossier.finished_at
        )


def _require_order(dossier: Dossier, event: Event) -> None:
    begins = [dossier.accepted_at, dossier.counting_from, *(end for _, end in dossier.pauses)]
    latest = max([*begins, dossier.stopped_since] if dossier.stopped_since else begins)
    if event.occurred_at < latest:
        raise HistoryError(
            "before_last_change", kind=event.kind, at=event.occurred_at, latest=latest, code=dossier.code
        )


# Who waits for the applicant may refuse without an answer: the time since then is not the office's.
_ANSWERED_BY_APPLICANTS: Final = ("supplement", "financial_obligation")
_STEPS: Final[Mapping[str, Callable[[Dossier, Event], Dossier]]] = {
    "accepted": _again,
    "handed_over": _hand_over,
    "officer_changed": _change_officer,
    "promise_changed": _change_promise,
    "suspended": _suspend,
    "resumed": _resume,
    "supplement_requested": _request_supplement,
    "supplemented": _supplement,
    "consultation_requested": _consult,
    "consultation_answered": _answer,
    "reappointed": _reappoint,
    "calendar_changed": _change_rules,
    "terms_changed": _change_rules,
    "finished": partial(_close, "finished"),
    "refused": partial(_close, "refused"),
    "withdrawn": partial(_close, "withdrawn"),
    "returned": _return,
    "acknowledged": _acknowledge,
}

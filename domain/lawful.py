"""What the law says of an event when it is reported: what it forbids, and what must be kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.budget import written
from domain.deadline import is_past
from domain.errors import HistoryError
from domain.event import (
    AFTER_DUE,
    EFFECT,
    LATE_APOLOGY,
    RECORDED_AFTER_DUE,
    REMAINING,
    Event,
    check_event,
    check_moment,
)
from domain.steps import step_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.terms import Terms
    from domain.working_calendar import WorkingCalendar

_CAUSES: Final = ("suspended", "financial_obligation")


class Circumstances(NamedTuple):
    """Hold what is so when an event is reported.

    `known` is the dossier as recorded and `due_at` its lawful due date (None: none, or not recorded yet).
    `by_hand`: a person reports it, and answers by name for what looks like a clock put back.
    """

    terms: Terms
    now: datetime
    known: Dossier | None = None
    due_at: datetime | None = None
    by_hand: bool = False

    def deadline(self, dossier: Dossier) -> Deadline | None:
        """Return the lawful due date: the recorded one, derived only where the count has moved since."""
        known = self.known
        if known is None or (known.counting_from, known.pauses) != (dossier.counting_from, dossier.pauses):
            return self.terms.due(dossier)
        return None if self.due_at is None else self.terms.restored(self.due_at, dossier)


def weigh(event: Event, dossier: Dossier | None, around: Circumstances) -> Event:
    """Return the event with what must be kept beside it, or refuse what the law does not allow.

    Raises HistoryError for a moment in the future, a result, a stop or an apology that a person dates back
    behind a due date that has passed, and a re-appointment against Decree 61/2018 art. 19.9. What only the
    history of the dossier forbids is said by `domain.history.apply`.
    """
    check_moment(event)
    if event.occurred_at > around.now:
        raise HistoryError("future", what=event.kind, at=event.occurred_at)
    if dossier is None:
        return _accepted(event, around) if event.kind == "accepted" else event
    weigher = _WEIGHERS.get(event.kind)
    if weigher is None or not dossier.is_open:
        return event
    kept = weigher(event, dossier, around)
    return replace(event, data={**event.data, **kept}) if kept else event


def _accepted(event: Event, around: Circumstances) -> Event:
    steps = around.terms.procedure.steps
    if not steps or "step" in event.data:
        return event
    step = step_after(steps, None, event.data["unit"])
    return replace(event, data={**event.data, "step": step}) if step else event


def _handed_over(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    if "step" in event.data:
        return {}
    step = step_after(around.terms.procedure.steps, dossier.step, event.data["unit"])
    return {"step": step} if step else {}


def _stop(policy: str) -> Callable[[Event, Dossier, Circumstances], dict[str, str]]:
    def stop(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
        cause = event.data.get("cause", policy)
        if policy == "suspended" and cause not in _CAUSES:
            raise HistoryError("unknown_cause", found=cause, known=", ".join(_CAUSES))
        effect: str = getattr(around.terms.procedure.clock, cause)
        if effect == "none":
            return {EFFECT: effect}
        deadline = around.deadline(dossier)
        if deadline is not None and is_past(deadline.due_at, now=event.occurred_at):
            return {EFFECT: effect, AFTER_DUE: "yes"}
        kept = {EFFECT: effect} | _dated_back(event, deadline, around)
        budget = around.terms.budget(dossier, event.occurred_at)
        return kept | ({REMAINING: written(budget.left)} if budget else {})

    return stop


def _closed(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    if around.known is None:
        return {}  # first heard of with its result: nobody could have told it sooner
    return _dated_back(event, around.deadline(dossier), around)


def _dated_back(event: Event, deadline: Deadline | None, around: Circumstances) -> dict[str, str]:
    """Mark what is dated before a due date but told after it; a person must answer for it by name."""
    if deadline is None or around.known is None or is_past(deadline.due_at, now=event.occurred_at):
        return {}
    if not is_past(deadline.due_at, now=around.now):
        return {}
    if around.by_hand and not event.data.get("forced_by"):
        due = f"{deadline.due_on:%d/%m/%Y}" if deadline.in_days else deadline.due_at
        raise HistoryError("dated_back", kind=event.kind, at=event.occurred_at, due=due)
    return {RECORDED_AFTER_DUE: "yes"}


def _reappointed(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    # Decree 61/2018 art. 19.9: the apology goes out at latest the day before the date it moves.
    check_event(event)
    deadline, calendar = around.deadline(dossier), around.terms.calendar
    if deadline is None:
        raise HistoryError("nothing_to_reappoint", code=dossier.code)
    _check_appointed(event, deadline, calendar)
    latest, told_late = apology_until(deadline, calendar), _dated_back(event, deadline, around)
    if event.occurred_at < latest or _owed_at_once(deadline, dossier, calendar):
        return told_late
    if not event.data.get("forced_by"):
        day = calendar.add_days(deadline.due_on, -1)
        raise HistoryError("apology_too_late", at=event.occurred_at, latest=f"{day:%d/%m/%Y}")
    return {LATE_APOLOGY: "yes", **told_late}


def _check_appointed(event: Event, deadline: Deadline, calendar: WorkingCalendar) -> None:
    day = date.fromisoformat(event.data["appointed_on"])
    shown = f"{day:%d/%m/%Y}"
    if day <= deadline.due_on:
        raise HistoryError("appointed_not_later", day=shown, due=f"{deadline.due_on:%d/%m/%Y}")
    if day < calendar.local(event.occurred_at).date():
        raise HistoryError("appointed_in_the_past", day=shown, at=event.occurred_at)
    if not calendar.is_working_day(day):
        raise HistoryError("appointed_day_off", day=shown)


def apology_until(deadline: Deadline, calendar: WorkingCalendar) -> datetime:
    """Return the UTC instant, exclusive, until which a re-appointment is lawful.

    It is the end of the working day before the due day (DOMAIN decision 5; Decree 61/2018 art. 19.9).
    """
    return calendar.end_of(calendar.add_days(deadline.due_on, -1))


def _owed_at_once(deadline: Deadline, dossier: Dossier, calendar: WorkingCalendar) -> bool:
    # With a limit of a day or less the day before the due day is that of the receipt, or an earlier one:
    # nobody could have kept to it, and the letter is owed as soon as the date is missed.
    return calendar.add_days(deadline.due_on, -1) <= calendar.local(dossier.counting_from).date()


_WEIGHERS: Final[Mapping[str, Callable[[Event, Dossier, Circumstances], dict[str, str]]]] = {
    "handed_over": _handed_over,
    "suspended": _stop("suspended"),
    "supplement_requested": _stop("supplement"),
    "consultation_requested": _stop("consultation"),
    "reappointed": _reappointed,
    "finished": _closed,
    "refused": _closed,
    "withdrawn": _closed,
}

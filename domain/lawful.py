"""What the law says of an event when it is reported: what it forbids, and what must be kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.apology import is_missed, last_chance
from domain.budget import written
from domain.deadline import is_past
from domain.errors import HistoryError
from domain.event import (
    AFTER_DUE,
    BEFORE_HAND_OVER,
    DATED_BACK,
    EFFECT,
    LATE_APOLOGY,
    LATE_REQUEST,
    NO_APOLOGY,
    NO_BASIS,
    RECORDED_AFTER_DUE,
    REMAINING,
    SECOND_SUPPLEMENT,
    Event,
    check_event,
    check_moment,
)
from domain.redating import moved_from
from domain.steps import step_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.terms import Terms
    from domain.working_calendar import WorkingCalendar

_JUST_BEFORE: Final = timedelta(microseconds=1)
_LONGEST_EXTENSION: Final = timedelta(days=366)
"""The decree names no longest extension; beyond a year it is a slip of the pen."""
_DAYS_TO_ASK: Final = 3
"""Working days after receipt within which missing papers are asked for (Decree 61/2018 art. 19.4)."""
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
    step = event.data.get("step") or step_after(
        around.terms.procedure.steps, dossier.step, event.data["unit"]
    )
    if event.data["unit"] == dossier.unit and step in (None, dossier.step):
        raise HistoryError("nothing_handed_over", code=dossier.code, unit=dossier.unit)
    told_late = _dated_back(event, around.terms.step_due(dossier), around, answered=True)
    return ({"step": step} if step else {}) | told_late


def _stop(policy: str, event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    cause = event.data.get("cause", policy) if policy == "suspended" else policy
    if policy == "suspended" and cause not in _CAUSES:
        raise HistoryError("unknown_cause", found=cause, known=", ".join(_CAUSES))
    effect: str = getattr(around.terms.procedure.clock, cause)
    asked = _request_marks(event, dossier, around) if policy == "supplement" else {}
    if effect == "none":
        return {EFFECT: effect, **asked}
    return {EFFECT: effect, **asked, **_standstill_marks(event, dossier, around)}


def _request_marks(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    calendar = around.terms.calendar
    received = calendar.local(dossier.accepted_at).date()
    until = calendar.end_of(calendar.add_days(received, _DAYS_TO_ASK))
    again = {SECOND_SUPPLEMENT: "yes"} if dossier.supplements else {}
    return again | ({LATE_REQUEST: "yes"} if is_past(until, now=event.occurred_at) else {})


def _standstill_marks(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    unsaid = event.kind == "suspended" and not event.data.get("legal_basis")
    marks, deadline = {NO_BASIS: "yes"} if unsaid else {}, around.deadline(dossier)
    if deadline is not None and is_past(deadline.due_at, now=event.occurred_at):
        return marks | {AFTER_DUE: "yes"}
    marks |= _dated_back(event, deadline, around) or _told_days_later(event, around)
    budget = around.terms.budget(dossier, event.occurred_at)
    return marks | ({REMAINING: written(budget.left)} if budget else {})


def _told_days_later(event: Event, around: Circumstances) -> dict[str, str]:
    """Mark a stop told later than the next working day: until then everybody saw the clock run."""
    calendar = around.terms.calendar
    until = calendar.end_of(calendar.add_days(calendar.local(event.occurred_at).date(), 1))
    if around.known is None or not is_past(until, now=around.now):
        return {}
    if around.by_hand and not event.data.get("forced_by"):
        raise HistoryError("stop_dated_back", kind=event.kind, at=event.occurred_at)
    return {DATED_BACK: "yes"}


def _closed(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    if around.known is None:
        return {}  # first heard of with its result: nobody could have told it sooner
    deadline = around.deadline(dossier)
    kept = _dated_back(event, deadline, around) | _unapologised(event, dossier, deadline, around)
    if event.occurred_at >= dossier.step_since:
        return kept
    if around.by_hand and not event.data.get("forced_by"):
        raise HistoryError("result_before_hand_over", at=event.occurred_at, since=dossier.step_since)
    return kept | {BEFORE_HAND_OVER: "yes"}


def _unapologised(
    event: Event, dossier: Dossier, deadline: Deadline | None, around: Circumstances
) -> dict[str, str]:
    """Mark a result that comes late where nobody apologised while the law allowed it (DOMAIN decision 5)."""
    if deadline is None or event.kind == "withdrawn":
        return {}
    missed = is_missed(dossier, deadline, around.terms.calendar, now=event.occurred_at)
    return {NO_APOLOGY: "yes"} if missed else {}


def _dated_back(
    event: Event, deadline: Deadline | None, around: Circumstances, *, answered: bool = False
) -> dict[str, str]:
    """Mark what is dated before a due date but told after it; a person must answer for it by name.

    `answered`: it needs only the mark.
    """
    if deadline is None or around.known is None or is_past(deadline.due_at, now=event.occurred_at):
        return {}
    if not is_past(deadline.due_at, now=around.now):
        return {}
    if around.by_hand and not answered and not event.data.get("forced_by"):
        due = f"{deadline.due_on:%d/%m/%Y}" if deadline.in_days else deadline.due_at
        raise HistoryError("dated_back", kind=event.kind, at=event.occurred_at, due=due)
    return {RECORDED_AFTER_DUE: "yes"}


def _calendar_changed(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    # Decision 6: recorded with the old date, the new one and the reason; the entry says under which version.
    before, after = around.deadline(dossier), around.terms.due(dossier)
    if before is None or after is None:
        raise HistoryError("nothing_recounted", code=dossier.code)
    return moved_from(before, after, around.terms.calendar) | _dated_back(
        replace(event, occurred_at=dossier.accepted_at), before, around
    )


def _reappointed(event: Event, dossier: Dossier, around: Circumstances) -> dict[str, str]:
    # Decree 61/2018 art. 19.9: the apology goes out at latest the day before the date it moves.
    check_event(event)
    deadline, calendar = around.deadline(dossier), around.terms.calendar
    if deadline is None:
        raise HistoryError("nothing_to_reappoint", code=dossier.code)
    _check_appointed(event, deadline, calendar)
    latest, told_late = last_chance(deadline, dossier, calendar), _dated_back(event, deadline, around)
    # What counts is when it was told: a letter of yesterday that nobody heard of did not go out yesterday.
    if not is_past(latest, now=around.now):
        return told_late
    may_be_true = not around.by_hand and not is_past(latest, now=event.occurred_at)
    if not may_be_true and not event.data.get("forced_by"):
        day = calendar.local(latest - _JUST_BEFORE).date()
        raise HistoryError("apology_too_late", at=event.occurred_at, latest=f"{day:%d/%m/%Y}")
    return {LATE_APOLOGY: "yes", **told_late}


def _check_appointed(event: Event, deadline: Deadline, calendar: WorkingCalendar) -> None:
    day = date.fromisoformat(event.data["appointed_on"])
    shown = f"{day:%d/%m/%Y}"
    if day <= deadline.due_on:
        raise HistoryError("appointed_not_later", day=shown, due=f"{deadline.due_on:%d/%m/%Y}")
    if day < calendar.local(event.occurred_at).date():
        raise HistoryError("appointed_in_the_past", day=shown, at=event.occurred_at)
    if day > deadline.due_on + _LONGEST_EXTENSION:
        raise HistoryError("appointed_too_far", day=shown, due=f"{deadline.due_on:%d/%m/%Y}")
    if not calendar.is_working_day(day):
        raise HistoryError("appointed_day_off", day=shown)


_WEIGHERS: Final[Mapping[str, Callable[[Event, Dossier, Circumstances], dict[str, str]]]] = {
    "handed_over": _handed_over,
    "suspended": partial(_stop, "suspended"),
    "supplement_requested": partial(_stop, "supplement"),
    "consultation_requested": partial(_stop, "consultation"),
    "reappointed": _reappointed,
    "calendar_changed": _calendar_changed,
    "finished": _closed,
    "refused": _closed,
    "withdrawn": _closed,
}

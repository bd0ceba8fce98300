"""The kinds of calculator case: each reads its fields, asks the domain once, and words the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from domain.deadline import derive, is_past
from domain.ladder import PlannedRung, Rung, come_due, moment_of, next_action_at
from domain.pauses import elapsed_with_pauses, land_with_pauses, merge
from domain.time_limit import land_on_day
from domain.timetable import SECOND
from workers.use_cases.calc_read import (
    CaseError,
    day,
    flag,
    instant,
    is_date,
    limit_of,
    list_of,
    moment_of_day,
    pauses_of,
)
from workers.use_cases.calc_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from domain.time_limit import CountingRules
    from domain.working_calendar import WorkingCalendar

Answer = dict[str, Any]
_DAY: Final = timedelta(days=1)
_REVERSED: Final = {"(]": "[)", "[)": "(]", "[]": "[]"}


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one case whose calendar and convention have been read."""

    fields: Mapping[str, Any]
    calendar: WorkingCalendar
    convention: Mapping[str, Any]

    def words(self, moment: datetime) -> str:
        """Return an instant as people of the office write it: local, with its offset."""
        return self.calendar.local(moment).isoformat()


def due(case: Case) -> Answer:
    """Answer the instant at which a limit ends."""
    start, limit = instant(case.fields.get("start"), "start"), limit_of(case.fields.get("limit"))
    pauses = pauses_of(case.fields.get("pauses"), case.calendar.zone, dates=False)
    moment = land_with_pauses(limit, start, case.calendar, rules_of(case.convention), pauses)
    return {"due": case.words(moment)}


def due_date(case: Case) -> Answer:
    """Answer the local date on which a limit ends."""
    return {"due": _date_of(case, "limit").isoformat()}


def _date_of(case: Case, key: str) -> date:
    limit, rules = limit_of(case.fields.get(key), key), rules_of(case.convention)
    zone, start = case.calendar.zone, case.fields.get("start")
    pauses = pauses_of(case.fields.get("pauses"), zone, dates=True)
    if limit.in_days and not pauses:
        return land_on_day(limit, day(start, "start", zone), case.calendar, rules)
    # Paused time is added after the whole due day, or before it when counting backwards.
    edge: CountingRules = replace(rules, time_of_day="start_of_working_day")
    if limit.amount >= 0:
        edge = replace(rules, time_of_day="end_of_day")
    found = derive(limit, moment_of_day(start, "start", zone), case.calendar, edge, pauses)
    if found is None:  # the units of a case always have an end
        raise CaseError("limit", f"{key}: a limit without an end has no due date")
    return found.due_on


def elapsed(case: Case) -> Answer:
    """Answer the working seconds from start to end, less the pauses."""
    start, end = instant(case.fields.get("start"), "start"), instant(case.fields.get("end"), "end")
    pauses = pauses_of(case.fields.get("pauses"), case.calendar.zone, dates=False)
    micros = elapsed_with_pauses(start, end, case.calendar, pauses)
    whole, rest = divmod(micros, SECOND)
    return {"elapsed_seconds": micros / SECOND if rest else whole}


def elapsed_days(case: Case) -> Answer:
    """Answer the working days between two dates.

    The interval is read from start to end: with `[)` the start counts and the end does not, whichever comes
    first. An end before its start gives a negative number.
    """
    zone = case.calendar.zone
    start, end = day(case.fields.get("start"), "start", zone), day(case.fields.get("end"), "end", zone)
    low, high = min(start, end), max(start, end)
    interval = case.convention.get("interval", "(]")
    if end < start:
        interval = _REVERSED[interval]
    days = _count(low, high, interval, case.calendar)
    for begin, until in merge(pauses_of(case.fields.get("pauses"), zone, dates=True)):
        first = max(case.calendar.local(begin).date(), low)
        last = min(case.calendar.local(until).date(), high)
        if first < last:  # of the two days of a pause one is paused, as of the two days of a limit one counts
            days -= _count(first, last, "(]" if interval == "(]" else "[)", case.calendar)
    return {"elapsed_days": -days if end < start else days}


def _count(low: date, high: date, interval: str, calendar: WorkingCalendar) -> int:
    after = low - _DAY if interval[0] == "[" else low
    until = high - _DAY if interval[1] == ")" else high
    return calendar.count_days(after, until)


def state_at(case: Case) -> Answer:
    """Answer whether a case is on time, overdue or very overdue at a moment.

    Late is from the due instant on; where the due date is a whole day, because the convention says so or a
    limit in days counts from a date, from the day after it.
    """
    passed, first = _passed(case, "limit")
    answer: Answer = {"state": "overdue" if passed else "on_time", "due": first}
    if case.fields.get("second_limit") is not None:
        very, answer["second_due"] = _passed(case, "second_limit")
        answer["state"] = "very_overdue" if very else answer["state"]
    return answer


def _passed(case: Case, key: str) -> tuple[bool, str]:
    limit, zone = limit_of(case.fields.get(key), key), case.calendar.zone
    from_a_date = limit.in_days and is_date(case.fields.get("start"))
    if from_a_date or "due_is" in case.convention:
        last, now = _date_of(case, key), moment_of_day(case.fields.get("now"), "now", zone)
        return is_past(case.calendar.end_of(last), now=now), last.isoformat()
    start, now = instant(case.fields.get("start"), "start"), instant(case.fields.get("now"), "now")
    pauses = pauses_of(case.fields.get("pauses"), zone, dates=False)
    end = land_with_pauses(limit, start, case.calendar, rules_of(case.convention), pauses)
    return is_past(end, now=now), case.words(end)


def rungs_at(case: Case) -> Answer:
    """Answer which rungs fire now, in the order of their moments, and when to look again.

    A rung in days stands at the deadline's local time on its day, working day or not, unless the convention
    says otherwise; one of no offset is the deadline itself. `already_fired` names rungs by their `n`. A
    suspended clock fires none and waits.
    """
    zone = case.calendar.zone
    deadline = moment_of_day(case.fields.get("deadline"), "deadline", zone)
    now = moment_of_day(case.fields.get("now"), "now", zone)
    rules = rules_of(case.convention, due_on_nonworking="as_is", time_of_day_outside_hours="kept")
    if flag(case.fields.get("suspended"), "suspended"):
        return {"fire": [], "next": None}
    rungs = list_of(case.fields.get("rungs"), "rungs")
    planned = _planned(rungs, deadline, case.calendar, rules)
    fired = _fired(list_of(case.fields.get("already_fired"), "already_fired"), rungs)
    following = next_action_at(planned, fired, now=now)
    return {
        "fire": [rungs[int(entry.rung.code)]["n"] for entry in come_due(planned, fired, now=now)],
        "next": None if following is None else case.words(following),
    }


def _planned(
    rungs: list[Any], deadline: datetime, calendar: WorkingCalendar, rules: CountingRules
) -> list[PlannedRung]:
    planned = []
    for level, raw in enumerate(rungs):
        offset = limit_of(raw, f"rungs[{level}]")
        rung = Rung(code=str(level), offset=offset, kind="reminder", roles=(), level=level, template="")
        at_deadline = offset.amount == 0 and rules.time_of_day == "kept"  # though the office be closed
        at = deadline if at_deadline else moment_of(offset, deadline, calendar, rules)
        planned.append(PlannedRung(rung, at))
    return sorted(planned, key=lambda entry: (entry.at, entry.rung.level))


def _fired(fired: list[Any], rungs: list[Any]) -> set[tuple[str, str]]:
    return {("", str(level)) for level, rung in enumerate(rungs) if rung in fired or rung["n"] in fired}


KINDS: Final[Mapping[str, Callable[[Case], Answer]]] = {
    "due": due,
    "due_date": due_date,
    "elapsed": elapsed,
    "elapsed_days": elapsed_days,
    "state_at": state_at,
    "rungs_at": rungs_at,
}

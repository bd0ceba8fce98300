"""Random histories: events are tried one after another; what law or history refuses is left out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from domain.errors import HistoryError
from domain.procedure import ClockPolicy, Step
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from tests.cases import Case, limit, terms
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.event import EventKind
    from domain.reckoning import Reckoning
    from domain.terms import Terms
    from domain.working_calendar import WorkingCalendar

HALF_HOUR = timedelta(minutes=30)
UNITS = ("land", "chair", "field", "elsewhere")
ENDINGS: tuple[EventKind, ...] = ("finished", "refused", "withdrawn", "returned")
MOVING: tuple[EventKind, ...] = (
    *("suspended", "resumed", "supplement_requested", "supplemented", "resumed", "consultation_requested"),
    *("consultation_answered", "resumed", "reappointed", "handed_over"),
)
OPEN: tuple[EventKind, ...] = (*MOVING, "officer_changed", "promise_changed", "calendar_changed")
KINDS: tuple[EventKind, ...] = (*OPEN, *MOVING, *ENDINGS)
WAITS_FOR: dict[str | None, EventKind] = {
    "supplement": "supplemented",
    "consultation": "consultation_answered",
}
STEPS = (
    Step(code="check", name="c", unit="land", role="officer", share=40),
    Step(code="ask", name="a", unit="field", role="officer", limit=limit("4 hours")),
    Step(code="write", name="w", unit="land", role="officer", share=35),
    Step(code="sign", name="s", unit="chair", role="chair", share=25),
)


def calendar_of(version: int) -> WorkingCalendar:
    """Return the calendar of a configuration, built anew: 1 is plain, 2 closes some days, 3 makes some up."""
    off = ("2019-06-06", "2019-06-12", "2019-06-13", "2019-07-01") if version > 1 else ()
    work = ("2019-06-08", "2019-06-15", "2019-06-29") if version > 2 else ()
    return weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh", off=off, work=work)


@cache
def kept_calendar(version: int) -> WorkingCalendar:
    """Return the same calendar for every example: its tables are built once."""
    return calendar_of(version)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Hold one event to try: reported `after` half hours, dated `back` half hours, under a configuration."""

    kind: EventKind
    after: int
    back: int
    version: int
    agency: str
    unit: str
    days: int
    data: dict[str, str]

    def goes_on(self, case: Case) -> EventKind:
        """Return the kind of the event: what would go on is what the dossier waits for."""
        return WAITS_FOR.get(case.dossier.stopped_by, "resumed") if self.kind == "resumed" else self.kind

    def values(self, case: Case) -> dict[str, Any]:
        """Return what the event says."""
        due_at = case.reckoning.due_at or case.dossier.last_at
        day = case.terms.calendar.local(due_at).date() + timedelta(days=self.days)
        said: dict[EventKind, dict[str, str]] = {
            "handed_over": {"unit": self.unit},
            "officer_changed": {"officer": "b"},
            "promise_changed": {"promised_at": "2019-06-17T00:00:00+07:00/day"},
            "suspended": {"cause": "financial_obligation"} if self.days % 2 else {},
            "consultation_requested": {"agency": self.agency},
            "consultation_answered": {"agency": next(iter(case.dossier.consulting), self.agency)},
            "reappointed": {"appointed_on": day.isoformat()},
        }
        return said.get(self.goes_on(case), {}) | self.data


def attempts(
    kinds: tuple[EventKind, ...] = KINDS,
    *,
    versions: int = 3,
    after: int = 48 * 4,
    back: tuple[int, ...] = (0, 0, 0, 10, 40),
    forced: bool = True,
) -> st.SearchStrategy[list[Attempt]]:
    """Return six to sixteen events to try; `after` and `back` are half hours."""
    names: list[dict[str, str]] = [{}, {"forced_by": "chair", "reason": "r"}] if forced else [{}]
    tried = st.builds(
        Attempt,
        kind=st.sampled_from(kinds),
        after=st.integers(0, after),
        back=st.sampled_from(back),
        version=st.integers(1, versions),
        agency=st.sampled_from(("tax", "roads")),
        unit=st.sampled_from(UNITS),
        days=st.integers(-1, 9),
        data=st.sampled_from(names),
    )
    return st.lists(tried, min_size=6, max_size=16)


limits = st.one_of(
    st.builds(TimeLimit, st.integers(1, 12), st.sampled_from((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS))),
    st.builds(TimeLimit, st.integers(1, 2), st.just(Unit.MONTHS)),
    st.builds(TimeLimit, st.integers(1, 60), st.just(Unit.HOURS)),
    st.sampled_from((TimeLimit(0, Unit.SAME_DAY), TimeLimit(0, Unit.NONE))),
)
policies = st.builds(
    ClockPolicy,
    supplement=st.sampled_from(("restart", "pause", "none")),
    financial_obligation=st.sampled_from(("pause", "none")),
    suspended=st.sampled_from(("pause", "none")),
    consultation=st.sampled_from(("pause", "none")),
)
rules = st.sampled_from((CIVIL_CODE, CIVIL_CODE, replace(CIVIL_CODE, pause_in="working_time")))
starts = st.builds("2019-06-{:02}T{:02}:{:02}".format, st.integers(3, 12), st.integers(0, 23), st.just(30))


@dataclass(frozen=True)
class Office:
    """Hold what a dossier is counted by, told in few words; its calendars follow from the version."""

    limit: TimeLimit
    clock: ClockPolicy
    rules: CountingRules

    def terms(self, version: int = 1, *, anew: bool = False) -> Terms:
        """Return the terms under a configuration; `anew` with a calendar that nobody has used before."""
        calendar = calendar_of(version) if anew else kept_calendar(version)
        found = terms(clock=self.clock, rules=self.rules, steps=STEPS, calendar=calendar, version=version)
        return replace(found, limit=self.limit)


offices = st.builds(Office, limit=limits, clock=policies, rules=rules)
hurried = st.builds(
    Office,
    limit=st.builds(TimeLimit, st.integers(1, 4), st.sampled_from((Unit.WORKING_DAYS, Unit.HOURS))),
    clock=policies,
    rules=rules,
)
"""Offices with limits so short that most of what happens comes too late."""


class Report(NamedTuple):
    """Hold one attempt: when it was reported, what was so before and after it."""

    now: datetime
    was: Dossier
    before: Reckoning
    dossier: Dossier
    after: Reckoning


def grow(case: Case, office: Office, tried: list[Attempt], *, by_hand: bool = False) -> list[Report]:
    """Try events on a case; what is refused changes nothing."""
    now, reports = case.dossier.last_at, []
    for attempt in tried:
        now += attempt.after * HALF_HOUR
        was, before = case.dossier, case.reckoning
        case.terms = office.terms(attempt.version)
        with suppress(HistoryError):
            moment = now - attempt.back * HALF_HOUR
            case.take(attempt.goes_on(case), moment, now=now, by_hand=by_hand, **attempt.values(case))
        reports.append(Report(now, was, before, case.dossier, case.reckoning))
    return reports

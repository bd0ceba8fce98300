"""A procedure, its terms and the case of one dossier with dull defaults."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest

from domain.errors import HistoryError
from domain.event import Event
from domain.history import apply
from domain.lawful import Circumstances, weigh
from domain.procedure import ProcedureVersion
from domain.reckoning import reckon
from domain.steps import closed_run
from domain.terms import Terms
from domain.time_limit import TimeLimit, Unit
from tests.shared_data import OFFICE_HOURS, weekdays

if TYPE_CHECKING:
    from domain.event import EventKind
    from domain.steps import StepRun
    from domain.working_calendar import WorkingCalendar

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR: Final = weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")
"""Monday to Friday, 7-11 and 13-17, no day off: in June 2019 the 3rd, 10th, 17th and 24th are Mondays."""
ACCEPTANCE: Final = {"procedure": "1.001", "procedure_version": "2018-01-01", "unit": "land"}


def at(text: str) -> datetime:
    """Return a local moment in UTC: "3 8:00" of June 2019, "3" its midnight, or any moment in ISO form."""
    if "-" in text:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)
    day, _, clock = text.partition(" ")
    hour, _, minute = clock.partition(":")
    return datetime(2019, 6, int(day), int(hour or 0), int(minute or 0), tzinfo=ZONE).astimezone(UTC)


def told(moment: datetime | None) -> str | None:
    """Return an instant as a local moment: "3 8:00" in June 2019, else "2019-07-01 8:00"."""
    if moment is None:
        return None
    local = moment.astimezone(ZONE)
    day = str(local.day) if (local.year, local.month) == (2019, 6) else local.date().isoformat()
    return f"{day} {local.hour}:{local.minute:02d}"


def limit(text: str) -> TimeLimit:
    """Return a limit as the configuration writes it: "10 working_days", "same_day", "none"."""
    amount, _, unit = text.rpartition(" ")
    return TimeLimit(int(amount or 0), Unit(unit))


def procedure(**values: Any) -> ProcedureVersion:
    """Return a version in force since 2018: ten working days at the land unit."""
    plain: dict[str, Any] = {
        "code": "1.001",
        "name": "Thủ tục",
        "field": "Thử",
        "unit": "land",
        "limit": limit("10 working_days"),
        "legal_basis": "Luật",
        "in_force_from": date(2018, 1, 1),
    }
    return ProcedureVersion(**plain | values)


def terms(
    text: str = "10 working_days",
    *,
    calendar: WorkingCalendar = CALENDAR,
    version: int = 1,
    unit_calendars: dict[str, WorkingCalendar] | None = None,
    **values: Any,
) -> Terms:
    """Return the terms of a dossier with a limit; `values` are those of its procedure."""
    return Terms(
        procedure=procedure(limit=limit(text), **values),
        limit=limit(text),
        calendar=calendar,
        version=version,
        unit_calendars=unit_calendars or {},
    )


class Case:
    """Take the events of one dossier as they are reported: weighed, applied and reckoned one by one.

    `terms` may be exchanged in between, as a new configuration does. `history` pairs each event, as it was
    kept, with the terms it was recorded under; `runs` are the stays in a unit that have ended.
    """

    def __init__(self, terms: Terms, moment: str = "3 8:00", **data: str) -> None:
        accepted = Event(kind="accepted", occurred_at=at(moment), data=ACCEPTANCE | data)
        event = weigh(accepted, None, Circumstances(terms=terms, now=accepted.occurred_at))
        self.terms, self.history = terms, [(event, terms)]
        self.runs: list[StepRun] = []
        self.dossier = apply(None, event, code="HS-1")
        self.reckoning = reckon(None, None, self.dossier, event, terms)

    def take(
        self,
        kind: EventKind,
        moment: str | datetime,
        *,
        now: str | datetime | None = None,
        by_hand: bool = False,
        **data: str,
    ) -> Event:
        """Take an event, reported at once unless `now` says later; return it as it is kept."""
        event = Event(kind=kind, occurred_at=_moment(moment), data=data)
        event = weigh(event, self.dossier, self.around(now or event.occurred_at, by_hand=by_hand))
        self.follow(event)
        return event

    def around(self, now: str | datetime, *, by_hand: bool = False) -> Circumstances:
        """Return what is so when an event is reported at a moment."""
        return Circumstances(
            terms=self.terms,
            now=_moment(now),
            known=self.dossier,
            due_at=self.reckoning.due_at,
            by_hand=by_hand,
        )

    def follow(self, event: Event) -> None:
        """Take an event that was weighed before."""
        was, dossier = self.dossier, apply(self.dossier, event)
        if was.step_number != dossier.step_number or (was.is_open and not dossier.is_open):
            self.runs.append(closed_run(was, event.occurred_at, self.reckoning.step_due_at, self.terms))
        self.reckoning = reckon(self.reckoning, was, dossier, event, self.terms)
        self.dossier = dossier
        self.history.append((event, self.terms))

    @property
    def due(self) -> str | None:
        """Return the lawful due date as a local moment, exclusive: "18 0:00" is the end of the 17th."""
        return told(self.reckoning.due_at)


def refusal(case: Case, kind: EventKind, moment: str | datetime, **more: Any) -> HistoryError:
    """Return why an event is refused; the dossier and its due dates stay as they were."""
    before = (case.dossier, case.reckoning)
    with pytest.raises(HistoryError) as caught:
        case.take(kind, moment, **more)
    assert (case.dossier, case.reckoning) == before
    return caught.value


def _moment(moment: str | datetime) -> datetime:
    return at(moment) if isinstance(moment, str) else moment

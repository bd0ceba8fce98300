"""The office at a glance: what is due and overdue, what waits to be told, whether the machinery lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from config.sla import endings
from domain.on_time_rate import Counts
from workers.use_cases.machinery import Machinery, machinery_of
from workers.use_cases.nonconformities import overdue_matters
from workers.use_cases.office import active_office
from workers.use_cases.proof_record import proof_record
from workers.use_cases.standing import deadline_of
from workers.use_cases.verify_record import verify_record

if TYPE_CHECKING:
    from datetime import date

    from domain.deadline import Deadline
    from domain.expiry import Ending
    from domain.working_calendar import WorkingCalendar
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.proof_record import ProofRecord
    from workers.use_cases.verify_record import VerifyRecord

LISTED: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """Hold an open dossier that is overdue or due by the end of the next working day."""

    stored: Stored
    clock: Clock
    deadline: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Hold what the office should know at seven in the morning.

    `counts` are those of the report, for all units together. `due_today` and `due_next` count what can still
    be in time; `next_day` is the next working day after today. `overdue` and `soon` list the most urgent.
    `notices` counts by (role, kind, state). `endings` say when the days off run out, the soonest first.
    `proof` is what the nightly audit of the notices has come to, `verified` the nightly verification of the
    whole record; `late_actions` are past their day.
    """

    office: Office
    counts: Counts
    clocks: dict[str, int]
    due_today: int
    due_next: int
    next_day: date
    endings: tuple[Ending, ...]
    overdue: list[Urgent]
    soon: list[Urgent]
    notices: list[tuple[str, str, str, int]]
    proof: ProofRecord
    verified: VerifyRecord
    late_actions: int
    last_import: tuple[str, datetime, dict[str, int]] | None
    machinery: Machinery

    @property
    def dossiers(self) -> int:
        """Return how many dossiers the office has, open and closed."""
        outside = self.counts.resolved_no_limit + self.counts.pending_no_limit + self.counts.withdrawn
        return self.counts.received + outside


def overview(store: Store, office_code: str, *, now: datetime) -> Overview:
    """Return the office at a glance."""
    with store.read(office_code) as work:
        office = active_office(work)
        calendar = office.calendar
        today = calendar.local(now).date()
        next_day = calendar.add_days(today, 1)
        tonight, until = _end_of(today, calendar), _end_of(next_day, calendar)
        return Overview(
            office=office,
            counts=sum(work.counts.by_unit(now=now).values(), Counts()),
            clocks=work.clocks.summary(now=now),
            due_today=work.clocks.count_due(since=now, until=tonight),
            due_next=work.clocks.count_due(since=tonight, until=until),
            next_day=next_day,
            endings=endings(office.sla, today=today),
            overdue=_urgent(work.clocks.upcoming(until=now, limit=LISTED), work, office),
            soon=_urgent(work.clocks.upcoming(since=now, until=until, limit=LISTED), work, office),
            notices=work.notices.summary(),
            proof=proof_record(work),
            verified=verify_record(work),
            late_actions=overdue_matters(work, today=today),
            last_import=work.journal.last_import(),
            machinery=machinery_of(work, now=now),
        )


def _end_of(day: date, calendar: WorkingCalendar) -> datetime:
    # A limit in days runs out at the midnight that ends its day.
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=calendar.zone)


def _urgent(clocks: list[Clock], work: UnitOfWork, office: Office) -> list[Urgent]:
    stored = work.dossiers.load([clock.code for clock in clocks])
    found = [(clock, stored[clock.code]) for clock in clocks]
    return [
        Urgent(stored=entry, clock=clock, deadline=deadline_of(entry, office, clock))
        for clock, entry in found
    ]


def counts_by_unit(
    store: Store,
    office_code: str,
    *,
    now: datetime,
    begin: datetime | None = None,
    end: datetime | None = None,
) -> tuple[Office, list[tuple[str, Counts]]]:
    """Return the office and (unit name, counts) of every unit for the dossiers received in [begin, end)."""
    with store.read(office_code) as work:
        office = active_office(work)
        counts = work.counts.by_unit(now=now, begin=begin, end=end)
    names = {unit.code: unit.name for unit in office.sla.lines.units.values()}
    known = [(names[code], counts.get(code, Counts())) for code in names]
    gone = [(code, found) for code, found in sorted(counts.items()) if code not in names]
    return office, known + gone

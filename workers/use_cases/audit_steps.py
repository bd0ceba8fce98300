"""Steps against their plan: time by unit, and where step and dossier disagree about being late."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from domain.time_limit import SECONDS_OF, Unit
from workers.use_cases.office import active_office
from workers.use_cases.standing import deadline_of, step_deadline_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.steps import StepRun
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

LISTED: Final = 50


@dataclass(slots=True, kw_only=True)
class UnitTime:
    """Add up the stays in one unit that are over.

    `planned` and `used` are sums by unit of time, of the stays that had a plan; `worked` is in seconds of
    working time, of all.
    """

    stays: int = 0
    timings: Counter[str] = field(default_factory=Counter)
    planned: Counter[Unit] = field(default_factory=Counter)
    used: Counter[Unit] = field(default_factory=Counter)
    worked: int = 0

    def add(self, run: StepRun) -> None:
        """Add one stay."""
        self.stays += 1
        self.timings[run.timing] += 1
        self.worked += run.worked
        planned = _planned(run)
        if planned is not None and run.used is not None:
            self.planned[run.used.unit] += planned
            self.used[run.used.unit] += run.used.amount


def _planned(run: StepRun) -> int | None:
    """Return what was planned, in the unit of what was used; None without a plan or in another unit."""
    if run.planned is None or run.used is None:
        return None
    if run.planned.unit is Unit.SAME_DAY:
        return 0  # planned for the very day: no day of its own
    seconds = SECONDS_OF.get(run.planned.unit)
    if seconds is None and run.planned.unit is not run.used.unit:
        return None
    return run.planned.amount * (seconds or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standoff:
    """Hold an open dossier and the step it stands in, with the due dates of both."""

    stored: Stored
    clock: Clock
    deadline: Deadline | None
    step: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsAudit:
    """Hold the time of every unit, and the open dossiers where step and dossier disagree.

    `step_late`: the step is overdue and the dossier is not; `dossier_late`: the reverse.
    """

    office: Office
    units: dict[str, UnitTime]
    step_late: list[Standoff]
    dossier_late: list[Standoff]


def audit_steps(
    store: Store,
    office_code: str,
    *,
    now: datetime,
    begin: datetime | None = None,
    end: datetime | None = None,
) -> StepsAudit:
    """Return the planned and actual time of the stays that ended in [begin, end), and the standoffs now."""
    units: dict[str, UnitTime] = defaultdict(UnitTime)
    with store.read(office_code) as work:
        office = active_office(work)
        for _, run in work.steps.between(begin, end):
            units[run.unit].add(run)
        late = work.clocks.late_steps(now=now, limit=LISTED)
        reverse = work.clocks.late_in_time_step(now=now, limit=LISTED)
        return StepsAudit(
            office=office,
            units=dict(units),
            step_late=_standoffs(late, work, office),
            dossier_late=_standoffs(reverse, work, office),
        )


def _standoffs(clocks: list[Clock], work: UnitOfWork, office: Office) -> list[Standoff]:
    stored = work.dossiers.load([clock.code for clock in clocks])
    return [
        Standoff(
            stored=stored[clock.code],
            clock=clock,
            deadline=deadline_of(stored[clock.code], office, clock),
            step=step_deadline_of(stored[clock.code], office, clock),
        )
        for clock in clocks
    ]

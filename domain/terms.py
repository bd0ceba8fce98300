"""The terms of a dossier: the limit, the rules and the calendars it is bound to, and its due date by them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.budget import Budget, budget_at
from domain.deadline import Deadline, derive, end_of_day, restore
from domain.explain import derive_and_walk
from domain.time_limit import SECONDS_OF, TimeLimit, Unit
from domain.timetable import SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.deadline import Language
    from domain.dossier import Dossier
    from domain.explain import DayStep
    from domain.procedure import ProcedureVersion, Step
    from domain.trace import Trace
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Hold what one dossier is counted by.

    `procedure` is the version in force at its acceptance; `limit` follows from its case, channel, commune or
    bundle. `calendar` is that of the configuration `version`; `unit_calendars` are those of units that keep
    hours of their own (their steps are counted on them).
    """

    procedure: ProcedureVersion
    limit: TimeLimit
    calendar: WorkingCalendar
    version: int = 0
    unit_calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)

    def due(self, dossier: Dossier, *, trace: Trace | None = None) -> Deadline | None:
        """Derive the lawful due date; None without a limit. A re-appointment does not move it."""
        rules, begin = self.procedure.rules, dossier.counting_from
        return derive(self.limit, begin, self.calendar, rules, dossier.pauses, trace=trace)

    def restored(self, due_at: datetime, dossier: Dossier) -> Deadline:
        """Return the forms of a lawful due date that was derived before."""
        return restore(due_at, self.limit, dossier.counting_from, self.calendar, self.procedure.rules)

    def walk(self, dossier: Dossier, lang: Language) -> tuple[Deadline, tuple[DayStep, ...]]:
        """Derive the due date with its walk; a dossier without a limit raises LimitError."""
        return derive_and_walk(
            self.limit,
            dossier.counting_from,
            self.calendar,
            rules=self.procedure.rules,
            pauses=dossier.pauses,
            lang=lang,
        )

    def current(self, lawful: Deadline | None, dossier: Dossier) -> Deadline | None:
        """Return the date people work towards: the re-appointed day where that is later than the law's.

        Decree 61/2018 art. 19.9; the lawful date is what the rates are judged by (DOMAIN decision 3).
        """
        if lawful is None or dossier.appointed_on is None or dossier.appointed_on <= lawful.due_on:
            return lawful
        return end_of_day(dossier.appointed_on, self.calendar, counting_from=dossier.counting_from)

    def budget(self, dossier: Dossier, at: datetime) -> Budget | None:
        """Return what is used and left of the limit at an instant, in the limit's own unit."""
        rules, begin = self.procedure.rules, dossier.counting_from
        return budget_at(at, self.limit, begin, self.calendar, rules, pauses=dossier.pauses)

    def step_of(self, dossier: Dossier) -> Step | None:
        """Return the step of the internal process a dossier stands in, None outside it."""
        return next((step for step in self.procedure.steps if step.code == dossier.step), None)

    def step_limit(self, step: Step) -> TimeLimit | None:
        """Return how long a step may take; of shares, days are rounded so that all of them make the limit.

        A share without a day of its own is the same day; shares of hours are told by the second.
        """
        if step.share is None:
            return step.limit
        steps = self.procedure.steps
        before = sum(other.share or 0 for other in steps[: steps.index(step)])
        return _share(self.limit, before, before + step.share)

    def step_due(self, dossier: Dossier) -> Deadline | None:
        """Derive the due date of the step a dossier stands in, on the calendar of its unit; None without.

        Pauses of the dossier are pauses of the step, and a limit counted anew begins the step anew.
        """
        limit, begin = self.planned_of(dossier), step_begins(dossier)
        if limit is None:
            return None
        return derive(limit, begin, self.calendar_of(dossier.unit), self.procedure.rules, dossier.pauses)

    def restored_step(self, due_at: datetime, dossier: Dossier) -> Deadline | None:
        """Return the forms of a step's due date that was derived before; None where nothing is planned."""
        limit, begin = self.planned_of(dossier), step_begins(dossier)
        if limit is None:
            return None
        return restore(due_at, limit, begin, self.calendar_of(dossier.unit), self.procedure.rules)

    def planned_of(self, dossier: Dossier) -> TimeLimit | None:
        """Return how long the step a dossier stands in may take; None outside the process."""
        step = self.step_of(dossier)
        return self.step_limit(step) if step else None

    def calendar_of(self, unit: str) -> WorkingCalendar:
        """Return the calendar of a unit: its own, or the one the dossier is counted on."""
        return self.unit_calendars.get(unit, self.calendar)


def step_begins(dossier: Dossier) -> datetime:
    """Return from when the step counts: the hand-over, or the later moment from which all is counted anew."""
    return max(dossier.step_since, dossier.counting_from)


def _share(limit: TimeLimit, before: int, until: int) -> TimeLimit | None:
    # Rounded half up at the end of each step, never at each share: the steps together are the limit.
    if limit.unit in (Unit.SAME_DAY, Unit.NONE):
        return limit if limit.unit is Unit.SAME_DAY else None
    if limit.unit in SECONDS_OF:
        limit = TimeLimit(limit.micros // SECOND, Unit.SECONDS)  # no share of some hours is a whole day
    begin, end = ((limit.amount * percent * 2 + 100) // 200 for percent in (before, until))
    return TimeLimit(end - begin, limit.unit) if end > begin else TimeLimit(0, Unit.SAME_DAY)

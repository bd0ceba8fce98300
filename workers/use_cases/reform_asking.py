"""Asking the ladder of the reform plan: who must be told what of a task at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from domain.acknowledgement import answered, base_of, raised_rung, went_up
from domain.ladder import plan
from domain.reform_plan import LADDER
from domain.rung_terms import Stops
from workers.notify.office_views import ReformTasksView
from workers.use_cases.asking import LadderAsking, Subject

if TYPE_CHECKING:
    from domain.deadline import Deadline
    from domain.ladder import PlannedRung, Rung
    from domain.reform_plan import ReformTask
    from workers.store.notices import Notice
    from workers.use_cases.office import Office

YEARS_BACK: Final = 1
"""Of which plans people are still told: this year's, and what is left of the one before."""
KIND: Final = ReformTasksView.kind
"""What every notice of a task bears, so that it is never taken for one of a dossier."""


@dataclass(frozen=True, kw_only=True)
class ReformAsking(LadderAsking):
    """Ask of one task; it is told to the roles of its lead unit. A closed or continuous one has no rungs."""

    task: ReformTask
    office: Office

    @property
    def subject(self) -> Subject:
        """Return the task as its notices name it."""
        task = self.task
        return Subject(task.code, task.plan.lead, None, task.acknowledged, task.epoch)

    @cached_property
    def planned(self) -> tuple[PlannedRung, ...]:
        """Return its rungs in order, whatever has been told."""
        task, calendar = self.task, self.office.calendar
        due, ladder = task.due(calendar), rungs_of(self.office)
        if due is None or not task.is_open:
            return ()
        stops = Stops(acknowledged=answered(ladder, "", task.acknowledged, task.epoch))
        return plan(ladder, due, calendar, counting_from=task.begins(calendar), stops=stops)

    @property
    def due(self) -> Deadline | None:
        """Return its due date; None for a continuous task."""
        return self.task.due(self.office.calendar)

    def rung_told(self, notice: Notice) -> Rung:
        """Return the rung a notice tells; raises LookupError when the ladder has it no more."""
        return rung_told(notice, self.office)

    def kind_of(self, rung: Rung) -> str:  # noqa: ARG002 - the signature of every subject
        """Return the one kind all notices of tasks bear."""
        return KIND


def rungs_of(office: Office) -> tuple[Rung, ...]:
    """Return the rungs of the plan's ladder; none where the office has no such ladder: nobody is told."""
    return office.sla.ladders.get(LADDER, ())


def rung_told(notice: Notice, office: Office) -> Rung:
    """Return the rung a notice tells, as it went up; raises LookupError when the ladder has it no more."""
    code, (_, levels) = base_of(notice.rung), went_up(notice.rung)
    for rung in rungs_of(office):
        if rung.code == code:
            return raised_rung(rung, levels, notice.role) if levels else rung
    raise LookupError(f"the ladder {LADDER!r} has no rung {code!r} any more")

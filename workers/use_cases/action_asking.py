"""Asking the ladder of corrective actions: who must be told what of one at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from domain.acknowledgement import base_of
from domain.corrective_action import LADDER, code_of
from domain.ladder import plan
from workers.notify.office_views import ActionsView
from workers.use_cases.asking import LadderAsking, Subject

if TYPE_CHECKING:
    from domain.corrective_action import CorrectiveAction
    from domain.deadline import Deadline
    from domain.ladder import PlannedRung, Rung
    from workers.store.notices import Notice
    from workers.use_cases.office import Office

KIND: Final = ActionsView.kind


@dataclass(frozen=True, kw_only=True)
class ActionAsking(LadderAsking):
    """Ask of one action, of the unit that has the dossier: each rung is told to the role that answers too."""

    action: CorrectiveAction
    unit: str
    office: Office

    @property
    def subject(self) -> Subject:
        """Return the action as its notices name it."""
        return Subject(code_of(self.action.dossier), self.unit, None, (), self.action.epoch)

    @property
    def due(self) -> Deadline:
        """Return its due date."""
        return self.action.due(self.office.calendar)

    @cached_property
    def planned(self) -> tuple[PlannedRung, ...]:
        """Return its rungs in order, whatever has been told."""
        since, calendar = self.action.since, self.office.calendar
        return plan(self._ladder, self.due, calendar, counting_from=since)

    def kind_of(self, rung: Rung) -> str:  # noqa: ARG002 - the signature of every subject
        """Return the one kind all notices of actions bear."""
        return KIND

    def rung_told(self, notice: Notice) -> Rung:
        """Return the rung a notice tells; raises LookupError when the ladder has it no more."""
        code = base_of(notice.rung)
        for rung in self._ladder:
            if rung.code == code:
                return rung
        raise LookupError(f"the ladder {LADDER!r} has no rung {code!r} any more")

    @property
    def _ladder(self) -> tuple[Rung, ...]:
        role = self.action.role
        return tuple(
            replace(rung, roles=(role, *(one for one in rung.roles if one != role)))
            for rung in self.office.sla.ladders.get(LADDER, ())
        )

"""The timelines of what is told by a ladder and is no dossier: tasks of the plan, corrective actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.corrective_action import code_of, dossier_of
from workers.use_cases.action_asking import KIND as ACTION_KIND
from workers.use_cases.action_timeline import action_timeline
from workers.use_cases.reform_asking import KIND as TASK_KIND
from workers.use_cases.reform_timeline import task_timeline

if TYPE_CHECKING:
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.reform_timeline import TaskPiece
    from workers.use_cases.timeline import Configurations

OTHER_KINDS: Final = (TASK_KIND, ACTION_KIND)


class OtherTimelines:
    """Read all of them; `codes` are those of their notices."""

    def __init__(self, work: UnitOfWork, configurations: Configurations) -> None:
        self._work, self._configurations = work, configurations
        self._tasks = work.reform.histories()
        self._actions = {code_of(code): said for code, said in work.nonconformities.every()}
        self.codes = [*self._tasks, *self._actions]

    def of(self, code: str) -> list[TaskPiece]:
        """Return the timeline of one; raises DomainError or LookupError where it cannot be replayed."""
        if code in self._tasks:
            return task_timeline(self._tasks[code], self._configurations)
        entries = self._work.events.history(dossier_of(code))
        return action_timeline(self._actions[code], entries, self._configurations)

"""A corrective action (hành động khắc phục) as somebody has to do it: who answers for it, until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.deadline import end_of_day
from domain.nonconformity import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from domain.deadline import Deadline
    from domain.nonconformity import Treatment
    from domain.working_calendar import WorkingCalendar

LADDER: Final = "corrective_action"
"""The ladder by which they are reminded of; an office without it reminds nobody."""
_PREFIX: Final = "kp/"


def code_of(dossier: str) -> str:
    """Return what the notices about the corrective action of a dossier are kept under."""
    return _PREFIX + dossier


def dossier_of(code: str) -> str:
    """Return the dossier of such a code."""
    return code.removeprefix(_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveAction:
    """Hold what is to be done about an overdue dossier: `role` answers for it until the end of `due_on`.

    `since` is the instant at which it was said so. `epoch` counts how often role or day were said anew, or
    a check that found no effect was followed by a new plan: reminders begin anew with each.
    """

    dossier: str
    role: str
    due_on: date
    action: str
    since: datetime
    epoch: int

    def due(self, calendar: WorkingCalendar) -> Deadline:
        """Return its due date in all its forms."""
        return end_of_day(self.due_on, calendar, counting_from=self.since)


def action_to_do(dossier: str, said: Iterable[tuple[datetime, Treatment]]) -> CorrectiveAction | None:
    """Return what is to be done after everything that was said, each with when it was recorded.

    None while nobody has said who does it until when, and once its effect has been checked. Raises
    NonconformityError for what cannot be said.
    """
    held, since, epoch = NOTHING, None, 0
    for at, one in said:
        after = held.then(one)
        anew = held.effective is not None and after.effective is None
        if anew or (held.role, held.due_on) != (after.role, after.due_on):
            since, epoch = at, epoch + 1
        held = after
    if since is None or held.role is None or held.due_on is None or held.effective is not None:
        return None
    action = held.action or held.correction or ""
    return CorrectiveAction(
        dossier=dossier, role=held.role, due_on=held.due_on, action=action, since=since, epoch=epoch
    )

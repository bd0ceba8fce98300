"""What the letter about a corrective action says, as things are when it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.corrective_action import dossier_of
from domain.deadline import in_words, is_past
from workers.notify.office_views import ActionLine, ActionsView
from workers.use_cases.at_hand import action_of
from workers.use_cases.office_matter import addressed

if TYPE_CHECKING:
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


def action_view(notice: Notice, work: UnitOfWork, office: Office, now: datetime) -> ActionsView | None:
    """Return what the letter says; None: its effect was checked, or another role or day was said."""
    dossier = dossier_of(notice.code)
    action = action_of(work, dossier)
    stored = work.dossiers.load([dossier]).get(dossier)
    if action is None or action.epoch != notice.epoch or stored is None:
        return None
    about, due = addressed(notice, office), action.due(office.calendar)
    unit = office.sla.lines.units.get(stored.dossier.unit)
    line = ActionLine(
        dossier=dossier,
        action=action.action,
        unit_name=unit.name if unit else stored.dossier.unit,
        answers=office.sla.role_titles.get(action.role, action.role),
        due_on=action.due_on,
        words=in_words(due, office.calendar, now=now, lang=about["lang"]),
        overdue=is_past(due.due_at, now=now),
    )
    return ActionsView(**about, actions=(line,))

"""What waits for somebody to say that it is in hand: escalations of dossiers and of tasks of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.use_cases.at_hand import at_hand

if TYPE_CHECKING:
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


def unanswered(work: UnitOfWork, office: Office, *, now: datetime, limit: int) -> list[Notice]:
    """Return the notices that still wait for an acknowledgement, the most pressing first."""
    tasks = {code: one.subject.epoch for code, one in at_hand(work, office, now=now).items()}
    return work.acknowledgements.waiting(limit=limit, tasks=tasks)

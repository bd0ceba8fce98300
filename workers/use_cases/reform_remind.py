"""Reminding of tasks of the reform plan and of corrective actions: what has come due is claimed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.errors import DomainError
from workers.store.notices import Notice
from workers.use_cases.act import leased
from workers.use_cases.at_hand import at_hand
from workers.use_cases.hours import gathered
from workers.use_cases.office import active_office
from workers.use_cases.signs import note_failing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from workers.store.notices import Claim
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.at_hand import MatterAsking
    from workers.use_cases.office import Office


def remind_of_tasks(
    store: Store, office_code: str, *, now: datetime, lease: timedelta, gather: timedelta
) -> list[int]:
    """Claim what must be told of tasks and actions and has not been; return what may go now.

    It finds by state, so that whoever runs it late or twice misses and repeats nothing. It looks before it
    claims: with nothing due it costs some reads. What is neither urgent nor alone waits `gather` longer, for
    what else is due for its person. A task that cannot be judged is noted like a dossier; its neighbours are
    told all the same.
    """
    with store.begin(office_code) as work:
        claimed = _claim(work, active_office(work), now, lease, gather)
        work.journal.beat("remind_of_tasks", now=now, found=len(claimed))
        work.commit()
    return [notice.id for notice in claimed if notice.handed_until is not None]


def _claim(
    work: UnitOfWork, office: Office, now: datetime, lease: timedelta, gather: timedelta
) -> list[Notice]:
    matters = at_hand(work, office, now=now)
    if not matters:
        return []
    claims, asked = work.notices.claims(list(matters)), work.acknowledgements.asking(list(matters))
    new, failed = list[Notice](), list[str]()
    for code, matter in matters.items():
        try:
            new += _due(matter, claims.get(code, ()), asked.get(code, ()), now)
        except (DomainError, LookupError):
            failed.append(code)
    note_failing(work, failed, now=now, keep=3 * lease)
    ready = [replace(notice, deliver_at=gathered(notice, office, gather)) for notice in new]
    claimed = work.notices.claim_rungs([leased(notice, now, lease) for notice in ready])
    planned = [notice for notice in claimed if notice.state == "planned"]
    work.folding.fold_earlier(planned)
    return planned


def _due(
    matter: MatterAsking, claims: Sequence[Claim], asking: Sequence[Claim], now: datetime
) -> list[Notice]:
    """Return the notices of a matter that nobody has claimed yet; one that cannot be judged raises."""
    mine = [claim for claim in claims if claim.epoch == matter.subject.epoch]
    told = {(claim.step, claim.rung) for claim in mine}
    known = {(claim.rung, claim.recipient) for claim in mine}
    asked = matter.ask(told, now=now, until=matter.asked(asking, now=now))
    return [notice for notice in asked.notices if (notice.rung, notice.recipient) not in known]

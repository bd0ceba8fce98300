"""Telling what concerns the office itself: each mark that has passed once, to those whose matter it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.caretakers import caretakers
from domain.routing import deliver_at
from workers.store.notices import Notice
from workers.use_cases.act import leased
from workers.use_cases.due_packs import pack_matters
from workers.use_cases.given_up import dead_matters
from workers.use_cases.moved_dates import moved_matters
from workers.use_cases.office import active_office
from workers.use_cases.proof_matter import proof_matters
from workers.use_cases.running_out import calendar_matters
from workers.use_cases.verify_matter import altered_matters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from domain.routing import Person
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.office_matter import Matter


def warn_ops(store: Store, office_code: str, *, now: datetime, lease: timedelta) -> list[int]:
    """Claim what ops must be warned of and has not been; return the notices whose moment has come.

    Whoever runs it again, late or at once finds everything claimed. It looks before it claims: with nothing
    new to tell it costs a look at the configuration, two at the dead notices, one at the proofs, one at the
    verifications and, while a mark has passed, one at what was told.
    """
    with store.begin(office_code) as work:
        office = active_office(work)
        matters = [
            *calendar_matters(office, now=now),
            *dead_matters(work, office, now=now),
            *proof_matters(work, office, now=now),
            *altered_matters(work, office, now=now),
            *moved_matters(work, now=now),
            *pack_matters(work, office, now=now),
        ]
        claimed = _claim(matters, work, office, now, lease)
        work.journal.beat("warn_ops", now=now, found=len(claimed))
        work.commit()
    return [notice.id for notice in claimed if notice.handed_until is not None]


def _claim(
    matters: Sequence[Matter], work: UnitOfWork, office: Office, now: datetime, lease: timedelta
) -> list[Notice]:
    """Claim and return the notices that will be sent; what they cover is recorded beside them."""
    if not matters:
        return []
    told = work.notices.claimed_for([matter.topic for matter in matters])
    planned = [
        leased(notice, now, lease)
        for matter in matters
        for person in caretakers(office.sla.lines, matter.role, on=office.calendar.local(now).date())
        for notice in _notices(matter, person, office, now)
        if (notice.code, notice.rung, notice.recipient) not in told
    ]
    claimed = [notice for notice in work.notices.claim_rungs(planned) if notice.state == "planned"]
    work.folding.fold_earlier(claimed)
    return claimed


def _notices(matter: Matter, person: Person, office: Office, now: datetime) -> Iterator[Notice]:
    """Yield a notice for each mark; after an outage a person gets one message, that of the last mark."""
    spokesman = matter.marks[-1].code
    for mark in matter.marks:
        covered = mark.code != spokesman
        yield Notice(
            code=matter.topic,
            rung=mark.code,
            epoch=0,
            recipient=person.code,
            kind=matter.kind,
            level=mark.level,
            role=matter.role,
            state="covered" if covered else "planned",
            planned_at=mark.at,
            created_at=now,
            deliver_at=deliver_at(person, office.hours_of(person), now=now),
            covered_by=spokesman if covered else None,
            alone=True,
            sla_version=office.version,
        )

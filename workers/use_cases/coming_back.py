"""Coming back: on the first working morning after an absence, one mail lists what was told in one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workers.notify.office_views import ComingBackView, PassedOn
from workers.store.notices import Notice
from workers.use_cases.act import leased
from workers.use_cases.at_hand import at_hand
from workers.use_cases.letter_view import person_of
from workers.use_cases.office import active_office
from workers.use_cases.standing import step_deadline_of, step_label, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from domain.routing import Person
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.at_hand import MatterAsking
    from workers.use_cases.office import Office

KIND: Final = ComingBackView.kind
MOST_LISTED: Final = 50
_RUNG: Final = "back"


def tell_returned(store: Store, office_code: str, *, now: datetime, lease: timedelta) -> list[int]:
    """Claim a mail for everybody who is back at work and has not heard what was told meanwhile.

    It is found by what is kept for them, not by when they came back: after any outage it is told once. Nobody
    is told while away or outside working hours. Returns the notices to be delivered now.
    """
    with store.begin(office_code) as work:
        office = active_office(work)
        back = [person for person in _owed(work, office, now) if _is_at_work(person, office, now)]
        claimed = work.notices.claim_rungs([leased(_notice(p, office, now), now, lease) for p in back])
        for notice in claimed:
            work.standing_in.hand_back(notice)
        work.journal.beat("tell_returned", now=now, found=len(claimed))
        work.commit()
    return [notice.id for notice in claimed]


def _owed(work: UnitOfWork, office: Office, now: datetime) -> list[Person]:
    owed = work.standing_in.owed(at_hand(work, office, now=now))
    return [person for person in office.sla.lines.people if person.code in owed]


def _is_at_work(person: Person, office: Office, now: datetime) -> bool:
    hours = office.hours_of(person)
    return person.away_on(office.calendar.local(now).date()) is None and hours.add_time(now, 0) == now


def _notice(person: Person, office: Office, now: datetime) -> Notice:
    day = office.calendar.local(now).date()
    return Notice(
        code=f"tro-lai/{day.isoformat()}",
        rung=_RUNG,
        epoch=0,
        recipient=person.code,
        kind=KIND,
        level=1,
        role=person.role,
        planned_at=now,
        created_at=now,
        deliver_at=now,
        sla_version=office.version,
        alone=True,
    )


def coming_back_view(
    notice: Notice,
    work: UnitOfWork,
    office: Office,
    now: datetime,
) -> ComingBackView | None:
    """Return what the letter says; None when nothing of it is open any more."""
    kept = work.standing_in.handed_back(notice)
    tasks = dict(_others_told(kept, at_hand(work, office, now=now)))
    moved = dict(_told(kept, work, office)) | tasks
    told = sorted(moved, key=lambda entry: entry.due_on)
    if not told:
        return None
    return ComingBackView(
        topic=notice.code,
        role_title=office.sla.role_titles.get(notice.role, notice.role),
        office_name=office.sla.name,
        sla_version=office.version,
        lang=person_of(notice, office).lang,
        count=len(told),
        tasks=len(tasks),
        told=tuple(told[:MOST_LISTED]),
        more=len(told[MOST_LISTED:]),
        moved=tuple(entry for entry in told if moved[entry]),
    )


def _told(kept: Sequence[Notice], work: UnitOfWork, office: Office) -> Iterator[tuple[PassedOn, bool]]:
    """Yield each dossier that is still open, or its step, with the last rung that was told.

    It has the due date of now; beside it stands whether that is another than the one the rung was told of.
    """
    last = {(notice.code, notice.step): notice for notice in kept}
    codes = sorted({notice.code for notice in kept})
    stored, clocks = work.dossiers.load(codes), work.clocks.load(codes)
    for notice in last.values():
        clock = clocks.get(notice.code)
        if clock is None:
            continue
        found = stored[notice.code]
        if not notice.step:
            due = target_of(found, office, clock)
        elif notice.step == step_label(found.dossier):
            due = step_deadline_of(found, office, clock)
        else:
            continue
        if due is not None:
            entry = PassedOn(notice.code, notice.rung, due.due_on, notice.passed_to or "")
            yield entry, notice.epoch != clock.epoch


def _others_told(
    kept: Sequence[Notice], others: Mapping[str, MatterAsking]
) -> Iterator[tuple[PassedOn, bool]]:
    """Yield each task of the reform plan and corrective action that is still open, as `_told` does."""
    for notice in {notice.code: notice for notice in kept if notice.code in others}.values():
        one = others[notice.code]
        if one.due is not None:
            entry = PassedOn(notice.code, notice.rung, one.due.due_on, notice.passed_to or "")
            yield entry, notice.epoch != one.subject.epoch

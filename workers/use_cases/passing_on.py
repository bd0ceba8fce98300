"""Passing on: what was claimed for somebody who has since gone away reaches whoever stands in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.routing import deliver_at
from workers.use_cases.asking import passed
from workers.use_cases.coming_back import KIND as COMING_BACK
from workers.use_cases.hours import gathered
from workers.use_cases.letter_view import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from domain.routing import Person
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


def pass_on(
    held: Sequence[Notice], work: UnitOfWork, office: Office, *, now: datetime, gather: timedelta
) -> list[Notice]:
    """Pass on what waits for people away today, and return what is to be sent: the rest, as it is now.

    What was passed on to somebody for whom something else is held goes with that. Whoever stands in gets a
    notice of their own, at their own hours; who has been told of the same rung already gets none. What nobody
    can take over, and what tells somebody of an absence, goes as it is. What is about a dossier that somebody
    else has in hand waits for the next sweep.
    """
    away = [(notice, person) for notice in held if (person := _stands_in(notice, office, now))]
    if not away:
        return list(held)
    gone = {notice.id for notice, _ in away}
    busy = _in_hand([notice for notice, _ in away], work)
    work.outbox.put_off({notice.id: notice.deliver_at for notice, _ in away if notice.code in busy})
    away = [(notice, person) for notice, person in away if notice.code not in busy]
    work.standing_in.pass_on([passed(notice, person) for notice, person in away])
    new = work.notices.claim_rungs([_anew(notice, person, office, now, gather) for notice, person in away])
    work.folding.fold_earlier(new)
    rest = [notice for notice in held if notice.id not in gone]
    here = {notice.recipient for notice in rest}
    joining = [notice.id for notice in new if notice.recipient in here and not notice.alone]
    # Read anew: what is held may have been folded into what was passed on.
    return work.pools.still_waiting([*(notice.id for notice in rest), *joining])


def leaving_to(office: Office, now: datetime) -> dict[str, list[str]]:
    """Return for whoever stands in today those who are away and leave to them what waits."""
    today, lines = office.calendar.local(now).date(), office.sla.lines
    found: dict[str, list[str]] = {}
    for person in lines.people:
        if person.away_on(today) is not None:
            told = lines.told(person.role, person.unit, person.code, on=today)[0].person
            found.setdefault(told.code, []).append(person.code)
    return found


def _in_hand(away: Sequence[Notice], work: UnitOfWork) -> set[str]:
    """Hold the clocks of the dossiers of notices; return the dossiers whose clock somebody else holds.

    Whoever closes or stops a dossier holds its clock, and would not see a notice made meanwhile: it would
    stay. Nor is anybody waited for: they may wait for the notices held here.
    """
    codes = sorted({notice.code for notice in away})
    free = work.clocks.load(codes, lock=True, skip=True)
    return set(work.clocks.load(codes)) - set(free)


def _stands_in(notice: Notice, office: Office, now: datetime) -> Person | None:
    """Return who is told today in the place of a notice's recipient; None: the recipient is."""
    if notice.kind == COMING_BACK:
        return None
    try:
        person = person_of(notice, office)
    except LookupError:
        return None  # it dies when it is sent, and says that nobody is called so
    today, lines = office.calendar.local(now).date(), office.sla.lines
    if person.away_on(today) is None:
        return None
    told = lines.told(person.role, person.unit, person.code, on=today)[0].person
    return None if told.code == person.code else told


def _anew(notice: Notice, person: Person, office: Office, now: datetime, gather: timedelta) -> Notice:
    hours = office.hours_of(person)
    new = replace(
        notice,
        id=0,
        recipient=person.code,
        state="planned",
        created_at=now,
        deliver_at=deliver_at(person, hours, now=now, urgent=notice.urgent),
        handed_until=None,
        attempts=0,
        unsettled=0,
        last_error=None,
        way=None,
        died_at=None,
        letter=None,
        sla_version=office.version,
    )
    return replace(new, deliver_at=gathered(new, office, gather))

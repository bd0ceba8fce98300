"""Passing on: what was claimed for somebody who has since gone away reaches whoever stands in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.routing import deliver_at
from workers.use_cases.asking import passed
from workers.use_cases.coming_back import KIND as COMING_BACK
from workers.use_cases.letter_view import person_of, rung_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.routing import Person
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


def pass_on(held: Sequence[Notice], work: UnitOfWork, office: Office, *, now: datetime) -> list[Notice]:
    """Pass on what is held for people away today, and return the rest, to be sent.

    Whoever stands in gets a notice of their own, at their own hours; who has been told of the same rung
    already gets none. What nobody can take over, and what tells somebody of an absence, goes as it is.
    """
    away = [(notice, person) for notice in held if (person := _stands_in(notice, office, now))]
    if not away:
        return list(held)
    urgent = _urgent([notice for notice, _ in away], work, office)
    work.standing_in.pass_on([passed(notice, person) for notice, person in away])
    new = work.notices.claim_rungs(
        [_anew(notice, person, office, now, urgent=notice.id in urgent) for notice, person in away]
    )
    work.notices.fold_earlier(new)
    gone = {notice.id for notice, _ in away}
    return [notice for notice in held if notice.id not in gone]


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


def _urgent(notices: Sequence[Notice], work: UnitOfWork, office: Office) -> set[int]:
    """Return the ids of those that wait for nobody's hours, by the ladder in force."""
    stored = work.dossiers.load(sorted({notice.code for notice in notices}))
    found = set()
    for notice in notices:
        with suppress(LookupError):  # about the office itself, or of a rung that is gone
            if rung_of(notice, stored[notice.code], office).urgent:
                found.add(notice.id)
    return found


def _anew(notice: Notice, person: Person, office: Office, now: datetime, *, urgent: bool) -> Notice:
    hours = office.hours_of(person)
    return replace(
        notice,
        id=0,
        recipient=person.code,
        state="planned",
        created_at=now,
        deliver_at=deliver_at(person, hours, now=now, urgent=urgent),
        handed_until=None,
        attempts=0,
        last_error=None,
        way=None,
        died_at=None,
        sla_version=office.version,
    )

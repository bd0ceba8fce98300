"""Until when an answer is asked for: counted from when somebody was told, not from when that was planned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.acknowledgement import asked_from, first_asked
from domain.rung_terms import code_in_ladder
from workers.use_cases.letter_answer import rung_of
from workers.use_cases.letter_view import Case, person_of
from workers.use_cases.reform_asking import rung_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office_letter import OfficeCase


def told_before(held: Iterable[Notice], work: UnitOfWork) -> dict[int, datetime]:
    """Return for repeats until when an answer is asked for by what was told before them, where it was."""
    repeats = [one for one in held if one.asked_until is not None and _is_repeat(one)]
    asking = work.acknowledgements.asking(sorted({one.code for one in repeats})) if repeats else {}
    found: dict[int, datetime] = {}
    for one in repeats:
        told = {
            (other.step, other.rung): other.asked_until
            for other in asking.get(one.code, ())
            if other.epoch == one.epoch and not other.is_waiting and other.asked_until is not None
        }
        known = first_asked(one.step, code_in_ladder(one.rung), told)
        if known is not None:
            found[one.id] = known
    return found


def asked_from_now(
    case: Case | OfficeCase, before: Mapping[int, datetime], *, now: datetime
) -> Case | OfficeCase:
    """Return a case about to be told: from now on its recipient has the time that the rung gives.

    `before` is that of `told_before`: a repeat gives no more time than what it repeats. What died and is sent
    again keeps the time it had: it may have gone up since.
    """
    notice = case.notice
    if notice.asked_until is None or notice.died_at is not None:
        return case
    known = before.get(notice.id)
    until = _from(case, notice.asked_until, now) if known is None else known if known > now else None
    return replace(case, notice=replace(notice, asked_until=until))


def _from(case: Case | OfficeCase, planned: datetime, now: datetime) -> datetime:
    notice, office = case.notice, case.office
    try:
        rung = rung_of(notice, case.stored, office) if isinstance(case, Case) else rung_told(notice, office)
        hours = office.hours_of(person_of(notice, office))
    except LookupError:
        return planned  # its letter says that the ladder has no such rung any more
    within = rung.acknowledge_within
    return planned if within is None else asked_from(now, planned, within, hours)


def _is_repeat(notice: Notice) -> bool:
    return code_in_ladder(notice.rung) != notice.rung

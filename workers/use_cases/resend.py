"""Sending dead notices again: somebody says so, it is recorded who, and only what is still true goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.routing import deliver_at
from workers.store.dead_notices import Resend
from workers.use_cases.letter_view import person_of
from workers.use_cases.office import active_office
from workers.use_cases.office_letter import is_of_office
from workers.use_cases.standing import step_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.dead_notices import Outcome
    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


class Resent(NamedTuple):
    """Say what came of one id: planned, held or cancelled as it is now; not_dead or unknown: nothing done."""

    id: int
    outcome: Outcome | Literal["not_dead", "unknown"]


def resend(
    store: Store, office_code: str, ids: Sequence[int] | None, *, actor: str, now: datetime
) -> list[Resent]:
    """Have dead notices sent again, or every one (None), with attempts counted anew and the way chosen anew.

    They go at the hours of their recipients. A dossier that stands still holds its notice; one that has
    closed, got another due date or left the step has nothing to be told any more: its notice is cancelled.
    Twice does nothing more: what waits is not dead.
    """
    with store.begin(office_code) as work:
        office, codes = active_office(work), work.dead_notices.codes(ids)
        # First: whoever closes or stops a dossier holds its clock, and a dead notice is not theirs to cancel.
        clocks = work.clocks.load(codes, lock=True)
        stored = work.dossiers.load(codes)
        dead = [notice for notice in work.dead_notices.lock(ids) if notice.code in codes]
        outcomes = {notice.id: _outcome(notice, stored, clocks) for notice in dead}
        for notice in dead:
            at = _moment(notice, office, now)
            work.dead_notices.revive(notice, outcomes[notice.id], deliver_at=at)
        work.dead_notices.record([_record(notice, outcomes[notice.id], actor, now) for notice in dead])
        known = work.dead_notices.known(ids or ())
        work.commit()
    rest = [
        Resent(one, "not_dead" if one in known else "unknown") for one in ids or () if one not in outcomes
    ]
    return [Resent(one, outcome) for one, outcome in outcomes.items()] + list(dict.fromkeys(rest))


def _outcome(notice: Notice, stored: Mapping[str, Stored], clocks: Mapping[str, Clock]) -> Outcome:
    if is_of_office(notice):
        return "planned"  # whether it is still so is asked when it is sent
    dossier, clock = stored[notice.code].dossier, clocks.get(notice.code)
    if clock is None or clock.epoch != notice.epoch or (notice.step and notice.step != step_label(dossier)):
        return "cancelled"
    return "planned" if dossier.is_running else "held"


def _moment(notice: Notice, office: Office, now: datetime) -> datetime:
    try:
        person = person_of(notice, office)
        return deliver_at(person, office.hours_of(person), now=now, urgent=notice.urgent)
    except LookupError:
        return now  # it dies again at once, and says that nobody is called so


def _record(notice: Notice, outcome: Outcome, actor: str, now: datetime) -> Resend:
    return Resend(
        notice_id=notice.id,
        at=now,
        actor=actor,
        outcome=outcome,
        attempts=notice.attempts,
        last_error=notice.last_error,
    )

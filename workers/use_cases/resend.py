"""Sending dead notices again: somebody says so, it is recorded who; what is true goes to whom it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.routing import deliver_at
from workers.store.dead_notices import Resend
from workers.store.standing_in import telling_of
from workers.use_cases.letter_view import person_of
from workers.use_cases.letting_go import Dossiers, free
from workers.use_cases.office import active_office
from workers.use_cases.office_letter import is_of_office
from workers.use_cases.standing import step_label
from workers.use_cases.still_meant import is_still_meant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from workers.store.dead_notices import Outcome
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


class Resent(NamedTuple):
    """Say what came of one id: planned, held or cancelled as it is now; not_dead or unknown: nothing done.

    rerouted: it is dropped, and those whom the rules in force mean are asked.
    """

    id: int
    outcome: Outcome | Literal["not_dead", "unknown"]


def resend(
    store: Store, office_code: str, ids: Sequence[int] | None, *, actor: str, now: datetime
) -> list[Resent]:
    """Have dead notices sent again, or every one (None), with attempts counted anew and the way chosen anew.

    They go at the hours of their recipients. A dossier that stands still holds its notice; one that has
    closed, got another due date or left the step has nothing to be told any more: its notice is cancelled.
    What is no longer for its recipient is routed anew: the dossier is looked at, and a matter of the office
    is told at the next tick to those whose it is. Twice does nothing more: what waits is not dead.
    """
    with store.begin(office_code) as work:
        office, codes = active_office(work), work.dead_notices.codes(ids)
        # First: whoever closes or stops a dossier holds its clock, and a dead notice is not theirs to cancel.
        clocks = work.clocks.load(codes, lock=True)
        dossiers = Dossiers(work.dossiers.load(codes), clocks)
        dead = [notice for notice in work.dead_notices.lock(ids) if notice.code in codes]
        away = work.standing_in.in_place_of(codes) if codes else {}
        outcomes = {
            notice.id: _outcome(notice, away.get(telling_of(notice), ()), dossiers, office) for notice in dead
        }
        work.dead_notices.revive(outcomes, {notice.id: _moment(notice, office, now) for notice in dead})
        gone = [notice for notice in dead if outcomes[notice.id] == "rerouted"]
        free(gone, work.folding.lock([n.code for n in gone]), dossiers, work, office, now=now)
        work.dead_notices.record([_record(notice, outcomes[notice.id], actor, now) for notice in dead])
        known = work.dead_notices.known(ids or ())
        work.commit()
    rest = [
        Resent(one, "not_dead" if one in known else "unknown") for one in ids or () if one not in outcomes
    ]
    return [Resent(one, outcome) for one, outcome in outcomes.items()] + list(dict.fromkeys(rest))


def _outcome(notice: Notice, away: Collection[str], dossiers: Dossiers, office: Office) -> Outcome:
    if is_of_office(notice):  # whether it is still so is asked when it is sent
        return "planned" if _is_known(notice, office) else "rerouted"
    stored, clock = dossiers.stored[notice.code], dossiers.clocks.get(notice.code)
    has_left = notice.step and notice.step != step_label(stored.dossier)
    if clock is None or clock.epoch != notice.epoch or has_left:
        return "cancelled"
    if not is_still_meant(notice, away, stored, office):
        return "rerouted"
    return "planned" if stored.dossier.is_running else "held"


def _is_known(notice: Notice, office: Office) -> bool:
    return any(person.code == notice.recipient for person in office.sla.lines.people)


def _moment(notice: Notice, office: Office, now: datetime) -> datetime:
    try:
        person = person_of(notice, office)
        return deliver_at(person, office.hours_of(person), now=now, urgent=notice.urgent)
    except LookupError:
        return now  # it is not sent


def _record(notice: Notice, outcome: Outcome, actor: str, now: datetime) -> Resend:
    return Resend(
        notice_id=notice.id,
        at=now,
        actor=actor,
        outcome=outcome,
        attempts=notice.attempts,
        last_error=notice.last_error,
    )

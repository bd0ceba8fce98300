"""Letting go: a notice that is not so any more is cancelled; what it was to tell too waits by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.acknowledgement import asked_until
from workers.use_cases.hours import next_moment
from workers.use_cases.letter_answer import answer_to, rung_of
from workers.use_cases.letter_view import person_of
from workers.use_cases.office import active_office
from workers.use_cases.standing import step_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.fates import Fate
    from workers.store.notices import Notice
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


class Dossiers(NamedTuple):
    """Hold dossiers whose clocks are locked, by their codes: who closes or stops one waits."""

    stored: Mapping[str, Stored]
    clocks: Mapping[str, Clock]


def let_go(fates: Sequence[Fate], work: UnitOfWork, *, now: datetime) -> None:
    """Cancel claimed notices that are not so any more, those that somebody else has claimed since not."""
    attempts = {fate.id: fate.attempts for fate in fates}
    codes = work.folding.codes(list(attempts))
    # The clocks first, like whoever closes: nobody is waited for with notices in hand.
    clocks = work.clocks.load(codes, lock=True)
    dossiers = Dossiers(work.dossiers.load(list(clocks)), clocks)
    held = work.folding.lock(codes)
    gone = [n for n in held if n.state == "claimed" and attempts.get(n.id) == n.attempts]
    work.fates.settle(fates)
    free(gone, held, dossiers, work, active_office(work), now=now)


def free(
    gone: Sequence[Notice],
    held: Iterable[Notice],
    dossiers: Dossiers,
    work: UnitOfWork,
    office: Office,
    *,
    now: datetime,
) -> None:
    """Let what locked notices were to tell too wait by itself, and have their dossiers looked at now.

    `gone` have been cancelled while their dossiers are open and have the due date they tell of: of a dossier
    that closed, or whose date moved, nothing is told any more. `held` are what was folded there. Whoever is
    meant in their place is asked by the next look.
    """
    places = {(*_place(notice), notice.rung) for notice in gone}
    work.folding.unfold(
        _again(notice, dossiers.stored[notice.code], office, now)
        for notice in held
        if (*_place(notice), notice.covered_by) in places and _is_open(notice, dossiers)
    )
    clocks = [dossiers.clocks[code] for code in sorted({n.code for n in gone if _is_open(n, dossiers)})]
    work.clocks.move(
        replace(clock, next_action_at=now)
        for clock in clocks
        if clock.next_action_at is None or clock.next_action_at > now
    )


def _place(notice: Notice) -> tuple[str, str, int, str]:
    return notice.code, notice.step, notice.epoch, notice.recipient


def _is_open(notice: Notice, dossiers: Dossiers) -> bool:
    """Say whether its dossier is open, with the due date and in the step that it tells of."""
    clock = dossiers.clocks.get(notice.code)
    if clock is None or clock.epoch != notice.epoch:
        return False
    return notice.step in ("", step_label(dossiers.stored[notice.code].dossier))


def _again(notice: Notice, stored: Stored, office: Office, now: datetime) -> Notice:
    """Return a covered notice as it waits by itself, free to go now; its question is asked anew."""
    runs = stored.dossier.is_running
    waits = replace(notice, state="planned" if runs else "held", covered_by=None, deliver_at=now, letter=None)
    if answer_to(notice, stored.dossier) is not None:
        return waits
    try:
        within = rung_of(notice, stored, office).acknowledge_within
        hours = office.hours_of(person_of(notice, office))
    except LookupError:
        return waits  # it will not go either
    at = next_moment(waits, office, at=now, gather=timedelta())
    return waits if within is None else replace(waits, asked_until=asked_until(within, at, hours))

"""Whether a notice that waited is still for its recipient: dossier and rules may have moved on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.acknowledgement import answered, told_as, went_up
from domain.rung_terms import REPEAT_MARK, Stops, code_in_ladder
from workers.use_cases.letter_answer import rung_of
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from domain.ladder import Rung
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Claim, Notice
    from workers.use_cases.office import Office


def is_still_meant(notice: Notice, in_place_of: Collection[str], stored: Stored, office: Office) -> bool:
    """Say whether a notice is still for its recipient under the rules in force (see `is_meant`)."""
    day = office.calendar.local(notice.created_at).date()
    return is_meant(notice, in_place_of, stored, office, on=day)


def is_meant(
    told: Notice | Claim, in_place_of: Collection[str], stored: Stored, office: Office, *, on: date
) -> bool:
    """Say whether a rung is for its dossier, and its recipient among those who are told on a local day.

    A dossier handed over asks the new unit at once, other rules ask whom they mean, and a condition that
    holds again asks again: what waits for others, for a condition that is so no more, or of a rung that the
    ladder has no more, must not go. `in_place_of` are those in whose place the recipient is told.
    """
    try:
        rung = rung_of(told, stored, office)
    except LookupError:
        return False  # the ladder in force has no such rung
    if not _is_as_often(told.rung, rung) or (rung.when is not None and not rung.when.holds(stored.dossier)):
        return False
    lines, dossier = office.sla.lines, stored.dossier
    meant = [
        person.code
        for role in rung.roles
        for one in told_as(lines, role, dossier.unit, dossier.officer, on=on)
        for person in (one.person, *one.in_place_of)
    ]
    return not {told.recipient, *in_place_of}.isdisjoint(meant)


def _is_as_often(code: str, rung: Rung) -> bool:
    """Say whether a rung is still told as often as the repeat of a code says."""
    number = went_up(code)[0].partition(REPEAT_MARK)[2]
    return int(number or 0) <= (rung.repeat.at_most if rung.repeat else 0)


def is_stopped(notice: Notice, stored: Stored, office: Office, clock: Clock) -> bool:
    """Say whether a notice repeats a rung, and what ends its repeats has come since it was claimed.

    What was claimed later tells somebody new of the last repeat there was.
    """
    key = (notice.step, code_in_ladder(notice.rung))
    if key[1] == notice.rung:
        return False
    first = next((entry for entry in planned_rungs(stored, office, clock) if entry.key == key), None)
    if first is None or first.rung.repeat is None:
        return False
    dossier, ladder = stored.dossier, [first.rung]
    acknowledged = answered(ladder, notice.step, dossier.acknowledged, clock.epoch)
    stops = Stops(handed_over_at=dossier.step_since, acknowledged=acknowledged)
    stop = stops.stop_of(first.rung.repeat, {key}, first=first.at)
    return stop is not None and (notice.created_at < stop or stop <= notice.planned_at)

"""Where a dossier stands under the rules: its due date, its next moment, how it was judged once closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.deadline import Deadline, derive, restore
from domain.ladder import PlannedRung, first_moment, plan
from domain.on_time_rate import Timing, timing
from workers.store.clocks import Clock
from workers.store.dossiers import Stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.snapshot import Listed
    from workers.store.events import Entry
    from workers.use_cases.office import Office


def deadline_of(stored: Stored, office: Office, clock: Clock | None) -> Deadline | None:
    """Return the due date a dossier has: that of its clock, or once closed the one it was judged by.

    None without a limit. A calendar that changed since moves nothing by itself.
    """
    due_at = clock.due_at if clock else stored.due_judged
    return None if due_at is None else _restored(stored.dossier, due_at, office, stored.sla_version)


def _restored(dossier: Dossier, due_at: datetime, office: Office, accepted_under: int) -> Deadline:
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, accepted_under)
    limit = procedure.limit_for(dossier.limit_case, dossier.channel)
    return restore(due_at, limit, dossier.counting_from, office.calendar, procedure.rules)


def _derived(dossier: Dossier, office: Office, accepted_under: int) -> Deadline | None:
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, accepted_under)
    limit = procedure.limit_for(dossier.limit_case, dossier.channel)
    return derive(limit, dossier.counting_from, office.calendar, procedure.rules, dossier.pauses)


def planned_rungs(stored: Stored, deadline: Deadline | None, office: Office) -> tuple[PlannedRung, ...]:
    """Return the rungs of a dossier in order; none for one without a due date or whose clock stands still."""
    dossier = stored.dossier
    if deadline is None or not dossier.is_running:
        return ()
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, stored.sla_version)
    return plan(office.ladder(procedure), deadline, office.calendar, counting_from=dossier.counting_from)


class Standing(NamedTuple):
    """Hold what follows for the store: the projection, and the clock of a dossier that is still open.

    `moved`: the due date is another than before.
    """

    stored: Stored
    clock: Clock | None
    moved: bool


def stand(
    dossier: Dossier,
    entries: Sequence[Entry],
    office: Office,
    *,
    before: Stored | None,
    clock: Clock | None,
    seen: tuple[str, Listed] | None,
) -> Standing:
    """Derive the standing of a dossier after new events (`entries`, at least one).

    `before` and `clock` are what the store had, None for a new dossier. Only what concerns the count derives
    the due date anew; one that moved begins a new epoch, whose rungs may be told again. The due date at
    acceptance is kept for ever (DOMAIN decision 3).
    """
    accepted_under = before.sla_version if before else office.version
    deadline = _deadline(dossier, office, before, clock)
    due_at = deadline.due_at if deadline else None
    stored = Stored(
        dossier=dossier,
        due_original=before.due_original if before else due_at,
        due_judged=due_at if not dossier.is_open else None,
        timing=_timing(dossier, deadline, office),
        sla_version=accepted_under,
        digest=seen[0] if seen else (before.digest if before else ""),
        listed=seen[1] if seen else (before.listed if before else None),
        last_seq=entries[-1].seq,
        last_hash=entries[-1].hash,
    )
    moved = clock is not None and clock.due_at != due_at
    return Standing(stored=stored, clock=_clock(stored, deadline, office, clock, moved=moved), moved=moved)


def _deadline(
    dossier: Dossier, office: Office, before: Stored | None, clock: Clock | None
) -> Deadline | None:
    if before is None:
        return _derived(dossier, office, office.version)
    counted = (dossier.counting_from, dossier.pauses)
    if counted != (before.dossier.counting_from, before.dossier.pauses):
        return _derived(dossier, office, before.sla_version)
    return deadline_of(before, office, clock)


def _timing(dossier: Dossier, deadline: Deadline | None, office: Office) -> Timing | None:
    if dossier.finished_at is None or dossier.outcome == "withdrawn":
        return None
    # Refused while the clock stood still (the papers never came): judged by when it stopped.
    return timing(dossier.stopped_since or dossier.finished_at, deadline, office.calendar)


def _clock(
    stored: Stored, deadline: Deadline | None, office: Office, before: Clock | None, *, moved: bool
) -> Clock | None:
    dossier = stored.dossier
    if not dossier.is_open:
        return None
    return Clock(
        code=dossier.code,
        due_at=deadline.due_at if deadline else None,
        next_action_at=_first_moment(stored, deadline, office),
        epoch=(before.epoch if before else 0) + moved,
        provisional=deadline.provisional if deadline else False,
    )


def _first_moment(stored: Stored, deadline: Deadline | None, office: Office) -> datetime | None:
    # The earliest rung, even if it has passed or fired: the sweep asks which have. Looking too often costs
    # little, looking too late costs a notice.
    dossier = stored.dossier
    if deadline is None or not dossier.is_running:
        return None
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, stored.sla_version)
    return first_moment(
        office.ladder(procedure), deadline, office.calendar, counting_from=dossier.counting_from
    )

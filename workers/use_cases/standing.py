"""Where a dossier stands under the rules: its due date, its next moment, how it was judged once closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.deadline import Deadline, derive
from domain.ladder import PlannedRung, first_moment, plan
from domain.on_time_rate import Timing, timing
from workers.store.clocks import Clock
from workers.store.dossiers import Stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.dossier import Dossier
    from workers.store.events import Entry
    from workers.use_cases.office import Office


def deadline_of(dossier: Dossier, office: Office, accepted_under: int) -> Deadline | None:
    """Return the due date of a dossier by the rules it was accepted under; None without a limit."""
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, accepted_under)
    limit = procedure.limit_for(dossier.limit_case, dossier.channel)
    return derive(limit, dossier.counting_from, office.calendar, procedure.rules, dossier.pauses)


def planned_rungs(
    dossier: Dossier, deadline: Deadline | None, office: Office, accepted_under: int
) -> tuple[PlannedRung, ...]:
    """Return the rungs of a dossier in order; none for one without a due date or whose clock stands still."""
    if deadline is None or not dossier.is_running:
        return ()
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, accepted_under)
    return plan(office.ladder(procedure), deadline, office.calendar, counting_from=dossier.counting_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Hold what follows for the store: the projection, and the clock of a dossier that is still open."""

    stored: Stored
    clock: Clock | None


def stand(
    dossier: Dossier,
    entries: Sequence[Entry],
    office: Office,
    *,
    before: Stored | None,
    clock: Clock | None,
    digest: str,
) -> Standing:
    """Derive the standing of a dossier after new events (`entries`, at least one).

    `before` and `clock` are what the store had, None for a new dossier. A due date that moved begins a new
    epoch: its rungs may be told again. The due date at acceptance is kept for ever (DOMAIN decision 3).
    """
    accepted_under = before.sla_version if before else office.version
    deadline = deadline_of(dossier, office, accepted_under)
    due_at = deadline.due_at if deadline else None
    finished = dossier.finished_at if dossier.outcome != "withdrawn" else None
    judged: Timing | None = timing(finished, deadline, office.calendar) if finished else None
    stored = Stored(
        dossier=dossier,
        due_original=before.due_original if before else due_at,
        due_judged=due_at if not dossier.is_open else None,
        timing=judged,
        sla_version=accepted_under,
        digest=digest,
        last_seq=entries[-1].seq,
        last_hash=entries[-1].hash,
    )
    return Standing(stored=stored, clock=_clock(stored, deadline, office, clock))


def _clock(stored: Stored, deadline: Deadline | None, office: Office, before: Clock | None) -> Clock | None:
    dossier = stored.dossier
    if not dossier.is_open:
        return None
    due_at = deadline.due_at if deadline else None
    moved = before is not None and before.due_at != due_at
    return Clock(
        code=dossier.code,
        due_at=due_at,
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

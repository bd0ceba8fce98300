"""Filling in: what an older database lacks and only the events can tell; every due date stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError
from workers.use_cases.office import load_office
from workers.use_cases.rebuild import replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.standing import Standing

BATCH: Final = 500


@dataclass(slots=True, kw_only=True)
class Filled:
    """Count the dossiers filled in; `failed` maps codes to why their events could not be replayed."""

    dossiers: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def fill_in(store: Store, office_code: str, *, progress: Callable[[Filled], None] = lambda _: None) -> Filled:
    """Write the steps of dossiers recorded before there were any, and by which configuration each is due.

    What was decided stays decided: due dates, judgements and epochs are kept even where today's rules would
    count otherwise, as for papers that came after the due date and after a change of the calendar; those are
    what `rebuild` still finds to differ. A batch is a transaction of its own; where nothing lacks, none is
    written.
    """
    office, found, after = load_office(store, office_code), Filled(), ""
    while True:
        with store.begin(office_code) as work:
            codes = work.dossiers.unfilled(after=after, limit=BATCH)
            if not codes:
                return found
            after = codes[-1]
            _batch(codes, work, office, found)
            work.commit()
        progress(found)


def _batch(codes: Sequence[str], work: UnitOfWork, office: Office, found: Filled) -> None:
    stored, clocks = work.dossiers.load(codes, lock=True), work.clocks.load(codes, lock=True)
    histories = work.events.histories(codes)  # after the locks: nobody adds to them now
    for code, before in stored.items():
        try:
            standing = replayed(histories[code], office, before=before)
        except (DomainError, LookupError) as error:
            found.failed[code] = str(error)
            continue
        found.dossiers += 1
        clock = clocks.get(code)
        work.dossiers.update([_stored(before, clock, standing)])
        work.steps.replace(code, standing.runs)
        if clock is not None:
            work.clocks.move([_derived(clock, before, standing)])


def _stored(before: Stored, clock: Clock | None, standing: Standing) -> Stored:
    """Return what stood there with its steps; with all the events tell, where they tell the same due date."""
    told = standing.stored.dossier
    if _due(before, clock) == _due(standing.stored, standing.clock):
        return replace(before, dossier=told)
    dossier = before.dossier._replace(
        step=told.step, step_number=told.step_number, step_since=told.step_since
    )
    return replace(before, dossier=dossier)


def _derived(clock: Clock, before: Stored, standing: Standing) -> Clock:
    """Return the clock with the configuration that gave its due date: another one than today's stays."""
    again = standing.clock
    same = again is not None and again.due_at == clock.due_at
    return replace(clock, derived_under=again.derived_under if again and same else before.sla_version)


def _due(stored: Stored, clock: Clock | None) -> datetime | None:
    return clock.due_at if clock else stored.due_judged

"""Looking at one dossier: where it stands, what happened, who was told, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.bundle import in_order
from domain.deadline import Deadline, in_words
from domain.errors import HistoryError
from workers.store.acknowledgements import SILENT
from workers.use_cases.asking import Asking
from workers.use_cases.office import active_office
from workers.use_cases.standing import deadline_of, step_deadline_of, target_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.budget import Budget
    from domain.ladder import PlannedRung
    from domain.procedure import ProcedureVersion
    from domain.steps import StepRun
    from domain.terms import Terms
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """Hold everything there is to see of one dossier; `words` is the time left or over, in Vietnamese.

    `deadline` is the lawful due date, `target` the one people work towards (a re-appointed one, or the same),
    `step_deadline` that of the step it stands in. `runs` are the steps it has left. `budget` is what was used
    and left of the limit when its clock stopped, None while it runs. `siblings` are the other components on
    its slip, with the date all of them are promised for.
    """

    stored: Stored
    procedure: ProcedureVersion
    terms: Terms
    unit_name: str
    deadline: Deadline | None
    target: Deadline | None
    step_deadline: Deadline | None
    clock: Clock | None
    words: str
    history: list[Entry]
    runs: list[StepRun]
    budget: Budget | None
    notices: list[Notice]
    coming: tuple[PlannedRung, ...]
    siblings: dict[str, Stored]
    office: Office


def look_at(store: Store, office_code: str, code: str, *, now: datetime, lang: str = "vi") -> DossierView:
    """Return the view of a dossier; an unknown code raises HistoryError that names those like it."""
    with store.read(office_code) as work:
        office = active_office(work)
        stored = work.dossiers.load([code]).get(code)
        if stored is None:
            raise HistoryError("unknown_dossier", code=with_hints(code, work.dossiers.codes(like=code[-4:])))
        return _view(stored, work, office, now, lang)


def _view(stored: Stored, work: UnitOfWork, office: Office, now: datetime, lang: str) -> DossierView:
    dossier, terms = stored.dossier, office.terms(stored)
    clock = work.clocks.load([dossier.code]).get(dossier.code)
    notices = work.notices.of_dossier(dossier.code)
    target = target_of(stored, office, clock)
    unit = office.sla.lines.units.get(dossier.unit)
    stopped = dossier.stopped_since
    return DossierView(
        stored=stored,
        procedure=terms.procedure,
        terms=terms,
        unit_name=unit.name if unit else dossier.unit,
        deadline=deadline_of(stored, office, clock),
        target=target,
        step_deadline=step_deadline_of(stored, office, clock),
        clock=clock,
        words=_words(stored, target, office, now, lang),
        history=work.events.history(dossier.code),
        runs=work.steps.of_dossiers([dossier.code]).get(dossier.code, []),
        budget=terms.budget(dossier, stopped) if stopped else None,
        notices=notices,
        coming=_coming(stored, clock, notices, office, now),
        siblings=_siblings(stored, work),
        office=office,
    )


def _coming(
    stored: Stored, clock: Clock | None, notices: Sequence[Notice], office: Office, now: datetime
) -> tuple[PlannedRung, ...]:
    """Return what will be told, going up the line included if nobody answers."""
    if clock is None:
        return ()
    told = {(notice.step, notice.rung) for notice in notices if notice.epoch == clock.epoch}
    asking = Asking(stored=stored, clock=clock, office=office)
    asked = asking.asked([notice for notice in notices if notice.state not in SILENT], now=now)
    return tuple(entry for entry in asking.going_up(asked) if entry.key not in told)


def components_of(store: Store, office_code: str, slip: str) -> list[str]:
    """Return the codes of the dossiers on a slip, in their order; none for a code that is no slip's."""
    with store.read(office_code) as work:
        return in_order(work.dossiers.load_slip(slip))


def _siblings(stored: Stored, work: UnitOfWork) -> dict[str, Stored]:
    slip = stored.dossier.bundle
    if slip is None:
        return {}
    found = work.dossiers.load_slip(slip)
    return {code: found[code] for code in in_order(found) if code != stored.dossier.code}


def with_hints(code: str, near: list[str]) -> str:
    """Return a code that is unknown with those like it."""
    return f"{code} ({', '.join(near[:3])}?)" if near else code


def _words(stored: Stored, deadline: Deadline | None, office: Office, now: datetime, lang: str) -> str:
    moment = stored.dossier.finished_at or stored.dossier.stopped_since or now
    if deadline is None:
        return "không quy định thời hạn" if lang == "vi" else "no limit"
    return in_words(deadline, office.calendar, now=moment, lang="vi" if lang == "vi" else "en")

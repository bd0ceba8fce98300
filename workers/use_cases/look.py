"""Looking at one dossier: where it stands, what happened, who was told, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.deadline import Deadline, in_words
from domain.errors import HistoryError
from workers.use_cases.office import active_office
from workers.use_cases.standing import deadline_of, planned_rungs

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ladder import PlannedRung
    from domain.procedure import ProcedureVersion
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """Hold everything there is to see of one dossier; `words` is the time left or over, in Vietnamese."""

    stored: Stored
    procedure: ProcedureVersion
    unit_name: str
    deadline: Deadline | None
    clock: Clock | None
    words: str
    history: list[Entry]
    notices: list[Notice]
    coming: tuple[PlannedRung, ...]
    office: Office


def look_at(store: Store, office_code: str, code: str, *, now: datetime, lang: str = "vi") -> DossierView:
    """Return the view of a dossier; an unknown code raises HistoryError that names those like it."""
    with store.read(office_code) as work:
        office = active_office(work)
        stored = work.dossiers.load([code]).get(code)
        if stored is None:
            raise HistoryError("unknown_dossier", code=_with_hints(code, work.dossiers.codes(like=code[-4:])))
        dossier = stored.dossier
        clock = work.clocks.load([code]).get(code)
        deadline = deadline_of(stored, office, clock)
        notices = work.notices.of_dossier(code)
        told = {notice.rung for notice in notices if clock and notice.epoch == clock.epoch}
        planned = planned_rungs(stored, deadline, office)
        unit = office.sla.lines.units.get(dossier.unit)
        return DossierView(
            stored=stored,
            procedure=office.procedure(dossier.procedure, dossier.procedure_version, stored.sla_version),
            unit_name=unit.name if unit else dossier.unit,
            deadline=deadline,
            clock=clock,
            words=_words(stored, deadline, office, now, lang),
            history=work.events.history(code),
            notices=notices,
            coming=tuple(entry for entry in planned if entry.rung.code not in told),
            office=office,
        )


def _with_hints(code: str, near: list[str]) -> str:
    return f"{code} ({', '.join(near[:3])}?)" if near else code


def _words(stored: Stored, deadline: Deadline | None, office: Office, now: datetime, lang: str) -> str:
    moment = stored.dossier.finished_at or stored.dossier.stopped_since or now
    if deadline is None:
        return "không quy định thời hạn" if lang == "vi" else "no limit"
    return in_words(deadline, office.calendar, now=moment, lang="vi" if lang == "vi" else "en")

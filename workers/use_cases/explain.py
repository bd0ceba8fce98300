"""Explaining a due date: replay the events of a dossier and show what each made of it, and the walk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import HistoryError
from domain.history import apply
from domain.reckoning import Reckoning, concerns_count, reckon
from workers.use_cases.binding import bound_under
from workers.use_cases.look import with_hints
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.deadline import Deadline, Language
    from domain.dossier import Dossier
    from domain.event import Event
    from domain.explain import DayStep
    from domain.terms import Terms
    from workers.store.events import Entry
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Hold one event and what it made of the due date.

    `terms` are those in force when it was recorded. `walk` tells each day of the count where the event had it
    counted anew, and is empty otherwise.
    """

    entry: Entry
    dossier: Dossier
    terms: Terms
    before: Reckoning | None
    after: Reckoning
    deadline: Deadline | None
    walk: tuple[DayStep, ...]

    @property
    def moved(self) -> bool:
        """Say whether the lawful due date or the appointment is another than before."""
        if self.before is None:
            return True
        before, after = self.before, self.after
        return (before.due_at, before.appointed_at) != (after.due_at, after.appointed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Hold the whole way to a due date.

    `recorded` is the lawful due date the tables have; it `agrees` with what the events give.
    """

    office: Office
    stages: tuple[Stage, ...]
    agrees: bool

    @property
    def last(self) -> Stage:
        """Return the stage that stands."""
        return self.stages[-1]

    @property
    def counted(self) -> Stage:
        """Return the last stage at which the limit was counted: its walk leads to the lawful due date."""
        return next((stage for stage in reversed(self.stages) if stage.walk), self.last)


def explain(store: Store, office_code: str, code: str, *, lang: Language = "vi") -> Explanation:
    """Return why a dossier is due when it is; an unknown code raises HistoryError with those like it."""
    with store.read(office_code) as work:
        office = active_office(work)
        stored = work.dossiers.load([code]).get(code)
        if stored is None:
            raise HistoryError("unknown_dossier", code=with_hints(code, work.dossiers.codes(like=code[-4:])))
        clock = work.clocks.load([code]).get(code)
        stages = tuple(replayed(work.events.history(code), office, lang=lang))
    due_at = stages[-1].after.due_at
    recorded = clock.due_at if clock else stored.due_judged
    same = due_at == recorded and stages[-1].after.due_original == stored.due_original
    return Explanation(office=office, stages=stages, agrees=same and stages[-1].dossier == stored.dossier)


def replayed(entries: Sequence[Entry], office: Office, *, lang: Language = "vi") -> Iterator[Stage]:
    """Yield what each event made of the due date, under the configuration that recorded it."""
    dossier: Dossier | None = None
    reckoning: Reckoning | None = None
    bound: int | None = None
    for entry in entries:
        was, dossier = dossier, apply(dossier, entry.event, code=entry.code, recorded=True)
        if entry.event.kind == "terms_changed":
            bound = bound_under(entry, entries[0].sla_version)
        terms = office.terms_of(
            office.bond(dossier, bound),
            accepted_under=bound or entries[0].sla_version,
            counted_under=entry.sla_version,
        )
        before, reckoning = reckoning, reckon(reckoning, was, dossier, entry.event, terms)
        deadline = None if reckoning.due_at is None else terms.restored(reckoning.due_at, dossier)
        walk = terms.walk(dossier, lang)[1] if deadline and _counts(was, dossier, entry.event) else ()
        yield Stage(
            entry=entry,
            dossier=dossier,
            terms=terms,
            before=before,
            after=reckoning,
            deadline=deadline,
            walk=walk,
        )


def _counts(was: Dossier | None, dossier: Dossier, event: Event) -> bool:
    return was is None or (dossier.is_open and concerns_count(was, dossier, event))

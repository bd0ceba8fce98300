"""The dossiers of a report as they stood at a cut-off: what had happened by then, as it was known by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError, FiguresError, HistoryError
from domain.history import apply
from domain.tally import Counted, judged_by_slip
from workers.store.population import Sought
from workers.use_cases.standing import stand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.tally import Against
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.standing import Standing

BATCH: Final = 500
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Hold what a report is about, in aware instants.

    `begin` (inclusive) and `end` (exclusive) are those of its period, None: without bound. Counted is what
    happened before `end` and not after `as_of`, and was recorded by `known` (inclusive; None: everything that
    is recorded now) with no id above `last_id`. Of a period, that is what was carried into it and what was
    received in it; of a `cohort` what was received in it, as it stood at `as_of`. `against` says what results
    are held against.
    """

    as_of: datetime
    begin: datetime | None = None
    end: datetime | None = None
    known: datetime | None = None
    cohort: bool = False
    against: Against = "law"
    last_id: int | None = None

    @property
    def at(self) -> datetime:
        """Return the moment at which the dossiers are looked at: the end of the period, or the cut-off."""
        if self.end is None or self.cohort:
            return self.as_of
        return min(self.end, self.as_of)

    @property
    def until(self) -> datetime:
        """Return the first instant whose events no longer count: at the cut-off they do, at the end not."""
        after = self.as_of + _INSTANT
        return after if self.end is None or self.cohort else min(self.end, after)

    @property
    def received_until(self) -> datetime:
        """Return the first instant at which a dossier received no longer belongs to the report."""
        return min(self.end, self.until) if self.end is not None else self.until


def population(work: UnitOfWork, office: Office, frame: Frame) -> Iterator[Counted]:
    """Yield every dossier of a report once, as it stood then; in no order, a batch in memory at a time.

    Those whose events since change nothing of it come from the projection; the others are replayed. Raises
    FiguresError for a history that cannot be.
    """
    zone = office.sla.zone
    for counted in _as_it_stood(work, office, sought_by(frame)):
        if belongs(counted, frame):
            yield counted if frame.against == "law" else judged_by_slip(counted, frame.against, zone)


def sought_by(frame: Frame) -> Sought:
    """Return which dossiers the store is asked for; not each of them `belongs` to the report."""
    return Sought(
        until=frame.until,
        received_until=frame.received_until,
        received_since=frame.begin if frame.cohort else None,
        closed_since=None if frame.cohort else frame.begin,
        known=frame.known,
        last_id=frame.last_id,
    )


def belongs(counted: Counted, frame: Frame) -> bool:
    """Say whether a dossier, as it stood, is one of a report."""
    if counted.accepted_at >= frame.received_until:
        return False
    if frame.begin is None:
        return True
    if frame.cohort:
        return counted.accepted_at >= frame.begin
    return counted.finished_at is None or counted.finished_at >= frame.begin


def open_at(
    work: UnitOfWork, office: Office, at: datetime, *, known: datetime | None, last_id: int | None = None
) -> Iterator[str]:
    """Yield the codes of the dossiers that were open just before an instant, as known at `known`, `last_id`.

    What the projection says of when a dossier closed is not asked: a period is held against it.
    """
    sought = Sought(until=at, received_until=at, known=known, last_id=last_id, open_only=True)
    for counted in _as_it_stood(work, office, sought):
        if counted.outcome is None:
            yield counted.code


def _as_it_stood(work: UnitOfWork, office: Office, sought: Sought) -> Iterator[Counted]:
    yield from work.population.standing(sought)
    yield from replayed(work, office, sought)


def replayed(work: UnitOfWork, office: Office, sought: Sought) -> Iterator[Counted]:
    """Yield the dossiers whose events say otherwise of then than of now, as they stood then."""
    after = ""
    while codes := work.population.differing(sought, after=after, limit=BATCH):
        after = codes[-1]
        for entries in work.events.histories(codes, last_id=sought.last_id).values():
            counted = counted_then(entries, office, until=sought.until, known=sought.known)
            if counted is not None:
                yield counted


def counted_then(
    entries: Sequence[Entry], office: Office, *, until: datetime, known: datetime | None
) -> Counted | None:
    """Return a dossier as its events before `until` left it, as known at `known`; None before acceptance.

    Raises FiguresError for a history that cannot be replayed.
    """
    standing = standing_then(entries, office, until=until, known=known)
    return None if standing is None else _counted(standing)


def standing_then(
    entries: Sequence[Entry], office: Office, *, until: datetime, known: datetime | None
) -> Standing | None:
    """Return what followed for a dossier from its events before `until`; None before acceptance.

    Raises FiguresError for a history that cannot be replayed.
    """
    happened = [
        entry
        for entry in entries
        if entry.event.occurred_at < until and (known is None or entry.recorded_at <= known)
    ]
    if not happened or happened[0].event.kind != "accepted":
        return None
    course = _course(happened, whole=len(happened) == len(entries))
    try:
        return stand(course, office, before=None, clock=None, seen=None)
    except (DomainError, LookupError) as error:
        raise FiguresError("figures_unreadable", code=entries[0].code, why=str(error)) from error


def _course(entries: Sequence[Entry], *, whole: bool) -> Iterator[tuple[Entry, Dossier]]:
    dossier: Dossier | None = None
    for entry in entries:
        try:
            dossier = apply(dossier, entry.event, code=entry.code, recorded=True)
        except HistoryError:
            # Dated back before what it rests on, which had not happened yet: so it had not either.
            if whole:
                raise
            continue
        yield entry, dossier


def _counted(standing: Standing) -> Counted:
    stored, clock = standing.stored, standing.clock
    dossier = stored.dossier
    return Counted(
        code=dossier.code,
        procedure=dossier.procedure,
        procedure_version=dossier.procedure_version,
        sla_version=stored.sla_version,
        unit=dossier.unit,
        accepted_at=dossier.accepted_at,
        officer=dossier.officer,
        channel=dossier.channel,
        commune=dossier.commune,
        bundle=dossier.bundle,
        bundle_rule=dossier.bundle_rule,
        step=dossier.step,
        promised_at=dossier.promised_at,
        stopped_since=dossier.stopped_since,
        stopped_by=dossier.stopped_by,
        finished_at=dossier.finished_at,
        returned_at=dossier.returned_at,
        outcome=dossier.outcome,
        timing=stored.timing,
        due_at=stored.due_judged if clock is None else clock.due_at,
    )

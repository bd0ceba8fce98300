"""Judging one open dossier under other rules: what moves, why, and the change that records it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from domain.event import BOUND_BY
from domain.history import apply
from domain.ladder import come_due, next_action_at
from domain.reckoning import recounted
from domain.redating import moves, redated
from workers.use_cases.binding import Bindings
from workers.use_cases.recording import Recorder
from workers.use_cases.standing import deadline_of, planned_rungs, reckoning_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.event import EventKind
    from domain.terms import Terms
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.versions import Said
    from workers.use_cases.office import Office
    from workers.use_cases.recording import Change

Told = set[tuple[int, str, str]]
"""The (epoch, step, rung) of a dossier that were claimed."""


class Verdict(NamedTuple):
    """Hold what other rules make of an open dossier: the kind of the event, its due dates before and after.

    `before` and `after` are the terms it is read by; without a limit a date is None.
    """

    kind: EventKind
    before: Terms
    after: Terms
    was_due: Deadline | None
    is_due: Deadline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judge dossiers for a configuration that is in force or would be; the same for a plan and its doing.

    `said` is what was said when it was put in force; `now` the moment of judging. `settled` is the office as
    it is once all have followed. `bindings` is what earlier versions said: who goes back asks it.
    """

    office: Office
    said: Said
    now: datetime
    bindings: Bindings = field(default_factory=Bindings)
    _rebound: frozenset[str] = field(init=False, repr=False)
    settled: Office = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rebound", frozenset(self.said.also_open))
        # A dossier that does not move is read by the new calendar once all have followed: what comes after
        # its due date as well.
        object.__setattr__(self, "settled", replace(self.office, followed=self.office.version))

    def verdict(self, stored: Stored, clock: Clock) -> Verdict | None:
        """Return what moves for an open dossier, None when nothing does.

        Raises LookupError or DomainError where the configuration lacks what the dossier is bound to.
        """
        before = self.office.terms_dated(stored, clock)
        if self.is_rebound(stored):
            after = self.office.terms(replace(stored, bound_under=self._given(stored)))
            if (before.procedure, before.limit) != (after.procedure, after.limit):
                return self._verdict("terms_changed", stored, clock, before, after)
        return self._verdict("calendar_changed", stored, clock, before, self.office.terms(stored))

    def keeps_order(self, stored: Stored) -> bool:
        """Say whether what holds of the first and the last received of dossiers like it holds between them.

        Raises LookupError or DomainError as `verdict` does.
        """
        found = [self.office.terms(stored)]
        if self.is_rebound(stored):
            found.append(self.office.terms(replace(stored, bound_under=self._given(stored))))
        return all(terms.procedure.rules.keeps_order for terms in found)

    def is_rebound(self, stored: Stored) -> bool:
        """Say whether the terms of this configuration were put in force for an open dossier too."""
        return _name(stored) in self._rebound and self._bound_by(stored) != stored.terms_under

    def _given(self, stored: Stored) -> int | None:
        """Return the configuration whose terms a dossier gets; None: those it was accepted under."""
        bound = self._bound_by(stored)
        return None if bound == stored.sla_version else bound

    def _bound_by(self, stored: Stored) -> int:
        if stored.terms_under >= self.office.version:
            return stored.terms_under
        number, back_to = self.office.version, self.said.back_to
        return self.bindings.given_by(number, back_to, _name(stored), stored.sla_version)

    def _verdict(
        self, kind: EventKind, stored: Stored, clock: Clock, before: Terms, after: Terms
    ) -> Verdict | None:
        was = reckoning_of(stored, clock)
        found = recounted(was, stored.dossier, after)
        if kind == "calendar_changed" and not moves(was, found):
            return None
        return Verdict(kind, before, after, deadline_of(stored, self.office, clock), found.deadline)

    def change(self, verdict: Verdict, stored: Stored, clock: Clock, actor: str) -> Change:
        """Return the change that records a verdict: an event with old, new, reason and document."""
        said = {"reason": self.said.reason[:500]}
        if self.said.document:
            said["document"] = self.said.document[:500]
        if verdict.kind == "terms_changed" and (bound := self._bound_by(stored)) != self.office.version:
            said[BOUND_BY] = str(bound)
        dates, calendar = (verdict.was_due, verdict.is_due), verdict.after.calendar
        event = redated(verdict.kind, stored.dossier, dates, calendar, said=said, now=self.now)
        dossier = apply(stored.dossier, event)
        recorder = Recorder(office=self.office, actor=actor, now=self.now)
        return recorder.prepare([(event, dossier)], before=stored, clock=clock)

    def sooner(self, stored: Stored, clock: Clock, told: Collection[tuple[int, str, str]]) -> Clock | None:
        """Return the clock of a dossier that does not move but must be looked at sooner; None: it stays.

        Looking too early costs little: one whose next moment would come later is left as it is.
        """
        planned = planned_rungs(stored, self.settled, clock)
        known = {(step, rung) for epoch, step, rung in told if epoch == clock.epoch}
        overdue = come_due(planned, known, now=self.now)
        at = self.now if overdue else next_action_at(planned, known, now=self.now)
        if at is None or (clock.next_action_at is not None and clock.next_action_at <= at):
            return None
        return replace(clock, next_action_at=at)


def _name(stored: Stored) -> str:
    """Return by which name terms are given to a dossier: components follow their bundle."""
    return stored.dossier.bundle_rule or stored.dossier.procedure

"""Judging open dossiers that stand alike at once: by the one received first and the one received last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.deadline import is_past
from domain.errors import DomainError
from workers.store.alike import Moments, Outcome
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from domain.ladder import PlannedRung
    from workers.store.alike import Group
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.redating import Judge

_MOST: Final = 20_000
"""Groups remembered at most: an office has so many procedures, and so many days in hand."""


class Sorted(NamedTuple):
    """Hold the groups that move, and the likenesses of those whose members are judged one by one."""

    moving: list[tuple[Group, Outcome]]
    one_by_one: list[str]


class _Answer(NamedTuple):
    """Hold what becomes of dossiers that lie between two moments: they move, stay, or are looked at.

    `same` is what must be equal at both ends: later received is never due earlier, so that what lies between
    them is the same then too. `was_due_at` and `late` are of the date that moves: the event tells of it.
    """

    first: Moments
    last: Moments
    same: Any
    outcome: Outcome | None
    stays: bool
    was_due_at: datetime | None
    late: bool

    def covers(self, group: Group, now: datetime) -> bool:
        """Say whether it was found for dossiers on both sides of a group, and holds at this moment too."""
        between = all(a <= b for a, b in zip(self.first, group.first, strict=True)) and all(
            a >= b for a, b in zip(self.last, group.last, strict=True)
        )
        return between and self.late == (self.was_due_at is not None and is_past(self.was_due_at, now=now))


@dataclass(slots=True, kw_only=True)
class Together:
    """Judge groups of dossiers under one configuration; what was found for one page is known for the next.

    `ladders`: rungs changed, so that what does not move is looked at one by one.
    """

    ladders: bool
    actor: str
    _known: dict[str, _Answer] = field(default_factory=dict)

    def sort(self, groups: Sequence[Group], work: UnitOfWork, judge: Judge) -> Sorted:
        """Return which of the groups of a page move together, and which must be judged one by one."""
        self._learn([group for group in groups if self._answer(group, judge) is None], work, judge)
        found = Sorted([], [])
        for group in groups:
            answer = self._answer(group, judge)
            if answer is None or group.last.accepted_at > judge.now:
                found.one_by_one.append(group.likeness)
            elif answer.outcome is not None:
                found.moving.append((group, answer.outcome))
            elif not answer.stays:
                found.one_by_one.append(group.likeness)
        return found

    def _answer(self, group: Group, judge: Judge) -> _Answer | None:
        answer = self._known.get(group.likeness)
        return answer if answer is not None and answer.covers(group, judge.now) else None

    def _learn(self, groups: Sequence[Group], work: UnitOfWork, judge: Judge) -> None:
        if len(self._known) + len(groups) > _MOST:
            self._known.clear()
        codes = [group.code for group in groups]
        stored, clocks = work.dossiers.load(codes), work.clocks.load(codes)
        for group in groups:
            one, clock = stored.get(group.code), clocks.get(group.code)
            # Something may have happened to the one looked at since the page was turned: it is like nobody.
            if one is not None and clock is not None and one.last_seq == group.last_seq:
                self._ask(group, one, clock, judge)

    def _ask(self, group: Group, stored: Stored, clock: Clock, judge: Judge) -> None:
        known = self._known.pop(group.likeness, None)
        wide = _around(known, group) if known else (group.first, group.last)
        answer = self._between(*wide, stored, clock, judge)
        if answer is None and known:
            answer = self._between(group.first, group.last, stored, clock, judge)
        if answer is not None:
            self._known[group.likeness] = answer

    def _between(
        self, first: Moments, last: Moments, stored: Stored, clock: Clock, judge: Judge
    ) -> _Answer | None:
        """Return what becomes of all that lie between two moments; None when it is not the same for all."""
        try:
            answer = self._at(first, stored, clock, judge)
            same = first == last or (
                judge.keeps_order(stored) and answer.same == self._at(last, stored, clock, judge).same
            )
        except (DomainError, LookupError):
            return None  # each is named by its code
        return answer._replace(last=last) if same else None

    def _at(self, moments: Moments, stored: Stored, clock: Clock, judge: Judge) -> _Answer:
        one = replace(stored, dossier=stored.dossier._replace(**moments._asdict()))
        verdict = judge.verdict(one, clock)
        if verdict is None:
            before, after = (planned_rungs(one, office, clock) for office in (judge.office, judge.settled))
            stays = not self.ladders and _none_sooner(before, after)
            return _Answer(moments, moments, (before, after), None, stays, None, late=False)
        change = judge.change(verdict, one, clock, self.actor)
        entry, standing = change.entries[-1], change.standing
        outcome = Outcome(
            kind=entry.event.kind,
            data=entry.data,
            clock=replace(standing.clock or clock, code=""),
            bound_under=standing.stored.bound_under,
            cancels=standing.moved,
        )
        # When to look at it next is that of the one received first: looking too early costs little.
        same = outcome._replace(clock=replace(outcome.clock, next_action_at=None))
        was_due_at = verdict.was_due.due_at if verdict.was_due else None
        late = was_due_at is not None and is_past(was_due_at, now=judge.now)
        return _Answer(moments, moments, same, outcome, stays=False, was_due_at=was_due_at, late=late)


def _around(known: _Answer, group: Group) -> tuple[Moments, Moments]:
    first = Moments(*map(min, known.first, group.first))
    return first, Moments(*map(max, known.last, group.last))


def _none_sooner(before: Iterable[PlannedRung], after: Iterable[PlannedRung]) -> bool:
    """Say whether no rung comes sooner than it did, and none is new: nobody has to be looked at for them."""
    moments = {entry.key: entry.at for entry in before}
    return all(entry.key in moments and moments[entry.key] <= entry.at for entry in after)

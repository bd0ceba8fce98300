"""What a configuration would make of each open dossier; those that stand alike are worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from domain.deadline import is_past
from domain.errors import DomainError
from workers.store.alike import Moments
from workers.use_cases.move_reasons import Reasons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.event import EventKind
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Claim
    from workers.use_cases.forecast import Forecast, Message
    from workers.use_cases.redating import Judge, Verdict

OVERDUE: Final = "pending_overdue"
Becomes = Literal["overdue", "in_time", "same"]
_of_dossier: Final = attrgetter(
    *("procedure", "procedure_version", "limit_case", "channel", "unit", "officer", "step", "step_number"),
    "appointed_on",
)
_of_clock: Final = attrgetter(
    *("due_at", "appointed_at", "step_due_at", "next_action_at", "epoch", "provisional", "derived_under")
)
_moments: Final = attrgetter(*Moments._fields)


class Moved(NamedTuple):
    """Hold how a due date would move: from when to when, why, from which stand to which, what it becomes."""

    kind: EventKind
    was_due: Deadline | None
    is_due: Deadline | None
    why: str
    stands: tuple[str, str]
    becomes: Becomes


class Effect(NamedTuple):
    """Hold what becomes of a dossier, and the messages of the days ahead before and after.

    `moved` is None where no date does.
    """

    moved: Moved | None
    before: frozenset[Message]
    after: frozenset[Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """Hold one open dossier of a page with its clock and what was claimed about it."""

    stored: Stored
    clock: Clock
    claims: Sequence[Claim]

    @property
    def likeness(self) -> tuple[Any, ...] | None:
        """Return what two dossiers must have in common beside their moments; None: nobody is like it."""
        dossier = self.stored.dossier
        own = dossier.pauses or dossier.acknowledged or dossier.bundle_rule or dossier.stopped_since
        if own:
            return None
        bound = (self.stored.sla_version, self.stored.bound_under)
        return (_of_dossier(dossier), _of_clock(self.clock), bound, frozenset(self.claims))

    def at(self, moments: Moments) -> One:
        """Return the same with the moments of another."""
        dossier = self.stored.dossier._replace(**moments._asdict())
        return replace(self, stored=replace(self.stored, dossier=dossier))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Work out effects by the same judge that applying asks, and the notices ahead by two forecasts."""

    judge: Judge
    actor: str
    ahead_before: Forecast
    ahead_after: Forecast
    reasons: Reasons = field(default_factory=Reasons)

    def of_page(self, page: Mapping[str, One]) -> Iterator[tuple[str, One, Effect | str]]:
        """Yield for each dossier, in the order of the page, its effect, or why it could not follow."""
        groups: dict[tuple[Any, ...] | str, list[One]] = {}
        for code, one in page.items():
            groups.setdefault(one.likeness or code, []).append(one)
        known: dict[str, Effect] = {}
        for group in groups.values():
            if len(group) > 1 and (effect := self._of_group(group)) is not None:
                known |= dict.fromkeys((one.stored.dossier.code for one in group), effect)
        for code, one in page.items():
            yield code, one, known.get(code) or self._of(one)

    def _of_group(self, group: Sequence[One]) -> Effect | None:
        """Return the effect on all of a group; None when it is not the same for all.

        Later received is never due earlier: what holds at both ends holds between them.
        """
        each = [_moments(one.stored.dossier) for one in group]
        first, last = Moments(*map(min, zip(*each, strict=True))), Moments(*map(max, zip(*each, strict=True)))
        effect = self._of(group[0].at(first))
        if isinstance(effect, str):
            return None
        same = first == last or (
            self.judge.keeps_order(group[0].stored) and effect == self._of(group[0].at(last))
        )
        return effect if same else None

    def _of(self, one: One) -> Effect | str:
        try:
            return self._worked_out(one)
        except (DomainError, LookupError) as error:
            return str(error)

    def _worked_out(self, one: One) -> Effect:
        stored, clock, claims = one.stored, one.clock, one.claims
        verdict = self.judge.verdict(stored, clock)
        before = frozenset(self.ahead_before.messages(stored, clock, claims))
        if verdict is None:
            told = {(claim.epoch, claim.step, claim.rung) for claim in claims}
            then, after_it = self.judge.sooner(stored, clock, told) or clock, stored
        else:
            standing = self.judge.change(verdict, stored, clock, self.actor).standing
            then, after_it = standing.clock or clock, standing.stored
        if any(claim.waits for claim in claims):  # putting it in force has such a dossier looked at
            then = replace(then, next_action_at=self.judge.now)
        after = frozenset(self.ahead_after.messages(after_it, then, claims))
        return Effect(verdict and self._moved(verdict, stored.dossier), before, after)

    def _moved(self, verdict: Verdict, dossier: Dossier) -> Moved:
        dates = (verdict.was_due, verdict.is_due)
        before, after = (_stand(dossier, due.due_at if due else None, self.judge.now) for due in dates)
        why = self.reasons.why(verdict, dossier)
        return Moved(verdict.kind, *dates, why, (before, after), _becomes(before, after))


def _stand(dossier: Dossier, due_at: datetime | None, now: datetime) -> str:
    """Name the stand of an open dossier as the counts do."""
    stopped = dossier.stopped_since
    if stopped is not None and (due_at is None or stopped < due_at):
        return "waiting"
    if due_at is None:
        return "pending_no_limit"
    return OVERDUE if is_past(due_at, now=now) else "pending_in_time"


def _becomes(before: str, after: str) -> Becomes:
    if before == after or OVERDUE not in (before, after):
        return "same"
    return "overdue" if after == OVERDUE else "in_time"

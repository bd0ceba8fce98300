"""Which rungs of a dossier should have fired: the ladder asked at every moment it had to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from workers.use_cases.asking import Asked
from workers.use_cases.timeline import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.rung_terms import Key
    from workers.store.notices import Notice
    from workers.use_cases.asking import LadderAsking
    from workers.use_cases.outages import Patience
    from workers.use_cases.timeline import Piece

Rung = tuple[str, str, int]
"""A rung of a dossier in one epoch: its step, its code, the epoch."""
Told = tuple[Rung, str]
"""A rung and who is told of it."""


def told_of(notice: Notice) -> Told:
    """Return what tells a notice from every other of its dossier: the unique key of the table."""
    return (notice.step, notice.rung, notice.epoch), notice.recipient


class Expected(NamedTuple):
    """Hold a notice that should have been claimed: from when it could be, and by when it had to be.

    `instead` are others of its rung one of which does as well: who was asked for changed meanwhile.
    """

    notice: Notice
    due: datetime
    by: datetime
    instead: frozenset[Told] = frozenset()


@dataclass(kw_only=True)
class ShouldFire:
    """Follow one dossier through the moments at which the machine had to look at it, until `now`.

    Nobody knows when a sweep looked, only between which moments it must have. What is asked for at both ends
    of that time, and under all that was so in between, had to be claimed; what only some of it asks for may
    have been. A configuration alone makes nobody look where nothing waits: it counts from the next look on.
    """

    pieces: Sequence[Piece]
    rows: Sequence[Notice]
    patience: Patience
    now: datetime
    _fired: set[Rung] = field(default_factory=set, init=False)

    def expected(self) -> Iterator[Expected]:
        """Yield what should have been claimed, in order; a rung may come again for those told already."""
        for _, state in groupby(self.pieces, lambda piece: piece.stored.last_seq):
            pieces = list(state)
            look, end = pieces[0].look_at, pieces[-1].end
            look = None if look is None else max(look, pieces[0].begin)
            rules = [piece.begin for piece in pieces[1:] if self._waited(piece.begin)]
            while (look := _sooner(look, rules)) is not None:
                due, by = self.patience.earliest(look), self.patience.latest(look)
                if due >= end or by > self.now:
                    break
                found = self._had_to(due, by)
                yield from found
                self._fired.update(told_of(entry.notice)[0] for entry in found)
                look = self._next_look(due, by, end)

    def _waited(self, moment: datetime) -> bool:
        """Say whether something waited to be told then: who put other rules in force had it looked at."""
        return any(row.created_at < moment < self._waited_until(row, moment) for row in self.rows)

    def _waited_until(self, row: Notice, moment: datetime) -> datetime:
        """Return until when a row waited, as far as it is known for certain."""
        match row.state:
            case "planned" | "failed" | "claimed":
                return FOREVER
            case "covered":
                return row.created_at if self._was_covered(row, moment) else FOREVER
            case "cancelled":
                return row.deliver_at
            case "passed" | "handed_back":
                return min((other.created_at for other in self._standing_in(row)), default=row.created_at)
        return row.sent_at or row.died_at or row.created_at

    def _standing_in(self, row: Notice) -> Iterator[Notice]:
        for other in self.rows:
            if (other.recipient, *told_of(other)[0]) == (row.passed_to, *told_of(row)[0]):
                yield other

    def claimed_before(self, moment: datetime, epoch: int) -> set[tuple[str, str]]:
        """Return the rungs of an epoch that somebody was claimed to be told of before a moment."""
        return {(row.step, row.rung) for row in self.rows if row.created_at < moment and row.epoch == epoch}

    def asked_before(self, moment: datetime, asking: LadderAsking) -> dict[Key, datetime]:
        """Return until when the last of those told of a rung was asked to acknowledge it, as of a moment."""
        claimed = (row for row in self.rows if row.created_at < moment and row.state != "cancelled")
        rows = (_as_of(row, moment) for row in claimed if not self._was_covered(row, moment))
        return asking.asked(rows, now=moment)

    def _was_covered(self, row: Notice, moment: datetime) -> bool:
        """Say whether a later notice had taken a row's place by then: it asked nobody any more."""
        return row.state == "covered" and any(
            other.created_at < moment
            for other in self.rows
            if (other.rung, other.step, other.epoch) == (row.covered_by, row.step, row.epoch)
            and other.recipient == row.recipient
        )

    def _told_before(self, moment: datetime, epoch: int) -> set[tuple[str, str]]:
        had_to = {(step, rung) for step, rung, of in self._fired if of == epoch}
        return self.claimed_before(moment, epoch) | had_to

    def _had_to(self, due: datetime, by: datetime) -> list[Expected]:
        views = [
            {told_of(notice): notice for notice in asked.notices}
            for piece in self._between(due, by)
            for asked in self._asked(piece, due, by)
        ]
        if not all(views):
            return []
        rungs = set.intersection(*({rung for rung, _ in view} for view in views))
        return [entry for rung in sorted(rungs) for entry in _for_rung(rung, views, due, by)]

    def _asked(self, piece: Piece, due: datetime, by: datetime) -> Iterator[Asked]:
        if piece.asking is None:
            yield Asked([], None)
            return
        told = self._told_before(due, piece.asking.clock.epoch)
        until = self.asked_before(due, piece.asking)
        for moment in (max(due, piece.begin), min(by, piece.end)):
            yield piece.asking.ask(told, now=moment, until=until)

    def _next_look(self, due: datetime, by: datetime, end: datetime) -> datetime | None:
        """Return when the next look had to be: whichever configuration it was left by, the latest of them."""
        moments = [
            piece.asking.ask(
                self._told_before(due, piece.asking.clock.epoch),
                now=due,
                until=self.asked_before(due, piece.asking),
            ).next_at
            for piece in self._between(due, by)
            if piece.asking is not None and piece.begin < end
        ]
        return max((moment for moment in moments if moment), default=None) if all(moments) else None

    def _between(self, begin: datetime, end: datetime) -> list[Piece]:
        return [piece for piece in self.pieces if piece.begin <= end and piece.end > begin]


def _sooner(look: datetime | None, rules: list[datetime]) -> datetime | None:
    """Return the sooner of the next look and the first of the moments of new rules, which is taken out."""
    return rules.pop(0) if rules and (look is None or rules[0] <= look) else look


def _as_of(row: Notice, moment: datetime) -> Notice:
    """Return a notice as it stood at a moment: told, given up, or still waiting."""
    if row.died_at is not None and row.died_at <= moment:
        return replace(row, state="dead")
    if row.sent_at is not None and row.sent_at <= moment:
        return replace(row, state="sent")
    return replace(row, state="planned", died_at=None)


def _for_rung(
    rung: Rung, views: Sequence[dict[Told, Notice]], due: datetime, by: datetime
) -> Iterator[Expected]:
    asked = [{told: notice for told, notice in view.items() if told[0] == rung} for view in views]
    everywhere = set.intersection(*map(set, asked))
    if everywhere:
        yield from (Expected(asked[-1][told], due, by) for told in sorted(everywhere))
    else:
        anybody = frozenset(told for view in asked for told in view)
        yield from (Expected(notice, due, by, anybody) for notice in asked[-1].values())

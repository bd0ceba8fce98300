"""The notices of a task or a corrective action against its ladder: what should have been told, what was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workers.use_cases.asking import latest_asked
from workers.use_cases.reform_delivered import TaskDelivered
from workers.use_cases.should_fire import Expected, told_of
from workers.use_cases.unlike import Unlike

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.rung_terms import Key
    from workers.store.notices import Notice
    from workers.use_cases.outages import Patience
    from workers.use_cases.reform_timeline import TaskPiece
    from workers.use_cases.should_fire import Told
    from workers.use_cases.unlike import Window


@dataclass(kw_only=True)
class TaskProof:
    """Compare the notices of one of them (`rows`, in the order claimed) with what its timeline asks for.

    A tick looks at each, so that in each piece it is asked from the beginning on. What is asked for
    both when it could first be seen and when it had to be, within one piece, had to be claimed. `due` then
    counts what had to be within the window.
    """

    pieces: Sequence[TaskPiece]
    rows: Sequence[Notice]
    patience: Patience
    window: Window
    now: datetime
    due: int = field(default=0, init=False)

    def unlike(self) -> Iterator[Unlike]:
        """Yield every difference within the window."""
        expected = {told_of(entry.notice): entry for entry in reversed(list(self._expected()))}
        yield from self._not_claimed(expected)
        delivered = TaskDelivered(pieces=self.pieces, rows=self.rows, patience=self.patience, now=self.now)
        for row in self.rows:
            asked = self._explanations(row)
            rule = next((one for one in asked if one.planned_at == row.planned_at), None)
            if self.window.holds(row.planned_at, row.created_at) and rule is None:
                yield from self._claim(row, asked)
            if self.window.holds(row.planned_at, row.deliver_at, row.sent_at, row.died_at):
                yield from delivered.unlike(row, rule)

    def _expected(self) -> Iterator[Expected]:
        fired: set[tuple[int, Key]] = set()
        for piece in self.pieces:
            look: datetime | None = piece.begin if piece.asking else None
            while look is not None and piece.asking is not None:
                due, by = self.patience.earliest(look), self.patience.latest(look)
                if by >= piece.end or by > self.now:
                    break
                epoch = piece.asking.subject.epoch
                told = self._told(due, epoch) | {key for of, key in fired if of == epoch}
                until = self._asked(due, epoch)
                first = piece.asking.ask(told, now=due, until=until)
                last = {told_of(one) for one in piece.asking.ask(told, now=by, until=until).notices}
                found = [one for one in first.notices if told_of(one) in last]
                yield from (Expected(one, due, by) for one in found)
                fired |= {(epoch, (one.step, one.rung)) for one in found}
                look = first.next_at

    def _not_claimed(self, expected: dict[Told, Expected]) -> Iterator[Unlike]:
        rows = {told_of(row): row for row in self.rows}
        for told, entry in expected.items():
            notice, row = entry.notice, rows.get(told)
            if not self.window.holds(notice.planned_at, entry.due):
                continue
            self.due += 1
            if row is None:
                yield Unlike(kind="missing", code=notice.code, expected=notice, by=entry.by)
            elif row.created_at > entry.by:
                yield Unlike(kind="late", code=notice.code, expected=notice, found=row, by=entry.by)

    def _claim(self, row: Notice, asked: Sequence[Notice]) -> Iterator[Unlike]:
        rung = told_of(row)[0]
        if any(other.passed_to == row.recipient and told_of(other)[0] == rung for other in self.rows):
            return  # one that waited for somebody who went away became this one
        if asked:
            yield Unlike(kind="moment", code=row.code, expected=asked[0], found=row)
        else:
            yield Unlike(kind="extra", code=row.code, found=row)

    def _explanations(self, row: Notice) -> list[Notice]:
        """Return what the rules asked of its recipient about when it was claimed, by the version it names."""
        at, slack = row.created_at, self.patience.slack
        return [
            notice
            for piece in self.pieces
            if piece.asking is not None and piece.office.version == row.sla_version
            if piece.begin <= at + slack and piece.end > at - slack
            for notice in piece.asking.ask(
                self._told(at, row.epoch), now=at, until=self._asked(at, row.epoch)
            ).notices
            if told_of(notice) == told_of(row)
        ]

    def _told(self, moment: datetime, epoch: int) -> set[Key]:
        return {(row.step, row.rung) for row in self.rows if row.created_at < moment and row.epoch == epoch}

    def _asked(self, moment: datetime, epoch: int) -> dict[Key, datetime]:
        """Return until when the last of those told of a rung before a moment was asked to acknowledge it."""
        asked = [row for row in self.rows if row.created_at < moment and row.epoch == epoch]
        asking = [row for row in asked if row.state not in ("covered", "cancelled")]
        return latest_asked(asking, {(row.step, row.rung) for row in asking})

"""Proving one dossier: what should have been told of it beside what was recorded and what was delivered."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from workers.use_cases.should_fire import Expected, ShouldFire, told_of
from workers.use_cases.unlike import Unlike, Window
from workers.use_cases.was_delivered import WasDelivered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from workers.store.notices import Notice
    from workers.use_cases.outages import Patience
    from workers.use_cases.should_fire import Told
    from workers.use_cases.timeline import Piece


class Proving:
    """Compare the notices of one dossier (`rows`, in the order claimed) with what its timeline asks for."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        rows: Sequence[Notice],
        *,
        patience: Patience,
        window: Window,
        now: datetime,
    ) -> None:
        self.pieces, self.rows, self.window, self.now = pieces, rows, window, now
        self.patience = patience
        self.asked = ShouldFire(pieces=pieces, rows=rows, patience=patience, now=now)
        self.delivered = WasDelivered(pieces=pieces, rows=rows, patience=patience, now=now)
        self.due = 0

    def unlike(self) -> Iterator[Unlike]:
        """Yield every difference within the window; `due` then counts what should have been claimed in it."""
        yield from self._not_claimed()
        for row in self.rows:
            yield from self._of_row(row)

    @cached_property
    def _expected(self) -> dict[Told, Expected]:
        found: dict[Told, Expected] = {}
        for entry in self.asked.expected():
            found.setdefault(told_of(entry.notice), entry)
        return found

    @cached_property
    def _rows(self) -> dict[Told, Notice]:
        return {told_of(row): row for row in self.rows}

    def _not_claimed(self) -> Iterator[Unlike]:
        for told, entry in self._expected.items():
            notice, row = entry.notice, self._rows.get(told)
            if not self.window.holds(notice.planned_at, entry.due):
                continue
            self.due += 1
            if row is None and not any(other in self._rows for other in entry.instead):
                yield Unlike(kind="missing", code=notice.code, expected=notice, by=entry.by)
            elif row is not None and row.created_at > entry.by:
                yield Unlike(kind="late", code=notice.code, expected=notice, found=row, by=entry.by)

    def _of_row(self, row: Notice) -> Iterator[Unlike]:
        claimed = self.window.holds(row.planned_at, row.created_at)
        delivered = self.window.holds(row.planned_at, row.deliver_at, row.sent_at, row.died_at)
        if not claimed and not delivered:
            return
        expected, asked = self._expected.get(told_of(row)), self._explanations(row)
        rule = next((notice for notice in asked if notice.planned_at == row.planned_at), None)
        if claimed:
            yield from self._claim(row, expected, asked, rule)
        if delivered:
            found = self.delivered.unlike(row, rule)
            if found is not None:
                yield found

    def _claim(
        self, row: Notice, expected: Expected | None, asked: Sequence[Notice], rule: Notice | None
    ) -> Iterator[Unlike]:
        if rule is not None or self._was_passed_on_to(row):
            return
        if asked:
            yield Unlike(kind="moment", code=row.code, expected=asked[0], found=row)
        elif expected is None or row.created_at <= expected.by:
            yield Unlike(kind="extra", code=row.code, found=row)
        elif expected.notice.planned_at != row.planned_at:
            yield Unlike(kind="moment", code=row.code, expected=expected.notice, found=row)

    def _was_passed_on_to(self, row: Notice) -> bool:
        """Say whether a notice that waited for somebody who went away became this one."""
        return any(
            other.passed_to == row.recipient and told_of(other)[0] == told_of(row)[0] for other in self.rows
        )

    def _explanations(self, row: Notice) -> list[Notice]:
        """Return what the rules asked of its recipient about when it was claimed, by the version it names.

        Who claims takes the moment first and reads afterwards; who records does so too: either may have
        overtaken the other by as long as one of them takes.
        """
        at, slack, asked = row.created_at, self.patience.slack, self.asked
        return [
            notice
            for piece in self.pieces
            if piece.asking is not None and piece.version == row.sla_version
            if piece.begin <= at + slack and piece.end > at - slack
            for notice in piece.asking.ask(
                asked.claimed_before(at, piece.asking.clock.epoch),
                now=at,
                until=asked.asked_before(at, piece.asking),
            ).notices
            if told_of(notice) == told_of(row)
        ]

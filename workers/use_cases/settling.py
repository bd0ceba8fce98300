"""Settling: what became of letters is written soon after they were sent, several at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

from workers.use_cases.letting_go import let_go

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from workers.store.fates import Fate
    from workers.store.unit_of_work import Store

UNSETTLED: Final = timedelta(seconds=0.25)
"""How long a letter that was sent may wait to be settled: a sender killed in this time sends it twice."""


@dataclass(slots=True, kw_only=True)
class Delivered:
    """Count how the notices of a batch went; `errors` maps ids to reasons, in which no addresses stand.

    `failed` counts those to be tried again, perhaps by another way; `cancelled` notices that had
    nothing true to say any more, or not to their recipients.
    """

    sent: int = 0
    failed: int = 0
    dead: int = 0
    cancelled: int = 0
    errors: dict[int, str] = field(default_factory=dict)

    def count(self, fate: Fate) -> None:
        """Add one."""
        setattr(self, fate.state, getattr(self, fate.state) + 1)
        if fate.reason is not None:
            self.errors[fate.id] = fate.reason


class Settling:
    """Take the fates of letters and write them; leaving it writes the rest, whatever happened inside."""

    def __init__(
        self, store: Store, office: str, result: Delivered, *, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._office, self._result, self._clock = store, office, result, clock
        self._fates: list[Fate] = []
        self._since = clock()

    def add(self, fates: Sequence[Fate]) -> None:
        """Take the fates of a letter; write them with those before if the first has waited long enough."""
        self._fates += fates
        if self._clock() - self._since >= UNSETTLED:
            self._settle()

    def _settle(self) -> None:
        gone = [fate for fate in self._fates if fate.state == "cancelled"]
        fates = [fate for fate in self._fates if fate.state != "cancelled"]
        self._leave_behind(fates)
        for fate in self._write(fates) if fates else ():
            self._write([fate])
        self._let_go(gone)
        for fate in self._fates:
            self._result.count(fate)
        self._fates, self._since = [], self._clock()

    def _leave_behind(self, fates: Sequence[Fate]) -> None:
        """Free what such a letter went without, each by itself: two would wait in a circle for who closes."""
        again = [fate for fate in fates if fate.state == "sent" and fate.shared and fate.attempts > 1]
        if not again:
            return
        with self._store.begin(self._office) as work:
            left = work.fates.left_behind(again)
        for one in left:
            with self._store.begin(self._office) as work:
                work.fates.take_out(one)
                work.commit()

    def _let_go(self, gone: Sequence[Fate]) -> None:
        if gone:
            with self._store.begin(self._office) as work:
                let_go(gone, work, now=self._clock())
                work.commit()

    def _write(self, fates: Sequence[Fate]) -> list[Fate]:
        with self._store.begin(self._office) as work:
            busy = work.fates.settle(fates)
            work.commit()
        return busy

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._settle()

"""Sweeping: find by state what has come due, and hand it out in batches; a lost batch is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from workers.use_cases.signs import SWEEP_DOSSIERS, SWEEP_NOTICES, Run, note_run, untimed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, timedelta

    from workers.store.unit_of_work import Store

DOSSIERS_A_TASK: Final = 100
NOTICES_A_TASK: Final = 50
MOST_A_SWEEP: Final = 20_000
"""What one sweep hands out at most; the rest is found by the next one."""

T = TypeVar("T")


def sweep_dossiers(
    store: Store,
    office: str,
    *,
    now: datetime,
    lease: timedelta,
    took: Callable[[], float] = untimed,
    limit: int = MOST_A_SWEEP,
) -> list[str]:
    """Return the dossiers that have come due and note that a sweep has run, even when there are none.

    Each is put off until `now + lease`; whoever acts on it moves it on. "Nothing was due" and "nothing ran"
    are told apart by the heartbeat, with its counts; `took` tells the seconds since the sweep began.
    """
    with store.begin(office) as work:
        codes = work.clocks.take_due(now=now, until=now + lease, limit=limit)
        left = work.clocks.count_waiting(now=now) if len(codes) == limit else 0
        note_run(work, SWEEP_DOSSIERS, _swept(len(codes), left, took()), now=now)
        work.commit()
    return codes


def sweep_notices(
    store: Store,
    office: str,
    *,
    now: datetime,
    lease: timedelta,
    took: Callable[[], float] = untimed,
    limit: int = MOST_A_SWEEP,
) -> list[int]:
    """Return the notices whose moment has come: those that waited, failed, or whose sender was killed."""
    with store.begin(office) as work:
        ids = work.outbox.take_due(now=now, until=now + lease, limit=limit)
        left = work.outbox.count_waiting(now=now) if len(ids) == limit else 0
        note_run(work, SWEEP_NOTICES, _swept(len(ids), left, took()), now=now)
        work.commit()
    return ids


def _swept(found: int, left: int, seconds: float) -> Run:
    return Run(seen=found, due=found + left, claimed=found, truncated=left > 0, seconds=round(seconds, 3))


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])

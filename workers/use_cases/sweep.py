"""Sweeping: find by state what has come due, and hand it out in batches; a lost batch is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, timedelta

    from workers.store.unit_of_work import Store

DOSSIERS_A_TASK: Final = 100
NOTICES_A_TASK: Final = 50
MOST_A_SWEEP: Final = 20_000
"""What one sweep hands out at most; the rest is found by the next one."""

T = TypeVar("T")


def sweep_dossiers(store: Store, office: str, *, now: datetime, lease: timedelta) -> list[str]:
    """Return the dossiers that have come due and note that a sweep has run, even when there are none.

    Each is put off until `now + lease`; whoever acts on it moves it on. "Nothing was due" and "nothing ran"
    are told apart by the heartbeat.
    """
    with store.begin(office) as work:
        codes = work.clocks.take_due(now=now, until=now + lease, limit=MOST_A_SWEEP)
        work.journal.beat("sweep_dossiers", now=now, found=len(codes), truncated=len(codes) == MOST_A_SWEEP)
        work.commit()
    return codes


def sweep_notices(store: Store, office: str, *, now: datetime, lease: timedelta) -> list[int]:
    """Return the notices whose moment has come: those that waited, failed, or whose sender was killed."""
    with store.begin(office) as work:
        ids = work.outbox.take_due(now=now, until=now + lease, limit=MOST_A_SWEEP)
        work.journal.beat("sweep_notices", now=now, found=len(ids), truncated=len(ids) == MOST_A_SWEEP)
        work.commit()
    return ids


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])

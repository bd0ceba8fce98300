"""The daily anchor: one hash for what a day left behind, so that the past cannot be rewritten unseen."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from domain.anchor import Anchor, Running
from domain.hash_chain import NO_HASH, bind
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.hash_chain import Link
    from workers.store.unit_of_work import Store, UnitOfWork

ANCHORED: Final = "anchor"
"""The sign of life that remembers the last anchor, so that one taken away is missed."""
MOST_EVENTS: Final = 200_000
"""How many events one anchor covers at most: an old office is anchored in several, each in seconds."""


def anchor_day(store: Store, office_code: str, *, now: datetime, most: int = MOST_EVENTS) -> Anchor | None:
    """Make the anchor of the local day that is over, once a day; None where there is nothing to do.

    It covers what was recorded since the anchor before. While events are being recorded, or where somebody
    else makes it at the same time, the next call makes it. With the day anchored it costs a look.
    """
    with store.read(office_code) as work:
        local, last = active_office(work).calendar.local, work.anchors.last()
    is_done = last is not None and last.events < most
    if last is not None and is_done and local(last.made_at).date() >= local(now).date():
        return None
    return anchor_now(store, office_code, now=now, most=most)


def anchor_now(store: Store, office_code: str, *, now: datetime, most: int = MOST_EVENTS) -> Anchor | None:
    """Make an anchor of what there is, whatever the hour; None while events are being recorded."""
    with store.begin(office_code) as work:
        last_id = work.events.last_id()
    if last_id is None:
        return None
    with store.read(office_code) as work:
        made = _made(work, last_id, most, now)
    with store.begin(office_code) as work:
        anchor = work.anchors.append(made)
        if anchor is not None:
            work.journal.beat(ANCHORED, now=now, number=anchor.number, hash=anchor.hash)
            work.commit()
    return anchor


def _made(work: UnitOfWork, last_id: int, most: int, now: datetime) -> Anchor:
    last, seal = work.anchors.last(), work.seals.last()
    tasks, treatments = work.reform.register.head(), work.nonconformities.register.head()
    running, end = Running(), last.last_id if last else 0
    for event in islice(work.ledger.recorded(after=end, until=last_id), most):
        running.add(event)
        end = int(event.id)
    versions, versions_hash = bound_versions(work.ledger.versions())
    return Anchor(
        number=last.number + 1 if last else 1,
        day=active_office(work).calendar.local(now).date() - timedelta(days=1),
        made_at=now,
        last_id=end if running.events == most else last_id,
        events=running.events,
        running=running.running,
        total=running.total,
        seals=seal.number if seal else 0,
        seals_hash=seal.hash if seal else NO_HASH,
        versions=versions,
        versions_hash=versions_hash,
        tasks=tasks.number,
        tasks_hash=tasks.hash,
        treatments=treatments.number,
        treatments_hash=treatments.hash,
    )


def bound_versions(versions: Iterable[Link]) -> tuple[int, str]:
    """Return the number of the last configuration and the hash of all up to it."""
    number, previous = 0, NO_HASH
    for link in versions:
        number, previous = link.number, bind(previous, link.texts)
    return number, previous

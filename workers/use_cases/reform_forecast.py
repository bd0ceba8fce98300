"""Which notices of tasks of the plan and of corrective actions would go out in the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.use_cases.asking import latest_asked
from workers.use_cases.at_hand import at_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.rung_terms import Key
    from workers.store.notices import Claim
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.at_hand import MatterAsking
    from workers.use_cases.forecast import Message, Window
    from workers.use_cases.office import Office


def matters_ahead(
    work: UnitOfWork, before: Office, after: Office, window: Window
) -> Iterator[tuple[str, frozenset[Message], frozenset[Message]]]:
    """Yield each matter with what would be told of it under one configuration and under another."""
    was, will = (at_hand(work, office, now=window.now) for office in (before, after))
    claims = work.notices.claims(list({**was, **will}))
    for code in {**was, **will}:
        mine = claims.get(code, ())
        before_it, after_it = (
            frozenset(_messages(matters.get(code), mine, window)) for matters in (was, will)
        )
        yield code, before_it, after_it


def _messages(matter: MatterAsking | None, claims: Sequence[Claim], window: Window) -> Iterator[Message]:
    """Yield what waits already and what would be claimed, as if nothing else happened."""
    if matter is None:
        return
    mine = [claim for claim in claims if claim.epoch == matter.subject.epoch]
    yield from ((one.step, one.rung, one.recipient, one.kind) for one in mine if one.is_unsent)
    known: set[tuple[str, str]] = {(one.rung, one.recipient) for one in mine}
    told: set[Key] = {(one.step, one.rung) for one in mine}
    until: Mapping[Key, datetime] = _asked(mine)
    at: datetime | None = window.now
    while at is not None and at <= window.until:
        asked = matter.ask(told, now=at, until=until)
        new = {(notice.step, notice.rung) for notice in asked.notices} - told
        for notice in asked.notices:
            if (notice.rung, notice.recipient) not in known and notice.state == "planned":
                yield notice.step, notice.rung, notice.recipient, notice.kind
            known.add((notice.rung, notice.recipient))
        until = {**until, **latest_asked(asked.notices, new)}
        told, at = told | new, asked.next_at


def _asked(claims: Sequence[Claim]) -> dict[Key, datetime]:
    """Return until when the last of those told of a rung was asked to answer, as a tick reads it."""
    found: dict[Key, datetime] = {}
    for claim in claims:
        key = (claim.step, claim.rung)
        if claim.asked_until is not None and claim.state not in ("covered", "cancelled"):
            found[key] = max(claim.asked_until, found.get(key, claim.asked_until))
    return found

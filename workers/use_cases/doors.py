"""What the doors for messages share: which office one is for, and how one that was refused is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Final

from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from domain.errors import DomainError
    from workers.store.unit_of_work import Store, UnitOfWork

_LONGEST_OFFICE: Final = 64
"""The width of the column."""
_LONGEST: Final = 20_000
_LONGEST_REASON: Final = 1_000


def office_meant(office: object, offices: Sequence[str]) -> object:
    """Return the office a message names, whatever that is; of one that names none, the only one there is."""
    if office is not None and office != "":
        return office
    return offices[0] if len(offices) == 1 else ""


def keep_refused(store: Store, office: object, said: object, error: DomainError, *, now: datetime) -> None:
    """Keep a message among the dead letters, with the sentence that refused it."""
    text = json.dumps(said, ensure_ascii=True, default=str, skipkeys=True)[:_LONGEST]
    key = str(said.get("key", "")) if isinstance(said, Mapping) else ""
    with store.begin(fit(office)) as work:
        message = error.said(zone_of(work))[:_LONGEST_REASON]
        work.journal.refuse(key=key, payload=text, error=error.code, message=message, now=now)
        work.commit()


def fit(office: object) -> str:
    """Return the name of an office as it can be stored, whatever a message calls it: its refusal is kept."""
    return "".join(c if c.isprintable() else "?" for c in str(office))[:_LONGEST_OFFICE]


def zone_of(work: UnitOfWork) -> tzinfo:
    """Return the zone of an office; of one that nobody knows, UTC."""
    try:
        return active_office(work).sla.zone
    except LookupError:  # a message for an office nobody knows is kept as well
        return UTC

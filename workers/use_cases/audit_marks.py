"""The events an inspector should look at: dated back, too late, asked twice, without their law."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.basis import MARKS
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from datetime import datetime

    from workers.store.events import Entry
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksAudit:
    """Hold how many events bear each mark, how many there are, and the first ones of them."""

    office: Office
    counts: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many events bear a mark; one event may bear several."""
        return self.counts["events"]


def audit_marks(
    store: Store, office_code: str, *, limit: int, begin: datetime | None = None, end: datetime | None = None
) -> MarksAudit:
    """Find the marked events recorded in [begin, end), None being open; the first `limit` are kept."""
    with store.read(office_code) as work:
        found = MarksAudit(office=active_office(work))
        for entry in work.events.marked(MARKS, begin=begin, end=end):
            found.counts.update(["events", *(mark for mark in MARKS if mark in entry.event.data)])
            if len(found.entries) < limit:
                found.entries.append(entry)
    return found

"""What an inspector should look at: events dated back, too late or without their law; apologies missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.apology import is_missed, last_chance
from domain.basis import MARKS
from workers.use_cases.office import active_office
from workers.use_cases.standing import deadline_of
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.deadline import Deadline
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

_AT_ONCE: Final = 500


class Missed(NamedTuple):
    """Name an open dossier whose apology was missed, its lawful due date and until when it was lawful."""

    stored: Stored
    deadline: Deadline
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksAudit:
    """Hold how many events bear each mark, how many there are, and the first ones of them.

    `missed` are the open dossiers that are overdue without an apology while the law allowed one (Decree
    61/2018 art. 19.9); once they have a result, that event bears the mark.
    """

    office: Office
    counts: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many events bear a mark; one event may bear several."""
        return self.counts["events"]


def audit_marks(
    store: Store,
    office_code: str,
    *,
    limit: int,
    now: datetime,
    begin: datetime | None = None,
    end: datetime | None = None,
) -> MarksAudit:
    """Find the marked events recorded in [begin, end), None being open; the first `limit` are kept.

    Of the open dossiers at `now`, those whose last chance of an apology passed in that time.
    """
    with store.read(office_code) as work:
        found = MarksAudit(office=active_office(work))
        for entry in work.events.marked(MARKS, begin=begin, end=end):
            found.counts.update(["events", *(mark for mark in MARKS if mark in entry.event.data)])
            if len(found.entries) < limit:
                found.entries.append(entry)
        for missed in _missed(work, found.office, now):
            if (begin is None or missed.until >= begin) and (end is None or missed.until < end):
                found.missed.append(missed)
    return found


def _missed(work: UnitOfWork, office: Office, now: datetime) -> Iterator[Missed]:
    clocks = work.clocks.unapologised(now=now)
    for batch in batches(clocks, _AT_ONCE):
        stored = work.dossiers.load([clock.code for clock in batch])
        for clock in batch:
            found = stored[clock.code]
            deadline, calendar = deadline_of(found, office, clock), office.terms(found).calendar
            if deadline is not None and is_missed(found.dossier, deadline, calendar, now=now):
                yield Missed(found, deadline, last_chance(deadline, found.dossier, calendar))

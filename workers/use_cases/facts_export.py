"""Facts as rows for other programs: half months by their first local day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers.reports.facts_file import Row
    from workers.store.facts import Fact
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


def rows_of(store: Store, office: Office) -> list[Row]:
    """Return all facts as they were last refreshed, in the order of their half months."""
    with store.read(office.sla.code) as work:
        return [row_of(fact, office) for fact in work.facts.between()]


def row_of(fact: Fact, office: Office) -> Row:
    """Return a fact as a row of a file."""
    closed, received = (office.calendar.local(at).date().isoformat() for at in fact[:2])
    return closed, received, fact.unit, fact.channel, fact.outcome, fact.timing, fact.number

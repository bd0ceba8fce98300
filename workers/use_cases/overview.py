"""The office at a glance: what is due and overdue, what waits to be told, whether the machinery lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.on_time_rate import Counts
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from datetime import datetime

    from workers.store.journal import Heartbeat
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office

LISTED = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Hold what the office should know at seven in the morning.

    `due` lists (code, unit, due_at), overdue first, up to the end of the next working day. `notices` counts
    by (role, kind, state).
    """

    office: Office
    clocks: dict[str, int]
    dossiers: int
    due: list[tuple[str, str, datetime]]
    notices: list[tuple[str, str, str, int]]
    oldest_undelivered: datetime | None
    heartbeats: dict[str, Heartbeat]
    last_import: tuple[str, datetime, dict[str, int]] | None
    dead_letters: int


def overview(store: Store, office_code: str, *, now: datetime) -> Overview:
    """Return the office at a glance."""
    with store.read(office_code) as work:
        office = active_office(work)
        calendar = office.calendar
        tomorrow = calendar.add_days(calendar.local(now).date(), 1)
        until = calendar.opening_of(tomorrow) + timedelta(days=1)
        soon = work.clocks.upcoming(until=until, limit=LISTED)
        stored = work.dossiers.load([clock.code for clock in soon])
        due: list[tuple[str, str, Any]] = [(c.code, stored[c.code].dossier.unit, c.due_at) for c in soon]
        return Overview(
            office=office,
            clocks=work.clocks.summary(now=now),
            dossiers=work.dossiers.count(),
            due=due,
            notices=work.notices.summary(),
            oldest_undelivered=work.notices.oldest_undelivered(now=now),
            heartbeats=work.journal.heartbeats(),
            last_import=work.journal.last_import(),
            dead_letters=work.journal.count_dead_letters(),
        )


def counts_by_unit(
    store: Store,
    office_code: str,
    *,
    now: datetime,
    begin: datetime | None = None,
    end: datetime | None = None,
) -> tuple[Office, list[tuple[str, Counts]]]:
    """Return the office and (unit name, counts) of every unit for the dossiers received in [begin, end)."""
    with store.read(office_code) as work:
        office = active_office(work)
        counts = work.counts.by_unit(now=now, begin=begin, end=end)
    names = {unit.code: unit.name for unit in office.sla.lines.units.values()}
    known = [(names[code], counts.get(code, Counts())) for code in names]
    gone = [(code, found) for code, found in sorted(counts.items()) if code not in names]
    return office, known + gone

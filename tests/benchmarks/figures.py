"""Form II.06a of a period, among many years of dossiers, against a bare grouping that reads them all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from domain.on_time_rate import Counts
from tests.benchmarks.importing import OFFICE
from tests.benchmarks.keeping_facts import from_facts, kept_up
from tests.benchmarks.many_dossiers import MONTHS, NOW, fill
from tests.benchmarks.measure import Result, medians
from tests.databases import connect
from workers.store.unit_of_work import Store
from workers.use_cases.as_of import Frame
from workers.use_cases.form_06a import fill_06a

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from tests.databases import PostgresServer
    from workers.use_cases.office import Office

_ROUNDS: Final = 3
_MONTH: Final = Frame(as_of=NOW, begin=NOW - timedelta(days=30), end=NOW)
# The least that tells what the form asks: which stand, from before or not, by procedure and channel.
_BARE: Final = """
SELECT procedure, procedure_version, d.sla_version, channel, outcome, timing, accepted_at < %(begin)s,
    due_at <= %(at)s, stopped_since < due_at, count(*)
FROM dossiers d LEFT JOIN clocks c ON c.office = d.office AND c.code = d.code
WHERE d.office = %(office)s AND accepted_at < %(until)s AND last_at < %(until)s
    AND (finished_at IS NULL OR finished_at >= %(begin)s)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"""
_VALUES: Final = {"office": OFFICE, "begin": _MONTH.begin, "at": _MONTH.at, "until": _MONTH.until}


def run(server: PostgresServer, closed: int) -> Iterator[Result]:
    """Compare on PostgreSQL; the bare one is kept from the indexes, as whoever has none scans."""
    url = server.database()
    office = fill(url, closed)
    store = Store(url)
    with connect(url) as connection:
        connection.execute(b"SET enable_indexscan = off")
        connection.execute(b"SET enable_bitmapscan = off")
        connection.execute(b"SET enable_indexonlyscan = off")
        ours, bare = medians(_ROUNDS, lambda: _form(store, office), lambda: _grouped(connection))
        if _form(store, office) != _grouped(connection):
            raise AssertionError("the form and the bare grouping count different dossiers")
        yield Result(f"form II.06a of a month, {closed} closed", "a scanning GROUP BY", ours, bare, most=0.7)
        yield from from_facts(store, office, connection)
        yield from kept_up(store, office, connection, new=closed // MONTHS)
    store.dispose()
    server.drop(url)


def _form(store: Store, office: Office) -> int:
    with store.read(OFFICE) as work:
        filled = fill_06a(work, office, _MONTH, office.sla.stands)
    if filled.counts == Counts():
        raise AssertionError("the month has no dossier; the comparison means nothing")
    return sum(cells[3] for cells in filled.cells.values())


def _grouped(connection: psycopg.Connection[Any]) -> int:
    return sum(row[-1] for row in connection.execute(_BARE.encode(), _VALUES))

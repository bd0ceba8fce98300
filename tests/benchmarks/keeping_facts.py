"""Results by unit and channel from facts against a scan; keeping facts up against one upsert a closing."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from tests.benchmarks.importing import OFFICE
from tests.benchmarks.many_dossiers import NOW
from tests.benchmarks.measure import Result, medians
from workers.use_cases.as_of import Frame
from workers.use_cases.facts import answers, refresh, results

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office

_ROUNDS: Final = 3
# The year 2018 of the office, half a year and more before the last result.
_YEAR: Final = (datetime(2017, 12, 31, 17, tzinfo=UTC), datetime(2018, 12, 31, 17, tzinfo=UTC))
_SCAN: Final = """
SELECT unit, channel, count(*) FILTER (WHERE timing = 'early'), count(*) FILTER (WHERE timing = 'on_time'),
    count(*) FILTER (WHERE timing = 'late'), count(*) FILTER (WHERE accepted_at < %(begin)s)
FROM dossiers
WHERE office = %(office)s AND finished_at >= %(begin)s AND finished_at < %(end)s
GROUP BY 1, 2"""
_NEW: Final = """
SELECT e.office, date_trunc('month', finished_at), date_trunc('month', d.accepted_at), unit, channel, outcome,
    timing
FROM dossier_events e JOIN dossiers d ON d.office = e.office AND d.code = e.code
WHERE e.id > %(after)s AND kind = 'finished'"""
_UPSERT: Final = """
INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s, %s, 1)
ON CONFLICT (office, closed_in, received_in, unit, channel, outcome, timing)
DO UPDATE SET number = bare.number + 1"""


def from_facts(store: Store, office: Office, connection: psycopg.Connection[Any]) -> Iterator[Result]:
    """Compare a year by unit and channel; both must say the same of every cell."""
    if refresh(store, office, now=NOW) is None:
        raise AssertionError("somebody writes to the office; nothing can be compared")
    frame = Frame(as_of=NOW, begin=_YEAR[0], end=_YEAR[1])
    values = {"office": OFFICE, "begin": frame.begin, "end": frame.end}
    if not answers(office, frame):
        raise AssertionError("facts do not answer this period; nothing can be compared")
    ours, bare = medians(
        _ROUNDS,
        lambda: results(store, office, frame),
        lambda: connection.execute(_SCAN.encode(), values).fetchall(),
    )
    found = results(store, office, frame).items()
    said = {key: (one.early, one.on_time, one.late, one.carried_in) for key, one in found}
    scanned = {row[:2]: row[2:] for row in connection.execute(_SCAN.encode(), values)}
    if not said or said != scanned:
        raise AssertionError("facts and scan differ")
    yield Result("a year by unit and channel, from facts", "a scanning GROUP BY", ours, bare, most=0.05)


def kept_up(store: Store, office: Office, connection: psycopg.Connection[Any], new: int) -> Iterator[Result]:
    """Compare a refresh by the last results with an upsert for each, by the driver, in one transaction."""
    after = _last(connection) - new
    with store.begin(OFFICE) as work:
        work.journal.beat("facts", now=NOW, last_event=after)
        work.commit()
    started = time.perf_counter()
    done = refresh(store, office, now=NOW)
    ours = time.perf_counter() - started
    connection.execute(b"CREATE UNLOGGED TABLE bare (LIKE on_time_facts INCLUDING ALL)")
    rows = connection.execute(_NEW.encode(), {"after": after}).fetchall()
    if done is None or done.results != len(rows) or not rows:
        raise AssertionError("the refresh and the upserts count different results")
    started = time.perf_counter()
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(_UPSERT.encode(), rows)
    bare = time.perf_counter() - started
    yield Result(f"facts kept up by {len(rows)} results", "one upsert a result", ours, bare, most=0.1)


def _last(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute(b"SELECT max(id) FROM dossier_events").fetchone()
    return int(row[0]) if row else 0

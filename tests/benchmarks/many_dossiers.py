"""An office of many closed dossiers and one open for twenty of them, written by the database itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from config.sla import SAMPLE, read_folder
from tests.benchmarks.importing import OFFICE, PROCEDURES
from tests.databases import connect
from workers.store.unit_of_work import Store
from workers.use_cases.office import load_office, record_configuration

if TYPE_CHECKING:
    from workers.use_cases.office import Office

NOW: Final = datetime(2019, 12, 1, tzinfo=UTC)
"""When the last of them was received; the first came eight years before."""
_DAYS: Final = 8 * 365
MONTHS: Final = 8 * 12
_OPEN: Final = 20

# A closed one took one to thirty days; of those still open half were received in the last month.
_ROWS: Final = """
SELECT n, '000.00.00.H01-' || lpad(n::text, 10, '0') AS code, n > {closed} AS is_open,
    (ARRAY[{procedures}])[1 + n %% {kinds}] AS procedure, 'u' || n * 7 %% 12 AS unit,
    (ARRAY['direct', 'online', 'post'])[1 + n / 3 %% 3] AS channel,
    CASE WHEN n > {closed} THEN %(now)s::timestamptz - make_interval(secs => 600 + n %% 5000000)
         ELSE %(now)s::timestamptz - make_interval(days => 31)
            - make_interval(secs => {days} * 86400.0 * ({closed} - n) / {closed}) END AS accepted_at,
    make_interval(secs => 86400 + n::bigint * 7919 %% 2505600) AS took
FROM generate_series(1, {number}) AS n"""
_DOSSIERS: Final = """
INSERT INTO dossiers (office, code, procedure, procedure_version, unit, officer, channel, accepted_at,
    counting_from, pauses, restarts, supplements, last_at, finished_at, outcome, due_judged, timing,
    sla_version, digest, last_seq, last_hash)
SELECT %(office)s, code, procedure, (%(versions)s::jsonb) ->> procedure, unit, unit || '.' || n %% 9, channel,
    accepted_at, accepted_at, '[]', false, 0, CASE WHEN is_open THEN accepted_at ELSE accepted_at + took END,
    CASE WHEN NOT is_open THEN accepted_at + took END, CASE WHEN NOT is_open THEN 'finished' END,
    CASE WHEN NOT is_open THEN accepted_at + interval '20 days' END,
    CASE WHEN is_open THEN NULL WHEN took >= interval '20 days' THEN 'late'
         WHEN took >= interval '19 days' THEN 'on_time' ELSE 'early' END,
    1, '', CASE WHEN is_open THEN 1 ELSE 2 END, repeat('0', 64)
FROM ({rows}) AS r"""
_CLOCKS: Final = """
INSERT INTO clocks (office, code, due_at, epoch, provisional, derived_under)
SELECT office, code, accepted_at + interval '20 days', 0, false, 1 FROM dossiers WHERE finished_at IS NULL"""
_EVENTS: Final = """
INSERT INTO dossier_events (office, code, seq, kind, occurred_at, recorded_at, actor, sla_version, data, hash)
SELECT office, code, 1, 'accepted', accepted_at, accepted_at, 'x', 1, '{}', repeat('0', 64) FROM dossiers
UNION ALL
SELECT office, code, 2, outcome, finished_at, finished_at, 'x', 1, '{}', repeat('0', 64)
FROM dossiers WHERE finished_at IS NOT NULL"""


def fill(url: str, closed: int) -> Office:
    """Write the office into an empty database and let PostgreSQL count its rows; return its rules."""
    store = Store(url)
    record_configuration(store, read_folder(SAMPLE), author="benchmark", reason="benchmark", now=NOW)
    office = load_office(store, OFFICE)
    store.dispose()
    names = [code for code, _ in PROCEDURES]
    procedures = ", ".join(f"'{name}'" for name in names)
    number = closed + closed // _OPEN
    rows = _ROWS.format(procedures=procedures, kinds=len(names), days=_DAYS, closed=closed, number=number)
    versions = {name: office.sla.procedures[name][-1].version for name in names}
    with connect(url) as connection:
        values = {"now": NOW, "office": OFFICE, "versions": _json(versions)}
        connection.execute(_DOSSIERS.format(rows=rows).encode(), values)
        for statement in (_CLOCKS, _EVENTS, "VACUUM ANALYZE dossiers, clocks, dossier_events"):
            connection.execute(statement.encode())
    return office


def _json(versions: dict[str, str]) -> str:
    from json import dumps

    return dumps(versions)

"""Open dossiers that follow a new day off, against the barest statements that write the same rows.

Each run is a process of its own, so that its peak of memory is its own. One bare UPDATE of the clocks that
really move keeps no history; what following writes beside them, an event with its hash for each and the end
of its chain, is written barely too, one statement for each table.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from config.sla import SAMPLE, parse, read_folder
from domain.event import Event
from domain.history import replay
from domain.procedure import version_on
from tests.benchmarks.importing import OFFICE, PROCEDURES
from tests.benchmarks.measure import Result
from tests.databases import connect
from workers.store.clocks import Clock
from workers.store.dossiers import Stored
from workers.store.unit_of_work import Store
from workers.store.versions import Said
from workers.use_cases.follow import follow
from workers.use_cases.office import load_office, record_configuration
from workers.use_cases.plan import Planner
from workers.use_cases.standing import planned_rungs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import PostgresServer
    from workers.use_cases.office import Office

_NOW: Final = datetime(2019, 12, 2, 2, tzinfo=UTC)
_DAYS: Final = 8
_BATCH: Final = 10_000
_MOST_MEMORY: Final = 500.0
_BARE_CLOCKS: Final = b"""
UPDATE clocks SET due_at = due_at + interval '1 day', next_action_at = next_action_at + interval '1 day',
    epoch = epoch + 1, derived_under = 2
WHERE office = 'my-xuyen' AND derived_under = 2"""
_BARE_EVENTS: Final = b"""
INSERT INTO dossier_events (office, code, seq, kind, occurred_at, recorded_at, actor, sla_version, data, hash)
SELECT office, code, seq + 1, kind, occurred_at, recorded_at, actor, sla_version, data, hash
FROM dossier_events WHERE office = 'my-xuyen' AND sla_version = 2"""
_BARE_CHAINS: Final = b"""
UPDATE dossiers SET last_seq = last_seq + 1, last_hash = repeat('1', 64), last_at = now()
WHERE office = 'my-xuyen' AND last_seq = 2"""
_FIRST_DAY_OFF: Final = "2019-12-05"
_DAY_OFF: Final = (
    'year = 2019\ndays = [{{ date = {day}, kind = "off", name = "Bão", source = "cv", verified = "yes" }}]\n'
    '[sources]\ncv = "Công văn"\n'
)


def run(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Let dossiers follow a day off in their count, and one behind the count of all of them."""
    url = server.database()
    fill(url, dossiers)
    _add_day_off(url, _FIRST_DAY_OFF)
    plan = _apart(url, "plan")
    moving = _apart(url, "follow")
    _add_day_off(url, "2019-01-02")
    still = _apart(url, "follow")
    clocks, events, chains = (
        _bare(url, statement) for statement in (_BARE_CLOCKS, _BARE_EVENTS, _BARE_CHAINS)
    )
    server.drop(url)
    what, least = (
        f"{moving['moved']} of {dossiers} open dossiers following a day off",
        clocks + events + chains,
    )
    ours = moving["seconds"]
    yield Result(what, "bare statements for the same rows", ours, least, most=2.5)
    yield Result(what, "one bare UPDATE of their clocks", ours, clocks, most=None)
    yield Result(
        "a bare INSERT of their events", "one bare UPDATE of their clocks", events, clocks, most=None
    )
    yield Result(
        "a bare UPDATE of their chains' ends", "one bare UPDATE of their clocks", chains, clocks, most=None
    )
    yield Result("following a day off that moves nothing", what, still["seconds"], ours, most=0.15)
    yield Result("peak memory of following", "500 MB", moving["peak"], _MOST_MEMORY, most=1.0, unit="MB")
    yield Result(f"planning it for {dossiers}", "following it", plan["seconds"], ours, most=None)


def fill(url: str, dossiers: int) -> None:
    """Open dossiers received over the last working days: most of them count over the first days to come."""
    store = Store(url)
    record_configuration(store, read_folder(SAMPLE), author="benchmark", reason="benchmark", now=_NOW)
    office = load_office(store, OFFICE)
    for start in range(0, dossiers, _BATCH):
        part = [_stored(n, dossiers, office) for n in range(start, min(start + _BATCH, dossiers))]
        with store.begin(OFFICE) as work:
            work.dossiers.insert(part)
            work.clocks.insert(_clock(stored, office) for stored in part)
            work.commit()
    store.refresh_statistics()
    store.dispose()


def _stored(n: int, dossiers: int, office: Office) -> Stored:
    procedure, unit = PROCEDURES[n % len(PROCEDURES)]
    accepted = _NOW - timedelta(days=_DAYS * n / dossiers, minutes=5)
    version = version_on(office.sla.procedures[procedure], office.calendar.local(accepted).date())
    if version is None:
        raise AssertionError(f"{procedure} is not in force on {accepted}; the comparison means nothing")
    data = {"procedure": procedure, "procedure_version": version.version, "unit": unit}
    dossier = replay(
        [Event(kind="accepted", occurred_at=accepted, data=data)], code=f"000.00.00.H01-19-{n:07d}"
    )
    return Stored(dossier=dossier, due_original=None, sla_version=1, last_seq=1, last_hash="0" * 64)


def _clock(stored: Stored, office: Office) -> Clock:
    deadline = office.terms(stored).due(stored.dossier)
    due_at = deadline.due_at if deadline else None
    clock = Clock(code=stored.dossier.code, due_at=due_at, next_action_at=None, derived_under=1)
    rungs = planned_rungs(stored, office, clock)
    return replace(clock, next_action_at=rungs[0].at if rungs else None)


def _files(day: str) -> dict[str, str]:
    days = [_FIRST_DAY_OFF] if day == _FIRST_DAY_OFF else [_FIRST_DAY_OFF, day]
    return read_folder(SAMPLE) | {f"calendar/{one}.toml": _DAY_OFF.format(day=one) for one in days}


def _add_day_off(url: str, day: str) -> None:
    store = Store(url)
    record_configuration(store, _files(day), author="benchmark", reason="bão", now=_NOW)
    store.dispose()


def _bare(url: str, statement: bytes) -> float:
    with connect(url) as connection:
        connection.execute(b"VACUUM ANALYZE clocks, dossiers, dossier_events")
        begin = time.perf_counter()
        connection.execute(statement)
        return time.perf_counter() - begin


def _apart(url: str, what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.following", url, what]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def main(url: str, what: str) -> None:
    """Follow, or plan the day off before, in this process and print what it took as JSON."""
    store, moved = Store(url), 0
    begin = time.perf_counter()
    if what == "plan":
        office = load_office(store, OFFICE)
        moved = _planned(store, office)
    else:
        moved = follow(store, OFFICE, clock=lambda: _NOW).moved
    seconds = time.perf_counter() - begin
    store.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "moved": moved, "peak": peak}))


def _planned(store: Store, office: Office) -> int:
    before = office.at(1)
    planner = Planner(
        store=store,
        office=type(office)(sla=before, version=1, followed=1, earlier=office.at),
        sla=parse(_files(_FIRST_DAY_OFF)),
        said=Said(author="benchmark", reason="bão"),
        now=_NOW,
        period=(_NOW - timedelta(days=30), _NOW),
    )
    return planner.plan().moved


if __name__ == "__main__":
    main(*sys.argv[1:])

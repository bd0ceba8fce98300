"""The audit pack of a district's year, and a month as of three months ago, in an office of that year."""

from __future__ import annotations

import csv
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.sla import SAMPLE, read_folder
from domain.period import period_of
from tests.benchmarks.importing import OFFICE, PROCEDURES
from tests.benchmarks.measure import Result, medians
from tests.databases import connect
from workers.store.unit_of_work import Store
from workers.use_cases.as_of import Frame
from workers.use_cases.audit_pack import Asked
from workers.use_cases.figures import figures
from workers.use_cases.import_file import import_file
from workers.use_cases.office import load_office, record_configuration
from workers.use_cases.write_pack import write_audit_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.on_time_rate import Counts
    from tests.databases import PostgresServer
    from workers.use_cases.office import Office

_MOST: Final = 60.0
"""Seconds the pack of a year of 100,000 dossiers may take."""
_YEAR: Final = "2019"
_NOW: Final = datetime(2020, 1, 2, 2, tzinfo=UTC)
_ROUNDS: Final = 3
_MONTHS: Final = (
    (datetime(2019, 8, 31, 17, tzinfo=UTC), datetime(2019, 9, 30, 17, tzinfo=UTC)),
    (datetime(2019, 11, 30, 17, tzinfo=UTC), datetime(2019, 12, 31, 17, tzinfo=UTC)),
)
_HEADS: Final = (
    *("Mã hồ sơ", "Mã thủ tục", "Đơn vị xử lý", "Cán bộ thụ lý", "Hình thức tiếp nhận"),
    *("Ngày tiếp nhận", "Ngày có kết quả", "Ngày trả kết quả", "Trạng thái"),
)
# What a list says was recorded when the list came. Here as if one had come within two hours, so that a
# moment of the past knows what had happened by then; nothing that is measured reads the hashes.
_AS_IT_HAPPENED: Final = """
ALTER TABLE dossier_events DISABLE TRIGGER USER;
UPDATE dossier_events SET recorded_at = coalesce(occurred_at, recorded_at) + interval '2 hours';
ALTER TABLE dossier_events ENABLE TRIGGER USER;
VACUUM ANALYZE"""


def run(server: PostgresServer, dossiers: int) -> Iterator[Result]:
    """Measure on PostgreSQL, in an office that took its dossiers in by lists."""
    url = server.database()
    store = Store(url)
    with tempfile.TemporaryDirectory(prefix="dunghan-bench-") as name:
        office = _fill(store, url, Path(name), dossiers)
        yield _pack(store, office, Path(name), dossiers)
    yield _month(store, office, dossiers)
    store.dispose()
    server.drop(url)


def _pack(store: Store, office: Office, folder: Path, dossiers: int) -> Result:
    asked = Asked(period=period_of(_YEAR), as_of=_NOW, known=None, seed=_YEAR)
    started = time.perf_counter()
    made = write_audit_pack(store, office, asked, folder / "pack")
    ours = time.perf_counter() - started
    if made.sample.population != dossiers:
        raise AssertionError(f"the pack is of {made.sample.population} dossiers; it means nothing")
    what = f"the audit pack of a year of {dossiers} dossiers"
    return Result(what, f"{_MOST:g} s", ours, _MOST, most=1.0)


def _month(store: Store, office: Office, dossiers: int) -> Result:
    """Compare September as it was known when it ended with December, to which hardly anything was added."""
    then, last = (_frame(first, end) for first, end in _MONTHS)
    ours, bare = medians(
        _ROUNDS, lambda: _counted(store, office, then), lambda: _counted(store, office, last)
    )
    what = f"a month as known three months ago, {dossiers} dossiers"
    return Result(what, "the month that has just ended", ours, bare, most=None)


def _frame(first: datetime, end: datetime) -> Frame:
    return Frame(as_of=end, begin=first, end=end, known=end)


def _counted(store: Store, office: Office, frame: Frame) -> Counts:
    total = figures(store, office, frame, ("unit",)).total
    if not total.resolved:
        raise AssertionError("the month has no result; the comparison means nothing")
    return total


def _fill(store: Store, url: str, folder: Path, dossiers: int) -> Office:
    record_configuration(store, read_folder(SAMPLE), author="benchmark", reason="benchmark", now=_NOW)
    path = _write_list(folder / "list.csv", dossiers)
    made = import_file(store, OFFICE, path, rejects=folder / "rejects.csv", actor="benchmark", now=_NOW)
    counts = made.report.counts()
    if counts["accepted"] != dossiers:
        raise AssertionError(f"the list was not taken in: {counts}")
    with connect(url) as connection:
        for statement in _AS_IT_HAPPENED.strip().split(";"):
            connection.execute(statement.encode())
    return load_office(store, OFFICE)


def _write_list(path: Path, dossiers: int) -> Path:
    """Write every dossier of the year: of a hundred four are late; the last ones have no result yet."""
    first, last = datetime(2019, 1, 1, 7, 30), datetime(2020, 1, 2)  # noqa: DTZ001 - local, as a list shows it
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_HEADS)
        for n in range(dossiers):
            procedure, unit = PROCEDURES[n % len(PROCEDURES)]
            accepted = first + timedelta(days=n * 364 // dossiers, minutes=n % 450)
            finished = accepted + timedelta(days=40 if n % 25 == 0 else 1 + n % 9, minutes=n % 60)
            dates = (accepted, finished, finished + timedelta(days=1 + n % 5))
            said = [f"{date:%d/%m/%Y %H:%M}" if date < last else "" for date in dates]
            status = "Đã trả kết quả" if said[2] else "Đã xử lý xong" if said[1] else "Đang xử lý"
            officer, channel = f"{unit}.chuyen-vien-{1 + n % 2}", ("Trực tiếp", "Trực tuyến")[n % 2]
            code = f"000.00.00.H01-19-{n:07d}"
            writer.writerow((code, procedure, unit, officer, channel, *said, status))
    return path

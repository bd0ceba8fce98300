"""A list of a hundred thousand dossiers through the import, against a staged COPY and INSERT … SELECT."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from config.sla import SAMPLE, read_folder
from tests.benchmarks.measure import Result
from tests.databases import connect
from workers.store.unit_of_work import Store
from workers.use_cases.office import record_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from tests.databases import PostgresServer

OFFICE: Final = "my-xuyen"
NOW: Final = datetime(2019, 12, 2, 2, tzinfo=UTC)
_ROUNDS: Final = 5
_FEW: Final = 10_000
_TABLES: Final = ("dossier_events", "dossiers", "clocks", "notices")
_HEADS: Final = (
    "Mã hồ sơ",
    "Mã thủ tục",
    "Đơn vị xử lý",
    "Cán bộ thụ lý",
    "Hình thức tiếp nhận",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Ngày trả kết quả",
    "Trạng thái",
)
# Procedures of the sample office, with their units: limits in working days, calendar days and months.
PROCEDURES: Final = (("2.000620", "kt-ht"), ("2.000806", "tu-phap"), ("x.my-xuyen.0003", "tnmt"))


def run(server: PostgresServer, folder: Path, rows: int) -> Iterator[Result]:
    """Import into an empty database, then again, then with the bare statements into another empty one."""
    path = write_list(folder / "list.csv", rows)
    ours, bare, peaks = [], [], []
    for _ in range(_ROUNDS):
        url = _office(server)
        found = _import(url, path)
        ours.append(found["seconds"])
        peaks.append(found["peak"])
        counts = _counts(url)
        marks = _marks(url)
        again = _import(url, path)
        if _marks(url) != marks or again["counts"]["unchanged"] != rows:
            raise AssertionError(f"the second import changed something: {again['counts']}")
        server.drop(url)
        url = _office(server)
        bare.append(_stage(url, path))
        if _counts(url) != counts:
            raise AssertionError(f"the bare statements wrote {_counts(url)}, the import {counts}")
        server.drop(url)
    few = _import(_office(server), write_list(folder / "few.csv", _FEW))["peak"]
    name = f"import of {rows} rows ({counts['dossier_events']} events)"
    yield Result(name, "staged COPY + INSERT … SELECT", median(ours), median(bare), most=4.0)
    yield Result("the same file again", "the first import", again["seconds"], median(ours), most=None)
    yield Result(f"peak memory, {rows} rows", f"{_FEW} rows", median(peaks), few, most=1.25, unit="MB")


def write_list(path: Path, rows: int) -> Path:
    """Write a list of dossiers received over ten months, two thirds of them finished."""
    first = datetime(2019, 1, 2, 7, 30)  # noqa: DTZ001 - a local wall clock, as the list shows it
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_HEADS)
        for n in range(rows):
            procedure, unit = PROCEDURES[n % len(PROCEDURES)]
            accepted = first + timedelta(days=n * 300 // rows, minutes=n % 450)
            finished = accepted + timedelta(days=5 + n % 11, minutes=n % 60)
            done = n % 3 != 0
            writer.writerow(
                (
                    f"000.00.00.H01-19-{n:07d}",
                    procedure,
                    unit,
                    f"{unit}.chuyen-vien-{1 + n % 2}",
                    ("Trực tiếp", "Trực tuyến")[n % 2],
                    f"{accepted:%d/%m/%Y %H:%M}",
                    f"{accepted + timedelta(days=14):%d/%m/%Y}",
                    f"{finished:%d/%m/%Y %H:%M}" if done else "",
                    "",
                    "Đã xử lý xong" if done else "Đang xử lý",
                )
            )
    return path


def _office(server: PostgresServer) -> str:
    url = server.database()
    store = Store(url)
    record_configuration(store, read_folder(SAMPLE), author="benchmark", reason="benchmark", now=NOW)
    store.dispose()
    return url


def _import(url: str, path: Path) -> dict[str, Any]:
    # In a process of its own: the peak of its memory is then that of one import.
    command = [sys.executable, "-m", "tests.benchmarks.one_import", url, str(path)]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _counts(url: str) -> dict[str, int]:
    with connect(url) as connection:
        return {table: _number(connection, f"SELECT count(*) FROM {table}") for table in _TABLES}  # noqa: S608 - our own names


def _marks(url: str) -> dict[str, tuple[int, int]]:
    """Return for each table how many row versions there are and which transaction wrote the newest."""
    with connect(url) as connection:
        return {
            table: (
                _number(connection, f"SELECT count(*) FROM {table}"),  # noqa: S608 - our own names
                _number(connection, f"SELECT coalesce(max(xmin::text::bigint), 0) FROM {table}"),  # noqa: S608
            )
            for table in _TABLES
        }


def _number(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> int:
    found = connection.execute(query.encode()).fetchone()
    return int(found[0]) if found else 0


def _stage(url: str, path: Path) -> float:
    columns = "code, procedure, unit, officer, channel, accepted, promised, finished, returned, status"
    with connect(url) as connection, path.open("rb") as stream:
        connection.execute(b"SET TIME ZONE 'Asia/Ho_Chi_Minh'; SET DateStyle = 'ISO, DMY'")
        begin = time.perf_counter()
        with connection.transaction(), connection.cursor() as cursor:
            typed = ", ".join(f"{column} text" for column in columns.split(", "))
            cursor.execute(f"CREATE TEMP TABLE stage ({typed}) ON COMMIT DROP".encode())
            options = "(FORMAT csv, DELIMITER ';', HEADER, NULL '')"
            with cursor.copy(f"COPY stage ({columns}) FROM STDIN WITH {options}".encode()) as copy:
                while chunk := stream.read(1 << 16):
                    copy.write(chunk)
            for statement in _INSERTS:
                cursor.execute(statement.encode())
        return time.perf_counter() - begin


_HASH: Final = "encode(sha256(convert_to(concat_ws('|', repeat('0', 64), code, {parts}), 'UTF8')), 'hex')"
_EVENT: Final = """
INSERT INTO dossier_events (office, code, seq, kind, occurred_at, recorded_at, actor, sla_version, data, hash)
SELECT 'my-xuyen', code, {seq}, '{kind}', {at}, now(), 'benchmark', 1, {data}, {hash} FROM stage {where}"""
_ACCEPTED: Final = (
    "json_build_object('procedure', procedure, 'procedure_version', '2015-01-01', 'unit', unit,"
    " 'officer', officer, 'channel', channel, 'promised_at', promised)::text"
)
_INSERTS: Final = (
    _EVENT.format(
        seq=1,
        kind="accepted",
        at="accepted::timestamptz",
        data=_ACCEPTED,
        hash=_HASH.format(parts=f"accepted, {_ACCEPTED}"),
        where="",
    ),
    _EVENT.format(
        seq=2,
        kind="finished",
        at="finished::timestamptz",
        data="'{}'",
        hash=_HASH.format(parts="finished"),
        where="WHERE finished IS NOT NULL",
    ),
    """
INSERT INTO dossiers (office, code, procedure, procedure_version, unit, officer, channel, accepted_at,
    counting_from, promised_at, pauses, finished_at, outcome, last_at, due_original, due_judged, timing,
    sla_version, digest, last_seq, last_hash, restarts, supplements, listed_at, listed_unit, listed_status,
    listed_officer, step_since)
SELECT 'my-xuyen', code, procedure, '2015-01-01', unit, officer, channel, accepted::timestamptz,
    accepted::timestamptz, promised, '[]', finished::timestamptz,
    CASE WHEN finished IS NOT NULL THEN 'finished' END, coalesce(finished, accepted)::timestamptz,
    promised::timestamptz, CASE WHEN finished IS NOT NULL THEN promised::timestamptz END,
    CASE WHEN finished IS NOT NULL THEN 'early' END, 1, md5(code), 1, encode(sha256(code::bytea), 'hex'),
    false, 0, now(), unit, left(status, 16), officer, accepted::timestamptz
FROM stage""",
    """
INSERT INTO clocks (office, code, due_at, next_action_at, epoch, provisional, derived_under)
SELECT 'my-xuyen', code, promised::timestamptz, promised::timestamptz, 0, false, 1 FROM stage
WHERE finished IS NULL""",
)

"""A real city's log goes through our own import: its rules are configuration, its dirt is reported."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.shared_data import rows, shared_file
from workers.store import schema
from workers.store.unit_of_work import Store
from workers.use_cases.import_file import import_file
from workers.use_cases.office import record_configuration
from workers.use_cases.overview import counts_by_unit

if TYPE_CHECKING:
    from pathlib import Path

    from workers.use_cases.import_file import Imported

pytestmark = [pytest.mark.real_log, pytest.mark.timeout(300)]

BOSTON = ZoneInfo("America/New_York")
EXPORTED = datetime(2016, 1, 1, tzinfo=UTC)

# The city's clock: Monday to Friday 08:30-17:00; a request outside it counts from the next 08:30; due n
# working days later at the same time of day.
OFFICE = """
code = "boston"
name = "City of Boston"
agency = "boston"
zone = "America/New_York"
calendar = "city"

[calendars.city]
name = "City clock"
[[calendars.city.hours]]
weekdays = ["08:30-17:00"]

[units.city]
name = "City Hall"
{units}
[[roles]]
code = "officer"
title = "Officer"

[counting]
time_of_day = "kept"
start_outside_hours = "next_open"
"""
PEOPLE = 'people = [{ code = "a", role = "officer", unit = "city", email = "a@example.invalid" }]\n'
LADDERS = """
[ladders.default]
name = "None but the last"
[[ladders.default.rungs]]
code = "t+5"
after = "5 working_days"
kind = "escalation"
roles = ["officer"]
level = 1
template = "escalation"
"""
MAPPING = """
name = "311"
date_order = "ymd"
unit_required = true
[columns]
code = ["request_id"]
procedure = ["type"]
unit = ["subject"]
accepted_at = ["received_at"]
promised_at = ["due_at"]
finished_at = ["finished_at"]
"""


def text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def procedure(name: str, number: int, limit: str) -> str:
    version = (
        f'[[versions]]\nfrom = 2010-01-01\nlimit = {text(limit)}\nlegal_basis = "311"\nverified = "yes"\n'
    )
    return (
        f'code = "{number:03d}.{slug(name)}"\nname = {text(name)}\nfield = "311"\nunit = "city"\n\n{version}'
    )


def configuration(requests: list[dict[str, str]]) -> dict[str, str]:
    days = {
        row["type"]: row["business_days"]
        for row in rows("real/expected_boston311_H1_deadline_rule_by_type.csv")
    }
    types = sorted({row["type"] for row in requests})
    subjects = sorted({row["subject"] for row in requests})
    units = "".join(f'[units.{slug(name)}]\nname = {text(name)}\nparent = "city"\n' for name in subjects)
    files = {
        "office.toml": OFFICE.format(units=units),
        "people.toml": PEOPLE,
        "ladders.toml": LADDERS,
        "intake/311.toml": MAPPING,
    }
    for number, name in enumerate(types):
        limit = f"{days[name]} working_days" if name in days else "none"
        files[f"procedures/{number:03d}.toml"] = procedure(name, number, limit)
    known = 'source = "city", verified = "yes"'
    for year in range(2014, 2020):
        off = [row for row in rows("real/calendar_boston_2014_2019.csv") if row["date"].startswith(str(year))]
        listed = "".join(
            f'  {{ date = {row["date"]}, name = {text(row["name"])}, kind = "off", {known} }},\n'
            for row in off
        )
        files[f"calendar/{year}.toml"] = (
            f'year = {year}\ndays = [\n{listed}]\n[sources]\ncity = "City of Boston"\n'
        )
    return files


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Imported, list[dict[str, str]]]:
    folder: Path = tmp_path_factory.mktemp("boston")
    requests = rows("real/boston311_2015H1_requests.csv.gz")
    log = folder / "requests.csv"
    log.write_bytes(gzip.decompress(shared_file("real/boston311_2015H1_requests.csv.gz").read_bytes()))
    url = f"sqlite:///{folder / 'boston.db'}"
    schema.upgrade(url)
    store = Store(url)
    record_configuration(store, configuration(requests), author="test", reason="real log", now=EXPORTED)
    imported = import_file(
        store, "boston", log, rejects=folder / "rejects.csv", actor="test", now=EXPORTED, seen_at=EXPORTED
    )
    return store, imported, requests


def test_every_request_of_the_log_goes_in_or_is_refused_with_a_reason(
    boston: tuple[Store, Imported, list[dict[str, str]]],
) -> None:
    _, imported, requests = boston
    report = imported.report
    assert report.rows == len(requests) == 58_119
    assert report.accepted + len(report.refused) == len(requests)
    # What is refused is dirt of the log itself: a result before the receipt, or one later than the export.
    dirty = [
        row
        for row in requests
        if row["finished_at"]
        and (
            row["finished_at"] < row["received_at"]
            or datetime.fromisoformat(row["finished_at"]).replace(tzinfo=BOSTON) > EXPORTED
        )
    ]
    assert len(report.refused) == len(dirty)


def test_the_due_dates_are_those_the_city_promised(
    boston: tuple[Store, Imported, list[dict[str, str]]],
) -> None:
    store, imported, _ = boston
    refused = {line for line, _ in imported.report.refused}
    expected = {
        row["request_id"]: datetime.fromisoformat(row["due_recorded"]).replace(tzinfo=BOSTON)
        for row in rows("real/expected_boston311_H1_deadlines.csv.gz")
        if row["within_60s"] == "1"
    }
    codes = sorted(expected)
    wrong = []
    seen = 0
    with store.read("boston") as work:
        for start in range(0, len(codes), 1_000):
            for code, stored in work.dossiers.load(codes[start : start + 1_000]).items():
                seen += 1
                due = stored.due_original
                if due is None or abs(due - expected[code]) > timedelta(seconds=60):
                    wrong.append(code)
    assert wrong == []
    assert seen >= len(expected) - len(refused)
    assert seen > 20_000


def test_the_counts_add_up_to_the_dossiers_taken_in(
    boston: tuple[Store, Imported, list[dict[str, str]]],
) -> None:
    store, imported, _ = boston
    _, counted = counts_by_unit(store, "boston", now=EXPORTED)
    total = sum(
        counts.received + counts.resolved_no_limit + counts.pending_no_limit + counts.withdrawn
        for _, counts in counted
    )
    assert total == imported.report.accepted

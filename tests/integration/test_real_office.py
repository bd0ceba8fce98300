"""A real city's log goes through our own import and report: its dirt is refused, its figures come out."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from domain.on_time_rate import Counts
from domain.period import period_of
from tests.city_office import AGAIN, BOSTON, CHANNELS, EXPORTED, configuration, corrected, slug
from tests.shared_data import rows, shared_file
from workers.store import schema
from workers.store.unit_of_work import Store
from workers.use_cases.as_of import Frame
from workers.use_cases.figures import figures
from workers.use_cases.import_file import import_file
from workers.use_cases.office import load_office, record_configuration
from workers.use_cases.overview import counts_by_unit

if TYPE_CHECKING:
    from pathlib import Path

    from workers.use_cases.dimensions import Dimension
    from workers.use_cases.import_file import Imported

pytestmark = [pytest.mark.real_log, pytest.mark.timeout(300)]


class City(NamedTuple):
    store: Store
    imported: Imported
    again: Imported
    requests: list[dict[str, str]]


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder: Path = tmp_path_factory.mktemp("boston")
    requests = rows("real/boston311_2015H1_requests.csv.gz")
    log = folder / "requests.csv"
    log.write_bytes(gzip.decompress(shared_file("real/boston311_2015H1_requests.csv.gz").read_bytes()))
    url = f"sqlite:///{folder / 'boston.db'}"
    schema.upgrade(url)
    store = Store(url)
    record_configuration(store, configuration(requests), author="test", reason="real log", now=EXPORTED)

    def take_in(path: Path, now: datetime) -> Imported:
        rejects = folder / f"rejects-{path.name}"
        return import_file(store, "boston", path, rejects=rejects, actor="test", now=now, seen_at=now)

    imported = take_in(log, EXPORTED)
    assert imported.rejects is not None
    return City(store, imported, take_in(corrected(imported.rejects), AGAIN), requests)


def test_every_request_of_the_log_goes_in_or_is_refused_with_a_reason(
    boston: City,
) -> None:
    requests, imported = boston.requests, boston.imported
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
    boston: City,
) -> None:
    store = boston.store
    refused = {line for line, _ in boston.imported.report.refused}
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
    boston: City,
) -> None:
    store, imported = boston.store, boston.imported
    _, counted = counts_by_unit(store, "boston", now=AGAIN)
    total = sum(
        counts.received + counts.resolved_no_limit + counts.pending_no_limit + counts.withdrawn
        for _, counts in counted
    )
    assert total == imported.report.accepted + boston.again.report.accepted == len(boston.requests)


def counted(boston: City, frame: Frame, *by: Dimension) -> dict[tuple[str, ...], Counts]:
    office = load_office(boston.store, "boston")
    return dict(figures(boston.store, office, frame, by).rows)


def as_published(counts: Counts) -> dict[str, int]:
    """Name our counts as the published table of the log does."""
    return {
        "received": counts.received + counts.resolved_no_limit + counts.pending_no_limit,
        "with_due": counts.received,
        "finished_on_time": counts.early + counts.on_time,
        "finished_late": counts.late,
        "finished_no_due": counts.resolved_no_limit,
        "open_overdue_at_export": counts.pending_overdue,
        "open_not_overdue_at_export": counts.pending_in_time,
        "open_no_due": counts.pending_no_limit,
    }


def published(dimension: str) -> dict[tuple[str, str], dict[str, int]]:
    table = rows("real/expected_boston311_H1_ontime.csv")
    wanted = as_published(Counts())
    return {
        (row["value"], row["month"]): {name: int(row[name]) for name in wanted}
        for row in table
        if row["dimension"] == dimension
    }


def test_the_published_figures_come_out_by_subject_type_and_channel(boston: City) -> None:
    found = counted(boston, Frame(as_of=AGAIN, against="slip"), "unit", "procedure", "channel")

    def summed(place: int, value: str) -> dict[str, int]:
        parts = (counts for key, counts in found.items() if key[place] == value)
        return as_published(sum(parts, Counts()))

    assert published("all") == {("all", ""): as_published(sum(found.values(), Counts()))}
    assert {(name, ""): summed(0, slug(name)) for name, _ in published("subject")} == published("subject")
    types = {key[1].split(".", 1)[1]: key[1] for key in found}
    assert {(name, ""): summed(1, types[slug(name)]) for name, _ in published("type")} == published("type")
    for channel, words in CHANNELS.items():
        parts = [published("channel")[word, ""] for word in words]
        assert summed(2, channel) == {name: sum(part[name] for part in parts) for name in parts[0]}


def test_the_published_figures_come_out_for_each_month_of_receipt(boston: City) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    names = {slug(row["subject"]): row["subject"] for row in boston.requests}
    for month in range(1, 7):
        period = period_of(f"2015-{month:02d}")
        begin, end = period.begin(BOSTON), period.end(BOSTON)
        frame = Frame(as_of=AGAIN, begin=begin, end=end, cohort=True, against="slip")
        for (unit,), counts in counted(boston, frame, "unit").items():
            if counts != Counts():
                found[names[unit], f"2015-{month:02d}"] = as_published(counts)
    assert found == published("subject+receive_month")


def test_the_published_figures_come_out_as_of_every_month(boston: City) -> None:
    published_rows = rows("real/expected_boston311_H1_asof.csv")
    assert len(published_rows) == 13
    for row in published_rows:
        at = datetime.fromisoformat(row["as_of"]).replace(tzinfo=BOSTON)
        found = sum(counted(boston, Frame(as_of=AGAIN, end=at, against="slip"), "unit").values(), Counts())
        finished, left = found.resolved + found.resolved_no_limit, found.pending + found.pending_no_limit
        assert {
            "received": finished + left,
            "finished": finished,
            "finished_on_time": found.early + found.on_time,
            "finished_late": found.late,
            "open": left,
            "open_overdue": found.pending_overdue,
            "open_without_due": found.pending_no_limit,
        } == {name: int(row[name]) for name in row if name not in ("as_of", "open_due_within_72h")}

"""A real permit desk's log through the commands: both definitions of on time, any month, any moment."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.city_office import LADDERS, calendar_files, slug, text, words_of
from tests.shared_data import rows, shared_file
from workers.cli.run import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Report = Callable[..., Any]

pytestmark = pytest.mark.real_log

CHANNELS = {"direct": ("Desk", "Intern"), "online": ("Internet", "e-mail"), "post": ("Post",)}
DEFINITIONS = {"slip": "on_time_by_instant", "slip-day": "on_time_by_local_date"}
OFFICE = """
code = "desk"
name = "Permit desk"
agency = "desk"
zone = "Europe/Amsterdam"
calendar = "town"
[calendars.town]
name = "Town hall"
[[calendars.town.hours]]
weekdays = ["09:00-17:00"]
[[roles]]
code = "officer"
title = "Officer"
[units.none]
name = "(none)"
"""
PEOPLE = 'people = [{ code = "a", role = "officer", unit = "none", email = "a@example.invalid" }]'
MAPPING = """
name = "receipt"
date_order = "ymd"
unit_required = false
[columns]
code = ["dossier_id"]
procedure = ["department"]
unit = ["unit"]
channel = ["channel"]
accepted_at = ["received_at"]
promised_at = ["due_at"]
finished_at = ["finished_at"]
[channels]
"""


def configuration(dossiers: list[dict[str, str]]) -> dict[str, str]:
    units = sorted({row["unit"] for row in dossiers} - {""})
    files = {
        "office.toml": OFFICE
        + "".join(f'[units.{slug(name)}]\nname = {text(name)}\nparent = "none"\n' for name in units),
        "people.toml": PEOPLE,
        "ladders.toml": LADDERS,
        "intake/receipt.toml": MAPPING + words_of(CHANNELS),
    }
    for name in sorted({row["department"] for row in dossiers}):
        # What the desk promised stands on each slip; no limit of a law is known.
        version = '[[versions]]\nfrom = 2010-01-01\nlimit = "none"\nlegal_basis = "WABO"\nverified = "no"\n'
        head = f'code = "{slug(name)}"\nname = {text(name)}\nfield = {text(name)}\nunit = "none"\n'
        files[f"procedures/{slug(name)}.toml"] = head + version
    return files | calendar_files("real/calendar_nl_2010_2013.csv", range(2010, 2014))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office of the desk, its log taken in by the commands, the one impossible row corrected."""
    folder: Path = tmp_path_factory.mktemp("desk")
    dossiers = rows("real/receipt_A_dossiers.csv")
    for name, content in configuration(dossiers).items():
        path = folder / "office" / "sla" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (folder / "office" / "var").mkdir()
    at = ("--home", str(folder / "office"))
    assert run(("init", at[1])) == 0
    log = folder / "receipt.csv"
    log.write_bytes(shared_file("real/receipt_A_dossiers.csv").read_bytes())
    assert run((*at, "import", str(log))) == 1
    [refused] = (path for path in folder.glob("receipt-loi.csv"))
    with refused.open(encoding="utf-8-sig", newline="") as stream:
        [row] = csv.DictReader(stream, delimiter=";")
    row["finished_at"] = max(row["finished_at"], row["received_at"])
    mended = folder / "mended.csv"
    with mended.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, row, delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    assert run((*at, "import", str(mended))) == 0
    return folder / "office"


@pytest.fixture
def report(home: Path, capsys: pytest.CaptureFixture[str]) -> Report:
    def ask(*options: str) -> Any:
        capsys.readouterr()
        assert run(("--home", str(home), "report", "--json", *options)) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def finished(counts: dict[str, int]) -> tuple[int, int]:
    return counts["resolved"], counts["early"] + counts["on_time"]


def published(dimension: str, definition: str) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (row["value"], row["month"]): (int(row["finished"]), int(row[definition]))
        for row in rows("real/expected_receipt_A_ontime.csv")
        if row["dimension"] == dimension
    }


@pytest.mark.parametrize(("against", "definition"), DEFINITIONS.items())
def test_the_published_figures_come_out_by_both_definitions(
    report: Report, against: str, definition: str
) -> None:
    def table(by: str, *options: str) -> dict[str, tuple[int, int]]:
        found = report("--by", by, "--against", against, *options)
        sums = {row["name"]: finished(row) for row in found["rows"]}
        assert finished(found["total"]) == tuple(map(sum, zip(*sums.values(), strict=True)))
        return {name: counts for name, counts in sums.items() if counts[0]}

    for dimension, by in (("department", "field"), ("unit", "unit")):
        expected = {name: counts for (name, _), counts in published(dimension, definition).items()}
        assert table(by) == expected
    assert finished(report("--against", against)["total"]) == published("all", definition)["all", ""]
    channels = {"Trực tiếp": "direct", "Trực tuyến": "online", "Bưu chính": "post"}
    words = published("channel", definition)
    assert {channels[name]: counts for name, counts in table("channel").items()} == {
        channel: tuple(map(sum, zip(*(words[word, ""] for word in own), strict=True)))
        for channel, own in CHANNELS.items()
    }
    received = published("receive_month", definition)
    months = {month: report("--period", month, "--cohort", "--against", against) for _, month in received}
    assert {("all", month): finished(found["total"]) for month, found in months.items()} == received
    by_month: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (name, month), counts in published("department+finish_month", definition).items():
        by_month[month][name] = counts
    assert {month: table("field", "--period", month) for month in by_month} == by_month


def test_the_published_figures_come_out_as_of_every_month(report: Report) -> None:
    expected = rows("real/expected_receipt_A_asof.csv")
    assert len(expected) == 16
    for row in expected:
        day = datetime.fromisoformat(row["as_of"]).date() - timedelta(days=1)
        counts = report("--to", f"{day:%d/%m/%Y}", "--against", "slip")["total"]
        assert {
            "received": counts["received"],
            "finished": counts["resolved"],
            "finished_on_time": counts["early"] + counts["on_time"],
            "finished_late": counts["late"],
            "open": counts["pending"],
            "open_overdue": counts["pending_overdue"],
            "open_not_overdue": counts["pending_in_time"],
        } == {name: int(row[name]) for name in row if name in _COMPARED}
        of_766 = next(rate for rate in counts["rates"] if rate["name"] == "rate_766")
        assert f"{of_766['numerator'] / of_766['denominator']:.6f}" == row["ratio_on_time_incl_open"]


_COMPARED = (
    "received",
    "finished",
    "finished_on_time",
    "finished_late",
    "open",
    "open_overdue",
    "open_not_overdue",
)


def test_a_cell_lists_the_dossiers_it_counts(report: Report) -> None:
    month = report("--period", "2011-04", "--by", "field", "--against", "slip")
    late = {row["name"]: row["late"] for row in month["rows"]}
    cell = report(
        "--period", "2011-04", "--against", "slip", "--cell", "field=General,column=late", "--limit", "7"
    )
    assert cell["number"] == late["General"] == 107 - 73
    assert len(cell["dossiers"]) == 7
    april = (date(2011, 4, 1), date(2011, 4, 30))
    assert all(april[0] <= date.fromisoformat(found["finished"]) <= april[1] for found in cell["dossiers"])

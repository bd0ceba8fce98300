"""`dunghan facts`: refreshed, shown, checked and handed on by the command."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

DONE = "Đã xử lý xong"


@pytest.fixture
def desk(office: Line) -> Line:
    """H51-1 was carried into November and finished late, H51-2 finished early, H51-3 is open."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", accepted="17/11/2025 08:00"),
    )
    assert office("import", str(path)).code == 0
    return office


def test_facts_say_what_the_report_says_of_the_results(desk: Line) -> None:
    assert desk("facts", "refresh", "--json").json == {"refreshed": True, "results": 2, "cells": 2}
    assert "0 kết quả mới" in desk("facts", "refresh").out
    (found,) = desk("facts", "show", "--period", "2025-11", "--json").json["rows"]
    report = desk("report", "--period", "2025-11", "--json").json["total"]
    for name in ("early", "on_time", "late", "withdrawn", "refused", "carried_in"):
        assert found[name] == report[name]
    shown = desk("facts", "show", "--period", "2025-11").out
    assert "Phòng Tư pháp" in shown
    assert "1/2" in shown


def test_facts_are_held_against_the_dossiers(desk: Line) -> None:
    assert desk("facts", "refresh").code == 0
    answer = desk("facts", "check")
    assert (answer.code, answer.out) == (0, "Mọi ô khớp với hồ sơ.\n")


def test_facts_are_handed_on_as_parquet_and_csv(desk: Line, tmp_path: Path) -> None:
    desk("facts", "refresh")
    for name in ("facts.parquet", "facts.csv"):
        assert desk("facts", "export", "--to", str(tmp_path / name)).code == 0
    table = parquet.read_table(tmp_path / "facts.parquet").to_pylist()
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert [{**line, "number": int(line["number"])} for line in lines] == table
    assert {(line["closed_in"], line["received_in"], line["timing"], line["number"]) for line in table} == {
        ("2025-11-01", "2025-10-15", "late", 1),
        ("2025-11-01", "2025-11-01", "early", 1),
    }


def test_what_facts_cannot_tell_is_refused(desk: Line, tmp_path: Path) -> None:
    for arguments in (("show", "--period", "2200"), ("export", "--to", str(tmp_path / "facts.xlsx"))):
        answer = desk("facts", *arguments)
        assert answer.code == 2
        assert answer.err.count("\n") == 1

"""A list that names an officer nobody knows goes in, and whoever imports it is told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.builders import local, row, write_list
from workers import clock
from workers.use_cases.inbox import report_text, take_in_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.use_cases.import_file import Imported


def said(imported: Imported) -> list[tuple[int, str]]:
    return [(doubt.line, doubt.said()) for doubt in imported.doubts]


def test_an_unknown_officer_is_told_once_with_the_row_and_the_nearest_code(office: OfficeAtWork) -> None:
    taken = office.take_in(
        row("A"), row("B", officer="Land 1"), row("C", officer="Land 1"), row("D", officer="ai đó")
    )
    assert taken.report.counts()["accepted"] == 4
    everybody = "báo cho cả đơn vị"
    assert said(taken) == [
        (3, f"people.toml không có người thụ lý “Land 1”, có phải “land.1”? (2 dòng): {everybody}"),
        (5, f"people.toml không có người thụ lý “ai đó” (1 dòng): {everybody}"),
    ]
    assert office.stored("B").dossier.officer == "Land 1", "nothing is guessed"
    assert taken.doubts[0].said("en").startswith("people.toml has no officer 'Land 1', is it 'land.1'?")


def test_it_is_told_again_of_a_list_in_which_nothing_has_changed(office: OfficeAtWork) -> None:
    office.take_in(row(officer="land.9"))
    again = office.take_in(row(officer="land.9"), now="04/06/2019 09:00")
    assert again.report.unchanged == 1
    assert len(again.doubts) == 1


def test_an_officer_of_another_unit_is_told_once_for_each_unit(office: OfficeAtWork) -> None:
    taken = office.take_in(
        row("A", officer="civil.1"), row("B", officer="civil.1"), row("C", officer="civil.1", unit="civil")
    )
    home, unit = "thuộc đơn vị “Phòng Tư pháp”", "danh sách ghi đơn vị “Phòng Đất đai”"
    assert said(taken) == [(2, f"người thụ lý “civil.1” {home}, {unit} (2 dòng)")]


@pytest.mark.parametrize(
    "cells",
    [
        {"officer": "land.1"},
        {"officer": "land.1", "unit": "P. Đất đai"},
        {"officer": ""},
        {"officer": "gone", "status": "Đã xử lý xong", "finished": "10/06/2019"},
        {"officer": "gone", "status": "Đã rút", "finished": "10/06/2019"},
        {"officer": "gone", "unit": "Phòng Đất", "accepted": "hôm qua"},
    ],
)
def test_nothing_is_said_of_who_is_known_nor_where_nobody_is_told(
    office: OfficeAtWork, cells: dict[str, str]
) -> None:
    assert office.take_in(row(**cells), now="11/06/2019 09:00").doubts == ()


def test_the_report_of_the_inbox_has_it(office: OfficeAtWork, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    at_rest = local("03/06/2019 09:00").timestamp()
    os.utime(write_list(inbox / "a.csv", [row("A", officer="land.11"), row("B")]), (at_rest, at_rest))
    assert [taken.outcome for taken in take_in_all(office.store, inbox, clock=clock.now)] == ["done"]
    (report,) = [text for path in inbox.rglob("*.txt") if "Số dòng" in (text := path.read_text("utf-8"))]
    assert (
        "Bị từ chối: 0\nCần xem lại: 1\n  dòng 2: people.toml không có người thụ lý “land.11”, có phải"
        in report
    )


def test_of_many_doubts_the_report_tells_the_first(office: OfficeAtWork) -> None:
    taken = office.take_in(*(row(f"HS-{n}", officer=f"ai {n}") for n in range(205)))
    text = report_text(taken)
    assert "Cần xem lại: 205" in text
    assert "  … và 5 dòng nữa\n" in text

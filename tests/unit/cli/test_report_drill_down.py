"""From a figure to its dossiers inside the workbook of a report, and by the command the workbook names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from shlex import split
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.unit.cli.conftest import row
from workers.reports.on_time_table import COLUMNS
from workers.store.unit_of_work import Store
from workers.use_cases.as_of import Frame
from workers.use_cases.behind import figures_and_dossiers
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

NOVEMBER = ("--period", "2025-11")
DONE = "Đã xử lý xong"
FIRST_ROW = 7
RANGE = re.compile(r"'?Hồ sơ'?!A(\d+)(?::A(\d+))?")


@pytest.fixture
def desk(office: Line) -> Line:
    """Of two units: finished early and late, withdrawn, open; and one of December."""
    land = {"unit": "Phòng Tài nguyên và Môi trường", "procedure": "1.012790"}
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", accepted="17/11/2025 08:00"),
        row("H51-4", accepted="01/12/2025 00:00"),
        row("H51-5", accepted="03/11/2025 08:00", finished="05/11/2025 09:00", status=DONE, **land),
        row("H51-6", accepted="28/11/2025 08:00", **land),
        row("H51-7", accepted="10/11/2025 08:00", finished="11/11/2025 08:00", status="Đã rút"),
    )
    assert office("import", str(path)).code == 0
    return office


def opened(desk: Line, path: Path, *asked: str) -> Any:
    assert desk("report", *NOVEMBER, *asked, "--xlsx", str(path)).code == 0
    return openpyxl.load_workbook(path)


def behind(book: Any, cell: Any) -> list[str]:
    """Return the codes of the dossiers to which a cell leads."""
    found = RANGE.fullmatch(cell.hyperlink.location)
    assert found
    rows = range(int(found[1]), int(found[2] or found[1]) + 1)
    return [str(book["Hồ sơ"].cell(row=number, column=1).value) for number in rows]


@pytest.mark.parametrize("by", ["unit", "unit,channel", "field", "procedure"])
def test_every_figure_of_the_workbook_leads_to_exactly_its_dossiers(
    desk: Line, tmp_path: Path, by: str
) -> None:
    book, seen = opened(desk, tmp_path / "t.xlsx", "--by", by), 0
    keys = desk("report", *NOVEMBER, "--by", by, "--json").json["keys"]
    for number, key in enumerate(keys):
        place = ",".join(f"{name}={value}" for name, value in zip(by.split(","), key, strict=True))
        for column, (name, _, _) in enumerate(COLUMNS, start=2):
            cell = book.worksheets[0].cell(row=FIRST_ROW + number, column=column)
            if not cell.value:
                assert cell.hyperlink is None
                continue
            listed = desk("report", *NOVEMBER, "--cell", f"{place},column={name}", "--json").json
            assert sorted(behind(book, cell)) == [each["code"] for each in listed["dossiers"]]
            seen += 1
    assert seen >= 12


def test_a_dossier_of_the_list_stands_with_its_days_and_its_stand(desk: Line, tmp_path: Path) -> None:
    sheet = opened(desk, tmp_path / "t.xlsx")["Hồ sơ"]
    (found,) = (line for line in sheet.iter_rows(values_only=True) if line[0] == "H51-1")
    assert found[1] == "Phòng Tư pháp"
    assert found[4:] == ("27/10/2025", "03/11/2025", "12/11/2025", "quá hạn")
    assert sheet["A2"].hyperlink.location == "'Đúng hạn'!A1"


def test_the_sum_leads_to_all_dossiers_and_nothing_leads_nowhere(desk: Line, tmp_path: Path) -> None:
    book = opened(desk, tmp_path / "t.xlsx")
    sheet = book.worksheets[0]
    sums = next(line for line in sheet.iter_rows(min_row=FIRST_ROW) if line[0].value == "Tổng cộng")
    assert sums[1].hyperlink.location == "'Hồ sơ'!A1"
    empty = opened(desk, tmp_path / "u.xlsx", "--period", "2018-01")
    assert empty.sheetnames == ["Đúng hạn"]


def test_too_many_dossiers_for_a_sheet_are_a_command_away(desk: Line, tmp_path: Path) -> None:
    sheet = opened(desk, tmp_path / "t.xlsx").worksheets[0]
    said = [str(line[0]) for line in sheet.iter_rows(values_only=True) if line[0]]
    assert "Bấm vào một con số để tới hồ sơ của nó ở trang “Hồ sơ”." in said
    store = Store(f"sqlite:///{desk.home}/var/dunghan.db")
    office = load_office(store, "my-xuyen")
    frame = Frame(as_of=datetime.now(UTC))
    assert figures_and_dossiers(store, office, frame, ("unit",), most=6)[1] is None
    assert len(figures_and_dossiers(store, office, frame, ("unit",), most=7)[1] or ()) == 7
    store.dispose()


def test_the_rest_of_a_long_list_is_named_by_a_command_that_stays_true(desk: Line, tmp_path: Path) -> None:
    path = desk.write_list(*(row(f"H52-{n}", accepted="17/11/2025 08:00") for n in range(201)))
    assert desk("import", str(path)).code == 0
    form = tmp_path / "f.xlsx"
    assert desk("report", *NOVEMBER, "--form", str(form)).code == 0
    sheet = openpyxl.load_workbook(form)["Cột 3"]
    (said,) = (str(line[0]) for line in sheet.iter_rows(values_only=True) if "hồ sơ nữa" in str(line[0]))
    command = split(said.partition(": ")[2])[1:]
    late = desk.write_list(row("H53-1", accepted="17/11/2025 08:00"), name="muon.csv")
    assert desk("import", str(late)).code == 0
    found = desk(*command, "--limit", "1", "--json").json
    # What was recorded after the form was printed is not in the list behind its figure.
    assert found["number"] == 204
    assert desk("report", *NOVEMBER, "--cell", "unit=tu-phap,column=3", "--json").json["number"] == 205

"""Form II.06a on paper: every figure and its place, what stands under it, the way to its dossiers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pypdf import PdfReader

from domain.form_06a import COLUMNS, Stands
from workers.reports.form_06a import NO_CAUSE, Cause, Form06a, Line, Listed
from workers.reports.form_06a_paper import paper_of, write_form
from workers.reports.register import MOST_ON_PAPER, Entry, Register, write_register

if TYPE_CHECKING:
    from pathlib import Path

# xlsxwriter only warns of a pattern or an option it does not know.
pytestmark = pytest.mark.filterwarnings("error:unknown:UserWarning")
HANOI = timezone(timedelta(hours=7))
CELLS = {3: 28, 4: 3, 5: 20, 6: 5, 7: 17, 8: 10, 9: 5, 10: 2, 11: 11, 12: 10, 13: 1}


def listed(code: str, field: str = "Đất đai") -> Listed:
    day = date(2019, 6, 3)
    return Listed(code, field, "Phòng Đất đai", "Thủ tục thử", day, day, None, "quá hạn")


def line(label: str = "Đất đai", **changes: Any) -> Line:
    dossiers = {
        column: tuple(listed(f"{label}-{n}", label) for n in range(min(CELLS[column], 4)))
        for column in COLUMNS
    }
    return Line(**({"label": label, "cells": CELLS, "listed": dossiers} | changes))


def form(*lines: Line, **changes: Any) -> Form06a:
    plain: dict[str, Any] = {
        "office_name": "Ủy ban nhân dân huyện Mỹ Xuyên",
        "place": "Mỹ Xuyên",
        "period_name": "tháng 06 năm 2019",
        "first": date(2019, 6, 1),
        "last": date(2019, 6, 30),
        "as_of": datetime(2019, 7, 1, 8, tzinfo=HANOI),
        "lines": lines,
        "annex": ("Rút hồ sơ, dừng giải quyết: 3.",),
        "rates": ("15 / 17 = 88,24 %",),
        "stands": Stands().words(),
        "causes": (Cause("chờ đo đạc", 1, 0), Cause(NO_CAUSE, 1, 1)),
        "command": "dunghan report --cell '{cell}'",
    }
    return Form06a(**plain | changes)


def book(made: Form06a, folder: Path) -> Any:
    write_form(made, folder / "form.xlsx")
    return openpyxl.load_workbook(folder / "form.xlsx")


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell for cell in row if cell not in (None, "")] for row in sheet.iter_rows(values_only=True)]


def text_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(842, 595)}
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_every_figure_stands_in_its_numbered_column(tmp_path: Path) -> None:
    found = rows(book(form(line(), line("Tư pháp")), tmp_path)["II.06a"])
    numbers = next(row for row in found if row and row[0] == "(1)")
    assert numbers[2:] == [
        "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)", "(8)", "(9)", "(10)",
        "(11)=(12)+(13)", "(12)", "(13)",
    ]  # fmt: skip
    at = found.index(numbers)
    figures = list(CELLS.values())
    assert found[at + 1] == [1, "Đất đai", *figures]
    assert found[at + 2] == [2, "Tư pháp", *figures]
    assert found[at + 3] == ["Tổng số", *(2 * figure for figure in figures)]


def test_letterhead_period_and_signatures_stand_around_the_form(tmp_path: Path) -> None:
    sheet = book(form(line()), tmp_path)["II.06a"]
    said = [cell for row in rows(sheet) for cell in row]
    for text in (
        "ỦY BAN NHÂN DÂN HUYỆN MỸ XUYÊN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kỳ báo cáo: tháng 06 năm 2019 (từ 01/06/2019 đến hết 30/06/2019)",
        "Mỹ Xuyên, ngày 01 tháng 07 năm 2019",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "– Rút hồ sơ, dừng giải quyết: 3.",
        *(f"– {stand}" for stand in Stands().words()),
    ):
        assert text in said, text
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    merged = {str(area) for area in sheet.merged_cells.ranges}
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "STT")
    assert {f"A{head}:A{head + 2}", f"C{head}:F{head}", f"D{head + 1}:E{head + 1}"} <= merged


def test_each_figure_leads_to_the_list_of_its_dossiers(tmp_path: Path) -> None:
    made = book(form(line(), line("Tư pháp")), tmp_path)
    sheet, seen = made["II.06a"], 0
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
        row = cell.row
        name, _, place = cell.hyperlink.location.partition("!")
        column = int(name.strip("'").removeprefix("Cột "))
        label, figure = sheet.cell(row, 2).value, cell.value
        target = made[name.strip("'")][place]
        if label != "Tổng số":
            assert target.value == f"{label}-0"
            assert figure == CELLS[column]
        else:
            assert target.value == f"Cột {column}. {COLUMNS[column]}"  # type: ignore[index]
        seen += 1
    assert seen == 3 * len(COLUMNS)


def test_what_a_list_leaves_out_is_said_with_the_command_that_tells_it(tmp_path: Path) -> None:
    said = [cell for row in rows(book(form(line()), tmp_path)["Cột 8"]) for cell in row]
    assert "Còn 6 hồ sơ nữa: dunghan report --cell 'field=Đất đai,column=8'" in said


def test_the_causes_have_a_sheet_with_their_sum(tmp_path: Path) -> None:
    found = rows(book(form(line()), tmp_path)["Nguyên nhân"])
    assert found[-3:] == [[1, "chờ đo đạc", 1, 0, 1], [2, NO_CAUSE, 1, 1, 2], ["Tổng số", 2, 1, 3]]


@pytest.mark.parametrize("name", ["=1+1", "+84", "-5", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    cells = dict.fromkeys(COLUMNS, 1)
    dossiers = dict.fromkeys(COLUMNS, (listed(name, name),))
    made = form(line(name, cells=cells, listed=dossiers), causes=(Cause(name, 1, 1),), office_name=name)
    opened = book(made, tmp_path)
    for sheet in opened:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value).startswith(name)


def test_the_pdf_says_what_the_workbook_says(tmp_path: Path) -> None:
    made = form(line(), line("Tư pháp", cells=dict.fromkeys(COLUMNS, 12_083)))
    write_form(made, tmp_path / "form.pdf")
    said = text_of(tmp_path / "form.pdf")
    for text in (
        "Biểu số II.06a",
        "(7)=(8)+(9)+(10)",
        "12.083",
        "Tư pháp",
        "chờ đo đạc",
        "THỦ TRƯỞNG ĐƠN VỊ",
    ):
        assert text in said, text
    assert "88,24 %" in said
    assert all(stand.replace(" ", "") in said.replace(" ", "") for stand in made.stands)


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    for suffix in ("xlsx", "pdf"):
        write_form(form(line()), tmp_path / f"a.{suffix}")
        write_form(form(line()), tmp_path / f"b.{suffix}")
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_a_period_without_dossiers_is_a_form_of_noughts(tmp_path: Path) -> None:
    made = form(causes=())
    sheets = book(made, tmp_path)
    assert sheets.sheetnames == ["II.06a", "Nguyên nhân"]
    assert ["Tổng số", *[0] * 11] in rows(sheets["II.06a"])
    write_form(made, tmp_path / "form.pdf")
    assert paper_of(made).grids[1].total == ("", "Tổng số", 0, 0, 0)


def register(number: int = 1) -> Register:
    day = date(2019, 6, 3)
    entry = Entry("HS-1", "Thủ tục thử", "Phòng Đất đai", day, date(2019, 6, 17), None, None, "quá hạn")
    return Register(
        office_name="UBND huyện Mỹ Xuyên",
        place="",
        period_name="",
        first=day,
        last=None,
        as_of=datetime(2019, 7, 1, 8, tzinfo=HANOI),
        entries=(entry,) * number,
    )


def test_the_register_leaves_room_for_what_is_not_stored(tmp_path: Path) -> None:
    write_register(register(), tmp_path / "so.xlsx")
    found = rows(openpyxl.load_workbook(tmp_path / "so.xlsx").active)
    assert [1, "HS-1", "Thủ tục thử", "Phòng Đất đai", "03/06/2019", "17/06/2019", "quá hạn"] in found
    assert ["Hồ sơ tiếp nhận từ 03/06/2019"] in found
    write_register(register(), tmp_path / "so.pdf")
    said = text_of(tmp_path / "so.pdf")
    assert all(text in said for text in ("SỔ THEO DÕI HỒ SƠ", "Mẫu số 06", "HS-1", "17/06/2019"))


def test_a_register_too_long_for_paper_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"5001 hồ sơ.*chia kỳ"):
        write_register(register(MOST_ON_PAPER + 1), tmp_path / "so.pdf")
    assert list(tmp_path.iterdir()) == []

"""The workbook, read back cell by cell."""

from __future__ import annotations

import zipfile
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from domain.on_time_rate import Counts
from workers.reports.on_time_table import STANDS, OnTimeTable
from workers.reports.xlsx import write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

# xlsxwriter only warns of a pattern or an option it does not know.
pytestmark = pytest.mark.filterwarnings("error:unknown:UserWarning")
AS_OF = datetime(2019, 6, 15, 8, 0, tzinfo=timezone(timedelta(hours=7)))
BUSY = Counts(
    early=10, on_time=5, late=2, resolved_no_limit=3, pending_in_time=4, pending_overdue=1, waiting=6,
    pending_no_limit=7, withdrawn=8,
)  # fmt: skip


def table(*rows: tuple[str, Counts], **changes: Any) -> OnTimeTable:
    plain: dict[str, Any] = {"office_name": "UBND huyện Mỹ Xuyên", "as_of": AS_OF, "rows": rows}
    return OnTimeTable(**(plain | changes))


def written(what: OnTimeTable, folder: Path) -> Any:
    write_xlsx(what, folder / "report.xlsx")
    return openpyxl.load_workbook(folder / "report.xlsx")


def cells(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def test_every_cell_holds_the_number_it_shows(tmp_path: Path) -> None:
    sheet = written(table(("Phòng Tư pháp", BUSY), ("Phòng trống", Counts())), tmp_path).active
    numbers = [28, 17, 10, 5, 2, 11, 4, 6, 1, 8]
    assert cells(sheet, 7) == ["Phòng Tư pháp", *numbers, 0.8824, 0.5357, 0.8929]
    assert cells(sheet, 8) == ["Phòng trống", *[0] * 10, "—", "—", "—"]
    assert cells(sheet, 9) == ["Tổng cộng", *numbers, 0.8824, 0.5357, 0.8929]
    assert sheet["L7"].number_format == "[$-42A]0.00\\ %"


def test_the_heads_are_vietnamese_and_stand_in_two_rows(tmp_path: Path) -> None:
    sheet = written(table(("A", BUSY)), tmp_path).active
    assert sheet["A1"].value == "UBND HUYỆN MỸ XUYÊN"
    assert sheet["A2"].value == "TÌNH HÌNH GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH"
    upper = [
        "Đơn vị",
        "Tiếp nhận",
        "Đã giải quyết",
        None,
        None,
        None,
        "Đang giải quyết",
        None,
        None,
        None,
        "Rút",
    ]
    assert cells(sheet, 5) == [*upper, "Tỷ lệ đúng hạn", None, None]
    lower = [
        None,
        None,
        "Tổng",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
        "Tổng",
        "Trong hạn",
        "Chờ",
        "Quá hạn",
        None,
    ]
    assert cells(sheet, 6) == [*lower, "Trên đã giải quyết", "Trên tiếp nhận", "QĐ 766"]


def test_a_rate_between_two_hundredths_is_rounded_half_up(tmp_path: Path) -> None:
    sheet = written(table(("A", Counts(on_time=6_667, late=13_333))), tmp_path).active
    assert sheet["L7"].value == 0.3334


def test_definitions_annex_and_stands_stand_under_the_table(tmp_path: Path) -> None:
    sheet = written(table(("A", BUSY)), tmp_path).active
    texts = [row[0] for row in sheet.iter_rows(min_row=9, values_only=True)]
    assert any("15 / 17 = 88,24 %" in str(text) for text in texts)
    assert "Rút hồ sơ: 8." in texts
    for stand in STANDS:
        assert stand in texts


def test_it_is_one_page_of_a4_landscape_with_its_heads_on_every_page(tmp_path: Path) -> None:
    sheet = written(table(("A", BUSY)), tmp_path).active
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.page_setup.fitToWidth in {None, 1}
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.freeze_panes == "B7"
    assert len(sheet._charts) == 1  # noqa: SLF001 - openpyxl has no other way to count charts


def test_many_units_have_their_chart_on_a_page_of_its_own(tmp_path: Path) -> None:
    book = written(table(*((f"Đơn vị {n}", BUSY) for n in range(30))), tmp_path)
    assert book.sheetnames == ["Đúng hạn", "Biểu đồ"]
    assert len(book["Biểu đồ"]._charts) == 1  # noqa: SLF001 - as above


def test_no_units_at_all_is_a_table_with_its_sum(tmp_path: Path) -> None:
    sheet = written(table(), tmp_path).active
    assert cells(sheet, 7)[:2] == ["Tổng cộng", 0]


@pytest.mark.parametrize("name", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "https://example.invalid"])
def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    sheet = written(table((name, BUSY), office_name=name, unit_label=name), tmp_path).active
    safe = name if name.startswith("h") else f"'{name}"
    assert sheet["A7"].value == safe
    assert sheet["A5"].value == safe
    assert sheet["A7"].data_type == "s"
    assert sheet["A7"].hyperlink is None
    with zipfile.ZipFile(tmp_path / "report.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_name_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    sheet = written(table(("x" * 40_000, BUSY)), tmp_path).active
    assert len(sheet["A7"].value) == 32_767


def test_the_same_table_gives_the_same_bytes_and_names_nobody(tmp_path: Path) -> None:
    write_xlsx(table(("A", BUSY)), tmp_path / "a.xlsx")
    write_xlsx(table(("A", BUSY)), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_where_dossiers_are_not_listed_the_sheet_says_how_to_find_them(tmp_path: Path) -> None:
    said = "Danh sách dài; hồ sơ của một ô: dunghan report --cell 'unit=…'"
    book = written(table(("Phòng Tư pháp", BUSY), behind_note=said), tmp_path)
    assert book.sheetnames == ["Đúng hạn"]
    assert said in [cell.value for cell in book.active["A"]]
    assert book.active["B7"].hyperlink is None


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_xlsx(table(("A", BUSY)), path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_xlsx(table((None, BUSY)), path)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError, match="nowhere"):
        write_xlsx(table(("A", BUSY)), tmp_path / "nowhere" / "report.xlsx")

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from domain.snapshot import SnapshotRow
from workers.inbox.faults import BadRow, SheetError
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config.columns import ColumnMapping

    Read = Callable[[Path], list[SnapshotRow | BadRow]]

HEAD: list[object] = ["Mã hồ sơ", "Tên thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả", "Đơn vị xử lý"]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return path


def test_numbers_and_dates_of_a_workbook_are_read_without_loss(tmp_path: Path, read: Read) -> None:
    rows: list[list[object]] = [
        HEAD,
        ["0012", "TT", datetime(2019, 5, 31, 14, 0), date(2019, 6, 5), "P"],  # noqa: DTZ001 - a workbook's
        [101001240734, 2.000779, 43616.583333333336, "05/06/2019", 7.0],
    ]
    first, second = read(workbook(tmp_path / "ds.xlsx", rows))
    assert isinstance(first, SnapshotRow)
    assert isinstance(second, SnapshotRow)
    assert (first.code, first.line) == ("0012", 2)
    assert (second.code, second.procedure, second.unit) == ("101001240734", "2.000779", "7")
    for row in (first, second):
        assert row.accepted_at.at == datetime(2019, 5, 31, 7, 0, tzinfo=UTC)
        assert row.promised_at
        assert row.promised_at.at == datetime(2019, 6, 4, 17, 0, tzinfo=UTC)
        assert row.promised_at.date_only


def test_the_head_row_may_stand_below_a_title_and_on_a_later_sheet(
    tmp_path: Path, read: Read, mappings: tuple[ColumnMapping, ...]
) -> None:
    title: list[list[object]] = [["ỦY BAN NHÂN DÂN HUYỆN"], [], ["DANH SÁCH HỒ SƠ"], HEAD, []]
    path = workbook(tmp_path / "ds.xlsx", [["Hướng dẫn"]], [*title, ["A", "TT", "31/05/2019", None, "P"]])
    assert open_sheet(path, mappings).header_line == 4
    assert [row.line for row in read(path)] == [6]


def test_a_workbook_under_the_name_of_a_csv_is_still_a_workbook(tmp_path: Path, read: Read) -> None:
    path = workbook(tmp_path / "ds.xlsx", [HEAD, ["A", "TT", "31/05/2019", "", "P"]])
    assert len(read(path.rename(tmp_path / "ds.csv"))) == 1


def test_a_workbook_without_a_head_row_says_what_it_has(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...]
) -> None:
    path = workbook(tmp_path / "ds.xlsx", [["Mã hồ sơ", "Ghi chú"], ["A", "x"]])
    with pytest.raises(SheetError, match=r"ds\.xlsx, dòng 1: .*“Ghi chú”.*“Ngày tiếp nhận”"):
        open_sheet(path, mappings)


def rewritten(path: Path, part: str, content: bytes) -> Path:
    """Replace one part of a workbook, as no spreadsheet program would."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def sheet_xml(*rows: str) -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{name}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()


def xml_row(*cells: str) -> str:
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{inner}</row>"


def test_a_monstrous_cell_of_a_workbook_costs_only_its_row(tmp_path: Path, read: Read) -> None:
    path = workbook(tmp_path / "ds.xlsx", [HEAD])
    good, huge = ("A", "TT", "31/05/2019", "", "P"), ("B", "x" * 10_000_000, "31/05/2019", "", "P")
    content = sheet_xml(xml_row(*map(str, HEAD)), xml_row(*good), xml_row(*huge), xml_row(*good))
    rows = read(rewritten(path, "xl/worksheets/sheet1.xml", content))
    assert [(row.line, isinstance(row, BadRow)) for row in rows] == [(2, False), (3, True), (4, False)]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/x.png"])
def test_a_zip_bomb_is_refused_before_it_is_opened(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...], part: str
) -> None:
    path = rewritten(workbook(tmp_path / "ds.xlsx", [HEAD]), part, bytes(40 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(SheetError, match="bung ra 40 MiB"):
        open_sheet(path, mappings)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path, mappings: tuple[ColumnMapping, ...]) -> None:
    path = tmp_path / "ds.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thư.txt", "x")
    with pytest.raises(SheetError, match="không phải bảng tính"):
        open_sheet(path, mappings)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_a_broken_workbook_is_refused_with_a_sentence(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...], part: str
) -> None:
    path = rewritten(workbook(tmp_path / "ds.xlsx", [HEAD]), part, b"<broken")
    with pytest.raises(SheetError, match="xlsx"):
        open_sheet(path, mappings)

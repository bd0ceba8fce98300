"""The audit pack on paper and as a workbook: everything is there, in black and white, and nothing runs."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from pypdf import PdfReader

from workers.reports.pack import ON_PAPER, Cell, Chart, Head, Pack, Section, Series, Table, shown
from workers.reports.pack_pdf import write_pack_pdf
from workers.reports.pack_xlsx import write_pack_xlsx

if TYPE_CHECKING:
    from pathlib import Path

HEADS = (Head("Tháng", 10), Head("Trễ", 10, "right"), Head("Tỷ lệ", 10, "right"), Head("Báo", 10, "right"))
MONTHS: tuple[tuple[Cell, ...], ...] = (
    ("01/2019", 4, Fraction(1, 3), None),
    ("02/2019", 0, None, None),
    ("03/2019", 9, Fraction(2, 3), Fraction(2, 3)),
)
LINES = (Series("Tỷ lệ", 2, "line"), Series("Giới hạn", 2, "limit"), Series("Báo", 3, "signal"))
BARS = (Series("Trễ", 1, "bars"), Series("Cộng dồn", 2, "cumulative"))


def pack(rows: tuple[tuple[Cell, ...], ...] = MONTHS, *, charts: bool = True) -> Pack:
    drawn = (
        Chart(title="Đường", series=LINES, first=0, last=2, small=True),
        Chart(title="Pareto", series=BARS, first=0, last=2),
    )
    table = Table(
        code="thang",
        sheet="Tháng",
        title="Theo tháng",
        heads=HEADS,
        rows=rows,
        charts=drawn if charts else (),
        notes=("Ghi chú.",),
    )
    return Pack(
        office_name="Văn phòng thử",
        place="Mỹ Xuyên",
        period="Kỳ quý I năm 2019",
        as_of=datetime(2019, 4, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
        facts=(("Kỳ", "quý I"),),
        sections=(Section(title="Xu hướng", clause="9.1.3", says=("Cách tính.",), tables=(table,)),),
    )


def texts(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "—"),
        ("chữ", "chữ"),
        (1234, "1.234"),
        (Fraction(1), "100,00 %"),
        (Fraction(19999, 20000), "100,00 %"),
        (Fraction(99994, 100_000), "99,99 %"),
        (Decimal("1234.5"), "1.234,5"),
    ],
)
def test_a_cell_is_shown_the_vietnamese_way(cell: Cell, text: str) -> None:
    assert shown(cell) == text


def test_paper_has_every_section_with_its_clause_its_rules_and_its_figures(tmp_path: Path) -> None:
    write_pack_pdf(pack(), tmp_path / "p.pdf")
    found = texts(tmp_path / "p.pdf")
    for said in ("BỘ HỒ SƠ KIỂM TRA CHẤT LƯỢNG", "ISO 9001:2015, 9.1.3", "Cách tính.", "Ghi chú.", "33,33 %"):
        assert said in found


def test_a_long_table_is_cut_on_paper_and_says_where_the_rest_is(tmp_path: Path) -> None:
    long = tuple((f"dòng {number}", number, None, None) for number in range(ON_PAPER + 7))
    write_pack_pdf(pack(long, charts=False), tmp_path / "p.pdf")
    found = texts(tmp_path / "p.pdf")
    assert f"dòng {ON_PAPER - 1} " in found
    assert f"dòng {ON_PAPER} " not in found
    assert "còn 7 dòng nữa trong bảng tính và tệp thang.csv" in found


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    write_pack_pdf(pack((), charts=False), tmp_path / "p.pdf")
    assert "Không có." in texts(tmp_path / "p.pdf")


def test_charts_stand_on_sheets_of_their_own_and_have_no_colour(tmp_path: Path) -> None:
    write_pack_xlsx(pack(), tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["Mục lục", "Tháng", "Tháng – hình"]
    with zipfile.ZipFile(tmp_path / "p.xlsx") as archive:
        drawn = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    assert len(drawn) == 2
    colours = {colour for text in drawn for colour in re.findall(r'srgbClr val="(\w{6})"', text)}
    assert colours
    assert all(len({colour[:2], colour[2:4], colour[4:]}) == 1 for colour in colours)


def test_the_workbook_holds_numbers_and_texts_that_cannot_run(tmp_path: Path) -> None:
    write_pack_xlsx(pack((("=1+1", 4, Fraction(1, 3), None),), charts=False), tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["Tháng"]
    cells = next(row for row in sheet.iter_rows(values_only=True) if row[1] == 4)
    assert cells[0] == "'=1+1"
    assert cells[2] == pytest.approx(0.3333)

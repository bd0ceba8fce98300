"""The papers of `dunghan score`: a workbook and a pdf that say what the screen says, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

DONE = "Đã xử lý xong"


@pytest.fixture
def desk(office: Line) -> Line:
    """Of November: H51-1 finished late, H51-2 early, H51-3 on its last day; H51-4 is open."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", finished="10/11/2025 09:00", status=DONE),
        row("H51-4", accepted="17/11/2025 08:00"),
    )
    assert office("import", str(path)).code == 0
    return office


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    """Return the rows of every sheet that hold anything, without their empty cells."""
    book = openpyxl.load_workbook(path)
    rows = {sheet.title: sheet.iter_rows(values_only=True) for sheet in book}
    return {
        name: [[value for value in row if value not in (None, "")] for row in found if any(row)]
        for name, found in rows.items()
    }


def printed(path: Path) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    return " ".join(text.split())


def test_the_workbook_has_each_score_as_a_number_beside_what_it_comes_from(
    desk: Line, tmp_path: Path
) -> None:
    path = tmp_path / "diem.xlsx"
    assert desk("score", "2025-11", "--xlsx", str(path)).code == 0
    found = sheets_of(path)
    assert list(found) == ["Chấm điểm", "Điểm từ tỷ lệ"]
    grade = "chưa xếp được: từ “yếu” đến “xuất sắc”"
    assert [1, "Phòng Tư pháp", 1, "3/3", 1, 2, grade] in found["Chấm điểm"]
    assert ["Toàn cơ quan", 1, "3/3", 1, 2, grade] in found["Chấm điểm"]
    assert [1, "Phòng Tư pháp", "2/4", "50,00 %", 10, "2/3", "66,67 %", 0] in found["Điểm từ tỷ lệ"]


def test_the_papers_say_what_was_left_out_and_which_stands_were_taken(desk: Line, tmp_path: Path) -> None:
    book, paper = tmp_path / "diem.xlsx", tmp_path / "diem.pdf"
    answer = desk("score", "2025-11", "--xlsx", str(book), "--pdf", str(paper))
    assert f"Đã ghi {book}, {paper}." in " ".join(answer.out.split())
    sheet = " ".join(str(value) for row in sheets_of(book)["Chấm điểm"] for value in row)
    for said in (sheet, printed(paper)):
        assert "Kết quả từ 01/11/2025 đến 30/11/2025" in said
        assert "7. Thái độ của công chức: không ghi phản ánh, kiến nghị về thái độ." in said
        assert "Chỉ số không đo được thì không cộng" in said
        assert "Chưa chấm: đang giải quyết 1, trong đó quá hạn 1; rút 0." in said
        assert "CHƯA được đối chiếu với văn bản" in said
        assert "tối đa 18 điểm; đo được nhiều nhất 2 điểm" in said


def test_officers_stand_by_code_and_without_points_of_rates(desk: Line, tmp_path: Path) -> None:
    path = tmp_path / "diem.xlsx"
    assert desk("score", "2025-11", "--by", "officer", "--xlsx", str(path)).code == 0
    found = sheets_of(path)
    (line,) = (one for one in found["Chấm điểm"] if "tu-phap.chuyen-vien-1" in one)
    assert line[2:6] == [1, "3/3", 1, 2]
    assert [one[0] for one in found["Điểm từ tỷ lệ"]] == [
        "ĐIỂM TỪ TỶ LỆ ĐÚNG HẠN",
        "STT",
        "Tử số / mẫu số",
        "Toàn cơ quan",
    ]


def test_the_dossiers_behind_a_score_come_on_paper_as_well(desk: Line, tmp_path: Path) -> None:
    path = tmp_path / "diem.xlsx"
    asked = ("score", "2025-11", "--by", "dossier", "--unit", "tu-phap")
    assert desk(*asked, "--limit", "2", "--xlsx", str(path)).code == 0
    (rows,) = sheets_of(path).values()
    assert ["Hồ sơ làm nên điểm của Phòng Tư pháp".upper()] in rows
    assert [1, "H51-1", 0, 0, 2] in rows
    assert ["Cả 3 hồ sơ", 1, 1, 2] in rows
    assert ["– Còn 1 hồ sơ nữa; thêm --limit 3 để ghi hết."] in rows


def test_nothing_to_score_is_said_on_paper_and_is_no_zero(desk: Line, tmp_path: Path) -> None:
    path = tmp_path / "diem.xlsx"
    assert desk("score", "2024-01", "--xlsx", str(path)).code == 0
    found = sheets_of(path)
    said = [value for row in found["Chấm điểm"] for value in row]
    assert "– Không có kết quả nào để chấm." in said
    assert found["Điểm từ tỷ lệ"][-1] == ["Toàn cơ quan", "0/0", "—", "—", "0/0", "—", "—"]


def test_programs_are_told_which_papers_were_written(desk: Line, tmp_path: Path) -> None:
    path = tmp_path / "diem.pdf"
    assert desk("score", "2025-11", "--pdf", str(path), "--json").json["files"] == [str(path)]
    assert desk("score", "2025-11", "--by", "dossier", "--json").json["files"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--xlsx", "diem.pdf"), "--xlsx: có “diem.pdf”, cần tên tệp kết thúc bằng .xlsx."),
        (("--pdf", "diem.xlsx"), "--pdf: có “diem.xlsx”, cần tên tệp kết thúc bằng .pdf."),
        (("--pdf", "/không/có/diem.pdf"), "--pdf: không có thư mục /không/có."),
    ],
)
def test_a_file_that_cannot_be_is_refused_before_anything_is_scored(
    desk: Line, arguments: tuple[str, ...], said: str
) -> None:
    answer = desk("score", "2025-11", *arguments)
    assert answer.code == 2
    assert said in answer.err

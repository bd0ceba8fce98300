"""`dunghan reform`: the plan comes in, states are set, the report comes out, by the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

from tests.reform_plans import DONE, HEADS, ROWS, changed, code, plan_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

YEAR = ("--year", "2019")
DOCUMENT = ("--document", "12/QĐ-UBND", "--reason", "đã ban hành")


@pytest.fixture
def desk(office: Line, tmp_path: Path) -> Line:
    """The sample office with its plan of 2019."""
    assert office("reform", "import", str(plan_file(tmp_path / "plan.xlsx")), *YEAR).code == 0
    return office


@pytest.fixture
def half_year(desk: Line) -> Line:
    """The plan as it stood when nine of its tasks were done."""
    for number, day in DONE.items():
        assert desk("reform", "set", code(number), "--state", "done", "--on", day, *DOCUMENT).code == 0
    return desk


def test_a_plan_comes_in_once(desk: Line, tmp_path: Path) -> None:
    again = desk("reform", "import", str(tmp_path / "plan.xlsx"), *YEAR, "--json")
    assert (again.code, again.json["unchanged"], again.json["new"]) == (0, 26, [])
    path = plan_file(tmp_path / "next.xlsx", changed(8, deadline="Quý III")[:-1])
    answer = desk("reform", "import", str(path), *YEAR)
    assert answer.code == 1  # a task of the plan is not in the file
    assert "0 nhiệm vụ mới, 1 thay đổi, 24 không đổi" in answer.out
    assert "CCHC-2019-08, thời gian: “Quý II” → “Quý III”" in answer.out
    assert "Không có trong tệp, vẫn giữ: CCHC-2019-26" in " ".join(answer.out.split())


def test_a_plan_with_faults_names_file_row_and_column_and_records_nothing(
    office: Line, tmp_path: Path
) -> None:
    path = plan_file(tmp_path / "bad.xlsx", changed(7, lead="Phòng TNNMT", deadline="Quý V"))
    answer = office("reform", "import", str(path), *YEAR)
    assert answer.code == 2
    said = " ".join(answer.out.split())
    assert "bad.xlsx, dòng 12, cột “Cơ quan chủ trì”: có “Phòng TNNMT”, cần một đơn vị" in said
    assert "gần giống “Phòng Tài nguyên và Môi trường”" in said
    assert "bad.xlsx, dòng 12, cột “Thời gian hoàn thành”: có “Quý V”" in said
    assert "chưa nhập gì; sửa 1 dòng rồi nhập lại" in said
    rows = office("reform", "import", str(path), *YEAR, "--json").json["refused_rows"]
    assert [(row["line"], row["column"]) for row in rows] == [(12, HEADS[3]), (12, HEADS[5])]
    assert office("reform", "list", *YEAR).code == 2


def test_the_rate_is_shown_as_counts_and_their_quotient(half_year: Line) -> None:
    answer = half_year("reform", "report", "2019-H1")
    assert answer.code == 0
    assert "9/26 = 34,62 %: đã hoàn thành, trên tổng số nhiệm vụ của kế hoạch" in answer.out
    assert "9/12 = 75,00 %: đã hoàn thành, trên số nhiệm vụ đến thời hạn" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    made = half_year("reform", "report", "2019-Q2", "--json").json
    assert made["total"]["rate_plan"] == {"numerator": 9, "denominator": 26, "percent": "34,62 %"}
    assert sum(part["total"] for part in made["by_area"]) == 26
    assert sum(part["done"] for part in made["by_unit"]) == 9
    assert [task["code"] for task in made["tasks"] if task["late_by_days"]] == [code(18)]


def test_the_papers_have_the_same_figures_and_the_whole_list(half_year: Line, tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "q2.xlsx", tmp_path / "q2.pdf"
    answer = half_year("reform", "report", "2019-Q2", "--xlsx", str(xlsx), "--pdf", str(pdf))
    assert answer.code == 0
    book = openpyxl.load_workbook(xlsx)
    assert book.sheetnames == ["Theo lĩnh vực", "Theo đơn vị", "Danh mục nhiệm vụ"]
    for name in book.sheetnames[:2]:
        total = next(row for row in book[name].iter_rows(values_only=True) if row[1] == "Tổng số")
        assert total[2:] == (26, 8, 1, 0, 0, 13, 0, 4, 0, 12, 9, "9/26 = 34,62 %", "9/12 = 75,00 %")
    listed = [row for row in book["Danh mục nhiệm vụ"].iter_rows(values_only=True) if row[1]]
    assert len(listed) == 1 + 26
    late = next(row for row in listed if row[0] == "18")
    assert late[6:10] == ("01/04/2019", "hoàn thành trễ", "08/04/2019", 7)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    for part in ("9/26 = 34,62 %", "9/12 = 75,00 %", "Điều 148.5", "Tuyên truyền cải cách hành chính"):
        assert part in text


def test_a_report_of_a_day_before_anything_was_recorded_says_so(half_year: Line) -> None:
    answer = half_year("reform", "report", "2019-Q2", "--as-of", "01/07/2019")
    assert (answer.code, answer.out) == (2, "")
    assert "Chưa có kế hoạch cải cách hành chính năm 2019 vào lúc tính (đã nhập: 2019)" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", code(1), "--state", "don", "--reason", "x"), "Có phải là done?"),
        (("set", "CCHC-2019-99", "--state", "done", "--reason", "x"), "không có nhiệm vụ CCHC-2019-99"),
        (("set", code(1), "--state", "removed", "--reason", "x"), "cần số văn bản (--document)"),
        (("set", code(1), "--state", "done", "--reason", "x", "--on", "hôm qua"), "--on: có “hôm qua”"),
        (("report", "2019-Q5"), "không có kỳ “2019-Q5”"),
        (("report", "2019-Q2", "--pdf", "x.xlsx"), "cần tên tệp kết thúc bằng .pdf"),
        (("list", *YEAR, "--unit", "noi-vụ"), "Có phải là noi-vu?"),
        (("list", *YEAR, "--state", "overdu"), "Có phải là overdue?"),
        (("show", "CCHC-2019-99"), "không có nhiệm vụ CCHC-2019-99"),
        (("import", "khong-co.xlsx"), "Không có tệp khong-co.xlsx"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(desk: Line, words: tuple[str, ...], said: str) -> None:
    answer = desk("reform", *words)
    assert answer.code == 2
    assert said.lower() in answer.err.lower()


def test_tasks_are_listed_by_cell_and_unit(half_year: Line) -> None:
    found = half_year("reform", "list", *YEAR, "--state", "done_late", "--json").json
    assert [task["code"] for task in found] == [code(18)]
    of_unit = half_year("reform", "list", *YEAR, "--unit", "Phòng Tư pháp", "--json").json
    assert [task["number"] for task in of_unit] == ["1", "2", "3", "4"]
    assert "hoàn thành trễ" in half_year("reform", "list", *YEAR).out


def test_a_task_shows_its_history_and_a_state_twice_changes_nothing(half_year: Line) -> None:
    again = half_year("reform", "set", code(18), "--state", "done", "--on", DONE[18], *DOCUMENT)
    assert (again.code, "không đổi gì" in again.out) == (0, True)
    answer = half_year("reform", "show", code(18))
    said = " ".join(answer.out.split())
    assert "Quy chế chi tiêu nội bộ" in said
    assert "hoàn thành: đã ban hành; 12/QĐ-UBND" in said
    facts = half_year("reform", "show", code(18), "--json").json
    assert [entry["kind"] for entry in facts["history"]] == ["planned", "state"]
    assert facts["history"][1]["actor"].startswith("cli:")


def test_an_empty_plan_is_filled_in_and_comes_back(office: Line, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    assert office("reform", "template", str(path), *YEAR).code == 0
    assert "đã có" in office("reform", "template", str(path), *YEAR).err
    assert "không có nhiệm vụ nào" in office("reform", "import", str(path), *YEAR).err
    book = openpyxl.load_workbook(path)
    sheet = book["Kế hoạch"]
    sheet["A5"], sheet["B5"], sheet["D5"], sheet["F5"] = 1, "Việc đầu", "Phòng Tư pháp", "Tháng 3"
    book.save(path)
    assert office("reform", "import", str(path), *YEAR, "--json").json["new"] == [code(1)]
    (task,) = office("reform", "list", *YEAR, "--json").json
    assert (task["area"], task["due_on"]) == ("the-che", "2019-04-01")


def test_the_sample_plan_has_a_row_for_every_task() -> None:
    assert [row[0] for row in ROWS if len(row) > 2] == list(range(1, 27))

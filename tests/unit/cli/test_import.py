from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

BAD = row("H51-2", procedure="9.9")


def test_good_rows_go_in_and_bad_ones_come_back_with_line_and_reason(office: Line) -> None:
    answer = office("import", str(office.write_list(row("H51-1"), BAD, row("H51-3", accepted="hôm qua"))))
    assert answer.code == 1
    assert "tiếp nhận mới  1" in answer.out
    assert "không có thủ tục 9.9" in answer.out
    assert "“hôm qua”" in answer.out
    rejects = office.home.parent / "danh-sach-loi.csv"
    assert str(rejects.name) in answer.out
    assert [cells["Mã hồ sơ"] for cells in read(rejects)] == ["H51-2", "H51-3"]


def test_a_clean_list_ends_with_zero_and_twice_is_once(office: Line) -> None:
    path = str(office.write_list(row("H51-1"), row("H51-2")))
    assert office("import", path).code == 0
    again = office("import", path, "--json")
    assert again.code == 0
    assert (again.json["accepted"], again.json["unchanged"], again.json["events"]) == (0, 2, 0)
    assert not (office.home.parent / "danh-sach-loi.csv").exists()


def test_the_reject_file_can_be_corrected_and_imported_and_is_never_written_over(office: Line) -> None:
    path = str(office.write_list(row("H51-1"), BAD))
    office("import", path)
    rejects = office.home.parent / "danh-sach-loi.csv"
    corrected = rejects.read_text(encoding="utf-8-sig").replace("9.9", "1.003583")
    rejects.write_text(corrected, encoding="utf-8")
    assert office("import", path, "--json").json["rejects_file"].endswith("danh-sach-loi-2.csv")
    assert rejects.read_text(encoding="utf-8") == corrected
    assert office("import", str(rejects)).code == 0
    assert office("dossier", "H51-2").code == 0


def test_rejects_of_a_reject_file_do_not_pile_up_endings(office: Line) -> None:
    path = office.write_list(BAD, name="thang-5-loi-3.csv")
    assert office("import", str(path), "--json").json["rejects_file"].endswith("/thang-5-loi.csv")


def test_the_rejects_never_go_into_the_list_itself(office: Line) -> None:
    path = office.write_list(BAD)
    before = path.read_bytes()
    assert office("import", str(path), "--rejects", str(path)).code == 2
    assert path.read_bytes() == before
    assert office("import", str(path), "--rejects", "nowhere/loi.csv").code == 2
    assert office("import", str(path), "--rejects", "khac.csv").code == 1
    assert (office.home.parent / "khac.csv").is_file()


def test_the_report_for_programs_has_every_refused_row(office: Line) -> None:
    answer = office("import", str(office.write_list(row(), BAD)), "--json", "--as-of", "31/05/2026 17:00")
    assert answer.code == 1
    found = answer.json
    assert found["as_of"] == "2026-05-31T17:00:00+07:00"
    assert (found["office"], found["rows"], found["accepted"], found["refused"]) == ("my-xuyen", 2, 1, 1)
    assert found["refused_rows"][0]["line"] == 3
    assert "9.9" in found["refused_rows"][0]["reason"]
    assert "Ngày trả kết quả" in found["absent_columns"]


def test_an_officer_nobody_knows_goes_in_and_is_named_with_the_code_that_was_likely_meant(
    office: Line,
) -> None:
    line = row("H51-1").replace("tu-phap.chuyen-vien-1", "Tư pháp.chuyen-vien-1")
    path = str(office.write_list(line, row("H51-2")))
    answer = office("import", path)
    assert answer.code == 0
    said = " ".join(answer.out.split())
    assert "Đã nhập, cần xem lại" in said
    assert "có phải “tu-phap.chuyen-vien-1”?" in said
    (doubt,) = office("import", path, "--json").json["doubts"]
    assert (doubt["line"], doubt["rows"], doubt["doubt"]) == (2, 1, "officer_unknown_near")


def test_a_list_of_a_day_shows_all_that_happened_on_it(office: Line) -> None:
    office("import", str(office.write_list(row(accepted="03/11/2025 08:00"))), "--as-of", "03/11/2025")
    path = str(office.write_list(row(accepted="03/11/2025 08:00", status="Tạm dừng")))
    assert office("import", path, "--as-of", "04/11/2025").code == 0
    (_, paused) = office("dossier", "H51-1", "--json").json["history"]
    assert paused["kind"] == "suspended"
    assert paused["occurred_at"].startswith("2025-11-04T23:59:59")


def test_a_list_cannot_come_from_the_future(office: Line) -> None:
    answer = office("import", str(office.write_list(row())), "--as-of", "01/01/2100")
    assert answer.code == 2
    assert "tương lai" in answer.err


def test_a_file_that_is_no_list_changes_nothing_and_says_what_was_expected(office: Line) -> None:
    path = office.home.parent / "thuc-don.csv"
    path.write_text("món;giá\nphở;30000\n", encoding="utf-8")
    answer = office("import", str(path))
    assert answer.code == 2
    assert "thuc-don.csv, dòng 1" in answer.err
    assert "Mã hồ sơ" in answer.err


def test_rules_edited_on_disk_are_not_used_before_they_are_recorded_and_that_is_said(office: Line) -> None:
    rules = office.home / "sla" / "office.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text + "\n# sửa\n", encoding="utf-8")
    assert "đang áp dụng phiên bản 1" in office("import", str(office.write_list(row()))).out
    rules.write_text(text + "\nnonsense = 1\n", encoding="utf-8")
    answer = office("import", str(office.write_list(row())))
    assert answer.code == 0
    assert "Cấu hình trên đĩa có 1 lỗi" in " ".join(answer.out.split())


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))

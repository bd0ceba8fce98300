"""`dunghan report --seal` and `dunghan seal`: sealed, listed, shown, held against the record, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

NOVEMBER = ("--period", "2025-11")
DONE = "Đã xử lý xong"
LATE = ("--at", "19/11/2025 09:30", "--forced-by", "Trưởng phòng", "--reason", "quên ghi")


@pytest.fixture
def desk(office: Line) -> Line:
    """H51-1 was carried in and finished late, H51-2 finished early, H51-3 is open."""
    path = office.write_list(
        row("H51-1", accepted="27/10/2025 08:00", finished="12/11/2025 09:00", status=DONE),
        row("H51-2", finished="06/11/2025 09:00", status=DONE),
        row("H51-3", accepted="17/11/2025 08:00"),
    )
    assert office("import", str(path)).code == 0
    return office


def test_a_report_is_sealed_with_its_form_and_shown_again(desk: Line) -> None:
    form = str(desk.home.parent / "f.xlsx")
    answer = desk("report", *NOVEMBER, "--form", form, "--seal", "12/BC-UBND")
    assert answer.code == 0
    assert "Đã niêm phong số 1: tháng 11 năm 2025, theo đơn vị, biểu II.06a; 3 hồ sơ." in answer.out
    assert "12/BC-UBND" in desk("seal", "show", "1").out
    shown = desk("seal", "show", "1", "--json").json
    assert shown["document"]["figures"]["total"] == {
        "carried_in": 1,
        "early": 1,
        "late": 1,
        "pending_overdue": 1,
    }
    assert shown["document"]["author"].startswith("cli:")
    assert desk("seal", "list", "--json").json["seals"][0]["hash"] == shown["hash"]


def test_the_sealed_list_goes_to_a_file_in_words_and_as_it_was_sealed(desk: Line) -> None:
    path = desk.home.parent / "ds.csv"
    assert desk("report", *NOVEMBER, "--seal", "12/BC", "--json").json["seal"]["number"] == 1
    assert desk("seal", "show", "1", "--csv", str(path)).code == 0
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines[1:]] == ["H51-1", "H51-2", "H51-3"]
    assert "Phòng Tư pháp: quá hạn, kỳ trước chuyển qua" in lines[1]


def test_what_was_recorded_late_is_listed_by_dossier_and_corrected_by_a_new_seal(desk: Line) -> None:
    desk("report", *NOVEMBER, "--seal", "12/BC")
    assert desk("seal", "check", "1").code == 0
    assert desk("event", "H51-3", "finished", *LATE).code == 0
    answer = desk("seal", "check", "--all")
    assert answer.code == 1
    assert "nay 1 hồ sơ khác do ghi muộn" in answer.out
    assert "lúc chốt: Phòng Tư pháp: đang giải quyết quá hạn" in answer.out
    assert "tính lại: Phòng Tư pháp: trước hạn" in answer.out
    assert "sự kiện 2: có kết quả lúc 19/11/2025 09:30" in answer.out
    (found,) = desk("seal", "check", "1", "--json").json["seals"]
    assert (found["holds"], found["unlike_then"]) == (False, [])
    assert [(one["code"], one["events"][0]["seq"]) for one in found["late"]] == [("H51-3", 2)]
    corrected = desk("seal", "correct", "1", "--reason", "ghi muộn")
    assert corrected.code == 0
    assert "Đã niêm phong số 2, sửa niêm phong số 1" in corrected.out
    assert desk("seal", "check", "--all").code == 0
    listed = desk("seal", "list").out
    assert "đã sửa: số 2" in listed
    assert "sửa số 1" in listed


def test_a_report_sealed_before_is_refused_before_anything_is_written(desk: Line) -> None:
    desk("report", *NOVEMBER, "--seal", "12/BC")
    form = desk.home.parent / "f.pdf"
    assert desk("report", *NOVEMBER, "--form", str(form), "--seal", "12/BC").code == 0
    form.unlink()
    answer = desk("report", *NOVEMBER, "--form", str(form), "--seal", "12/BC")
    assert answer.code == 2
    assert "đã niêm phong, số 2" in answer.err
    assert not form.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--seal", "12/BC"), "cần một kỳ có đầu có cuối"),
        (("report", *NOVEMBER, "--seal", " "), "iêm phong cần ghi lý do"),
        (("report", *NOVEMBER, "--cell", "column=3", "--seal", "12/BC"), "bỏ --cell"),
        (("seal", "show", "7"), "Không có niêm phong số 7"),
        (("seal", "check"), "số của một niêm phong, hoặc --all"),
        (("seal", "check", "1", "--all"), "số của một niêm phong, hoặc --all"),
        (("seal", "check", "7"), "hông có niêm phong số 7"),
        (("seal", "correct", "7", "--reason", "thử"), "hông có niêm phong số 7"),
        (("seal", "correct", "1"), "cần ghi lý do"),
    ],
)
def test_what_cannot_be_sealed_is_refused_in_words(desk: Line, arguments: tuple[str, ...], said: str) -> None:
    answer = desk(*arguments)
    assert answer.code == 2
    assert said in answer.err.replace("\n", " ")
    assert "Chưa có báo cáo nào" in desk("seal", "list").out


def under_the_form(path: Path) -> str:
    sheet = load_workbook(path)["II.06a"]
    texts = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value is not None]
    (said,) = [text for text in texts if "niêm phong" in text and "Niêm phong số liệu" not in text]
    return said.removeprefix("– ")


def test_the_printed_form_names_its_seal_or_says_that_it_has_none(desk: Line) -> None:
    form = desk.home.parent / "f.xlsx"
    print_form = ("report", *NOVEMBER, "--form", str(form))
    assert desk(*print_form).code == 0
    assert under_the_form(form) == "Chưa niêm phong."
    assert desk(*print_form, "--seal", "12/BC").code == 0
    sealed = desk("seal", "list", "--json").json["seals"][0]["hash"]
    expected = f"Đã niêm phong: số 1, SHA-256 {sealed[:16]}…, 12/BC."
    assert under_the_form(form) == expected
    assert desk(*print_form).code == 0
    assert under_the_form(form) == expected


def test_a_form_of_other_figures_does_not_pass_for_the_sealed_one(desk: Line) -> None:
    form = desk.home.parent / "f.xlsx"
    print_form = ("report", *NOVEMBER, "--form", str(form))
    assert desk(*print_form, "--seal", "12/BC").code == 0
    assert desk("event", "H51-3", "finished", *LATE).code == 0
    assert desk(*print_form).code == 0
    assert "số liệu khác biểu này: xem dunghan seal check 1" in under_the_form(form)
    assert desk("seal", "correct", "1", "--reason", "ghi muộn").code == 0
    assert desk(*print_form).code == 0
    assert under_the_form(form).startswith("Đã niêm phong: số 2, SHA-256 ")

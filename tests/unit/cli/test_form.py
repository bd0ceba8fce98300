"""`dunghan form`: forms on paper from the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.forms import OWN, own_template, text_of_docx, text_of_pdf
from tests.unit.cli.conftest import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line

APOLOGY = ("--appointed", "17/11/2025", "--reason", "chờ xác minh", "--document", "12/PXL")
IN_TIME = ("--at", "05/11/2025 09:00", "--forced-by", "Trưởng phòng")  # told long after, so somebody answers


@pytest.fixture
def desk(office: Line) -> Line:
    """An office with one open dossier, due on 10/11/2025."""
    assert office("import", str(office.write_list(row()))).code == 0
    return office


def documents(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".docx", ".pdf"))


def test_without_a_place_both_files_are_written_here(desk: Line, tmp_path: Path) -> None:
    answer = desk("form", "H51-1", "receipt")
    assert answer.code == 0
    assert documents(tmp_path) == ["giay-tiep-nhan-H51-1.docx", "giay-tiep-nhan-H51-1.pdf"]
    assert answer.out == (
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả, hồ sơ H51-1: giay-tiep-nhan-H51-1.docx, "
        "giay-tiep-nhan-H51-1.pdf.\n"
    )
    assert "Mỹ Xuyên, ngày" in text_of_docx((tmp_path / "giay-tiep-nhan-H51-1.docx").read_bytes())


def test_an_apology_says_what_was_recorded_and_where_the_letter_is(desk: Line, tmp_path: Path) -> None:
    answer = desk(
        "form", "H51-1", "apology", *APOLOGY, *IN_TIME, "--out", "x.pdf", "--applicant", "Người nộp"
    )
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("Đã ghi vào lịch sử: xin lỗi và hẹn lại.\n")
    said = text_of_pdf((tmp_path / "x.pdf").read_bytes())
    assert "Kính gửi: Người nộp" in said
    assert "17 giờ 00 phút, ngày 17 tháng 11 năm 2025" in said
    assert "ngày 05 tháng 11 năm 2025" in said
    shown = desk("dossier", "H51-1").out
    assert "xin lỗi và hẹn lại" in shown
    assert "Người nộp" not in shown


def test_a_recorded_apology_is_printed_again_without_being_typed_again(desk: Line, tmp_path: Path) -> None:
    desk("form", "H51-1", "apology", *APOLOGY, *IN_TIME, "--out", "x.docx")
    answer = desk("form", "H51-1", "apology", "--out", "y.docx")
    assert answer.code == 0
    assert "Đã ghi" not in answer.out
    first, second = (text_of_docx((tmp_path / name).read_bytes()) for name in ("x.docx", "y.docx"))
    assert first == second


def test_a_refused_apology_leaves_no_letter_and_ends_with_1(desk: Line, tmp_path: Path) -> None:
    answer = desk("form", "H51-1", "apology", *APOLOGY)  # the due day has long passed
    assert answer.code == 1
    assert answer.err.startswith("Từ chối: ngày hẹn lại 17/11/2025 đã qua khi xin lỗi lúc ")
    assert "Không có phiếu nào được lập" in answer.err
    assert documents(tmp_path) == []
    assert desk("letters", "--json").json["total"] == 1


def test_what_the_law_asks_for_in_an_apology_is_named(desk: Line) -> None:
    answer = desk("form", "H51-1", "apology", "--appointed", "17/11/2025")
    assert answer.code == 2
    assert answer.err == "Sự kiện reappointed (xin lỗi và hẹn lại) cần --reason, --document.\n"
    answer = desk("form", "H51-1", "apology")
    assert answer.code == 2
    assert "chưa hẹn lại" in answer.err


def test_a_request_for_papers_lists_them(desk: Line, tmp_path: Path) -> None:
    items = ("--item", "Giấy chứng sinh", "--item", "Giấy ủy quyền")
    answer = desk("form", "H51-1", "supplement", *items, *IN_TIME, "--reason", "thiếu", "--out", "x.docx")
    assert answer.code == 0
    assert "Đã ghi vào lịch sử: yêu cầu bổ sung." in answer.out
    said = text_of_docx((tmp_path / "x.docx").read_bytes())
    assert "1. Giấy chứng sinh;" in said
    assert "2. Giấy ủy quyền." in said


def test_a_late_agency_is_chased(desk: Line, tmp_path: Path) -> None:
    asked = ("--agency", "Công an huyện", "--reply-by", "06/11/2025", "--at", "04/11/2025 08:00")
    assert desk("event", "H51-1", "consultation_requested", *asked).code == 0
    answer = desk("form", "H51-1", "chasing", "--at", "07/11/2025 08:00", "--out", "x.docx")
    assert answer.code == 0
    said = text_of_docx((tmp_path / "x.docx").read_bytes())
    assert "Kính gửi: Công an huyện" in said
    assert "NGƯỜI ĐỨNG ĐẦU" in said
    early = desk("form", "H51-1", "chasing", "--at", "06/11/2025 08:00", "--out", "y.docx")
    assert early.code == 2
    assert "đang chờ: Công an huyện" in early.err


def test_programs_get_names_that_stay(desk: Line) -> None:
    done = desk("form", "H51-1", "receipt", "--out", "x.docx", "--json").json
    assert done == {
        "office": "my-xuyen",
        "code": "H51-1",
        "form": "receipt",
        "files": ["x.docx"],
        "event": None,
        "error": None,
        "message": None,
    }
    refused = desk("form", "H51-1", "apology", *APOLOGY, "--json")
    assert (refused.code, refused.json["error"], refused.json["files"]) == (1, "history", [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("H51-9", "receipt"), "Không có hồ sơ H51-9."),
        (("H51-1", "receipt", "--out", "x.odt"), "Có “x.odt”, cần tên tệp kết thúc bằng .docx hoặc .pdf."),
        (("H51-1", "receipt", "--out", "khong/x.pdf"), "khong: không có thư mục này."),
        (("H51-1", "receipt", "--agency", "Sở"), "--agency chỉ dùng cho chasing, không dùng cho receipt."),
        (("H51-1", "chasing", "--appointed", "17/11/2025"), "--appointed chỉ dùng cho apology"),
        (("H51-1", "chasing", "--item", "x"), "--item chỉ dùng cho receipt, supplement"),
        (("H51-1", "apology", *APOLOGY[2:], "--appointed", "ngày kia"), "--appointed: có “ngày kia”"),
        (("H51-1", "thu"), "PHIẾU"),
    ],
)
def test_a_wrong_call_is_explained_in_one_sentence(
    desk: Line, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = desk("form", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert documents(tmp_path) == []


def test_a_file_that_is_there_is_not_written_over(desk: Line, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("ký rồi", encoding="utf-8")
    answer = desk("form", "H51-1", "apology", *APOLOGY, *IN_TIME, "--out", "x.pdf")
    assert answer.code == 2
    assert "x.pdf: đã có tệp này" in answer.err
    assert "hẹn lại" not in desk("dossier", "H51-1").out


def test_without_the_extra_one_sentence_says_what_to_install(
    desk: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    answer = desk("form", "H51-1", "receipt")
    assert answer.code == 2
    assert answer.err == (
        "Chưa cài docxtpl để ghi tệp .docx; hãy cài phần reports: pip install -e '.[reports]'.\n"
    )
    assert desk("sla", "check").code == 0


def test_a_faulty_form_of_the_office_is_found_by_the_check_of_its_rules(desk: Line) -> None:
    own_template(desk.home / "templates", "apology", "Kính gửi: {{ citizen }}")
    answer = desk("sla", "check")
    assert answer.code == 2
    assert str(desk.home / "templates" / OWN / "apology.docx") in answer.err
    assert "chỗ điền “citizen” không có, ở đoạn “Kính gửi: {{ citizen }}”" in answer.err
    refused = desk("form", "H51-1", "apology", *APOLOGY, *IN_TIME)
    assert refused.code == 2
    assert "chỗ điền “citizen” không có" in refused.err


def test_the_office_gets_copies_of_the_forms_to_edit(office: Line) -> None:
    office.anywhere("init", str(office.home), "--templates")
    assert sorted(path.name for path in (office.home / "templates" / OWN).iterdir()) == [
        "apology.docx",
        "chasing.docx",
        "control.docx",
        "receipt.docx",
        "rescheduled.docx",
        "supplement.docx",
    ]
    assert office("sla", "check").code == 0

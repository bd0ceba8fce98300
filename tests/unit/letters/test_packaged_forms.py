"""The forms that come with the programs: what they say, on which paper, and that docx and pdf agree."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from pypdf import PdfReader

from tests.forms import letters_only, lines_of_docx, pages_of_pdf, text_of_docx, text_of_pdf, word_file
from tests.unit.letters.views import full, least
from workers.letters.filling import fill
from workers.letters.pdf import as_pdf
from workers.letters.templates import template_of
from workers.letters.view import KINDS, TITLES

if TYPE_CHECKING:
    from docx.document import Document as Opened

    from workers.letters.view import FormKind

APPLICANT = ("Người nộp & Công ty <Ví Dụ>", "số 1, ấp Ví Dụ", "0299 000 000", "vidu@example.invalid")
HEAD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Mỹ Xuyên, ngày 10 tháng 6 năm 2019",
)
FACTS: dict[FormKind, tuple[str, ...]] = {
    "receipt": (
        *APPLICANT,
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Thời gian nhận hồ sơ: 08 giờ 30 phút, ngày 31 tháng 5 năm 2019",
        "17 giờ 00 phút, ngày 14 tháng 6 năm 2019",
        "theo quy định là: 10 ngày làm việc",
        "1. Trích lục bản đồ địa chính;",
        "2. Giấy ủy quyền.",
        "TRƯỞNG PHÒNG",
    ),
    "supplement": (
        *APPLICANT,
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "1. Trích lục bản đồ địa chính;",
        "2. Giấy ủy quyền.",
        "Lý do: chờ kết quả đo đạc.",
        "liên hệ với Công chức thụ lý, Phòng Tài nguyên và Môi trường",
    ),
    "apology": (
        *APPLICANT,
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Số: 12/PXL",
        "Ngày 31 tháng 5 năm 2019, Phòng Tài nguyên và Môi trường tiếp nhận",
        "lĩnh vực Đất đai",
        "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 14 tháng 6 năm 2019",
        "Lý do: chờ kết quả đo đạc.",
        "17 giờ 00 phút, ngày 21 tháng 6 năm 2019",
        "xin lỗi ông (bà)/tổ chức",
        "Nơi nhận:",
        "TRƯỞNG PHÒNG",
    ),
    "rescheduled": (
        *APPLICANT,
        "THÔNG BÁO THAY ĐỔI NGÀY HẸN TRẢ KẾT QUẢ",
        "Ngày hẹn trả kết quả trước đây: ngày 13 tháng 6 năm 2019",
        "Lý do: chờ kết quả đo đạc.",
        "17 giờ 00 phút, ngày 14 tháng 6 năm 2019",
        "không phải là hẹn lại",
        "TRƯỞNG PHÒNG",
    ),
    "chasing": (
        "PHIẾU ĐÔN ĐỐC",
        "Kính gửi: Chi cục Thuế",
        "Ngày 03 tháng 6 năm 2019",
        "văn bản số 45/TNMT",
        "Thời hạn đề nghị trả lời: ngày 06 tháng 6 năm 2019",
        "đã quá thời hạn đề nghị 2 ngày làm việc",
        "17 giờ 00 phút, ngày 21 tháng 6 năm 2019",
        "Nơi nhận:",
    ),
    "control": (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Cơ quan phối hợp giải quyết hồ sơ: Chi cục Thuế",
        "Thời gian nhận hồ sơ: 08 giờ 30 phút, ngày 31 tháng 5 năm 2019",
        "1. Giao: Phòng TNMT",
        "2. Nhận: Chi cục Thuế",
        "09 giờ 00 phút",
        "quá hạn",
        "chậm 1 ngày",
    ),
}


def both(kind: FormKind, *, known: bool = True) -> tuple[bytes, bytes]:
    view = full(kind) if known else least(kind)
    document = fill(view)
    return document, as_pdf(view, document)


@pytest.mark.parametrize("kind", KINDS)
def test_docx_and_pdf_of_a_form_state_its_facts(kind: FormKind) -> None:
    document, pdf = both(kind)
    common = ("000.00.19.H51-190531-0001", "Cấp đổi Giấy chứng nhận quyền sử dụng đất", *HEAD)
    for said in (letters_only(text_of_docx(document)), letters_only(text_of_pdf(pdf))):
        for fact in (*common, *FACTS[kind]):
            assert letters_only(fact) in said, fact


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_docx_and_pdf_say_the_same_to_the_letter(kind: FormKind, *, known: bool) -> None:
    document, pdf = both(kind, known=known)
    assert letters_only(text_of_pdf(pdf)) == letters_only(text_of_docx(document))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_is_one_page_of_the_paper_the_circular_names(kind: FormKind, *, known: bool) -> None:
    # Circular 01/2018/TT-VPCP art. 9: A5; the chasing slip is the office's own, on A4.
    assert pages_of_pdf(both(kind, known=known)[1]) == [(210, 297) if kind == "chasing" else (148, 210)]


@pytest.mark.parametrize("kind", ["receipt", "supplement", "apology", "rescheduled"])
def test_what_the_house_does_not_store_is_left_for_a_pen(kind: FormKind) -> None:
    document, pdf = both(kind, known=False)
    dotted = [line for line in text_of_pdf(pdf).splitlines() if "..............." in line]
    for label in ("Địa chỉ:", "Số điện thoại:", "Email:"):
        assert any(label in line for line in dotted), label
    assert "None" not in text_of_docx(document)


def test_an_unknown_hour_and_an_unknown_day_leave_room_of_their_own() -> None:
    said = text_of_docx(both("receipt", known=False)[0])
    assert "Thời gian nhận hồ sơ: ...... giờ ...... phút, ngày 31 tháng 5 năm 2019." in said
    assert "...... giờ ...... phút, ngày ...... tháng ...... năm ........" in said


def test_a_long_list_of_papers_goes_on_the_next_page_whole() -> None:
    papers = tuple(f"Giấy tờ số {number}" for number in range(1, 60))
    view = full("supplement", items=papers)
    pdf = as_pdf(view, fill(view))
    said = letters_only(text_of_pdf(pdf))
    assert len(pages_of_pdf(pdf)) > 1
    assert all(letters_only(paper) in said for paper in papers)


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_stay_in_the_narrow_head_without_a_torn_word(kind: FormKind) -> None:
    document = fill(full(kind, office_name="Ủy ban nhân dân thành phố thuộc tỉnh có một tên rất dài"))
    head = lines_of_docx(document)[0]
    assert head == "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ THUỘC TỈNH\nCÓ MỘT TÊN RẤT DÀI"


@pytest.mark.parametrize("kind", KINDS)
def test_a_packaged_template_names_nobody_who_made_it(kind: FormKind) -> None:
    properties = Document(str(template_of(kind, None))).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_is_named_after_its_form_and_dossier(kind: FormKind) -> None:
    described = PdfReader(BytesIO(both(kind)[1])).metadata
    assert described is not None
    assert described.title == f"{TITLES[kind]} 000.00.19.H51-190531-0001"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_every_vietnamese_letter_is_one_letter_in_the_pdf(*, bold: bool, italic: bool) -> None:
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"

    def dress(made: Opened) -> None:
        for letter in vowels + vowels.upper():
            run = made.add_paragraph().add_run(f"x{letter}x")
            run.font.name, run.bold, run.italic = "No Such Font", bold, italic

    said = text_of_pdf(as_pdf(full(), word_file(dress=dress)))
    assert said.split() == [f"x{letter}x" for letter in vowels + vowels.upper()]

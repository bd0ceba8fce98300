"""The templates an office edits: they win, and what is wrong with one is said with its file and paragraph."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from config.errors import ConfigError
from tests.forms import OWN, lines_of_docx, own_template, text_of_docx, text_of_pdf
from tests.unit.letters.views import ZONE, full, least
from workers.letters.filling import fill
from workers.letters.pdf import as_pdf
from workers.letters.samples import check_forms
from workers.letters.templates import PACKAGED

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from config.errors import Problem


def problem(folder: Path, kind: str = "apology") -> Problem:
    with pytest.raises(ConfigError) as caught:
        fill(full(kind), folder)  # type: ignore[arg-type]
    (found,) = caught.value.problems
    assert found.file == str(folder / OWN / f"{kind}.docx")
    return found


def test_the_offices_own_template_wins_and_the_others_stay_packaged(tmp_path: Path) -> None:
    own_template(tmp_path, "apology", "Thư của cơ quan: {{ code }}")
    assert text_of_docx(fill(full(), tmp_path)) == "Thư của cơ quan: 000.00.19.H51-190531-0001"
    assert fill(full("receipt"), tmp_path) != b""
    assert "GIẤY TIẾP NHẬN" in text_of_docx(fill(full("receipt"), tmp_path))


def test_an_edit_is_used_at_once(tmp_path: Path) -> None:
    for text in ("lần một", "lần hai"):
        own_template(tmp_path, "apology", text)
        assert text_of_docx(fill(full(), tmp_path)) == text


def test_a_placeholder_that_word_has_cut_into_runs_is_filled(tmp_path: Path) -> None:
    folder = own_template(
        tmp_path,
        "apology",
        dress=lambda made: [
            made.add_paragraph(),
            *(made.paragraphs[0].add_run(part) for part in ("Mã {", "{ co", "de }", "}")),
        ],
    )
    assert text_of_docx(fill(full(), folder)) == "Mã 000.00.19.H51-190531-0001"


def test_days_hours_and_blanks_have_words_of_their_own(tmp_path: Path) -> None:
    folder = own_template(
        tmp_path,
        "apology",
        "{{ accepted | day }}|{{ accepted | hour }}|{{ accepted | short }}|{{ limit | dots(5) }}",
    )
    assert text_of_docx(fill(full(), folder)) == (
        "ngày 31 tháng 5 năm 2019|08 giờ 30 phút|31/05/2019|10 ngày làm việc"
    )
    early = datetime(2019, 2, 3, 17, 5, tzinfo=ZONE)
    assert text_of_docx(fill(full(accepted=early, limit=""), folder)) == (
        "ngày 03 tháng 02 năm 2019|17 giờ 05 phút|03/02/2019|....."
    )


def test_an_unknown_placeholder_is_named_with_its_paragraph(tmp_path: Path) -> None:
    found = problem(own_template(tmp_path, "apology", "Số: {{ document }}", "Kính gửi: {{ citizen }}"))
    assert found.found == "'citizen' is undefined in the paragraph 'Kính gửi: {{ citizen }}'"
    assert found.expected.startswith("one of the placeholders kind, code, office_name,")


@pytest.mark.parametrize(
    "use", ["{{ citizen | day }}", "{{ citizen | hour }}", "{{ citizen | short }}", "{{ citizen | dots }}"]
)
def test_an_unknown_placeholder_is_no_blank(tmp_path: Path, use: str) -> None:
    assert "'citizen' is undefined" in problem(own_template(tmp_path, "apology", use)).found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lý do: {{ reason", "in the paragraph 'Lý do: {{ reason'"),
        ("{% if reason %}có", "Unexpected end of template"),
        ("{{ reason | daay }}", "No filter named 'daay'"),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{% include '/etc/passwd' %}", "TypeError: no loader"),
        ("{{ days_late | day }}", "AttributeError"),
    ],
)
def test_a_mistake_in_a_template_is_said(tmp_path: Path, text: str, found: str) -> None:
    assert found in problem(own_template(tmp_path, "apology", "đầu", text)).found


def test_a_condition_that_cuts_a_table_in_two_is_refused_and_nothing_is_lost_in_silence(
    tmp_path: Path,
) -> None:
    def dress(made: Document) -> None:
        made.add_paragraph("{% if not reason %}Một")
        made.add_table(1, 1).cell(0, 0).text = "hai{% endif %} ba"

    folder = own_template(tmp_path, "apology", dress=dress)
    assert "parts that do not fit together" in problem(folder).found


def test_a_value_that_a_template_declares_safe_cannot_break_the_document(tmp_path: Path) -> None:
    folder = own_template(tmp_path, "apology", "{{ applicant | safe }}")
    assert "parts that do not fit together" in problem(folder).found


@pytest.mark.parametrize(
    "attempt",
    [
        "{{ code.__class__.__mro__ }}",
        "{{ items.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'].environ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ''.format.__self__.__class__ }}",
        "{{ '{0.__class__}'.format(code) }}",
        "{{ namespace.__init__.__globals__ }}",
        "{% for key in code.__dict__ %}{{ key }}{% endfor %}",
        "{{ range(1000000) | list }}",
    ],
)
def test_nothing_escapes_from_the_sandbox(tmp_path: Path, attempt: str) -> None:
    assert problem(own_template(tmp_path, "apology", attempt)).found


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "BadZipFile"), (b"khong phai Word", "BadZipFile")],
)
def test_a_file_that_is_no_word_document_is_said(tmp_path: Path, content: bytes, found: str) -> None:
    own_template(tmp_path, "apology")
    (tmp_path / OWN / "apology.docx").write_bytes(content)
    assert found in problem(tmp_path).found


def test_a_zip_that_is_no_word_document_is_said(tmp_path: Path) -> None:
    own_template(tmp_path, "apology")
    with ZipFile(tmp_path / OWN / "apology.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    assert problem(tmp_path).expected == "a Word document (.docx) that can be filled"


def test_a_template_that_swells_when_unpacked_is_refused_before_it_is_read(tmp_path: Path) -> None:
    own_template(tmp_path, "apology")
    with ZipFile(tmp_path / OWN / "apology.docx", "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_001)
    assert "more than 20 MB once unpacked" in problem(tmp_path).found


def test_signs_of_xml_and_of_typst_in_a_value_are_only_text() -> None:
    odd = '<w:p/> & "A" {{ code }} {% if %} #read("/etc/passwd") $x$ *b* _i_ \\ @ref // c'
    view = full(applicant=odd)
    document = fill(view)
    assert any(odd in line for line in lines_of_docx(document))
    # A text may break between its words where a line ends.
    assert "".join(odd.split()) in "".join(text_of_pdf(as_pdf(view, document)).split())


def test_a_value_stays_on_one_line_and_loses_what_no_document_can_hold() -> None:
    view = full(applicant="một\nhai\x00\x0b\ta\u2028b\ud800c\ufffe")
    document = fill(view)
    assert any("Kính gửi: một hai a b c" in line for line in lines_of_docx(document))
    assert "một hai a b c" in text_of_pdf(as_pdf(view, document))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"appointed of dossier .* has no time zone"):
        full(appointed=datetime(2019, 6, 21, 17))  # noqa: DTZ001 - what is refused here


def test_a_check_of_the_office_names_what_is_wrong_with_each_of_its_forms(tmp_path: Path) -> None:
    own_template(tmp_path, "apology", "{{ nobody }}")
    own_template(tmp_path, "receipt", "{{ (promised or appointment).year }}")  # there may be neither
    own_template(tmp_path, "chasing", "{{ agency }}")
    found = check_forms(tmp_path)
    assert [problem.file for problem in found] == [
        str(tmp_path / OWN / "receipt.docx"),
        str(tmp_path / OWN / "apology.docx"),
    ]


def test_a_check_finds_nothing_wrong_where_the_office_has_none_and_with_copies_of_ours(
    tmp_path: Path,
) -> None:
    assert check_forms(None) == []
    assert check_forms(tmp_path) == []
    for path in (PACKAGED / OWN).glob("*.docx"):
        own_template(tmp_path, path.stem)
        (tmp_path / OWN / path.name).write_bytes(path.read_bytes())
    assert check_forms(tmp_path) == []


def test_a_check_says_what_only_the_pdf_cannot_show(tmp_path: Path) -> None:
    own_template(tmp_path, "apology", dress=lambda made: made.add_paragraph("Lưu: VT", style="List Bullet"))
    (found,) = check_forms(tmp_path)
    assert found.found == "an automatic number or dash near 'Lưu: VT'"
    assert found.advice == "the pdf cannot show it; the .docx can"


def test_the_placeholders_are_those_the_guide_of_the_templates_names() -> None:
    guide = (PACKAGED / "README.md").read_text(encoding="utf-8").partition("forms on paper")[2]
    missing = [name for name in least().placeholders() if f"`{name}`" not in guide]
    assert missing == []

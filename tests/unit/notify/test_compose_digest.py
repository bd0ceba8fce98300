"""The letter for several: one table as text and as HTML, escaped, in columns, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from workers.notify.compose import check_templates, compose
from workers.notify.message import as_json
from workers.notify.samples import samples
from workers.notify.view import DigestSection, DigestView

if TYPE_CHECKING:
    from pathlib import Path

    from workers.notify.channel import Letter


def digest(**line: object) -> DigestView:
    """A table of two lines, the first of which says what a test wants."""
    view = next(view for view in samples() if isinstance(view, DigestView))
    first, second = view.sections[0].lines
    section = DigestSection(kind="overdue", count=2, lines=(replace(first, **line), second))  # type: ignore[arg-type]
    return replace(view, sections=(section,))


def letter_of(view: DigestView, templates: Path | None = None) -> Letter:
    return compose(view, "a@example.invalid", "s@example.invalid", "<d1.1.office@dunghan>", templates)


def test_codes_moments_and_words_stand_in_columns() -> None:
    view = digest(code="HS-1", words="quá hạn 2 ngày làm việc")
    lines = letter_of(view).text.splitlines()
    found = [line for line in lines if line.startswith(("  HS-1", "  000.00.19"))]
    assert len(found) == 2
    assert {line.index("10:00 31/05/2019") for line in found} == {30}
    assert found[0].endswith("quá hạn 2 ngày làm việc")
    assert max(len(line) for line in lines) <= 76


def test_nothing_of_a_line_is_markup_in_html_or_a_line_of_its_own_in_text() -> None:
    view = digest(procedure_name="<script>x</script>\nBcc: a@b", unit_name="A & B", step_name="<b>1</b>")
    letter = letter_of(replace(view, sections=(replace(view.sections[0], kind="steps"),)))
    html = letter.html or ""
    assert "&lt;script&gt;" in html
    assert "A &amp; B" in html
    assert "<script" not in html
    assert "<b>1" not in html
    assert "\nBcc:" not in letter.text


def test_a_long_name_is_shortened_in_the_table() -> None:
    letter = letter_of(digest(procedure_name="Cấp lại giấy phép xây dựng " * 20))
    assert "…" in letter.text
    assert max(len(line) for line in letter.text.splitlines()) <= 76


def test_a_line_says_what_a_mail_about_one_dossier_would_say() -> None:
    full = next(v for v in samples() if isinstance(v, DigestView) and v.delayed)
    text = " ".join(letter_of(full).text.split())
    for said in ("gộp mốc T−2, T−1", "thư xin lỗi chậm nhất", "phiếu hẹn ghi 30/05/2019", "hạn tạm tính"):
        assert said in text
    assert "5 dòng nữa" in text
    assert letter_of(full).subject.startswith("[Gửi chậm] ")


def test_the_last_day_to_apologise_stands_in_subject_and_headline() -> None:
    letter = letter_of(replace(digest(), last_calls=2))
    assert letter.subject.endswith("; hôm nay hết hạn xin lỗi: 2")
    assert "Hôm nay là ngày cuối còn được gửi thư xin lỗi cho 2 hồ sơ." in " ".join(letter.text.split())
    assert "xin lỗi: " not in letter_of(digest()).subject


def test_a_gateway_is_told_how_many_and_no_dossier() -> None:
    letter = replace(letter_of(digest()), to="+84900000001")
    assert b'"digest": "2"' in as_json(letter)
    assert b'"dossier"' not in as_json(letter)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "text",
    ["Subject: x\n{% if %}\n", "Subject: x\n{{ ngay }}\n", "Subject: x\n{{ sections[0].ngay }}\n", "x\ny\n"],
    ids=["syntax", "placeholder", "placeholder of a part", "no subject"],
)
def test_a_faulty_table_of_the_office_is_found_before_it_is_used(
    tmp_path: Path, lang: str, text: str
) -> None:
    own = tmp_path / "mails" / lang / "digest.j2"
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    problems = check_templates(tmp_path)
    assert [problem.file for problem in problems] == [str(own)]


def test_whom_and_where_a_line_asks_is_no_markup() -> None:
    view = next(v for v in samples() if isinstance(v, DigestView) and v.asking)
    asks = next(line for line in view.sections[0].lines if line.token)
    asks = replace(asks, token="1-<b>", acknowledge_url='https://a.invalid/?x="><i>')  # noqa: S106 - signs nothing
    given = replace(asks, asks=False, acknowledged_by="<u>", acknowledged_at=asks.appointment)
    silent = replace(asks, unanswered_by=("<s>",), went_up_at=asks.appointment)
    section = DigestSection(kind="overdue", count=3, lines=(asks, given, silent))
    html = letter_of(replace(view, sections=(section,))).html or ""
    assert "<code>1-&lt;b&gt;</code>" in html
    assert 'href="https://a.invalid/?x=&#34;&gt;&lt;i&gt;"' in html
    assert all(tag not in html for tag in ("<b>", "<i>", "<u>", "<s>"))
    assert "&lt;u&gt;" in html
    assert "&lt;s&gt;" in html


@pytest.mark.parametrize(
    ("lang", "by_page", "by_token", "said"),
    [
        ("vi", True, True, "mở liên kết xác nhận ở từng dòng, hoặc đưa mã ở dòng đó cho người vận hành"),
        (
            "vi",
            False,
            True,
            "đưa mã ở từng dòng cho người vận hành để chạy lệnh dunghan acknowledge --token",
        ),
        ("en", True, True, "open the link in each line, or give its token to ops"),
        ("en", False, True, "give the token of each line to ops to run dunghan acknowledge --token TOKEN."),
    ],
)
def test_how_to_answer_is_said_once_as_the_office_is_set_up(
    lang: str, said: str, *, by_page: bool, by_token: bool
) -> None:
    view = next(v for v in samples() if isinstance(v, DigestView) and v.asking and v.lang == lang)
    text = " ".join(letter_of(replace(view, by_page=by_page, by_token=by_token)).text.split())
    assert text.count(said) == 1

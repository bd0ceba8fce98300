"""Mails from templates: both languages, every kind, what the office may edit and what it cannot break."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from config.errors import ConfigError
from workers.notify.compose import LONGEST_SUBJECT, check_templates, compose
from workers.notify.samples import STEP_TEMPLATES, TEMPLATES
from workers.notify.view import NoticeView

if TYPE_CHECKING:
    from pathlib import Path

    from domain.deadline import Language
    from workers.notify.channel import Letter

HANOI = timezone(timedelta(hours=7))
PROCEDURE = "Xác nhận tiếp tục sử dụng đất nông nghiệp của hộ gia đình, cá nhân khi hết hạn sử dụng đất"
BROKEN = [
    ("{{ nobody }}", 1, "nobody"),
    ("\n\n{{ code | shout }}", 3, "shout"),
    ("{% if %}", 1, ""),
    ("Subject: a\n{{ 1 / 0 }}", 2, "division"),
    ("{% extends layout %}\n{% block subject %}{{ whom }}{% endblock %}", 2, "whom"),
]


OF_STEP = {"step_name": "Thẩm định", "step_appointment": datetime(2019, 6, 5, 17, 0, tzinfo=HANOI)}


def view(**changes: Any) -> NoticeView:
    plain: dict[str, Any] = {
        "code": "000.00.19.H51-190529-0001",
        "procedure_name": PROCEDURE,
        "unit_name": "Phòng Tài nguyên và Môi trường",
        "role_title": "Công chức thụ lý",
        "kind": "reminder",
        "rung": "t-1",
        "level": 2,
        "accepted": datetime(2019, 5, 29, 8, 15, tzinfo=HANOI),
        "due_on": date(2019, 6, 12),
        "appointment": datetime(2019, 6, 12, 17, 0, tzinfo=HANOI),
        "words": "còn 1 ngày 3 giờ làm việc",
        "sla_version": 3,
        "office_name": "Ủy ban nhân dân huyện Mỹ Xuyên",
    }
    of_step = OF_STEP if changes.get("template") in STEP_TEMPLATES else {}
    return NoticeView(**(plain | of_step | changes))


def letter(what: NoticeView, templates: Path | None = None) -> Letter:
    return compose(
        what, "officer-1@example.invalid", "dunghan@example.invalid", "<n1@example.invalid>", templates
    )


def office_template(folder: Path, name: str, text: str) -> None:
    path = folder / "mails" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_says_what_it_must_in_text_and_in_html(lang: Language, template: str) -> None:
    made = letter(view(lang=lang, template=template))
    assert made.html is not None
    for body in (" ".join(made.text.split()), " ".join(made.html.split())):
        for fact in (
            "000.00.19.H51-190529-0001",
            PROCEDURE,
            "Phòng Tài nguyên và Môi trường",
            "Công chức thụ lý",
            "08:15 ngày 29/05/2019" if lang == "vi" else "08:15 on 29/05/2019",
            "17:00 ngày 12/06/2019" if lang == "vi" else "17:00 on 12/06/2019",
            "còn 1 ngày 3 giờ làm việc",
            "T−1, cấp 2" if lang == "vi" else "T−1, level 2",
            "phiên bản 3" if lang == "vi" else "version 3",
            "Ủy ban nhân dân huyện Mỹ Xuyên",
        ):
            assert fact in body
    assert "000.00.19.H51-190529-0001" in made.subject


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_text_fits_into_76_columns(lang: Language, template: str) -> None:
    made = letter(view(lang=lang, template=template, merged=("t-2", "due"), delayed=True, provisional=True))
    assert max(len(line) for line in made.text.splitlines()) <= 76


STEP = {"step_name": "Thẩm định hồ sơ", "step_appointment": datetime(2019, 6, 5, 17, 0, tzinfo=HANOI)}


@pytest.mark.parametrize("template", ["step_due", "step_late"])
@pytest.mark.parametrize(
    ("lang", "step_due", "whole"),
    [
        ("vi", "17:00 ngày 05/06/2019", "12/06/2019"),
        ("en", "17:00 on 05/06/2019", "12/06/2019"),
    ],
)
def test_a_mail_about_a_step_names_the_step_and_both_dates(
    lang: Language, template: str, step_due: str, whole: str
) -> None:
    made = letter(view(lang=lang, template=template, words="WORDS", **STEP))
    assert made.html is not None
    todo = "Việc cần làm" if lang == "vi" else "What to do now"
    for body in (" ".join(made.text.split()), " ".join(made.html.split())):
        for fact in ("“Thẩm định hồ sơ”", "Phòng Tài nguyên và Môi trường", step_due, "WORDS"):
            assert fact in body[: body.index(todo)]
        assert whole in body[body.index(todo) :], "what is to be done names the due day of the dossier"
    assert max(len(line) for line in made.text.splitlines()) <= 76


def test_a_mail_about_a_dossier_says_nothing_of_steps() -> None:
    text = letter(view()).text
    assert "Bước" not in text
    assert "Hạn của bước" in letter(view(template="step_due", **STEP)).text


def test_the_kind_chooses_the_template_when_the_rung_names_none() -> None:
    assert "BÁO CÁO QUÁ HẠN" in letter(view(kind="escalation")).text
    assert "HOÀN THÀNH HAY XIN LỖI?" in letter(view(kind="apology")).text


def test_the_rungs_own_subject_is_used_unless_the_mail_is_delayed() -> None:
    rung = view(subject="Còn 2 ngày làm việc")
    assert letter(rung).subject == "Còn 2 ngày làm việc – 000.00.19.H51-190529-0001"
    late = letter(replace(rung, delayed=True)).subject
    assert late.startswith("[Gửi chậm]")
    assert "Còn 2 ngày làm việc" not in late


def test_after_an_outage_the_mail_lists_the_rungs_it_stands_for() -> None:
    text = letter(view(merged=("t-2", "t-1"), delayed=True)).text
    assert "Báo gộp: mốc T−2, T−1." in text
    assert "gửi chậm" in text
    assert "Báo gộp" not in letter(view()).text


@pytest.mark.parametrize("template", ["due_today", "reminder"])
def test_a_reminder_that_comes_after_the_due_date_does_not_speak_of_what_is_to_come(template: str) -> None:
    late = letter(view(template=template, overdue=True, delayed=True, words="quá hạn 1 ngày làm việc"))
    assert late.subject == "[Gửi chậm] Hồ sơ quá hạn 1 ngày làm việc – 000.00.19.H51-190529-0001"
    text = " ".join(late.text.split())
    assert "sắp đến hạn" not in text
    assert "phần mềm một cửa ngay." in text
    early = " ".join(letter(view(template=template)).text.split())
    assert "phần mềm một cửa trước 17:00 ngày 12/06/2019." in early


def test_the_apology_names_its_last_lawful_moment() -> None:
    by = datetime(2019, 6, 11, 17, 0, tzinfo=HANOI)
    text = " ".join(letter(view(kind="apology", apology_by=by)).text.split())
    assert "chậm nhất 17:00 ngày 11/06/2019" in text
    assert "Chỉ được hẹn lại một lần" in text


def test_a_receipt_without_an_hour_shows_none() -> None:
    text = letter(view(accepted=date(2019, 5, 29))).text
    assert "29/05/2019" in text
    assert ":00 ngày 29/05/2019" not in text


def test_html_in_a_value_stays_text() -> None:
    made = letter(view(procedure_name="<script>alert(1)</script> & co"))
    assert made.html is not None
    assert "<script>" not in made.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in made.html
    assert "<script>alert(1)</script> & co" in made.text


def test_a_line_break_in_a_value_cannot_begin_a_line_or_a_header() -> None:
    made = letter(view(code="A-1\r\nBcc: all@example.invalid", subject="x\nBcc: y", words="z\x00\u2028w"))
    assert "\n" not in made.subject
    assert not [line for line in made.text.splitlines() if line.startswith("Bcc:")]
    assert made.headers["X-Dunghan-Dossier"] == "A-1 Bcc: all@example.invalid"


def test_a_subject_of_ten_thousand_characters_is_cut_and_marked() -> None:
    subject = letter(view(subject="ồ" * 10_000)).subject
    assert len(subject) == LONGEST_SUBJECT
    assert subject.endswith("…")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        view(appointment=datetime(2019, 6, 12, 17, 0, tzinfo=UTC).replace(tzinfo=None))


def test_the_offices_copy_wins_and_an_edit_is_seen_without_restart(tmp_path: Path) -> None:
    assert "NHẮC VIỆC" in letter(view(), tmp_path).text
    office_template(tmp_path, "vi/reminder.j2", "Subject: Của chúng tôi\n{{ code }}\n")
    assert letter(view(), tmp_path).subject == "Của chúng tôi"
    office_template(tmp_path, "vi/reminder.j2", "Subject: Đã sửa lại\n{{ code }} <b>\n")
    assert letter(view(), tmp_path).subject == "Đã sửa lại"
    assert "NHẮC VIỆC" in letter(view()).text


def test_the_offices_layout_changes_every_mail(tmp_path: Path) -> None:
    office_template(
        tmp_path,
        "layout.txt.j2",
        "{% set s %}{% block subject %}{% endblock %}{% endset %}\nSubject: {{ s }}\nKhung riêng\n",
    )
    assert letter(view(kind="escalation"), tmp_path).text == "Khung riêng\n"


@pytest.mark.parametrize(("text", "line", "word"), BROKEN)
def test_a_broken_template_is_named_with_its_file_and_line(
    tmp_path: Path, text: str, line: int, word: str
) -> None:
    office_template(tmp_path, "vi/reminder.j2", text)
    with pytest.raises(ConfigError) as caught:
        letter(view(), tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "mails" / "vi" / "reminder.j2")
    assert problem.line == line
    assert word in problem.found


def test_an_unknown_placeholder_lists_the_known_ones(tmp_path: Path) -> None:
    office_template(tmp_path, "vi/reminder.j2", "Subject: {{ applicant }}\n")
    with pytest.raises(ConfigError, match=r"'applicant' is undefined.*procedure_name"):
        letter(view(), tmp_path)


@pytest.mark.parametrize("text", ["Kính gửi\n", "Subject:\nKính gửi\n", "Subject: chỉ có tiêu đề\n"])
def test_a_template_without_a_subject_or_without_a_text_is_refused(tmp_path: Path, text: str) -> None:
    office_template(tmp_path, "vi/reminder.j2", text)
    with pytest.raises(ConfigError, match="Subject: "):
        letter(view(), tmp_path)


@pytest.mark.parametrize("name", ["nothing", "../../settings", "/etc/passwd"])
def test_a_template_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no template"):
        letter(view(template=name), tmp_path)


@pytest.mark.parametrize(
    "attack", ["{{ code.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ layout.__init__ }}"]
)
def test_a_template_cannot_leave_its_sandbox(tmp_path: Path, attack: str) -> None:
    office_template(tmp_path, "vi/reminder.j2", f"Subject: a\n{attack}\n")
    with pytest.raises(ConfigError, match="unsafe"):
        letter(view(), tmp_path)


def test_a_repeat_is_named_after_its_rung(tmp_path: Path) -> None:
    assert "mốc T+5 (nhắc lại lần 2)" in letter(view(rung="t+5#2"), tmp_path).text
    assert "T+5 (repeat 2)" in letter(view(rung="t+5#2", lang="en"), tmp_path).text


def test_checking_finds_nothing_in_the_packaged_templates_and_each_fault_of_the_office(
    tmp_path: Path,
) -> None:
    assert check_templates(None) == []
    office_template(tmp_path, "vi/apology.j2", "Subject: {{ nobody }}\n")
    office_template(tmp_path, "en/escalation.j2", "Subject: a\n{% endif %}\n")
    assert [(problem.file.rsplit("/", 1)[1], problem.line) for problem in check_templates(tmp_path)] == [
        ("apology.j2", 1),
        ("escalation.j2", 2),
    ]

"""Mails about the office itself: what the end of a calendar says, in both languages, near and past."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from config.errors import ConfigError
from workers.notify.compose import check_templates, compose
from workers.notify.office_views import CalendarView, ComingBackView, PassedOn

if TYPE_CHECKING:
    from pathlib import Path

    from domain.deadline import Language
    from workers.notify.channel import Letter
    from workers.notify.view import OfficeView


def view(**changes: Any) -> CalendarView:
    plain: dict[str, Any] = {
        "topic": "lich/hanh-chinh/2026-12-31",
        "role_title": "Quản trị vận hành phần mềm",
        "office_name": "Ủy ban nhân dân huyện Mỹ Xuyên",
        "sla_version": 3,
        "calendar": "hanh-chinh",
        "calendar_name": "Lịch làm việc hành chính",
        "until": date(2026, 12, 31),
        "days_left": 36,
        "next_year": 2027,
        "provisional": 14,
    }
    return CalendarView(**(plain | changes))


def letter(what: OfficeView, templates: Path | None = None) -> Letter:
    return compose(what, "ops@example.invalid", "dunghan@example.invalid", "<n1@example.invalid>", templates)


def bodies(made: Letter) -> tuple[str, str]:
    assert made.html is not None
    return " ".join(made.text.split()), " ".join(made.html.split())


@pytest.mark.parametrize(
    ("lang", "facts"),
    [
        ("vi", ("36 ngày, kể cả hôm nay", "14 hồ sơ đang mở", "đến hết 31/12/2026", "phiên bản 3")),
        ("en", ("36 days, counting today", "14 open dossiers", "until 31/12/2026", "version 3")),
    ],
)
def test_it_says_how_long_how_many_and_what_to_do_in_text_and_in_html(
    lang: Language, facts: tuple[str, ...]
) -> None:
    for body in bodies(letter(view(lang=lang))):
        for fact in (
            *facts,
            "Ủy ban nhân dân huyện Mỹ Xuyên",
            "Lịch làm việc hành chính (hanh-chinh)",
            "Quản trị vận hành phần mềm",
            "sla/calendar/2027.toml",
            "dunghan sla plan",
            "dunghan sla apply --reason",
            "được tính lại ngay" if lang == "vi" else "counted anew at that moment",
        ):
            assert fact in body.replace("&#34;", '"'), fact


@pytest.mark.parametrize(
    ("lang", "days_left", "subject"),
    [
        ("vi", 36, "Lịch nghỉ chỉ còn 36 ngày: cần ghi ngày nghỉ năm 2027 – hanh-chinh"),
        ("vi", 0, "Lịch nghỉ đã hết ngày 31/12/2026: ghi ngay ngày nghỉ năm 2027 – hanh-chinh"),
        ("en", 36, "Days off known for only 36 more days: record those of 2027 – hanh-chinh"),
        ("en", 1, "Days off known for only 1 more day: record those of 2027 – hanh-chinh"),
        ("en", -3, "No days off known after 31/12/2026: record those of 2027 now – hanh-chinh"),
    ],
)
def test_the_subject_says_which_calendar_and_how_long(lang: Language, days_left: int, subject: str) -> None:
    assert letter(view(lang=lang, days_left=days_left)).subject == subject


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("days_left", [60, 1, 0, -40])
def test_the_text_fits_into_76_columns(lang: Language, days_left: int) -> None:
    made = letter(view(lang=lang, days_left=days_left, stands_in=True))
    assert max(len(line) for line in made.text.splitlines()) <= 76


def test_past_the_end_it_says_that_dates_counted_now_may_be_wrong() -> None:
    for body in bodies(letter(view(days_left=0))):
        assert "LỊCH NGHỈ ĐÃ HẾT" in body
        assert "có thể sai" in body
        assert "không còn ngày nào" in body


def test_without_a_provisional_dossier_there_is_none_to_be_counted_anew() -> None:
    text = letter(view(provisional=0)).text
    assert "chưa có hồ sơ nào" in text
    assert "được tính lại" not in text


def test_whoever_stands_in_for_a_role_nobody_holds_is_told_so() -> None:
    assert "Chưa ai giữ chức danh này" in letter(view(stands_in=True)).text
    assert "Chưa ai giữ chức danh này" not in letter(view()).text


def test_it_is_about_a_topic_and_about_no_dossier() -> None:
    made = letter(view())
    assert made.headers == {"Content-Language": "vi", "X-Dunghan-Topic": "lich/hanh-chinh/2026-12-31"}
    assert "Mã hồ sơ" not in made.text


def test_a_value_can_neither_become_html_nor_begin_a_line() -> None:
    made = letter(view(calendar_name="<b>Lịch</b>: 1\nBcc: x"))
    assert made.html is not None
    assert "<b>" not in made.html
    assert "<b>Lịch</b>: 1 Bcc: x" in " ".join(made.text.split())


def test_the_offices_copy_wins_and_its_faults_are_found(tmp_path: Path) -> None:
    own = tmp_path / "mails" / "vi" / "calendar.j2"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: Hết lịch {{ calendar }}\nGhi năm {{ next_year }}\n", encoding="utf-8")
    assert letter(view(), tmp_path).subject == "Hết lịch hanh-chinh"
    assert check_templates(tmp_path) == []
    own.write_text("Subject: Hết lịch\n{{ code }}\n", encoding="utf-8")
    (problem,) = check_templates(tmp_path)
    assert (problem.file, problem.line) == (str(own), 2)
    with pytest.raises(ConfigError, match=r"'code' is undefined.*days_left"):
        letter(view(), tmp_path)


def test_labels_an_office_copied_earlier_do_not_break_it(tmp_path: Path) -> None:
    own = tmp_path / "mails" / "vi" / "labels.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% set label = {} %}\n", encoding="utf-8")
    assert "Việc cần làm" in letter(view(), tmp_path).text


def test_the_code_of_a_dossier_does_not_run_into_what_is_said_of_it() -> None:
    code = "000.00.19.H51-190603-0002"
    back = ComingBackView(
        topic="tro-lai/2019-06-19",
        role_title="Công chức thụ lý",
        office_name="Ủy ban nhân dân huyện Mỹ Xuyên",
        sla_version=2,
        count=1,
        told=(PassedOn(code, "t+1", date(2019, 6, 17), "tnmt.chuyen-vien-3"),),
        more=0,
    )
    assert f"  {code} hạn 17/06/2019, mốc T+1" in letter(back).text

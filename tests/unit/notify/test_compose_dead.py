"""The mail to ops about notices that reached nobody: how many, which, and what to do, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import ZONE
from workers.notify.compose import compose
from workers.notify.office_views import DeadNoticesView

if TYPE_CHECKING:
    from domain.deadline import Language
    from workers.notify.channel import Letter


def letter(**changes: Any) -> Letter:
    plain: dict[str, Any] = {
        "topic": "thong-bao-hong/2019-06-13",
        "role_title": "Quản trị vận hành phần mềm",
        "office_name": "Ủy ban nhân dân huyện Mỹ Xuyên",
        "sla_version": 3,
        "count": 3,
        "first_at": datetime(2019, 6, 13, 8, 5, tzinfo=ZONE),
        "lines": ("H51-1 – Công chức thụ lý", "H51-2 – Lãnh đạo phòng"),
    }
    view = DeadNoticesView(**(plain | changes))
    return compose(view, "ops@example.invalid", "dunghan@example.invalid", "<n1@example.invalid>")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", ("3 thông báo không", "08:05 ngày 13/06/2019", "Chưa được báo", "phiên bản 3")),
        ("en", ("3 notices reached nobody", "08:05 on 13/06/2019", "Not told", "version 3")),
    ],
)
def test_it_says_how_many_which_and_what_to_do(lang: Language, said: tuple[str, ...]) -> None:
    made = letter(lang=lang)
    for body in (made.text, made.html or ""):
        flat = " ".join(body.split())
        for words in (
            *said,
            "H51-1 – Công chức thụ lý",
            "H51-2 – Lãnh đạo phòng",
            "dunghan notices dead",
            "dunghan notices resend --all",
        ):
            assert words in flat, words


@pytest.mark.parametrize(
    ("lang", "count", "subject"),
    [
        ("vi", 1, "1 thông báo không gửi được, cần xem lại"),
        ("en", 1, "1 notice could not be delivered"),
        ("en", 2, "2 notices could not be delivered"),
    ],
)
def test_the_subject_counts_them(lang: Language, count: int, subject: str) -> None:
    assert letter(lang=lang, count=count).subject == subject


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_those_there_was_no_room_for_are_counted_and_the_text_fits_into_76_columns(lang: Language) -> None:
    made = letter(lang=lang, lines=("H51-1 – " + "chức danh " * 12,) * 20, more=380, stands_in=True)
    assert "380" in made.text
    assert max(len(line) for line in made.text.splitlines()) <= 76


def test_a_code_with_a_line_break_or_a_colon_stays_one_line() -> None:
    text = letter(lines=("H51\nBcc: x – A: B",)).text
    assert "H51 Bcc: x – A: B" in " ".join(text.split())
    assert "\nBcc" not in text

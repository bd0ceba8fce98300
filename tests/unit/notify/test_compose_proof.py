"""The mail to ops about notices that are not as they should be: how many, which, and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from workers.notify.compose import compose
from workers.notify.office_views import AlteredView, ProofView

if TYPE_CHECKING:
    from domain.deadline import Language
    from workers.notify.channel import Letter


def letter(**changes: Any) -> Letter:
    plain: dict[str, Any] = {
        "topic": "doi-chieu/2019-06-14",
        "role_title": "Quản trị vận hành phần mềm",
        "office_name": "Ủy ban nhân dân huyện Mỹ Xuyên",
        "sla_version": 3,
        "first_day": date(2019, 6, 10),
        "last_day": date(2019, 6, 13),
        "count": 3,
        "due": 250,
        "sums": ("thiếu: 2", "thừa: 1"),
        "lines": ("H51-1 – thiếu, t-2", "H51-2 – thừa, t-1"),
        "more": 1,
    }
    view = ProofView(**(plain | changes))
    return compose(view, "ops@example.invalid", "dunghan@example.invalid", "<n1@example.invalid>")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", ("3 chỗ thông báo", "10/06/2019 đến 13/06/2019", "Phải có 250 thông báo", "Và còn 1 chỗ nữa")),
        ("en", ("3 places", "10/06/2019 to 13/06/2019", "Expected 250 notices", "And 1 more")),
    ],
)
def test_it_says_how_many_which_and_what_to_do(lang: Language, said: tuple[str, ...]) -> None:
    made = letter(lang=lang)
    command = "dunghan audit notices --from 10/06/2019 --to 13/06/2019"
    text = " ".join(made.text.split())
    for words in (*said, "thiếu 2", "thừa 1", "H51-1 – thiếu, t-2", "H51-2 – thừa, t-1", command):
        assert words in text, words
    assert "H51-2 – thừa, t-1" in (made.html or "")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_of_one_day_the_day_is_named_once_and_the_text_fits_into_76_columns(lang: Language) -> None:
    made = letter(lang=lang, first_day=date(2019, 6, 13), lines=("H51-1 – " + "thiếu " * 30,) * 20)
    assert max(len(line) for line in made.text.splitlines()) <= 76
    (days,) = [line for line in made.text.splitlines() if line.strip().startswith(("Các ngày", "Days"))]
    assert days.count("13/06/2019") == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", ("2 chỗ", "Ngày kiểm tra 14/06/2019", "Đã xem 40 hồ sơ, 1 sự kiện", "Và còn 1 chỗ nữa")),
        ("en", ("2 places", "Verified on 14/06/2019", "Looked at 40 dossiers, 1 event", "And 1 more")),
    ],
)
def test_what_was_altered_is_told_with_place_and_what_to_do(lang: Language, said: tuple[str, ...]) -> None:
    view = AlteredView(
        topic="kiem-tra/2019-06-14",
        role_title="…",
        office_name="…",
        sla_version=1,
        lang=lang,
        day=date(2019, 6, 14),
        count=2,
        dossiers=40,
        events=1,
        lines=("Bị sửa: sự kiện của HS-1, số 3, cột actor",),
        more=1,
    )
    made = compose(view, "ops@example.invalid", "dunghan@example.invalid", "<n1@example.invalid>")
    text = " ".join(made.text.split())
    for words in (*said, "sự kiện của HS-1, số 3, cột actor", "dunghan audit verify", "--anchors"):
        assert words in text, words
    assert max(len(line) for line in made.text.splitlines()) <= 76

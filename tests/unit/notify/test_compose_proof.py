"""The mail to ops about notices that are not as they should be: how many, which, and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from workers.notify.compose import compose
from workers.notify.office_views import ProofView

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

"""What a person may ask the calculator, and what it says its answer rests upon."""

from __future__ import annotations

import pytest

from config.sla import load_sla
from domain.errors import DomainError
from workers.use_cases.calc_question import Question, basis, read_question

OFFICE = load_sla()


def ask(received: str = "2025-10-20", **asked: str) -> Question:
    return read_question(OFFICE, received, **asked)


def test_a_procedure_answers_with_the_version_in_force_on_the_day_of_receipt() -> None:
    old, new = (ask(day, procedure="2.000779") for day in ("2025-06-30", "2025-07-01"))
    assert (old.limit.amount, new.limit.amount) == (15, 10)


def test_a_case_is_named_by_its_code_or_label() -> None:
    plain, remote = ask(procedure="1.012790"), ask(procedure="1.012790", case="vung-kho-khan")
    assert (plain.limit.amount, remote.limit.amount) == (8, 18)


def test_the_basis_names_procedure_version_counting_and_calendar() -> None:
    told = dict(basis(ask(procedure="1.012790"), "vi"))
    assert "bản có hiệu lực từ 01/07/2025" in told["Thủ tục"]
    assert "BLDS 2015 Đ.147–148" in told["Cách đếm"]
    assert told["Lịch"] == "hanh-chinh, ngày nghỉ đã công bố 2018–2026"
    assert "Procedure" not in dict(basis(ask(limit="3 ngày"), "en"))


def test_pauses_are_two_moments_of_the_office() -> None:
    question = read_question(OFFICE, "2025-10-20", limit="3 ngày", pauses=["2025-10-21T09:00/2025-10-22"])
    ((begin, end),) = question.pauses
    assert (begin.isoformat(), end.isoformat()) == ("2025-10-21T09:00:00+07:00", "2025-10-22T00:00:00+07:00")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "đúng một trong hai"),
        ({"limit": "3 ngày", "procedure": "1.012790"}, "đúng một trong hai"),
        ({"procedure": "9.9"}, "Không có thủ tục '9.9' còn hiệu lực ngày 20/10/2025"),
        ({"procedure": "1.012790", "case": "khác"}, "không có trường hợp 'khác'"),
        ({"limit": "3 ngày", "calendar": "khác"}, "Không có lịch 'khác'"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(asked: dict[str, str], said: str) -> None:
    with pytest.raises(DomainError, match=said):
        ask(**asked)

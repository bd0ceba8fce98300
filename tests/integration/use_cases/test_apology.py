"""Finish or apologise: asked while the law allows it; missed, it is a breach that goes up the line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.builders import row
from tests.mail_desk import MailDesk
from tests.office_texts import LADDERS_FILE

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

LAST_CALL = """
[[ladders.default.rungs]]
code = "t-1"
before = "1 working_days"
kind = "reminder"
roles = ["officer", "head"]
level = 2
template = "reminder"

[[ladders.default.rungs]]
code = "due"
on = "due_day"
"""
# As the sample office has it: T-2 asks, T-1 is the last call, T+1 escalates.
LADDERS = LADDERS_FILE.replace(
    '\n[[ladders.default.rungs]]\ncode = "due"\non = "due_day"\n', LAST_CALL, 1
).replace('level = 2\ntemplate = "due_today"', 'level = 3\ntemplate = "due_today"')
for level in (4, 3):
    LADDERS = LADDERS.replace(
        f'level = {level}\ntemplate = "escalation"', f'level = {level + 1}\ntemplate = "escalation"'
    )


@pytest.fixture
def desk(office: OfficeAtWork) -> MailDesk:
    """An office with HS-1, due on Monday 17 June 2019: an apology is lawful until Friday ends."""
    office.configure(now="02/06/2019 08:00", **{"ladders.toml": LADDERS})
    office.take_in(row())
    return MailDesk(office)


def words(desk: MailDesk, place: int = -1) -> str:
    return " ".join(desk.sent[place].text.split())


def test_two_days_before_the_officer_is_asked_and_the_day_before_is_the_last_call(desk: MailDesk) -> None:
    desk.act(now="13/06/2019 08:00")
    assert [letter.to for letter in desk.sent] == ["land.1@example.invalid"]
    assert "trả đúng hẹn, hay xin lỗi và hẹn lại?" in words(desk)
    assert "chậm nhất 17:00 ngày 14/06/2019" in words(desk)
    desk.act(now="14/06/2019 08:00")
    assert {letter.to for letter in desk.sent[1:]} == {"land.1@example.invalid", "land.head@example.invalid"}
    assert "(Mẫu 04), chậm nhất 17:00 ngày 14/06/2019" in words(desk)


def test_a_missed_apology_is_told_up_the_line_with_the_first_escalation(desk: MailDesk) -> None:
    desk.act(now="18/06/2019 08:00")
    assert {letter.to for letter in desk.sent} == {"land.1@example.invalid", "land.head@example.invalid"}
    for place in range(len(desk.sent)):
        assert "quá hạn 1 ngày làm việc, chưa xin lỗi trong hạn." in words(desk, place)
        assert "là vi phạm, được ghi lại để kiểm tra" in words(desk, place)


def test_who_apologised_in_time_is_not_accused_and_works_towards_the_new_day(desk: MailDesk) -> None:
    refused = desk.office.event(
        "reappointed", at="14/06/2019 16:00", now="14/06/2019 16:30", appointed_on="2019-06-20"
    )
    assert refused is None
    desk.act(now="18/06/2019 08:00")
    assert all("Hoàn thành hay xin lỗi" not in letter.subject for letter in desk.sent)
    desk.sent.clear()
    desk.act(now="21/06/2019 08:00")  # the new day has passed
    assert len(desk.sent) == 2
    assert "chưa xin lỗi trong hạn" not in words(desk)
    clock = desk.office.clock()
    assert clock is not None
    assert desk.office.stored().dossier.appointed_on == date(2019, 6, 20)


def test_the_breach_stays_in_the_history_when_the_result_comes(desk: MailDesk) -> None:
    desk.office.event("finished", at="18/06/2019 09:00", now="18/06/2019 09:01")
    assert desk.office.history()[-1].event.data == {"no_apology": "yes"}


def test_a_dossier_of_hours_is_not_accused_while_the_letter_can_still_go(office: OfficeAtWork) -> None:
    ladders = LADDERS + LADDERS_FILE[LADDERS_FILE.index("[[ladders.short.rungs]]") :].replace(
        'code = "h-1"\nbefore = "1 hours"\nkind = "reminder"',
        'code = "h+1"\nafter = "1 hours"\nkind = "escalation"',
    ).replace('level = 1\ntemplate = "due_today"', 'level = 2\ntemplate = "escalation"')
    office.configure(now="02/06/2019 08:00", **{"ladders.toml": ladders})
    office.take_in(row(procedure="1.002"))  # four hours from 8 on Monday: due at 14
    desk = MailDesk(office)
    desk.act(now="03/06/2019 15:00")
    assert "Nếu chưa xin lỗi người nộp: gửi ngay" in words(desk)
    assert "chưa xin lỗi trong hạn" not in words(desk)

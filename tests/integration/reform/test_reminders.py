"""The lead unit is told of its tasks before and after their time: once, in its hours, not when it is done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from domain.errors import HistoryError
from domain.reform_plan import TaskEvent
from tests.builders import OFFICE, delivery, local, mail_by
from tests.office_texts import LADDERS_FILE
from tests.reform_office import FILES, task_row
from tests.reform_plans import code
from workers.store.reform import entries_of
from workers.use_cases.acknowledge import Acknowledged, Source, acknowledge, acknowledge_token
from workers.use_cases.audit_notices import NoticeAudit
from workers.use_cases.tokens import Tokens
from workers.use_cases.unlike import Window

if TYPE_CHECKING:
    from tests.reform_office import ReformOffice

# Due on Monday 1 July 2019: five working days before is Monday 24 June, one after is Tuesday the 2nd.
PLAN = (task_row(1, "Một"), task_row(2, "Hai"), task_row(3, "Ba", "Thường xuyên"))
BEFORE, DAY, AFTER = "24/06/2019 07:00", "01/07/2019 07:00", "02/07/2019 07:00"


def source(now: str) -> Source:
    return Source(way="cli", actor="cli:test", now=local(now))


def answer(office: ReformOffice, by: str, now: str) -> list[Acknowledged]:
    return acknowledge(office.store, OFFICE, code(1), by, source(now))


def test_nothing_is_told_before_the_first_rung_and_nothing_is_written(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("24/06/2019 06:59")
    assert (office.sent, office.told(code(1))) == ([], [])


def test_a_reminder_is_delivered_once_however_often_the_plan_is_looked_at(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    for now in (BEFORE, "24/06/2019 07:01", "24/06/2019 15:00", "28/06/2019 16:00"):
        office.tick(now)
    (letter,) = office.to("land.head")
    assert letter.subject == f"Nhắc việc: nhiệm vụ {code(1)}, còn 5 ngày 8 giờ làm việc"
    for part in ("Một", "Báo cáo", "Quý II (đến hết 01/07/2019)", "chưa thực hiện", "Phòng Đất đai"):
        assert part in letter.text
        assert part in (letter.html or "")
    assert office.told(code(1)) == [("r-5", "land.head", "sent")]
    assert len(office.sent) == 1


def test_tasks_that_are_due_together_go_in_one_mail_and_continuous_ones_in_none(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick(BEFORE)
    (letter,) = office.sent
    assert letter.subject == "2 nhiệm vụ cải cách hành chính đến hạn"
    assert letter.text.index(code(1)) < letter.text.index(code(2))
    assert office.told(code(3)) == []


def test_two_who_look_at_once_tell_once(office: ReformOffice) -> None:
    office.take_in(PLAN)
    with ThreadPoolExecutor(4) as crowd:
        ids = [one for found in crowd.map(office.remind, [BEFORE] * 4) for one in found]
    assert len(ids) == len(set(ids)) == 2


def test_after_an_outage_one_mail_tells_what_piled_up(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    office.tick("10/07/2019 08:00")
    (letter,) = office.to("land.head")
    assert "quá hạn" in letter.subject.lower()
    assert office.told(code(1)) == [
        ("r-5", "land.head", "covered"),
        ("r+1", "land.head", "sent"),
        ("r+5", "land.head", "sent"),
    ], "the first escalation asks for an answer and the second does not: a line each, in one letter"


def test_people_are_told_in_their_hours(office: ReformOffice) -> None:
    office.take_in((task_row(1, "Một", lead="civil"),))
    office.tick("24/06/2019 20:00")
    assert office.sent == []
    office.tick("25/06/2019 07:00")
    assert [letter.to for letter in office.sent] == ["civil.head@example.invalid"]


def test_what_is_done_while_it_waits_is_not_told(office: ReformOffice) -> None:
    office.take_in((task_row(1, "Một", lead="civil"),))
    office.tick("24/06/2019 20:00")
    office.set(code(1), "done", "24/06/2019", now="24/06/2019 21:00")
    office.tick("25/06/2019 07:00")
    office.tick("02/07/2019 08:00")
    assert (office.sent, office.told(code(1))) == ([], [("r-5", "civil.head", "cancelled")])


def test_another_lead_unit_is_told_anew_and_the_old_one_no_more(office: ReformOffice) -> None:
    office.take_in((task_row(1, "Một", lead="civil"),))
    office.tick("24/06/2019 20:00")
    office.take_in((task_row(1, "Một"),), now="24/06/2019 21:00")
    office.tick("25/06/2019 07:00")
    assert [letter.to for letter in office.sent] == ["land.head@example.invalid"]


def test_a_claimed_mail_of_a_task_done_meanwhile_is_dropped(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    ids = office.remind(BEFORE)
    with office.store.begin(OFFICE) as work:  # as if the state had been recorded by a program of before
        entries = work.reform.history(code(1))
        said = TaskEvent("state", local(BEFORE).date(), local(BEFORE), "x", {"state": "done", "reason": "x"})
        work.reform.append(list(entries_of(2019, code(1), [said], after=entries[-1])))
        work.commit()
    delivery(office.store, mail_by(office), lambda: local(BEFORE)).deliver(OFFICE, ids)
    assert (office.sent, office.told(code(1))) == ([], [("r-5", "land.head", "cancelled")])


def test_a_late_task_asks_to_be_acknowledged_and_goes_up_when_nobody_answers(office: ReformOffice) -> None:
    office.take_in(PLAN[:1], now="01/07/2019 12:00")
    office.sent.clear()
    office.tick(AFTER)
    assert "Xác nhận" in office.to("land.head")[-1].text
    office.tick("02/07/2019 16:59")
    assert office.to("ops") == []
    office.tick("02/07/2019 17:00")  # eight working hours later
    (letter,) = office.to("ops")
    assert "chưa ai xác nhận" in letter.text


def test_whoever_was_told_acknowledges_and_nothing_goes_up(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    office.tick(BEFORE)
    with pytest.raises(HistoryError, match="no escalation"):
        answer(office, "land.head", BEFORE)
    office.tick(AFTER)
    with pytest.raises(HistoryError, match="civil"):
        answer(office, "civil.head", AFTER)
    (said,) = answer(office, "land.head", "02/07/2019 09:00")
    assert (said.code, said.rung, said.outcome) == (code(1), "r+1", "recorded")
    assert answer(office, "land.head", "02/07/2019 09:30")[0].outcome == "already"
    office.tick("03/07/2019 09:00")
    assert office.to("ops") == []
    assert [entry.event.kind for entry in office.history(code(1))] == ["planned", "acknowledged"]
    assert [one.acknowledged_by for one in office.notices(code(1)) if one.rung == "r+1"] == ["land.head"]


def test_the_token_of_the_mail_answers_and_runs_out_with_the_time_of_the_task(office: ReformOffice) -> None:
    office.tokens = tokens = Tokens(secret="s" * 40)
    office.take_in(PLAN[:1])
    office.tick(AFTER)
    token = tokens.sign(OFFICE, next(one for one in office.notices(code(1)) if one.rung == "r+1"))
    assert token in office.to("land.head")[-1].text
    (said,) = acknowledge_token(office.store, OFFICE, token, tokens, source("02/07/2019 09:00"))
    assert (said.by, said.outcome) == ("land.head", "recorded")
    office.take_in((task_row(1, "Một", "Quý III"),), now="02/07/2019 10:00")
    with pytest.raises(HistoryError) as caught:
        acknowledge_token(office.store, OFFICE, token, tokens, source("02/07/2019 11:00"))
    assert caught.value.message == "acknowledged_too_late"


def test_a_closed_task_has_nothing_to_acknowledge(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    office.tick(AFTER)
    office.set(code(1), "done", "02/07/2019", now="02/07/2019 08:00")
    with pytest.raises(HistoryError) as caught:
        answer(office, "land.head", "02/07/2019 09:00")
    assert caught.value.message == "reform_closed"


def test_repeats_end(office: ReformOffice) -> None:
    office.take_in(PLAN[:1])
    for now in (
        "08/07/2019 08:00",
        "15/07/2019 08:00",
        "22/07/2019 08:00",
        "29/07/2019 08:00",
        "30/12/2019 08:00",
    ):
        office.tick(now)
    assert [
        rung for rung, _, state in office.told(code(1)) if state == "sent" and rung.startswith("r+5")
    ] == [
        "r+5",
        "r+5#1",
        "r+5#2",
    ]


def test_an_office_without_the_ladder_tells_nobody(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.configure("03/01/2019 08:00", **{"ladders.toml": LADDERS_FILE})
    office.tick(AFTER)
    assert office.sent == []


def test_whoever_stands_in_is_told_in_the_place_of_somebody_away(office: ReformOffice) -> None:
    away = (
        '\n[[absences]]\nperson = "land.head"\nfrom = 2019-06-20\nto = 2019-06-30\nsubstitute = "top.head"\n'
    )
    office.configure("03/01/2019 08:00", **{"people.toml": FILES["people.toml"] + away})
    office.take_in(PLAN[:1])
    office.tick(BEFORE)
    office.tick("25/06/2019 08:00")
    assert [letter.to for letter in office.sent] == ["top.head@example.invalid"]


def test_the_audit_of_the_notices_does_not_take_them_for_those_of_a_dossier(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick(BEFORE)
    window = Window(local("01/06/2019 00:00"), local("30/06/2019 00:00"))
    audit = NoticeAudit(office.store, OFFICE, window, now=local("30/06/2019 00:00"))
    assert list(audit.differences()) == []


def test_that_it_has_looked_is_known(office: ReformOffice) -> None:
    office.remind("24/06/2019 06:59")
    with office.store.read(OFFICE) as work:
        beat = work.journal.heartbeats()["remind_of_tasks"]
    assert (beat.at, beat.data["found"]) == (local("24/06/2019 06:59"), 0)

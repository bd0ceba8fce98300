"""Whoever answers for a corrective action is reminded of it, and told up the line when it is overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.corrective_action import code_of
from domain.nonconformity import Treatment
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.office_texts import office_files
from tests.reform_office import FILES, ReformOffice
from tests.tampering import tamper
from workers.use_cases.audit_notices import NoticeAudit
from workers.use_cases.nonconformities import record_treatment
from workers.use_cases.unlike import Window

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store

LADDER = """
[ladders.corrective_action]
name = "Khắc phục"

[[ladders.corrective_action.rungs]]
code = "kp-3"
before = "3 working_days"
kind = "reminder"
roles = ["officer"]
level = 1
template = "action"

[[ladders.corrective_action.rungs]]
code = "kp+1"
after = "1 working_days"
kind = "escalation"
roles = ["ops"]
level = 2
template = "action"
"""
# Due on Monday 15 July 2019: three working days before is Wednesday the 10th, one after is the 16th.
PLAN = Treatment(
    cause="thiếu người", correction="trả", action="thêm người", role="head", due_on=date(2019, 7, 15)
)
CODE = code_of("HS-1")
DAYS = ("20/06/2019 09:00", "10/07/2019 07:00", "10/07/2019 07:05", "16/07/2019 07:00", "17/07/2019 07:00")


class Desk(ReformOffice):
    """An office with an overdue dossier whose corrective action is due on 15 July."""

    def say(self, said: Treatment, now: str, code: str = "HS-1") -> None:
        record_treatment(self.store, OFFICE, code, said, actor="test", now=local(now))

    def days(self, *moments: str) -> None:
        for now in moments:
            self.tick(now)

    def differences(self, now: str) -> list[tuple[str, str, str]]:
        audit = NoticeAudit(self.store, OFFICE, Window(local("20/06/2019"), None), now=local(now))
        return [
            (one.kind, one.code, one.notice.rung if one.notice else "")
            for one in audit.differences()
            if not one.code.startswith("HS-")
        ]


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    files = FILES | {"ladders.toml": FILES["ladders.toml"] + LADDER}
    made = Desk(store, tmp_path, office_files(**files))
    OfficeAtWork(store, tmp_path).take_in(row(), row("HS-2"))
    made.say(PLAN, "20/06/2019 08:00")
    return made


def test_the_role_that_answers_is_reminded_before_and_told_after_with_others(
    desk: Desk,
) -> None:
    desk.days(*DAYS)
    assert desk.told(CODE) == [
        ("kp-3", "land.head", "sent"),
        ("kp-3", "land.1", "sent"),
        ("kp-3", "land.2", "sent"),
        ("kp+1", "land.head", "sent"),
        ("kp+1", "ops", "sent"),
    ]
    before, after = desk.to("land.head")
    assert before.subject.startswith("Nhắc việc: hành động khắc phục của hồ sơ HS-1, còn 3 ngày")
    assert after.subject.startswith("Quá hạn: hành động khắc phục của hồ sơ HS-1, quá hạn 1 ngày")
    for part in ("thêm người", "HS-1", "15/07/2019", "Phòng Đất đai"):
        assert part in after.text
        assert part in (after.html or "")
    assert desk.differences("17/07/2019 08:00") == []


def test_actions_that_are_due_together_go_in_one_mail(desk: Desk) -> None:
    desk.say(PLAN, "20/06/2019 08:00", "HS-2")
    desk.days(*DAYS[:3])
    (letter,) = desk.to("land.head")
    assert letter.subject == "2 hành động khắc phục đến hạn"


def test_what_was_checked_is_told_no_more_and_another_day_begins_anew(desk: Desk) -> None:
    desk.say(Treatment(due_on=date(2019, 7, 22)), "09/07/2019 08:00")
    desk.days(*DAYS)
    assert desk.told(CODE) == [("kp-3", person, "sent") for person in ("land.head", "land.1", "land.2")]
    desk.say(Treatment(effective=True, checked_on=date(2019, 7, 18)), "18/07/2019 08:00")
    desk.days("23/07/2019 07:00", "24/07/2019 07:00")
    assert len(desk.told(CODE)) == 3
    assert desk.differences("24/07/2019 08:00") == []


def test_what_waits_when_it_is_checked_is_cancelled(desk: Desk) -> None:
    desk.remind("10/07/2019 07:00")
    desk.say(Treatment(effective=True, checked_on=date(2019, 7, 10)), "10/07/2019 07:01")
    assert {state for _, _, state in desk.told(CODE)} == {"cancelled"}
    assert desk.differences("11/07/2019 08:00") == []


def test_a_reminder_nobody_claimed_is_missing_and_one_of_no_action_extra(desk: Desk) -> None:
    assert {one[:2] for one in desk.differences("10/07/2019 08:00")} == {("missing", CODE)}
    desk.days(*DAYS[:2])
    assert desk.differences("10/07/2019 08:00") == []
    tamper(desk.store.url, f"UPDATE notices SET code = 'kp/X' WHERE code = '{CODE}'")  # noqa: S608 - ours
    assert ("extra", "kp/X", "kp-3") in desk.differences("10/07/2019 08:00")


def test_an_office_without_the_ladder_reminds_nobody(desk: Desk) -> None:
    desk.configure("21/06/2019 08:00", **{"ladders.toml": FILES["ladders.toml"]})
    desk.days(*DAYS[1:])
    assert desk.told(CODE) == []
    assert desk.differences("17/07/2019 08:00") == []

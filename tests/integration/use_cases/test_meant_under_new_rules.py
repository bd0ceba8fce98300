"""What waits while other rules come in force goes to whom they mean, once; nobody else hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from config.people_file import with_absence
from domain.absence import Absence
from tests.builders import OFFICE, delivery, local, mail_by, row
from tests.escalating import ASKING, PEOPLE, ROLES, TOLD, escalating
from tests.integration.use_cases.test_still_meant import LADDERS, MORNINGS, fates
from tests.office_days import Accepting, OfficeDays
from tests.office_texts import OFFICE_FILE, PEOPLE_FILE, office_files
from workers.use_cases.change_people import change_people
from workers.use_cases.follow import follow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

NOW = "13/06/2019 09:00"
RULES = {"people.toml": MORNINGS, "ladders.toml": LADDERS}


@pytest.fixture
def days(office: OfficeAtWork) -> OfficeDays:
    """T-2 has come due at 08:00 on the 13th, after the morning, and waits for that of the 14th."""
    office.configure(**RULES)
    made = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    made.work_until(NOW)
    assert office.told() == [("t-2", "land.1", "planned")]
    return made


def test_somebody_new_is_told_in_the_morning_in_the_place_of_who_left(days: OfficeDays) -> None:
    days.office.configure(now=NOW, **(RULES | {"people.toml": MORNINGS.replace("land.1", "land.9")}))
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "land.2": "sent", "land.9": "sent"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []
    days.tamper("DELETE FROM notices WHERE recipient = 'land.9' AND rung = 't-2'")
    assert days.told() == [("missing", "HS-1", "t-2", "land.9")]


def test_who_is_meant_before_and_after_is_told_once(days: OfficeDays) -> None:
    both = LADDERS.replace('roles = ["officer"]', 'roles = ["head", "officer"]', 1)
    days.office.configure(now=NOW, **(RULES | {"ladders.toml": both}))
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "sent", "land.head": "sent"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []


def test_a_role_that_is_told_no_more_is_not_told_of_what_waits(days: OfficeDays) -> None:
    head = LADDERS.replace('roles = ["officer"]', 'roles = ["head"]', 1)
    days.office.configure(now=NOW, **(RULES | {"ladders.toml": head}))
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "land.head": "sent"}
    assert days.told() == []


def test_after_other_rules_a_dossier_handed_over_is_told_to_the_new_unit_alone(days: OfficeDays) -> None:
    other = {"office.toml": OFFICE_FILE.replace("Văn phòng thử", "Văn phòng")}
    days.office.configure(now="13/06/2019 08:30", **RULES, **other)
    days.office.event("handed_over", at=NOW, now=NOW, unit="civil", officer="civil.1")
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "civil.1": "sent"}
    assert days.told() == []


@pytest.mark.parametrize("code", ["t-two", ""])
def test_a_rung_that_is_gone_or_bears_another_name_leaves_nothing_dead(days: OfficeDays, code: str) -> None:
    other = LADDERS.replace('code = "t-2"', f'code = "{code}"') if code else without(LADDERS, "t-2")
    days.office.configure(now=NOW, **(RULES | {"ladders.toml": other}))
    days.work_until("14/06/2019 09:00")
    told = [("t-2", "land.1", "cancelled")] + ([(code, "land.1", "sent")] if code else [])
    assert days.office.told() == told
    assert days.told() == []


def without(ladders: str, rung: str) -> str:
    head = "[[ladders.default.rungs]]"
    return head.join(part for part in ladders.split(head) if f'"{rung}"' not in part)


def test_what_a_rung_that_is_gone_told_too_is_told_by_itself(office: OfficeAtWork) -> None:
    office.configure(**RULES)
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("12/06/2019 17:00")
    days.outage("17/06/2019 09:00")
    days.work_until("17/06/2019 10:00")
    assert office.told() == [("due", "land.1", "planned"), ("t-2", "land.1", "covered")]
    gone = without(LADDERS, "due").replace('after = "1 working_days"', 'after = "2 working_days"')
    office.configure(now="17/06/2019 10:00", **(RULES | {"ladders.toml": gone}))
    days.work_until("18/06/2019 09:00")
    assert office.told() == [("due", "land.1", "cancelled"), ("t-2", "land.1", "sent")]
    assert days.told() == []


def test_a_command_that_changes_people_has_those_asked_who_hold_the_role_now(
    days: OfficeDays, tmp_path: Path
) -> None:
    folder = tmp_path / "sla"
    for name, text in office_files(**RULES).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    made = change_people(
        days.office.store, folder, replacing("land.1", "land.9"), author="a", reason="thử", now=local(NOW)
    )
    assert made.version == 3
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "land.2": "sent", "land.9": "sent"}
    assert days.told() == []


def replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def test_whoever_goes_away_while_it_waits_is_told_through_the_substitute_once(days: OfficeDays) -> None:
    absence = Absence(first=local(NOW).date(), last=local("14/06/2019 09:00").date(), substitute="land.2")
    days.office.configure(now=NOW, **(RULES | {"people.toml": with_absence(MORNINGS, "land.1", absence)}))
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "passed", "land.2": "sent"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []


def test_a_level_that_went_up_goes_to_who_holds_it_in_the_morning(office: OfficeAtWork) -> None:
    late = escalating(office)
    days = OfficeDays(office, local("17/06/2019 08:00"))
    days.work_until("18/06/2019 15:00")  # nobody has answered by 11:00
    assert late.notice("t+1^1", "top.chair").state == "planned"
    rules = {"office.toml": OFFICE_FILE + ROLES, "ladders.toml": ASKING}
    people = (PEOPLE_FILE + PEOPLE).replace("top.chair", "top.vice")
    office.configure(now="18/06/2019 15:00", **rules, **{"people.toml": people})
    days.work_until("19/06/2019 09:00")
    assert fates(days, "t+1^1") == {"top.chair": "cancelled", "top.vice": "sent"}
    assert days.told(TOLD.split()[0]) == []


def test_a_level_that_somebody_has_answered_is_told_to_nobody_new(office: OfficeAtWork) -> None:
    late = escalating(office)
    days = OfficeDays(office, local("17/06/2019 08:00"))
    days.work_until("18/06/2019 15:00")
    late.answer(now="18/06/2019 15:00")
    rules = {"office.toml": OFFICE_FILE + ROLES, "ladders.toml": ASKING}
    people = (PEOPLE_FILE + PEOPLE).replace("top.chair", "top.vice")
    office.configure(now="18/06/2019 15:00", **rules, **{"people.toml": people})
    days.work_until("19/06/2019 09:00")
    assert fates(days, "t+1^1") == {"top.chair": "cancelled"}
    assert days.told(TOLD.split()[0]) == []


def test_what_is_held_is_told_to_who_is_meant_when_it_goes_on(days: OfficeDays) -> None:
    days.office.event("suspended", at=NOW, now=NOW)
    assert fates(days, "t-2") == {"land.1": "held"}
    at = "13/06/2019 10:00"
    days.office.configure(now=at, **(RULES | {"people.toml": MORNINGS.replace("land.1", "land.9")}))
    days.work_until("13/06/2019 10:30")
    days.office.event("resumed", at="13/06/2019 10:30", now="13/06/2019 10:30")
    days.work_until("14/06/2019 09:00")
    assert "sent" not in {notice.state for notice in days.office.notices() if notice.recipient == "land.1"}
    assert {n.recipient for n in days.office.notices() if n.state == "sent"} == {"land.2", "land.9"}


def test_where_nothing_waits_nobody_is_looked_at(office: OfficeAtWork) -> None:
    office.configure(**RULES)
    office.take_in(row("A"), row("B", accepted="10/06/2019 08:00"), now="10/06/2019 08:00")
    office.act("A", now=NOW)
    before = office.clock("B")
    other = RULES | {"people.toml": MORNINGS.replace("land.1", "land.9")}
    office.configure(now=NOW, **other)
    assert office.clock("B") == before
    looked_at = office.clock("A")
    assert looked_at is not None
    assert looked_at.next_action_at == local(NOW)
    assert office.sweep(now=NOW) == ["A"]
    follow(office.store, OFFICE, clock=lambda: local(NOW))
    assert office.clock("B") == before


def test_other_rules_that_come_in_the_middle_of_a_batch_hold_for_what_is_left_of_it(
    office: OfficeAtWork,
) -> None:
    office.take_in(row("A"), row("B", officer="land.2"))
    ids = office.act("A", "B", now="13/06/2019 07:00").deliver_now
    moments = iter(local("13/06/2019 07:00") + timedelta(seconds=3 * n) for n in range(1000))
    sent: list[str] = []

    class Changing(Accepting):
        def send(self, letter: Letter) -> None:
            sent.append(letter.to)
            others = PEOPLE_FILE.replace("land.1", "land.8").replace("land.2", "land.9")
            office.configure(now="13/06/2019 07:00", **{"people.toml": others})

    result = delivery(office.store, mail_by(Changing()), lambda: next(moments)).deliver(OFFICE, ids)
    assert (len(sent), result.sent, result.cancelled) == (1, 1, 1)

"""What waits for its moment is told only if it is still for its recipient when the moment comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import local, row
from tests.office_days import OfficeDays
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

MORNINGS = PEOPLE_FILE.replace('"at_once"', '"next_morning"')
ALL_MORNINGS = MORNINGS.replace('"working_hours"', '"next_morning"')
# T-2 comes due at 08:00 on the 13th, after the morning, and waits for that of the 14th.
LADDERS = LADDERS_FILE.replace('before = "2 working_days"', 'before = "23 hours"')
OF_LAND = LADDERS.replace('code = "t-2"', 'code = "t-2"\nwhen = { units = ["land"] }')


@pytest.fixture
def days(office: OfficeAtWork) -> OfficeDays:
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": LADDERS})
    return OfficeDays(office, local("03/06/2019 09:00"))


def fates(days: OfficeDays, rung: str) -> dict[str, str]:
    return {n.recipient: n.state for n in days.office.notices() if n.rung == rung}


def test_a_dossier_handed_over_while_its_mail_waits_is_told_to_the_new_unit_alone(days: OfficeDays) -> None:
    days.office.take_in(row())
    days.work_until("13/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "planned"}
    at = "13/06/2019 09:00"
    days.office.event("handed_over", at=at, now=at, unit="civil", officer="civil.1")
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "civil.1": "sent"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []


def test_another_officer_of_the_same_unit_is_told_instead(days: OfficeDays) -> None:
    days.office.take_in(row())
    days.work_until("13/06/2019 09:00")
    days.office.event("officer_changed", at="13/06/2019 09:00", now="13/06/2019 09:00", officer="land.2")
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled", "land.2": "sent"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []


def test_a_rung_whose_condition_is_so_no_more_is_not_told(days: OfficeDays) -> None:
    days.office.configure(now="03/06/2019 08:00", **{"people.toml": MORNINGS, "ladders.toml": OF_LAND})
    days.office.take_in(row())
    days.work_until("13/06/2019 09:00")
    at = "13/06/2019 09:00"
    days.office.event("handed_over", at=at, now=at, unit="civil", officer="civil.1")
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "cancelled"}
    days.work_until("01/07/2019 08:00")
    assert days.told() == []


def test_who_stands_in_is_told_though_the_other_is_back_by_then(days: OfficeDays) -> None:
    away = '\n[[absences]]\nperson = "land.1"\nfrom = 2019-06-13\nto = 2019-06-13\nsubstitute = "civil.1"\n'
    files = {"people.toml": ALL_MORNINGS + away, "ladders.toml": LADDERS}
    days.office.configure(now="03/06/2019 08:00", **files)
    days.office.take_in(row())
    days.work_until("13/06/2019 09:00")
    assert fates(days, "t-2") == {"land.1": "passed", "civil.1": "planned"}
    days.work_until("14/06/2019 09:00")
    assert fates(days, "t-2")["civil.1"] == "sent"
    assert days.told() == []

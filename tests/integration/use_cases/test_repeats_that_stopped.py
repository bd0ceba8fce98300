"""A repeat that waits is not told when what ends it has come meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, local, row
from tests.escalating import source
from tests.integration.use_cases.test_still_meant import fates
from tests.office_days import OfficeDays
from tests.office_texts import LADDERS_FILE
from workers.use_cases.acknowledge import acknowledge

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

# The head of this dossier is the one up the line, who is told in the morning.
OF_CIVIL = row(unit="civil", officer="civil.1")


def repeated(until: str) -> str:
    again = f'repeat = {{ every = "3 hours", at_most = 1, until = "{until}" }}'
    return LADDERS_FILE.replace('code = "t+1"', f'code = "t+1"\n{again}')


def at_work(office: OfficeAtWork, until: str) -> OfficeDays:
    """T+1 was told on the 18th at the opening; its repeat of 10:00 waits for the morning of the 19th."""
    office.configure(**{"ladders.toml": repeated(until)})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(OF_CIVIL)
    days.work_until("18/06/2019 10:30")
    assert fates(days, "t+1#1")["top.head"] == "planned"
    return days


def test_one_until_somebody_acknowledges_stops_with_the_answer(office: OfficeAtWork) -> None:
    days = at_work(office, "acknowledged")
    acknowledge(office.store, OFFICE, "HS-1", "civil.1", source("18/06/2019 10:30"))
    days.work_until("19/06/2019 09:00")
    assert fates(days, "t+1#1")["top.head"] == "cancelled"
    assert days.told() == []


def test_one_until_the_dossier_is_handed_over_stops_with_that(office: OfficeAtWork) -> None:
    days = at_work(office, "handed_over")
    at = "18/06/2019 10:30"
    assert days.office.event("handed_over", at=at, now=at, unit="top") is None
    days.work_until("19/06/2019 09:00")
    assert fates(days, "t+1#1")["top.head"] == "cancelled"
    assert days.told() == []


def test_one_that_nothing_has_ended_is_told(office: OfficeAtWork) -> None:
    days = at_work(office, "acknowledged")
    days.work_until("19/06/2019 09:00")
    assert fates(days, "t+1#1")["top.head"] == "sent"
    assert days.told() == []


def test_the_rung_it_was_to_tell_too_is_told_all_the_same(office: OfficeAtWork) -> None:
    office.configure(**{"ladders.toml": repeated("handed_over")})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(OF_CIVIL)
    days.work_until("17/06/2019 17:00")
    days.outage("18/06/2019 10:30")
    days.work_until("18/06/2019 10:45")
    assert (fates(days, "t+1")["top.head"], fates(days, "t+1#1")["top.head"]) == ("covered", "planned")
    at = "18/06/2019 10:45"
    assert days.office.event("handed_over", at=at, now=at, unit="top") is None
    days.work_until("19/06/2019 09:00")
    assert (fates(days, "t+1")["top.head"], fates(days, "t+1#1")["top.head"]) == ("sent", "cancelled")
    assert days.told() == []

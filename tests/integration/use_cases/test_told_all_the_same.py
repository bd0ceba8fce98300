"""What a later rung was to tell too is told all the same when that one is not told after all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.builders import local, row
from tests.escalating import ASKING, TOLD, escalating
from tests.office_days import OfficeDays
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

MORNINGS = PEOPLE_FILE.replace('"at_once"', '"next_morning"')
# "due" is for dossiers of the land unit alone; what comes after the due date comes later than the morning.
OF_LAND = LADDERS_FILE.replace('code = "due"', 'code = "due"\nwhen = { units = ["land"] }').replace(
    'after = "1 working_days"', 'after = "2 working_days"'
)
HANDED_ON = "17/06/2019 10:00"


@pytest.fixture
def days(office: OfficeAtWork) -> OfficeDays:
    """T-2 and the due day came in an outage that ended after the morning: they wait for that of the 18th."""
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": OF_LAND})
    made = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    made.work_until("12/06/2019 17:00")
    made.outage("17/06/2019 09:00")
    made.work_until(HANDED_ON)
    assert office.told() == [("due", "land.1", "planned"), ("t-2", "land.1", "covered")]
    return made


def hand_on(days: OfficeDays) -> None:
    said = {"at": HANDED_ON, "now": HANDED_ON, "unit": "civil", "officer": "land.1"}
    assert days.office.event("handed_over", **said) is None


def test_a_rung_told_by_one_that_is_so_no_more_is_told_by_itself(days: OfficeDays) -> None:
    hand_on(days)
    days.work_until("18/06/2019 09:00")
    assert days.office.told() == [("due", "land.1", "cancelled"), ("t-2", "land.1", "sent")]
    (told,) = [notice for notice in days.office.notices() if notice.rung == "t-2"]
    assert told.covered_by is None
    assert days.told() == []


def test_a_dossier_that_closes_takes_both_with_it(days: OfficeDays) -> None:
    assert days.office.event("finished", at=HANDED_ON, now=HANDED_ON) is None
    days.work_until("18/06/2019 09:00")
    assert days.office.told() == [("due", "land.1", "cancelled"), ("t-2", "land.1", "covered")]
    assert days.told() == []


def test_letting_go_while_dossiers_close_leaves_nothing_of_them_waiting(office: OfficeAtWork) -> None:
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": OF_LAND})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    codes = [f"HS-{n}" for n in range(1, 13)]
    office.take_in(*(row(code) for code in codes))
    days.work_until("12/06/2019 17:00")
    days.outage("17/06/2019 09:00")
    days.work_until(HANDED_ON)
    for code in codes:
        said = {"at": HANDED_ON, "now": HANDED_ON, "unit": "civil", "officer": "land.1"}
        assert office.event("handed_over", code, **said) is None
    days.now = local("18/06/2019 07:01")

    def close(code: str) -> None:
        assert office.event("finished", code, at="18/06/2019 07:00", now="18/06/2019 07:01") is None

    with ThreadPoolExecutor(4) as threads:
        closing = [threads.submit(close, code) for code in codes[::2]]
        days.sweep()
        for one in closing:
            one.result()
    days.work_until("18/06/2019 09:00")
    states = {code: {rung: state for rung, _, state in office.told(code)} for code in codes}
    assert {states[code]["due"] for code in codes} == {"cancelled"}
    assert {states[code]["t-2"] for code in codes[1::2]} == {"sent"}
    assert {states[code]["t-2"] for code in codes[::2]} <= {"covered", "cancelled", "sent"}


def test_the_audit_names_what_nobody_told_because_its_teller_was_dropped(days: OfficeDays) -> None:
    hand_on(days)
    days.work_until("18/06/2019 09:00")
    days.tamper("UPDATE notices SET state = 'covered', covered_by = 'due', sent_at = NULL WHERE rung = 't-2'")
    assert days.told() == [("undelivered", "HS-1", "t-2", "land.1")]


def test_each_of_several_is_told_by_the_next_one_that_is_so(office: OfficeAtWork) -> None:
    # T+1 is for the land unit alone as well: it told "due", which told T-2.
    ladders = OF_LAND.replace('code = "t+1"', 'code = "t+1"\nwhen = { units = ["land"] }')
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": ladders})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("12/06/2019 17:00")
    days.outage("17/06/2019 09:00")
    days.work_until("17/06/2019 10:00")
    days.now = local("18/06/2019 06:59")
    office.act(now="19/06/2019 07:01")  # nobody delivered meanwhile: the mail server was away
    assert {rung: state for rung, who, state in office.told() if who == "land.1"} == {
        "t-2": "covered",
        "due": "covered",
        "t+1": "planned",
    }
    at = "19/06/2019 07:02"
    assert office.event("handed_over", at=at, now=at, unit="civil", officer="land.1") is None
    days.now = local(at)
    days.work_until("19/06/2019 08:00")
    assert {rung: state for rung, who, state in office.told() if who == "land.1"} == {
        "t-2": "sent",
        "due": "cancelled",
        "t+1": "cancelled",
    }


def test_a_question_that_comes_back_is_asked_until_a_moment_that_lies_ahead(office: OfficeAtWork) -> None:
    # T+1 asks, and so does T+3, which takes the question over; but T+3 is for the land unit alone.
    ladders = ASKING.replace(
        'code = "t+3"', 'code = "t+3"\nacknowledge_within = "4 hours"\nwhen = { units = ["land"] }'
    ).replace('roles = ["head"]', 'roles = ["head", "officer"]')
    late = escalating(office, ladders=ladders)
    late.silent_tick(TOLD)
    late.silent_tick("20/06/2019 07:00")
    assert late.notice("t+1", "land.1").covered_by == "t+3"
    at = "20/06/2019 07:01"
    assert office.event("handed_over", at=at, now=at, unit="civil", officer="land.1") is None
    days = OfficeDays(office, local(at))
    days.work_until("20/06/2019 08:00")
    told = late.notice("t+1", "land.1")
    assert told.state == "sent"
    assert told.asked_until is not None
    assert told.asked_until >= local("20/06/2019 11:00")


def test_what_was_dropped_with_a_former_due_date_says_nothing_of_the_new_one(office: OfficeAtWork) -> None:
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": OF_LAND})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("12/06/2019 17:00")
    days.outage("20/06/2019 09:00")
    days.work_until("20/06/2019 10:00")
    at = "20/06/2019 10:00"
    assert office.event("reappointed", at=at, now=at, appointed_on="2019-06-28", forced_by="lan") is None
    days.work_until("27/06/2019 17:00")
    days.outage("03/07/2019 09:00")
    days.work_until("10/07/2019 08:00")
    rungs = [(n.epoch, n.state) for n in office.notices() if (n.rung, n.recipient) == ("t+1", "land.1")]
    assert rungs == [(0, "cancelled"), (1, "sent")]
    assert days.told() == []

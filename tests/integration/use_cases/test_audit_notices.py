"""Which rungs should have fired and which did: of an office that works, nothing is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.escalating import escalating
from tests.integration.use_cases.test_follow import AFTER_STORM
from tests.office_days import OfficeDays
from tests.office_law import law_files
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE
from workers.use_cases.follow import follow

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

DONE = {"finished": "14/06/2019 10:00", "status": "Đã xử lý xong"}


@pytest.fixture
def days(office: OfficeAtWork) -> OfficeDays:
    return OfficeDays(office, local("03/06/2019 09:00"))


def test_an_office_with_nothing_to_tell_has_nothing_to_prove(days: OfficeDays) -> None:
    assert days.unlike() == []


def test_of_a_dossier_told_rung_by_rung_there_is_nothing_to_say(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B"), row("C", procedure="1.002"), row("D", procedure="1.003"))
    days.work_until("01/07/2019 08:00")
    assert len(days.office.notices("A")) == 5
    assert len(days.office.notices("C")) == 1
    assert days.told() == []


def test_a_dossier_that_stops_goes_on_and_is_appointed_anew_is_followed(days: OfficeDays) -> None:
    days.office.take_in(row())
    days.work_until("13/06/2019 10:00")
    days.office.event("suspended", at="13/06/2019 10:00", now="13/06/2019 10:00")
    days.work_until("20/06/2019 08:00")
    days.office.event("resumed", at="20/06/2019 08:00", now="20/06/2019 08:05")
    days.work_until("20/06/2019 09:00")
    days.office.event("reappointed", at="20/06/2019 09:00", now="20/06/2019 09:00", appointed_on="2019-06-28")
    days.work_until("10/07/2019 08:00")
    assert {notice.epoch for notice in days.office.notices()} == {0, 1, 2}
    assert days.told() == []


def test_hand_overs_and_steps_are_followed(days: OfficeDays) -> None:
    days.office.configure(now="03/06/2019 07:30", **law_files())
    days.office.take_in(row(procedure="1.005", unit="civil", officer="civil.1"))
    days.work_until("04/06/2019 08:00")
    days.office.event(
        "handed_over", at="04/06/2019 08:00", now="04/06/2019 08:00", unit="land", officer="land.1"
    )
    days.work_until("11/06/2019 07:10")
    days.office.event("handed_over", at="11/06/2019 07:10", now="11/06/2019 07:10", unit="top")
    days.work_until("10/07/2019 08:00")
    assert {notice.step for notice in days.office.notices()} >= {"", "2.tham-dinh", "3.ky"}
    assert days.told() == []


@pytest.mark.parametrize("answered_at", ["18/06/2019 09:00", "18/06/2019 15:00", ""])
def test_what_goes_up_because_nobody_answers_is_proven_and_so_is_what_does_not(
    office: OfficeAtWork, answered_at: str
) -> None:
    late = escalating(office)
    days = OfficeDays(office, local("17/06/2019 08:00"))
    if answered_at:
        days.work_until(answered_at)
        late.answer(now=answered_at)
    days.work_until("25/06/2019 08:00")
    up = {rung for rung, _ in late.told() if "^" in rung}
    assert up == ({"t+1^1", "t+1^2"} if not answered_at else {"t+1^1"} if "15:00" in answered_at else set())
    assert days.told("18/06/2019") == []


def test_a_level_that_was_never_told_is_missing(office: OfficeAtWork) -> None:
    escalating(office)
    days = OfficeDays(office, local("17/06/2019 08:00"))
    days.work_until("25/06/2019 08:00")
    days.tamper("DELETE FROM notices WHERE rung IN ('t+1^1', 't+1^2')")
    assert days.told("18/06/2019") == [("missing", "HS-1", "t+1^1", "top.chair")]


def test_another_officer_is_told_of_the_last_rung_again(days: OfficeDays) -> None:
    days.office.take_in(row())
    days.work_until("14/06/2019 10:00")
    days.office.event("officer_changed", at="14/06/2019 10:00", now="14/06/2019 10:00", officer="land.2")
    days.work_until("14/06/2019 12:00")
    assert {told[1] for told in days.office.told()} == {"land.1", "land.2"}
    assert days.told() == []
    days.tamper("DELETE FROM notices WHERE recipient = 'land.2'")
    assert days.told() == [("missing", "HS-1", "t-2", "land.2")]


def test_of_a_list_that_came_late_the_rungs_are_told_when_it_comes(days: OfficeDays) -> None:
    days.office.take_in(row(), now="24/06/2019 08:00")
    days.now = local("24/06/2019 08:00")
    days.work_until("24/06/2019 09:00")
    assert len(days.office.notices()) == 5
    assert days.told() == []
    assert days.told("24/06/2019", "25/06/2019") == []
    days.tamper("DELETE FROM notices WHERE rung = 't-2'")
    assert days.told("24/06/2019", "25/06/2019") == [("missing", "HS-1", "t-2", "land.1")]
    assert days.told("13/06/2019", "14/06/2019") == []  # nobody knew of it on that day


def test_what_came_due_in_an_outage_is_due_at_its_end(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B"))
    days.work_until("12/06/2019 16:00")
    days.office.event("suspended", "B", at="17/06/2019 09:00", now="17/06/2019 09:00")
    days.outage("18/06/2019 09:00")
    days.work_until("01/07/2019 08:00")
    assert [notice.state for notice in days.office.notices("A")][:2] == ["covered", "covered"]
    assert days.told() == []


def test_an_outage_nobody_knows_of_makes_everything_late(days: OfficeDays) -> None:
    days.office.take_in(row())
    days.now = local("18/06/2019 09:00")
    days.work_until("18/06/2019 10:00")
    late = [("due", "land.1"), ("t+1", "land.1"), ("t+1", "land.head"), ("t-2", "land.1")]
    assert days.told() == [("late", "HS-1", *told) for told in late]
    (first,) = days.unlike("13/06/2019", "14/06/2019")
    assert (first.by, first.found and first.found.created_at) == (
        local("13/06/2019 07:15"),
        local("18/06/2019 09:01"),
    )


def test_a_dossier_that_closes_before_its_letter_goes_is_nobodys_fault(days: OfficeDays) -> None:
    days.office.take_in(row("A", unit="civil", officer="civil.1"), row("B", accepted="03/06/2019 08:00"))
    days.now = local("13/06/2019 06:00")
    days.office.act("A", now="13/06/2019 22:00")
    days.office.event("finished", "A", at="13/06/2019 23:00", now="13/06/2019 23:00")
    days.office.event("finished", "B", at="13/06/2019 07:00", now="13/06/2019 07:00")
    days.work_until("01/07/2019 08:00")
    assert [notice.state for notice in days.office.notices("A")] == ["cancelled"]
    assert days.office.notices("B") == []
    assert [told for told in days.told() if told[0] != "late"] == []


def test_a_new_ladder_and_new_people_count_from_the_next_look_on(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B", accepted="10/06/2019 08:00"))
    days.work_until("14/06/2019 09:00")
    ladders = LADDERS_FILE.replace('"3 working_days"', '"2 working_days"')
    people = PEOPLE_FILE.replace('"land.head"', '"land.chief"')
    days.office.configure(now="14/06/2019 09:00", **{"ladders.toml": ladders, "people.toml": people})
    days.work_until("10/07/2019 08:00")
    heads = {notice.recipient for code in "AB" for notice in days.office.notices(code)}
    assert heads == {"land.1", "land.chief"}
    assert {notice.sla_version for notice in days.office.notices("A")} == {1, 2}
    assert days.told() == []


def test_a_new_rung_and_a_new_day_off_that_open_dossiers_followed_are_as_they_should_be(
    days: OfficeDays,
) -> None:
    days.office.take_in(row("A"))
    days.work_until("06/06/2019 09:00")
    rules = {"ladders.toml": LADDERS_FILE.replace('"2 working_days"', '"7 working_days"')} | AFTER_STORM
    days.office.configure(now="06/06/2019 09:00", **rules)
    done = follow(days.office.store, OFFICE, clock=lambda: local("06/06/2019 09:01"))
    days.work_until("10/07/2019 08:00")
    assert done.moved == 1
    assert {notice.epoch for notice in days.office.notices("A")} == {1}
    assert days.office.notices("A")[0].rung == "t-2"
    assert days.told() == []


def test_a_configuration_recorded_while_a_sweep_may_look_leaves_both_answers_open(days: OfficeDays) -> None:
    days.office.take_in(row("A", officer=""), row("B", officer=""))
    ladders = LADDERS_FILE.replace('roles = ["officer"]', 'roles = ["head"]', 1)
    days.now = local("13/06/2019 07:01")
    days.deliver(days.office.act("A", now="13/06/2019 07:01").deliver_now)
    days.office.configure(now="13/06/2019 07:02", **{"ladders.toml": ladders})
    days.office.act("B", now="13/06/2019 07:03")
    days.work_until("13/06/2019 09:00")
    assert [told[1] for told in days.office.told("A")] == ["land.1", "land.2"]
    assert [told[1] for told in days.office.told("B")] == ["land.head"]
    assert days.told() == []
    days.tamper("DELETE FROM notices WHERE code = 'A'")
    assert days.told() == [("missing", "A", "t-2", "land.head")]


def test_what_may_still_come_in_time_is_not_missed_yet(days: OfficeDays) -> None:
    days.office.take_in(row())
    assert days.unlike(now="13/06/2019 07:14") == []
    (found,) = days.unlike(now="13/06/2019 07:15")
    assert found.kind == "missing"


AWAY = """
[[absences]]
person = "land.1"
from = 2019-06-13
to = 2019-06-14
substitute = "civil.1"
"""


def test_who_was_told_in_the_place_of_somebody_away_is_who_should_have_been(days: OfficeDays) -> None:
    days.office.configure(now="03/06/2019 07:00", **{"people.toml": PEOPLE_FILE + AWAY})
    days.office.take_in(row())
    days.work_until("01/07/2019 08:00")
    told = {(notice.recipient, notice.state) for notice in days.office.notices() if notice.rung == "t-2"}
    assert told == {("land.1", "handed_back"), ("civil.1", "sent")}
    assert days.told() == []
    days.tamper("DELETE FROM notices WHERE recipient = 'civil.1'")
    assert days.told() == [("missing", "HS-1", "t-2", "civil.1"), ("undelivered", "HS-1", "t-2", "land.1")]


def test_what_was_passed_on_as_it_waited_is_nothing_extra(days: OfficeDays) -> None:
    people = PEOPLE_FILE.replace("at_once", "next_morning", 1)
    # T-2 comes due at 08:00 on the 13th, after the morning, and waits for that of the 14th.
    ladders = {"ladders.toml": LADDERS_FILE.replace('before = "2 working_days"', 'before = "23 hours"')}
    days.office.configure(now="03/06/2019 07:00", **{"people.toml": people}, **ladders)
    days.office.take_in(row())
    days.work_until("13/06/2019 16:00")
    away = AWAY.replace("from = 2019-06-13", "from = 2019-06-14")
    days.office.configure(now="13/06/2019 16:00", **{"people.toml": people + away}, **ladders)
    days.work_until("01/07/2019 08:00")
    told = {(notice.recipient, notice.state) for notice in days.office.notices() if notice.rung == "t-2"}
    assert told == {("land.1", "handed_back"), ("civil.1", "sent")}
    assert days.told() == []

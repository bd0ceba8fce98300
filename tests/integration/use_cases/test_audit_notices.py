"""Which rungs should have fired and which did: of an office that works, nothing is to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.escalating import escalating
from tests.office_days import OfficeDays
from tests.office_law import law_files
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE, procedure

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


def test_a_configuration_recorded_while_a_sweep_may_look_leaves_both_answers_open(days: OfficeDays) -> None:
    days.office.take_in(row("A", officer=""), row("B", officer=""))
    ladders = LADDERS_FILE.replace('roles = ["officer"]', 'roles = ["head"]', 1)
    days.now = local("13/06/2019 07:00")
    days.office.act("A", now="13/06/2019 07:01")
    days.office.configure(now="13/06/2019 07:02", **{"ladders.toml": ladders})
    days.office.act("B", now="13/06/2019 07:03")
    days.work_until("13/06/2019 09:00")
    assert [told[1] for told in days.office.told("A")] == ["land.1", "land.2"]
    assert [told[1] for told in days.office.told("B")] == ["land.head"]
    assert days.told() == []
    days.tamper("DELETE FROM notices WHERE code = 'A'")
    assert days.told() == [("missing", "A", "t-2", "land.head")]


def test_what_was_deleted_is_missing(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B"))
    days.work_until("01/07/2019 08:00")
    days.tamper("DELETE FROM notices WHERE code = 'A' AND rung = 't+1' AND recipient = 'land.head'")
    (found,) = days.unlike()
    assert (found.kind, found.code, found.found) == ("missing", "A", None)
    assert found.expected is not None
    assert (found.expected.rung, found.expected.recipient) == ("t+1", "land.head")
    assert (found.expected.planned_at, found.by) == (local("18/06/2019 07:00"), local("18/06/2019 07:15"))
    assert found.expected.sla_version == 1
    days.tamper("DELETE FROM notices")
    assert len(days.unlike()) == 10
    assert {entry.code for entry in days.unlike("18/06/2019", "19/06/2019")} == {"A", "B"}


def forge(days: OfficeDays, **values: object) -> None:
    """Copy a notice, with some values of it forged."""
    days.tamper(
        "INSERT INTO notices (office, code, step, rung, epoch, recipient, kind, level, role, state,"
        " planned_at, created_at, deliver_at, attempts, sla_version, sent_at)"
        " SELECT office, :code, step, :rung, :epoch,"
        " :recipient, kind, level, role, state, planned_at, created_at, deliver_at, attempts, sla_version,"
        " sent_at FROM notices WHERE code = 'A' AND rung = 't-2' AND epoch = 0 AND recipient = 'land.1'",
        **{"code": "A", "rung": "t-2", "epoch": 0, "recipient": "land.1"} | values,
    )


def test_what_was_forged_is_extra(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B", accepted="10/06/2019 08:00"))
    days.work_until("14/06/2019 08:00")
    forge(days, recipient="top.head")
    forge(days, rung="t-9")
    forge(days, epoch=3)
    forge(days, code="B")
    forge(days, code="KHÔNG-CÓ")
    assert days.told() == [
        ("extra", "A", "t-2", "land.1"),
        ("extra", "A", "t-2", "top.head"),
        ("extra", "A", "t-9", "land.1"),
        ("extra", "B", "t-2", "land.1"),
        ("extra", "KHÔNG-CÓ", "t-2", "land.1"),
    ]
    assert days.told("14/06/2019", "15/06/2019") == []


def test_what_was_shifted_is_late(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B"))
    days.work_until("01/07/2019 08:00")
    later = local("14/06/2019 09:00").isoformat()
    days.tamper(
        "UPDATE notices SET created_at = :at, sent_at = :at WHERE code = 'B' AND rung = 't-2'",
        at=later.replace("+00:00", "Z") if days.office.store.url.startswith("sqlite") else later,
    )
    found = days.unlike()
    assert {(entry.kind, entry.code) for entry in found} == {("late", "B")}
    (late,) = found
    assert late.found is not None
    assert (late.by, late.found.created_at) == (local("13/06/2019 07:15"), local("14/06/2019 09:00"))


def test_a_moment_that_was_shifted_is_the_wrong_one(days: OfficeDays) -> None:
    days.office.take_in(row("A"))
    days.work_until("01/07/2019 08:00")
    with days.office.store.begin(OFFICE) as work:
        (first, *_) = work.notices.of_dossier("A")
        assert first.rung == "t-2"
    days.tamper(
        "UPDATE notices SET planned_at = (SELECT planned_at FROM notices WHERE rung = 'due')"
        " WHERE rung = 't-2'"
    )
    (found,) = days.unlike()
    assert (found.kind, found.code) == ("moment", "A")
    assert found.expected is not None
    assert found.expected.planned_at == local("13/06/2019 07:00")


def test_what_never_arrived_is_said_with_its_reason(days: OfficeDays) -> None:
    days.office.take_in(row("A"), row("B"), row("C"), row("D"), row("E"))
    days.work_until("13/06/2019 12:00")
    days.tamper("UPDATE notices SET state = 'dead', last_error = 'mailbox unknown' WHERE code = 'A'")
    days.tamper("UPDATE notices SET state = 'cancelled' WHERE code = 'B'")
    days.tamper("UPDATE notices SET state = 'held' WHERE code = 'C'")
    days.tamper("UPDATE notices SET state = 'planned' WHERE code = 'D'")
    days.tamper("UPDATE notices SET state = 'covered', covered_by = 'due' WHERE code = 'E'")
    found = days.unlike()
    assert [(entry.kind, entry.code) for entry in found] == [("undelivered", code) for code in "ABCDE"]
    assert [entry.reason for entry in found] == ["mailbox unknown", "", "", "", ""]


def test_what_may_still_come_in_time_is_not_missed_yet(days: OfficeDays) -> None:
    days.office.take_in(row())
    assert days.unlike(now="13/06/2019 07:14") == []
    (found,) = days.unlike(now="13/06/2019 07:15")
    assert found.kind == "missing"


def test_a_history_that_cannot_be_replayed_is_listed_and_harms_no_other(days: OfficeDays) -> None:
    days.office.take_in(row("A"))
    days.office.configure(now="04/06/2019 08:00", ten=procedure("1.001", "9 working_days"))
    days.office.take_in(row("A"), row("B", accepted="04/06/2019 08:00"), now="04/06/2019 09:00")
    days.work_until("14/06/2019 12:00")
    days.tamper("DELETE FROM sla_versions WHERE number = 1")
    (found,) = days.unlike()
    assert (found.kind, found.code, found.notice) == ("unreadable", "A", None)
    assert "no configuration version 1" in found.reason


def test_a_notice_names_the_configuration_that_asked_for_it(days: OfficeDays) -> None:
    days.office.take_in(row("A"))
    days.work_until("13/06/2019 12:00")
    days.tamper("UPDATE notices SET sla_version = 7")
    assert days.told() == [("extra", "A", "t-2", "land.1")]


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
    days.office.configure(now="03/06/2019 07:00", **{"people.toml": people})
    days.office.take_in(row())
    days.work_until("13/06/2019 16:00")
    away = AWAY.replace("from = 2019-06-13", "from = 2019-06-14")
    days.office.configure(now="13/06/2019 16:00", **{"people.toml": people + away})
    days.work_until("01/07/2019 08:00")
    told = {(notice.recipient, notice.state) for notice in days.office.notices() if notice.rung == "t-2"}
    assert told == {("land.1", "handed_back"), ("civil.1", "sent")}
    assert days.told() == []

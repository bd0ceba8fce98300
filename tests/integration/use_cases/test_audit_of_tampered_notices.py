"""Whoever deletes, forges or shifts a notice behind the program's back is found, each with its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.office_days import OfficeDays
from tests.office_texts import procedure

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


@pytest.fixture
def days(office: OfficeAtWork) -> OfficeDays:
    return OfficeDays(office, local("03/06/2019 09:00"))


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

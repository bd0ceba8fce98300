"""What should have been told of the tasks of the plan is derived anew, and held against what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, local
from tests.reform_office import task_row
from tests.reform_plans import code
from tests.tampering import tamper
from workers.use_cases.audit_notices import NoticeAudit
from workers.use_cases.outages import SHORTEST, tick
from workers.use_cases.unlike import Window

if TYPE_CHECKING:
    from tests.reform_office import ReformOffice

# Due on Monday 1 July 2019: five working days before is Monday 24 June, one after is Tuesday the 2nd.
PLAN = (task_row(1, "Một"), task_row(2, "Hai", "Quý III"), task_row(3, "Ba", "Thường xuyên"))
DAYS = ("24/06/2019 07:00", "24/06/2019 07:05", "01/07/2019 07:00", "02/07/2019 07:00", "02/07/2019 17:00")


def audit(office: ReformOffice, now: str, window: Window | None = None) -> NoticeAudit:
    return NoticeAudit(office.store, OFFICE, window or Window(), now=local(now))


def differences(office: ReformOffice, now: str) -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.code, one.notice.rung if one.notice else "")
        for one in audit(office, now).differences()
    ]


def test_a_plan_told_as_its_ladder_asks_has_no_differences(office: ReformOffice) -> None:
    office.take_in(PLAN)
    for now in (*DAYS, "03/07/2019 07:00", "08/07/2019 07:00", "15/07/2019 07:00"):
        office.tick(now)
    made = audit(office, "16/07/2019 08:00")
    assert list(made.differences()) == []
    assert (made.totals.tasks, made.totals.dossiers) == (3, 0)
    assert made.totals.due == len({(one.rung, one.recipient) for one in office.notices(code(1))}) > 3


def test_a_reminder_that_was_never_claimed_is_missing(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("24/06/2019 07:00")
    tamper(office.store.url, "DELETE FROM notices")
    assert differences(office, "24/06/2019 08:00") == [("missing", code(1), "r-5")]
    assert differences(office, "24/06/2019 07:15") == [("missing", code(1), "r-5")]
    assert differences(office, "24/06/2019 07:14") == []


def test_nothing_ran_at_all_and_every_rung_is_missing(office: ReformOffice) -> None:
    office.take_in(PLAN)
    found = differences(office, "03/07/2019 08:00")
    assert ("missing", code(1), "r-5") in found
    assert ("missing", code(1), "r+1") in found
    assert {of for _, of, _ in found} == {code(1)}


def test_what_came_due_in_an_outage_was_due_when_it_ended(office: ReformOffice) -> None:
    office.take_in(PLAN)
    for now in ("23/06/2019 09:00", "25/06/2019 09:00"):
        with office.store.begin(OFFICE) as work:
            tick(work, now=local(now), patience=SHORTEST)
            work.commit()
    office.tick("25/06/2019 09:01")
    assert differences(office, "25/06/2019 12:00") == []


def test_a_reminder_claimed_late_or_delivered_late_is_named(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("24/06/2019 09:00")
    assert ("late", code(1), "r-5") in differences(office, "24/06/2019 10:00")
    tamper(office.store.url, "UPDATE notices SET state = 'dead', last_error = '550'")
    assert ("undelivered", code(1), "r-5") in differences(office, "24/06/2019 10:00")


def test_a_notice_nobody_asked_for_is_extra_and_one_of_no_task_too(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("24/06/2019 07:00")
    tamper(office.store.url, "UPDATE notices SET rung = 'r+9'")
    assert set(differences(office, "24/06/2019 09:00")) == {
        ("missing", code(1), "r-5"),
        ("extra", code(1), "r+9"),
    }
    tamper(office.store.url, "UPDATE notices SET rung = 'r-5', code = 'KHONG-CO'")
    assert ("extra", "KHONG-CO", "r-5") in differences(office, "24/06/2019 09:00")


def test_a_task_done_in_time_or_moved_asks_for_nothing_more(office: ReformOffice) -> None:
    office.take_in(PLAN)
    office.tick("24/06/2019 07:00")
    office.set(code(1), "done", "28/06/2019", now="28/06/2019 10:00")
    office.tick("02/07/2019 08:00")
    assert differences(office, "08/07/2019 08:00") == []


def test_a_waiting_reminder_of_a_task_done_meanwhile_may_be_cancelled(office: ReformOffice) -> None:
    office.take_in((task_row(1, "Một", lead="civil"),))  # whose head hears in working hours only
    office.tick("24/06/2019 00:10")
    office.set(code(1), "done", "24/06/2019", now="24/06/2019 06:00")
    office.tick("24/06/2019 08:00")
    assert differences(office, "25/06/2019 08:00") == []


def test_only_what_concerns_the_window_is_told(office: ReformOffice) -> None:
    office.take_in(PLAN)
    tick_of = Window(local("01/07/2019 00:00"), local("02/07/2019 00:00"))
    assert list(audit(office, "03/07/2019 08:00", tick_of).differences()) == []

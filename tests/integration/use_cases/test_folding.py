"""What still waits when a later rung comes is told with it: no later, no less urgently, no question lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import local, row
from tests.escalating import ASKING, TOLD, escalating
from tests.office_days import OfficeDays
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.store.notices import Notice

MORNING_ONLY = PEOPLE_FILE.replace(
    'email = "land.head@example.invalid"\ndelivery = "at_once"',
    'email = "land.head@example.invalid"\ndelivery = "next_morning"',
)
DAILY = LADDERS_FILE.replace(
    'code = "t+3"', 'code = "t+3"\nrepeat = { every = "1 working_days", at_most = 5 }'
)
URGENT = LADDERS_FILE.replace('code = "t-2"', 'code = "t-2"\nurgent = true\nalone = true')
IN_HOURS = PEOPLE_FILE.replace('"at_once"', '"working_hours"')


def one(office: OfficeAtWork, rung: str, person: str) -> Notice:
    """Return the notice of a rung for a person."""
    (found,) = [n for n in office.notices() if (n.rung, n.recipient) == (rung, person)]
    return found


def test_who_is_told_in_the_morning_hears_on_the_first_one_though_rungs_come_every_day(
    office: OfficeAtWork,
) -> None:
    office.configure(**{"people.toml": MORNING_ONLY, "ladders.toml": DAILY})
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("01/07/2019 08:00")
    sent = [n.sent_at for n in office.notices() if n.recipient == "land.head" and n.sent_at]
    # t+1 comes due on the 18th at the opening, t+3 on the 20th and on each working day until the 27th.
    days_told = ("18", "20", "21", "24", "25", "26", "27")
    mornings = [f"{day}/06/2019" for day in days_told]
    assert [f"{at:%d/%m/%Y}" for at in sent] == mornings
    assert days.told() == []


def test_what_is_urgent_does_not_wait_for_the_hours_of_what_it_is_told_with(office: OfficeAtWork) -> None:
    office.configure(**{"people.toml": IN_HOURS, "ladders.toml": URGENT})
    office.take_in(row())
    office.act(now="13/06/2019 07:00")  # and the mail server does not answer until the evening of the 17th
    office.act(now="17/06/2019 18:00")
    assert one(office, "t-2", "land.1").covered_by == "due"
    due = one(office, "due", "land.1")
    assert (due.urgent, due.alone) == (True, True)
    assert due.deliver_at == local("13/06/2019 07:00")


def test_a_question_is_not_lost_in_a_message_that_does_not_ask(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING)
    late.silent_tick(TOLD)
    late.silent_tick("20/06/2019 07:00")
    assert late.notice("t+3", "land.head").state == "planned"
    assert late.notice("t+1", "land.head").state == "planned"


def test_what_comes_due_after_a_later_rung_was_told_is_told_by_itself(office: OfficeAtWork) -> None:
    chair_too = ASKING.replace('"4 hours"', '"2 working_days"').replace(
        'after = "3 working_days"\nkind = "escalation"\nroles = ["head"]',
        'after = "2 hours"\nkind = "escalation"\nroles = ["chair"]',
    )
    late = escalating(office, ladders=chair_too)
    late.tick(TOLD)
    late.tick("18/06/2019 09:00")
    late.deliver("19/06/2019 07:00")
    assert late.notice("t+3", "top.chair").state == "sent"
    late.tick("20/06/2019 17:00")  # nobody has answered: the chairman knows of the delay, not of that
    assert late.notice("t+1^1", "top.chair").state == "planned"


def test_the_audit_names_what_was_told_too_late_in_the_message_of_a_later_rung(office: OfficeAtWork) -> None:
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("12/06/2019 08:00")
    office.act(now="13/06/2019 07:01")  # nobody delivers until the 17th
    days.now = local("17/06/2019 07:01")
    days.sweep()
    assert one(office, "t-2", "land.1").covered_by == "due"
    assert ("delivered_late", "HS-1", "t-2", "land.1") in days.told()


def test_of_two_later_ones_the_one_that_asks_takes_over_the_question(office: OfficeAtWork) -> None:
    again = 'acknowledge_within = "4 hours"\nrepeat = { every = "1 working_days", at_most = 1 }'
    late = escalating(office, ladders=ASKING.replace('acknowledge_within = "4 hours"', again))
    late.silent_tick(TOLD)
    late.silent_tick("20/06/2019 07:00")  # the repeat of T+1, and T+3
    assert one(office, "t+1", "land.head").covered_by == "t+1#1"
    assert {one(office, rung, "land.head").state for rung in ("t+1#1", "t+3")} == {"planned"}

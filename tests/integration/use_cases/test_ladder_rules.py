"""What a rung says of itself holds when it comes due: urgent or not, for whom, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.builders import local, row
from tests.integration.use_cases.test_deliver import Postman, Round
from tests.office_texts import LADDERS_FILE, procedure

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

APOLOGY: Final = 'template = "apology"\n'
LAST: Final = 'level = 4\ntemplate = "escalation"\n'
STEPS: Final = """\
[[versions.steps]]
code = "check"
name = "Thẩm định"
unit = "land"
role = "officer"
[[versions.steps]]
code = "sign"
name = "Ký"
unit = "top"
role = "head"
"""


def configure(office: OfficeAtWork, at: str, more: str) -> None:
    """Say something more of a rung of the ladder, and put it in force before anything has come due."""
    ladders = LADDERS_FILE.replace(at, at + more, 1)
    ten = procedure("1.001", "10 working_days", more=STEPS)
    office.configure(now="04/06/2019 07:00", ten=ten, **{"ladders.toml": ladders})


def test_what_is_urgent_waits_for_nobodys_hours(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    configure(office, APOLOGY, "urgent = true\n")
    office.act(now="13/06/2019 22:00")
    assert [notice.deliver_at for notice in office.notices()] == [local("13/06/2019 22:00")]


def test_after_a_gap_the_one_message_is_as_urgent_as_anything_it_tells(office: OfficeAtWork) -> None:
    configure(office, APOLOGY, "urgent = true\n")
    office.take_in(row(unit="civil", officer="civil.1"), now="04/06/2019 09:00")
    office.act(now="17/06/2019 22:00")
    mine = {notice.rung: (notice.state, notice.deliver_at) for notice in office.notices()}
    assert mine == {
        "t-2": ("covered", local("17/06/2019 22:00")),
        "due": ("planned", local("17/06/2019 22:00")),
    }


def test_a_rung_whose_condition_does_not_hold_at_its_moment_is_not_told(office: OfficeAtWork) -> None:
    configure(office, APOLOGY, 'when = { channels = ["online"] }\n')
    office.take_in(row("A"), row("B", channel="Trực tuyến"), now="04/06/2019 09:00")
    office.act("A", "B", now="13/06/2019 08:00")
    assert office.told("A") == []
    assert office.told("B") == [("t-2", "land.1", "planned")]


def test_an_event_that_makes_a_condition_true_after_its_moment_lets_the_rung_fire(
    office: OfficeAtWork,
) -> None:
    configure(office, APOLOGY, 'when = { still_at = ["sign"] }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    office.act(now="13/06/2019 08:00")
    assert office.told() == []
    office.event("handed_over", at="14/06/2019 09:00", now="14/06/2019 09:00", unit="top", step="sign")
    assert office.sweep(now="14/06/2019 09:01") == ["HS-1"]
    office.act(now="14/06/2019 09:01")
    assert office.told() == [("t-2", "top.head", "planned")]
    assert office.notices()[0].planned_at == local("13/06/2019 07:00")


def test_an_escalation_is_told_again_each_day_and_no_more_than_it_may(office: OfficeAtWork) -> None:
    configure(office, LAST, 'repeat = { every = "1 working_days", at_most = 2 }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    for day in (20, 21, 24, 25, 26, 27, 28):
        office.act(now=f"{day}/06/2019 08:00")
    told = [rung for rung, _, _ in office.told() if rung.startswith("t+3")]
    assert told == ["t+3", "t+3#1", "t+3#2"]
    clock = office.clock()
    assert clock is not None
    assert clock.next_action_at is None


def test_closing_ends_the_repeats(office: OfficeAtWork) -> None:
    configure(office, LAST, 'repeat = { every = "1 working_days", at_most = 9 }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    office.act(now="21/06/2019 08:00")
    office.event("finished", at="21/06/2019 09:00", now="21/06/2019 09:00")
    assert office.act(now="25/06/2019 08:00").claimed == 0


def test_after_a_gap_of_days_the_repeats_are_recorded_and_told_in_one_message(office: OfficeAtWork) -> None:
    configure(office, LAST, 'repeat = { every = "1 working_days", at_most = 9 }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    office.act(now="24/06/2019 08:00")
    heard = [(rung, state) for rung, who, state in office.told() if who == "land.head"]
    assert heard == [("t+1", "covered"), ("t+3", "covered"), ("t+3#1", "covered"), ("t+3#2", "planned")]


def test_the_mail_of_a_repeat_says_which_it_is(office: OfficeAtWork) -> None:
    configure(office, LAST, 'repeat = { every = "1 working_days", at_most = 9 }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    office.act(now="20/06/2019 08:00")
    postman = Postman()
    Round(office, postman, now="20/06/2019 08:05").sweep_and_deliver()
    office.act(now="21/06/2019 08:00")
    Round(office, postman, now="21/06/2019 08:05").sweep_and_deliver()
    mine = [letter.text for letter in postman.sent if letter.to == "land.head@example.invalid"]
    assert ["nhắc lại lần 1" in text for text in mine] == [False, True]
    assert "T+3 (nhắc lại lần 1)" in mine[1]


def test_a_hand_over_ends_repeats_that_go_on_until_then(office: OfficeAtWork) -> None:
    configure(office, LAST, 'repeat = { every = "1 working_days", at_most = 9, until = "handed_over" }\n')
    office.take_in(row(), now="04/06/2019 09:00")
    office.act(now="20/06/2019 08:00")
    office.event("handed_over", at="20/06/2019 09:00", now="20/06/2019 09:00", unit="top")
    office.act(now="28/06/2019 08:00")
    rungs = {rung for rung, _, _ in office.told()}
    assert "t+3" in rungs
    assert not [rung for rung in rungs if "#" in rung]


def test_a_part_of_the_limit_comes_due_when_that_part_is_used(office: OfficeAtWork) -> None:
    ladders = LADDERS_FILE.replace(
        'before = "2 working_days"', 'at = "75 %"\nwhen = { procedures = ["1.001"] }'
    )
    office.configure(now="02/06/2019 07:00", **{"ladders.toml": ladders})
    office.take_in(row())
    clock = office.clock()
    assert clock is not None
    assert clock.next_action_at == local("13/06/2019 07:00")  # 7.5 of 10 days: the 8th
    assert office.act(now="13/06/2019 06:59").claimed == 0
    assert office.act(now="13/06/2019 07:00").claimed == 1

"""Nothing goes up unanswered before somebody was told of it; the time to answer runs from the telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.escalating import ASKING, PEOPLE, ROLES, TOLD, Escalating, escalating
from tests.mail_desk import MailDesk
from tests.office_days import Accepting, Away, OfficeDays
from tests.office_texts import OFFICE_FILE, PEOPLE_FILE
from workers.notify.channel import PermanentDeliveryError
from workers.use_cases.resend import resend

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

CHAIR = ("t+1^1", "top.chair")
REPEATED = 'repeat = { every = "1 hours", at_most = 5, until = "acknowledged" }\nacknowledge_within'


class Refusing(Accepting):
    """A channel whose server knows nobody."""

    def send(self, _: Letter) -> None:
        """Refuse it."""
        raise PermanentDeliveryError("recipient", "no such mailbox")


@pytest.fixture
def late(office: OfficeAtWork) -> Escalating:
    """HS-1 was due on the 17th."""
    return escalating(office)


def test_what_nobody_has_been_told_does_not_go_up_however_long_it_waits(late: Escalating) -> None:
    for moment in (TOLD, "18/06/2019 11:00", "18/06/2019 16:00", "19/06/2019 07:00", "19/06/2019 15:00"):
        late.silent_tick(moment)
    assert CHAIR not in late.told()


def test_the_time_to_answer_runs_from_the_telling(late: Escalating) -> None:
    late.silent_tick(TOLD)
    late.deliver("18/06/2019 10:00")
    assert late.notice("t+1", "land.head").asked_until == local("18/06/2019 16:00")  # two at noon
    (letter,) = [one for one in late.sent if one.to == "land.head@example.invalid"]
    assert "16:00 ngày 18/06/2019" in letter.text
    late.tick("18/06/2019 11:00")  # when it was to be looked at again
    assert late.next_look() == "18/06/2019 16:00"
    late.tick("18/06/2019 15:59")
    assert CHAIR not in late.told()
    late.tick("18/06/2019 16:00")
    assert late.notice(*CHAIR).planned_at == local("18/06/2019 16:00")


def test_who_is_told_within_some_minutes_has_the_round_time_that_was_planned(late: Escalating) -> None:
    late.silent_tick(TOLD)
    late.deliver("18/06/2019 07:05")
    assert late.notice("t+1", "land.head").asked_until == local("18/06/2019 11:00")


def test_it_goes_up_when_the_last_of_those_told_has_had_their_time(late: Escalating) -> None:
    late.silent_tick(TOLD)
    post, head = late.post(TOLD), late.notice("t+1", "land.head")
    assert post.deliver(OFFICE, [head.id]).sent == 1
    late.silent_tick("18/06/2019 11:00")
    assert CHAIR not in late.told(), "the officer has not been told"
    late.deliver("18/06/2019 14:00")
    late.tick("18/06/2019 16:59")
    assert CHAIR not in late.told()
    late.tick("19/06/2019 08:00")
    assert late.notice(*CHAIR).planned_at == local("19/06/2019 08:00")


def test_what_is_held_while_its_dossier_stands_still_has_its_time_after_that(late: Escalating) -> None:
    late.silent_tick(TOLD)
    late.office.event("suspended", at="18/06/2019 08:00", now="18/06/2019 08:00")
    late.office.event("resumed", at="18/06/2019 08:30", now="18/06/2019 08:31")
    late.silent_tick("18/06/2019 11:00")
    assert CHAIR not in late.told()


def test_what_died_keeps_the_time_it_had_and_goes_up(late: Escalating) -> None:
    late.silent_tick(TOLD)
    post = OfficeDays(late.office, local("18/06/2019 07:05"))
    post.mail = Refusing()
    post.sweep()
    assert late.notice("t+1", "land.head").state == "dead"
    late.tick("18/06/2019 11:00")
    assert late.notice(*CHAIR).planned_at == local("18/06/2019 11:00")
    resend(late.office.store, OFFICE, None, actor="ops", now=local("18/06/2019 15:00"))
    late.tick("18/06/2019 16:00")
    assert late.notice("t+1", "land.head").state == "sent"
    assert late.notice("t+1", "land.head").asked_until == local("18/06/2019 11:00"), "it has gone up since"


def test_a_repeat_that_was_told_first_counts_from_its_own_telling(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace("acknowledge_within", REPEATED))
    late.silent_tick(TOLD)
    late.silent_tick("18/06/2019 08:00")
    assert late.notice("t+1", "land.head").state == "covered"
    late.deliver("18/06/2019 10:00")
    assert late.notice("t+1#1", "land.head").asked_until == local("18/06/2019 16:00")
    late.tick("18/06/2019 15:59")
    assert CHAIR not in late.told()
    late.tick("18/06/2019 16:00")
    assert CHAIR in late.told()


def test_a_repeat_told_late_gives_no_more_time_than_what_was_told_before_it(office: OfficeAtWork) -> None:
    late = escalating(office, ladders=ASKING.replace("acknowledge_within", REPEATED))
    late.tick(TOLD)
    late.silent_tick("18/06/2019 08:00")
    late.deliver("18/06/2019 08:50")
    assert late.notice("t+1#1", "land.head").asked_until == local("18/06/2019 11:00")
    late.tick("18/06/2019 11:00")
    assert late.notice(*CHAIR).planned_at == local("18/06/2019 11:00")


def test_the_next_level_waits_for_its_own_telling_too(late: Escalating) -> None:
    late.tick(TOLD)
    late.tick("18/06/2019 11:00")
    late.silent_tick("19/06/2019 11:00")  # the chairman's mail of 07:00 has not gone
    late.silent_tick("19/06/2019 16:00")
    assert ("t+1^2", "civil.ops") not in late.told()
    late.deliver("20/06/2019 07:00")
    assert late.notice(*CHAIR).asked_until == local("20/06/2019 11:00")


def test_whoever_stands_in_has_their_time_from_when_they_are_told(office: OfficeAtWork) -> None:
    people = PEOPLE_FILE.replace("at_once", "next_morning") + PEOPLE
    files = {"office.toml": OFFICE_FILE + ROLES, "ladders.toml": ASKING}
    late = escalating(office)
    office.configure(now="17/06/2019 10:00", **files, **{"people.toml": people})
    late.silent_tick("18/06/2019 07:30")
    gone = '\n[[absences]]\nperson = "land.head"\nfrom = 2019-06-19\nto = 2019-06-19\nsubstitute = "land.2"\n'
    office.configure(now="18/06/2019 16:00", **files, **{"people.toml": people + gone})
    desk = MailDesk(office)
    desk.tick("19/06/2019 07:00")
    desk.tick("19/06/2019 07:30")
    assert late.notice("t+1", "land.head").asked_until is None, "it asks nobody any more"
    instead = late.notice("t+1", "land.2")
    assert (instead.sent_at, instead.asked_until) == (local("19/06/2019 07:30"), local("19/06/2019 13:30"))


@pytest.mark.parametrize("back", ["18/06/2019 10:20", "19/06/2019 09:10", "21/06/2019 15:40"])
def test_the_audit_has_nothing_to_say_of_what_went_up_after_a_mail_server_was_away(
    office: OfficeAtWork, back: str
) -> None:
    files = {"office.toml": OFFICE_FILE + ROLES, "people.toml": PEOPLE_FILE + PEOPLE, "ladders.toml": ASKING}
    office.configure(now="01/06/2019 08:00", **files)
    days = OfficeDays(office, local("03/06/2019 09:00"))
    office.take_in(row())
    days.work_until("17/06/2019 17:00")
    days.mail = Away()
    days.work_until(back)
    assert not [told for told in office.told() if "^" in told[0]], "nobody has been told of anything"
    days.mail = Accepting()
    days.work_until("05/07/2019 08:00")
    levels = [one for one in office.notices() if "^" in one.rung]
    assert levels
    assert min(one.planned_at for one in levels) > local(back)
    assert {kind for kind, *_ in days.told()} <= {"delivered_late", "undelivered"}


def test_an_audit_while_a_mail_server_is_away_misses_no_level_that_cannot_be_yet(
    office: OfficeAtWork,
) -> None:
    late = escalating(office)
    days = OfficeDays(office, local("17/06/2019 08:10"), Away())
    days.work_until("20/06/2019 12:00")
    assert ("t+1^1", "top.chair") not in late.told()
    assert {kind for kind, *_ in days.told("17/06/2019 09:00")} == {"undelivered"}

"""Nobody is told outside their hours unless it is urgent: not at first, not again, not by the second way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.builders import local, row
from tests.office_days import OfficeDays
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE
from tests.post_room import PostRoom, codes_in
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

CIVIL = {"unit": "civil", "officer": "civil.1"}  # told in working hours: 7 to 11 and 13 to 17
FRIDAY_NIGHT, MONDAY = "14/06/2019 22:00", local("17/06/2019 07:00")
URGENT = {"ladders.toml": LADDERS_FILE.replace('code = "t-2"', 'code = "t-2"\nurgent = true')}


def down(_: Letter) -> None:
    raise TransientDeliveryError("server", "it does not answer", unsent=True)


def refused(_: Letter) -> None:
    raise PermanentDeliveryError("recipient", "550 no such mailbox")


def test_what_came_due_over_the_weekend_and_that_morning_is_one_letter(office: OfficeAtWork) -> None:
    office.take_in(
        row("HS-1", **CIVIL),
        row("HS-2", **CIVIL),
        row("HS-3", accepted="05/06/2019 08:00", **CIVIL),
        now="07/06/2019 09:00",
    )
    post = PostRoom(office, FRIDAY_NIGHT)
    post.run()
    assert post.mail.sent == []
    assert {n.deliver_at for code in ("HS-1", "HS-2") for n in office.notices(code)} == {
        MONDAY + timedelta(seconds=15)
    }
    post.run("17/06/2019 07:00")  # HS-3 comes due that very moment
    (letter,) = post.mail.sent
    assert sorted(codes_in(letter)) == ["HS-1", "HS-2", "HS-3"]


def test_what_is_urgent_goes_at_night(office: OfficeAtWork) -> None:
    office.configure(**URGENT)
    office.take_in(row(**CIVIL))
    post = PostRoom(office, "13/06/2019 22:00")
    at_once = post.act()
    post.delivery.deliver("office", at_once)
    assert len(post.mail.sent) == 1


def test_what_was_handed_out_in_time_and_came_too_late_waits_for_the_morning(office: OfficeAtWork) -> None:
    office.take_in(row(**CIVIL))
    post = PostRoom(office, "13/06/2019 16:59")
    post.act()
    post.at("13/06/2019 17:05")  # the worker was busy
    post.post()
    assert post.mail.sent == []
    (notice,) = office.notices()
    assert (notice.state, notice.attempts) == ("planned", 0)
    post.at("14/06/2019 06:59")
    post.post()
    assert post.mail.sent == []
    post.at("14/06/2019 07:01")
    post.post()
    assert len(post.mail.sent) == 1


def test_an_attempt_that_failed_at_a_minute_to_five_is_made_again_in_the_morning(
    office: OfficeAtWork,
) -> None:
    office.take_in(row(**CIVIL))
    post = PostRoom(office, "13/06/2019 16:50")
    post.act()
    post.mail.before = down
    post.at("13/06/2019 16:59")
    assert post.post().failed == 1
    assert office.notices()[0].deliver_at == local("13/06/2019 16:59") + timedelta(seconds=30)
    post.at("13/06/2019 16:59")
    post.now += timedelta(seconds=40)
    post.post()  # the next one would be at 17:00:40
    (notice,) = office.notices()
    assert (notice.state, notice.attempts) == ("failed", 2)
    assert notice.deliver_at == local("14/06/2019 07:00") + timedelta(seconds=15)


def test_an_urgent_attempt_that_failed_is_made_again_within_the_minute(office: OfficeAtWork) -> None:
    office.configure(**URGENT)
    office.take_in(row(**CIVIL))
    post = PostRoom(office, "13/06/2019 22:00")
    post.mail.before = down
    post.delivery.deliver("office", post.act())
    assert office.notices()[0].deliver_at == post.now + timedelta(seconds=30)


def two_ways(office: OfficeAtWork, **files: str) -> PostRoom:
    """A notice by mail and, where that fails, by message, that is refused at one minute past five."""
    ways = 'channels = ["mail", "sms"]\nphone = "+84900000001"\n'
    address = 'email = "civil.1@example.invalid"\n'
    office.configure(**files, **{"people.toml": PEOPLE_FILE.replace(address, address + ways)})
    office.take_in(row(**CIVIL))
    post = PostRoom(office, "13/06/2019 16:58")

    def slow(letter: Letter) -> None:
        post.at("13/06/2019 17:01")
        refused(letter)

    post.mail.before = slow
    post.act()
    post.at("13/06/2019 16:59")
    post.delivery.deliver("office", [notice.id for notice in office.notices()])
    assert [(n.state, n.way) for n in office.notices()] == [("failed", "sms")]
    return post


def test_the_second_way_waits_for_the_same_hours(office: OfficeAtWork) -> None:
    post = two_ways(office)
    post.post()
    assert post.sms.sent == []
    post.at("14/06/2019 07:01")
    post.post()
    assert len(post.sms.sent) == 1


def test_the_second_way_of_something_urgent_waits_for_nothing(office: OfficeAtWork) -> None:
    post = two_ways(office, **URGENT)
    post.post()
    assert len(post.sms.sent) == 1


def test_who_is_told_in_the_morning_is_not_told_twice_as_late_after_a_failed_attempt(
    office: OfficeAtWork,
) -> None:
    office.take_in(row("HS-1", unit="top", accepted="31/05/2019 08:00"))
    post = PostRoom(office, "18/06/2019 07:00")  # t+1 goes to the head, who reads mail in the morning
    post.act()
    post.mail.before = down
    post.at("19/06/2019 07:01")
    post.post()
    found = [n for n in office.notices() if n.recipient == "top.head"]
    assert {n.deliver_at for n in found if n.state == "failed"} == {post.now + timedelta(seconds=30)}


def test_at_once_means_at_any_hour(office: OfficeAtWork) -> None:
    office.take_in(row())
    post = PostRoom(office, "13/06/2019 23:00")
    post.run()
    assert len(post.mail.sent) == 1


def test_what_waited_for_the_morning_is_not_late_to_the_audit(office: OfficeAtWork) -> None:
    days = OfficeDays(office, local("13/06/2019 16:58"))
    office.take_in(row(**CIVIL), now="13/06/2019 16:58")
    office.act(now="13/06/2019 16:58")
    days.now = local("13/06/2019 17:02")
    days.sweep()
    assert [notice.state for notice in office.notices()] == ["planned"]
    days.work_until("14/06/2019 07:05")
    assert [notice.state for notice in office.notices()] == ["sent"]
    assert days.told() == []

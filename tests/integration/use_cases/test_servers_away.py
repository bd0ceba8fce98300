"""What waits for a server that is away waits as long as it takes; only words on a letter count against it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.office_texts import PEOPLE_FILE
from tests.post_room import PostRoom, codes_in
from workers.notify.channel import TransientDeliveryError
from workers.use_cases.attempt import BEFORE_NEXT_WAY, LONGEST_WAIT, MOST_ATTEMPTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

CODES = ["HS-1", "HS-2"]
FRIDAY, MONDAY = "13/06/2019 07:00", local("16/06/2019 07:00")  # three days, told at any hour
MOST_BY_AWAY = BEFORE_NEXT_WAY
"""How far attempts of a server that is away lengthen the pause."""


def away(_: Letter) -> None:
    raise TransientDeliveryError("connection", "connection refused", unsent=True, away=True)


def away_in_the_middle(_: Letter) -> None:
    raise TransientDeliveryError("server", "answered 503", away=True)


def not_this_one(_: Letter) -> None:
    raise TransientDeliveryError("server", "451 not this one, not now", unsent=True)


def open_again(_: Letter) -> None:
    return


@pytest.fixture
def post(office: OfficeAtWork) -> PostRoom:
    office.take_in(*(row(code) for code in CODES))
    made = PostRoom(office, FRIDAY)
    made.mail.before = away
    made.run()
    return made


def oldest(post: PostRoom) -> datetime | None:
    with post.office.store.read(OFFICE) as work:
        return work.outbox.oldest_undelivered(now=post.now)


@pytest.mark.parametrize("gone", [away, away_in_the_middle])
def test_a_server_away_for_three_days_delays_everything_and_nobody_has_to_send_anything_again(
    post: PostRoom, gone: Callable[[Letter], None]
) -> None:
    post.mail.before = gone
    tries: list[datetime] = []
    while post.now < MONDAY:
        at = post.next_moment()
        assert at is not None
        assert at - post.now <= LONGEST_WAIT
        post.now = max(at, post.now)
        tries.append(post.now)
        assert post.post().dead == 0
    assert len(tries) > 2 * MOST_ATTEMPTS
    assert set(post.states(*CODES)) == {"failed"}
    post.mail.before = open_again
    post.post_until()
    assert post.states(*CODES) == ["sent"] * len(CODES)
    assert sorted(code for letter in post.mail.sent for code in codes_in(letter)) == CODES, "each once"
    assert post.now <= tries[-1] + LONGEST_WAIT


def test_what_waits_for_a_server_is_seen_as_undelivered_between_the_attempts_too(post: PostRoom) -> None:
    claimed = post.office.notices("HS-1")[0].created_at
    for _ in range(20):
        post.now = post.next_moment() or post.now
        post.post()
        assert oldest(post) == claimed
        post.now += timedelta(seconds=1)
        assert oldest(post) == claimed, "it waits for its next attempt: it should have gone long ago"
    post.mail.before = open_again
    post.post_until()
    assert oldest(post) is None


def test_after_a_server_was_away_for_long_its_answers_about_a_letter_are_heard_for_long(
    post: PostRoom,
) -> None:
    post.post_until(MONDAY)
    post.mail.before = not_this_one
    answers = 0
    while (at := post.next_moment()) is not None:
        post.now = max(post.now, at)
        post.post()
        answers += 1
    assert MOST_ATTEMPTS - MOST_BY_AWAY <= answers <= MOST_ATTEMPTS
    assert post.states(*CODES) == ["dead", "dead"]


def test_a_server_that_is_away_now_and_then_does_not_hide_what_it_says_of_a_letter(post: PostRoom) -> None:
    answers = 0
    for turn in range(4 * MOST_ATTEMPTS):
        post.mail.before = not_this_one if turn % 2 else away
        post.now = post.next_moment() or post.now
        answers += turn % 2
        if post.post().dead:
            break
    assert answers <= MOST_ATTEMPTS
    assert post.states(*CODES) == ["dead", "dead"]


def test_who_has_another_way_is_told_by_it_within_about_an_hour(office: OfficeAtWork) -> None:
    officer = 'email = "land.1@example.invalid"\n'
    both = officer + 'channels = ["mail", "sms"]\nphone = "+84900000001"\n'
    office.configure(**{"people.toml": PEOPLE_FILE.replace(officer, both)})
    office.take_in(row())
    post = PostRoom(office, FRIDAY)
    post.mail.before = away
    post.run()
    post.post_until()
    assert (len(post.mail.sent), len(post.sms.sent)) == (0, 1)
    assert post.now < local("13/06/2019 09:00")


def test_when_the_last_way_is_away_it_waits_for_that(office: OfficeAtWork) -> None:
    officer = 'email = "land.1@example.invalid"\n'
    both = officer + 'channels = ["mail", "sms"]\nphone = "+84900000001"\n'
    office.configure(**{"people.toml": PEOPLE_FILE.replace(officer, both)})
    office.take_in(row())
    post = PostRoom(office, FRIDAY)
    post.mail.before = post.sms.before = away
    post.run()
    post.post_until(MONDAY)
    assert post.states("HS-1") == ["failed"]
    post.sms.before = open_again
    post.post_until()
    assert post.states("HS-1") == ["sent"]

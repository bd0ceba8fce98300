"""A mail server away for hours delays and loses nothing; a letter that kills its senders still dies."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, local, row
from tests.office_texts import LADDERS_FILE
from tests.post_room import KilledError, PostRoom, codes_in
from workers.notify.channel import TransientDeliveryError
from workers.use_cases.attempt import MOST_ATTEMPTS, MOST_LOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

CIVIL = {"unit": "civil", "officer": "civil.1"}  # told in working hours: 7 to 11 and 13 to 17
CODES = ["HS-1", "HS-2", "HS-3", "HS-4"]
DOWN, UP = "13/06/2019 06:00", local("13/06/2019 15:00")


def killed(_: Letter) -> None:
    raise KilledError


def nothing(_: Letter) -> None:
    return


def closed(_: Letter) -> None:
    raise TransientDeliveryError("server", "it does not answer", unsent=True)


def cut_off(_: Letter) -> None:
    raise TransientDeliveryError("server", "it hung up in the middle")


@pytest.mark.parametrize("down", [closed, cut_off])
@pytest.mark.parametrize("urgent", [False, True])
def test_a_mail_server_down_from_six_to_three_delays_everything_and_loses_nothing(
    office: OfficeAtWork, down: Callable[[Letter], None], *, urgent: bool
) -> None:
    if urgent:
        office.configure(
            **{"ladders.toml": LADDERS_FILE.replace('code = "t-2"', 'code = "t-2"\nurgent = true')}
        )
    office.take_in(*(row(code, **CIVIL if code > "HS-2" else {}) for code in CODES))
    post = PostRoom(office, DOWN)
    post.mail.before = down
    post.run()
    post.run("13/06/2019 07:00")  # the moment they come due
    post.post_until(UP)
    found = [notice for code in CODES for notice in office.notices(code)]
    assert {notice.state for notice in found} == {"failed"}
    assert all(8 <= notice.attempts < MOST_ATTEMPTS for notice in found)
    post.mail.before, post.now = nothing, UP
    post.post_until()
    assert post.states(*CODES) == ["sent"] * len(CODES)
    assert sorted(code for letter in post.mail.sent for code in codes_in(letter)) == CODES, "each once"
    assert post.now < local("13/06/2019 16:01"), "an hour after the server came back, everybody is told"


def test_senders_that_are_lost_between_answers_of_the_server_do_not_add_up(office: OfficeAtWork) -> None:
    post = one_letter(office)
    for _ in range(3):
        lose_senders(post, MOST_LOST - 1)
        post.mail.before = cut_off
        post.post_until(post.now + LEASE)
        (notice,) = office.notices("HS-1")
        assert (notice.state, notice.unsettled) == ("failed", 0)
        post.now = max(post.now, notice.deliver_at)
    assert notice.attempts == 3 * MOST_LOST
    post.mail.before = nothing
    assert post.post().sent == 1


def test_what_was_tried_often_and_then_kills_eight_senders_in_a_row_is_dead(office: OfficeAtWork) -> None:
    post = one_letter(office)
    post.mail.before = cut_off
    post.post_until(UP)
    tried = office.notices("HS-1")[0].attempts
    post.now = office.notices("HS-1")[0].deliver_at
    lose_senders(post, MOST_LOST)
    assert post.post().dead == 1
    (notice,) = office.notices("HS-1")
    assert (notice.state, notice.attempts, notice.unsettled) == ("dead", tried + MOST_LOST + 1, 0)
    assert notice.last_error == f"given up: {MOST_LOST} senders did not come back"


def test_what_was_claimed_and_put_back_untried_lost_no_sender(office: OfficeAtWork) -> None:
    post = one_letter(office)
    with office.store.begin(OFFICE) as work:
        (found,) = work.pools.waiting([office.notices("HS-1")[0].id], now=post.now, near=post.now).found
        (held,) = work.outbox.claim({"a": [found]}, until=post.now + LEASE)["a"]
        assert (held.attempts, held.unsettled) == (1, 1)
        work.outbox.put_back([held])
        work.commit()
    (notice,) = office.notices("HS-1")
    assert (notice.state, notice.attempts, notice.unsettled) == ("planned", 0, 0)


def test_handing_a_notice_back_untried_forgets_no_lost_sender(office: OfficeAtWork) -> None:
    post = one_letter(office)
    lose_senders(post, 2)
    (notice,) = office.notices("HS-1")
    with office.store.begin(OFFICE) as work:
        work.outbox.take_due(now=post.now, until=post.now + LEASE, limit=9)
        work.outbox.give_back([notice.id])
        work.commit()
    assert office.notices("HS-1")[0].unsettled == 2, "else what kills its senders would never end"


def one_letter(office: OfficeAtWork) -> PostRoom:
    """Let the letter of one dossier be ready to go."""
    office.take_in(row("HS-1"))
    post = PostRoom(office, "13/06/2019 07:00")
    post.act()
    post.now = local("13/06/2019 07:01")
    return post


def lose_senders(post: PostRoom, times: int) -> None:
    """Let senders be killed one after the other while they send."""
    post.mail.before = killed
    for _ in range(times):
        with suppress(KilledError):
            post.post()
        post.now += LEASE

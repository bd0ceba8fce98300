"""One person gets one mail: for what others away leave to them, and however much has piled up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import OFFICE, row
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE
from tests.post_room import PostRoom, codes_in
from workers.store.pools import MOST_TOGETHER
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

MORNING = "14/06/2019 07:00"
MORNINGS = PEOPLE_FILE.replace('"at_once"', '"next_morning"')
AWAY = '\n[[absences]]\nperson = "land.1"\nfrom = 2019-06-14\nto = 2019-06-14\nsubstitute = "land.2"\n'


def waiting(office: OfficeAtWork) -> PostRoom:
    """Let HS-1 and HS-2 wait for land.1, HS-3 and HS-4 for land.2, who stands in from the next morning on."""
    office.configure(**{"people.toml": MORNINGS})
    office.take_in(row("HS-1"), row("HS-2"), row("HS-3", officer="land.2"), row("HS-4", officer="land.2"))
    post = PostRoom(office, "13/06/2019 08:00")
    post.act()
    office.configure(now="13/06/2019 16:00", **{"people.toml": MORNINGS + AWAY})
    post.at(MORNING)
    return post


def ids(post: PostRoom, *codes: str) -> list[int]:
    return [post.office.notices(code)[0].id for code in codes]


def one_mail(post: PostRoom) -> None:
    post.post_until()
    (letter,) = post.mail.sent
    assert letter.to == "land.2@example.invalid"
    assert sorted(codes_in(letter)) == ["HS-1", "HS-2", "HS-3", "HS-4"]
    assert post.states("HS-1", to="land.1") == ["passed"]


def test_what_is_passed_on_goes_in_the_mail_of_whoever_stands_in(office: OfficeAtWork) -> None:
    one_mail(waiting(office))


def test_whoever_stands_in_is_handed_out_first(office: OfficeAtWork) -> None:
    post = waiting(office)
    post.delivery.deliver(OFFICE, ids(post, "HS-3", "HS-4"))
    one_mail(post)


def test_whoever_is_away_is_handed_out_first(office: OfficeAtWork) -> None:
    post = waiting(office)
    post.delivery.deliver(OFFICE, ids(post, "HS-1"))
    post.delivery.deliver(OFFICE, ids(post, "HS-3", "HS-4"))
    one_mail(post)


def test_in_batches_of_one_it_is_still_one_mail(office: OfficeAtWork) -> None:
    post = waiting(office)
    for one in batches(ids(post, "HS-4", "HS-2", "HS-3", "HS-1"), 1):
        post.delivery.deliver(OFFICE, one)
    one_mail(post)


def test_what_a_later_one_passed_on_tells_too_is_not_told_beside_it(office: OfficeAtWork) -> None:
    # T-2 waits for officer and head, the day itself for the officer alone, who is away when the mails go.
    both = LADDERS_FILE.replace('roles = ["officer"]', 'roles = ["officer", "head"]', 1)
    away = AWAY.replace("14", "18").replace("land.2", "land.head")
    office.configure(**{"people.toml": MORNINGS, "ladders.toml": both})
    office.take_in(row("HS-1"), row("HS-2"))
    post = PostRoom(office, "13/06/2019 08:00")
    post.act()
    post.at("17/06/2019 08:00")
    post.act()
    office.configure(now="17/06/2019 16:00", **{"people.toml": MORNINGS + away, "ladders.toml": both})
    post.at("18/06/2019 07:00")
    post.post_until()
    found = [one for code in ("HS-1", "HS-2") for one in office.notices(code) if one.recipient == "land.head"]
    told = sorted((one.rung, one.state, one.covered_by) for one in found)
    assert told == [("due", "sent", None), ("due", "sent", None), *[("t-2", "covered", "due")] * 2]
    assert len(post.letters_to("land.head")) == 1


def test_more_than_are_claimed_together_are_one_mail(office: OfficeAtWork) -> None:
    many = [f"HS-{n}" for n in range(MOST_TOGETHER + 5)]
    office.take_in(*(row(code) for code in many), *(row(f"B-{n}", officer="land.2") for n in range(3)))
    post = PostRoom(office, "13/06/2019 07:00")
    post.run()
    post.post_until()
    assert len(post.mail.sent) == 2
    (letter,) = post.letters_to("land.1")
    assert letter.headers["X-Dunghan-Digest"] == str(len(many))
    assert post.letters_to("land.2")[0].headers["X-Dunghan-Digest"] == "3"

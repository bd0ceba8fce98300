"""A letter for several survives its senders: the same letter again, and one bad member harms no other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, local, row
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE
from tests.post_room import KilledError, PostRoom, codes_in
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.use_cases.attempt import MOST_LOST

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

CODES = [f"HS-{n}" for n in range(5)]


@pytest.fixture
def post(office: OfficeAtWork) -> PostRoom:
    """Five dossiers of one officer, acted on and gathered: their letter may go now."""
    office.take_in(*(row(code) for code in CODES))
    post = PostRoom(office, "13/06/2019 07:00")
    post.act()
    post.now = local("13/06/2019 07:01")
    return post


def killed(_: Letter) -> None:
    raise KilledError


def nothing(_: Letter) -> None:
    return


def down(*, unsent: bool) -> TransientDeliveryError:
    return TransientDeliveryError("server", "it does not answer", unsent=unsent)


def test_a_sender_killed_after_the_servers_word_sends_the_same_letter_again(post: PostRoom) -> None:
    post.mail.after = killed
    with pytest.raises(KilledError):
        post.post()
    post.mail.after = nothing
    post.office.take_in(row("HS-7"), now="13/06/2019 07:02")  # comes due meanwhile
    post.act()
    post.now += LEASE
    post.post()
    first, *later = post.mail.sent
    again = next(letter for letter in later if letter.message_id == first.message_id)
    assert codes_in(again) == codes_in(first) == CODES
    assert [codes_in(letter) for letter in later if letter is not again] == [["HS-7"]], "in another letter"
    assert post.states(*CODES) == ["sent"] * 5


def test_what_was_cancelled_meanwhile_is_not_in_it_any_more(post: PostRoom) -> None:
    post.mail.before = killed
    with pytest.raises(KilledError):
        post.post()
    post.mail.before = nothing
    name = post.office.notices("HS-0")[0].letter
    post.office.take_in(row("HS-2", status="Đã rút"), now="13/06/2019 07:02")
    post.now += LEASE
    post.post()
    (letter,) = post.mail.sent
    assert codes_in(letter) == ["HS-0", "HS-1", "HS-3", "HS-4"]
    assert letter.message_id == f"<{name}.office@dunghan>"
    assert post.states("HS-2") == ["cancelled"]


def test_what_stood_still_while_its_letter_went_is_told_later_in_another_one(post: PostRoom) -> None:
    post.mail.before = killed
    with pytest.raises(KilledError):
        post.post()
    post.mail.before = nothing
    with post.office.store.begin("office") as work:
        work.notices.hold_pending(["HS-2"])
        work.commit()
    post.now += LEASE
    post.post()
    with post.office.store.begin("office") as work:
        work.notices.release_held(["HS-2"])
        work.commit()
    post.now += LEASE
    post.post()
    first, second = post.mail.sent
    assert codes_in(second) == ["HS-2"]
    assert second.message_id != first.message_id, "a mailbox that has the first would hide it"


def test_a_letter_that_kills_every_sender_falls_apart_and_the_others_go(post: PostRoom) -> None:
    def poison(letter: Letter) -> None:
        if "HS-3" in letter.text:
            raise KilledError

    post.mail.before = poison
    for _ in range(2 * MOST_LOST + 2):
        try:
            post.post()
        except KilledError:
            post.now += LEASE
    assert post.states(*CODES) == ["sent", "sent", "sent", "dead", "sent"]
    assert sorted(code for letter in post.mail.sent for code in codes_in(letter)) == [
        "HS-0",
        "HS-1",
        "HS-2",
        "HS-4",
    ]
    assert "senders did not come back" in (post.office.notices("HS-3")[0].last_error or "")


def test_a_letter_that_kills_its_sender_does_not_keep_another_person_waiting(office: OfficeAtWork) -> None:
    office.take_in(*(row(f"HS-{n}", officer=f"land.{1 + n % 2}") for n in range(4)))
    post = PostRoom(office, "13/06/2019 07:00")

    def poison(letter: Letter) -> None:
        if letter.to.startswith("land.1"):
            raise KilledError

    post.mail.before = poison
    for _ in range(3):
        try:
            post.run()
        except KilledError:
            post.now += LEASE
    assert post.states("HS-1", "HS-3") == ["sent", "sent"]


def test_a_server_that_may_have_it_gets_the_same_letter_again_though_more_came_due(post: PostRoom) -> None:
    def lost(_: Letter) -> None:
        raise down(unsent=False)

    post.mail.before = lost
    assert post.post().failed == 5
    post.mail.before = nothing
    name = post.office.notices("HS-0")[0].letter
    post.office.take_in(row("HS-7"), now="13/06/2019 07:02")
    post.act()
    post.now += timedelta(minutes=5)
    post.post()
    assert {tuple(codes_in(letter)): letter.message_id for letter in post.mail.sent}[tuple(CODES)] == (
        f"<{name}.office@dunghan>"
    )
    assert len(post.mail.sent) == 2


def test_what_no_server_can_have_goes_with_what_came_due_meanwhile_in_one_letter(post: PostRoom) -> None:
    def closed(_: Letter) -> None:
        raise down(unsent=True)

    post.mail.before = closed
    for _ in range(4):
        post.post()
        post.now += timedelta(minutes=10)
    post.office.take_in(row("HS-7"), now="13/06/2019 07:02")
    post.act()
    post.mail.before = nothing
    post.now += timedelta(minutes=10)
    post.post()
    (letter,) = post.mail.sent
    assert codes_in(letter) == [*CODES, "HS-7"]


def test_a_mail_server_down_for_good_kills_each_notice_with_its_reason(post: PostRoom) -> None:
    def closed(_: Letter) -> None:
        raise down(unsent=True)

    post.mail.before = closed
    post.post_until()
    assert post.states(*CODES) == ["dead"] * 5
    assert {post.office.notices(code)[0].last_error for code in CODES} == {"it does not answer"}


def test_an_address_refused_for_good_kills_every_notice_of_the_letter_and_each_says_why(
    post: PostRoom,
) -> None:
    def refused(_: Letter) -> None:
        raise PermanentDeliveryError("recipient", "550 no such mailbox")

    post.mail.before = refused
    assert post.post().dead == 5
    found = [post.office.notices(code)[0] for code in CODES]
    assert {(n.state, n.last_error, n.died_at) for n in found} == {("dead", "550 no such mailbox", post.now)}


def test_the_second_way_tells_all_of_them_in_one_message(office: OfficeAtWork) -> None:
    officer = 'email = "land.1@example.invalid"\n'
    both = 'channels = ["mail", "sms"]\nphone = "+84900000001"\n'
    office.configure(**{"people.toml": PEOPLE_FILE.replace(officer, officer + both)})
    office.take_in(*(row(code) for code in CODES))
    post = PostRoom(office, "13/06/2019 07:00")

    def refused(_: Letter) -> None:
        raise PermanentDeliveryError("recipient", "550 no such mailbox")

    post.mail.before = refused
    post.run()
    post.post()
    (message,) = post.sms.sent
    assert codes_in(message) == CODES
    assert {(n.state, n.way) for code in CODES for n in office.notices(code)} == {("sent", "sms")}


def test_a_member_that_has_nothing_true_to_say_is_dropped_alone_and_the_rest_goes(
    office: OfficeAtWork,
) -> None:
    office.take_in(row("HS-1"), row("HS-2"), row("HS-3", accepted="30/05/2019 08:00"))
    post = PostRoom(office, "13/06/2019 07:00")
    post.act()
    # The rung of two of them is taken out of the ladder before their letter goes.
    office.configure(
        now="13/06/2019 07:00", **{"ladders.toml": LADDERS_FILE.replace('code = "t-2"', 'code = "t-9"')}
    )
    post.now = local("13/06/2019 07:01")
    post.post()
    assert post.states("HS-1", "HS-2") == ["cancelled", "cancelled"]
    (letter,) = post.mail.sent
    assert letter.headers["X-Dunghan-Dossier"] == "HS-3", "of several one is left: told as one"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Subject: {{ dossiers }}\n{% for one in sections %}", "for"),
        ("Subject: {{ dossiers }}\n{{ nguoi_nop }}\n", "nguoi_nop"),
        ("Subject: {{ dossiers }}\n{{ sections[0].lines[0].nguoi_nop }}\n", "nguoi_nop"),
    ],
    ids=["syntax", "placeholder", "placeholder of a line"],
)
def test_a_faulty_template_of_the_table_is_tried_again_and_kills_in_the_end_with_file_and_line(
    office: OfficeAtWork, tmp_path: Path, text: str, found: str
) -> None:
    own = tmp_path / "templates" / "mails" / "vi" / "digest.j2"
    own.parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    office.take_in(*(row(code) for code in CODES))
    post = PostRoom(office, "13/06/2019 07:00", templates=tmp_path / "templates")
    assert post.run().failed == 5
    post.post_until()
    assert post.states(*CODES) == ["dead"] * 5
    reason = office.notices("HS-0")[0].last_error or ""
    assert "digest.j2:2" in reason
    assert found in reason
    assert post.mail.sent == []


def test_a_template_mended_in_time_lets_everything_go_in_one_letter(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    own = tmp_path / "templates" / "mails" / "vi" / "digest.j2"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: {{ nguoi_nop }}\nx\n", encoding="utf-8")
    office.take_in(*(row(code) for code in CODES))
    post = PostRoom(office, "13/06/2019 07:00", templates=tmp_path / "templates")
    assert post.run().failed == 5
    own.unlink()
    post.now += timedelta(hours=1)
    post.post()
    assert [codes_in(letter) for letter in post.mail.sent] == [CODES]


def test_a_table_whose_subject_has_ten_thousand_letters_is_cut_and_sent(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    own = tmp_path / "templates" / "mails" / "vi" / "digest.j2"
    own.parent.mkdir(parents=True)
    own.write_text(f"Subject: {'ồ' * 10_000}\n{{{{ count }}}} việc\n", encoding="utf-8")
    office.take_in(*(row(code) for code in CODES))
    post = PostRoom(office, "13/06/2019 07:00", templates=tmp_path / "templates")
    assert post.run().sent == 5
    assert len(post.mail.sent[0].subject) == 200

"""What falls due for one person in one run is one letter, the most pressing first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, local, row
from tests.office_law import law_files
from tests.office_texts import EACH_ALONE, LADDERS_FILE, PEOPLE_FILE
from tests.post_room import PostRoom, codes_in
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

DUE_SOON = "13/06/2019 07:00"


@pytest.fixture
def post(office: OfficeAtWork) -> PostRoom:
    """Forty dossiers of one officer, two working days before their day."""
    office.take_in(*(row(f"HS-{n}") for n in range(40)))
    return PostRoom(office, DUE_SOON)


def test_forty_dossiers_of_one_officer_are_one_letter_whatever_the_batches(post: PostRoom) -> None:
    result = post.run(batch=7)
    (letter,) = post.mail.sent
    assert sorted(codes_in(letter)) == sorted(f"HS-{n}" for n in range(40))
    assert (result.sent, letter.headers["X-Dunghan-Digest"]) == (40, "40")
    assert letter.subject == "40 hồ sơ cần xử lý: 40 sắp đến hạn"
    notices = [post.office.notices(f"HS-{n}")[0] for n in range(40)]
    assert {(n.state, n.message_id, n.attempts) for n in notices} == {("sent", letter.message_id, 1)}


def test_the_last_day_to_apologise_is_said_on_that_day_alone(office: OfficeAtWork) -> None:
    for code, day in (("HS-1", "13/06/2019 07:00"), ("HS-3", "14/06/2019 08:00")):
        office.take_in(row(code), row(f"{code}-B"))
        post = PostRoom(office, day)
        post.run()
        assert ("hết hạn xin lỗi: 2" in post.mail.sent[0].subject) is day.startswith("14")


def test_a_second_run_tells_nothing_again(post: PostRoom) -> None:
    post.run()
    post.run()
    assert len(post.mail.sent) == 1


def test_one_notice_alone_stays_the_letter_it_was(office: OfficeAtWork) -> None:
    office.take_in(row())
    post = PostRoom(office, DUE_SOON)
    post.run()
    (letter,) = post.mail.sent
    assert letter.headers["X-Dunghan-Dossier"] == "HS-1"
    assert "Hoàn thành hay xin lỗi?" in letter.subject


def test_each_person_gets_a_letter_of_their_own(office: OfficeAtWork) -> None:
    office.take_in(*(row(f"HS-{n}", officer=f"land.{1 + n % 2}") for n in range(6)))
    post = PostRoom(office, "18/06/2019 07:00")
    post.run()
    assert sorted(letter.to.split("@")[0] for letter in post.mail.sent) == ["land.1", "land.2", "land.head"]
    assert sorted(codes_in(post.letters_to("land.head")[0])) == [f"HS-{n}" for n in range(6)]
    assert sorted(codes_in(post.letters_to("land.2")[0])) == ["HS-1", "HS-3", "HS-5"]


def test_the_most_pressing_stand_first_in_parts_of_their_own(office: OfficeAtWork) -> None:
    office.take_in(
        row("HS-1"),  # due on the 17th
        row("HS-2", accepted="30/05/2019 08:00"),  # due on the 13th
        row("HS-3", accepted="29/05/2019 08:00"),  # was due on the 12th
        row("HS-4", accepted="28/05/2019 08:00"),  # was due on the 11th
    )
    post = PostRoom(office, DUE_SOON)
    post.run()
    (letter,) = post.letters_to("land.1")
    assert codes_in(letter) == ["HS-4", "HS-3", "HS-2", "HS-1"]
    parts = ["ĐÃ QUÁ HẠN (2)", "ĐẾN HẠN HÔM NAY (1)", "SẮP ĐẾN HẠN (1)"]
    assert [part for part in letter.text.splitlines() if part in parts] == parts
    assert letter.subject.endswith("4 hồ sơ cần xử lý: 2 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn")


def test_steps_stand_in_a_part_of_their_own_with_their_own_date(office: OfficeAtWork) -> None:
    office.configure(**law_files())
    office.take_in(row("HS-1", procedure="1.005", step="tham-dinh"), row("HS-2", accepted="24/05/2019 08:00"))
    post = PostRoom(office, "07/06/2019 07:00")
    post.run()
    (letter,) = post.letters_to("land.1")
    before, _, steps = letter.text.partition("BƯỚC XỬ LÝ (1)")
    assert "HS-2" in before
    assert "HS-1" not in before
    assert "17:00 07/06/2019" in steps
    assert "bước Thẩm định" in steps
    assert letter.subject.endswith("2 hồ sơ cần xử lý: 1 đến hạn hôm nay, 1 bước xử lý")


def test_a_rung_that_stands_alone_is_a_letter_of_its_own_and_goes_at_once(office: OfficeAtWork) -> None:
    office.configure(**{"ladders.toml": LADDERS_FILE.replace('code = "t+1"', 'code = "t+1"\nalone = true')})
    office.take_in(
        *(row(f"HS-{n}") for n in range(3)), *(row(f"HS-{n}", accepted="30/05/2019 08:00") for n in (3, 4))
    )
    post = PostRoom(office, "14/06/2019 07:00")  # HS-3, HS-4 are one day over, the others still have time
    at_once = post.act()
    assert len(at_once) == 4, "two for the officer, two for the head"
    post.delivery.deliver(OFFICE, at_once)
    assert sorted(letter.headers["X-Dunghan-Dossier"] for letter in post.mail.sent) == [
        "HS-3",
        "HS-3",
        "HS-4",
        "HS-4",
    ]
    post.run()
    assert sorted(codes_in(post.mail.sent[-1])) == ["HS-0", "HS-1", "HS-2"]
    assert len(post.mail.sent) == 5


def test_where_every_rung_stands_alone_each_notice_is_a_letter(office: OfficeAtWork) -> None:
    office.configure(**EACH_ALONE)
    office.take_in(*(row(f"HS-{n}") for n in range(3)))
    post = PostRoom(office, DUE_SOON)
    post.run()
    assert len({letter.message_id for letter in post.mail.sent}) == 3


def test_after_an_outage_everything_that_piled_up_is_one_letter_that_says_so(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1"), row("HS-2", accepted="31/05/2019 08:00"))
    post = PostRoom(office, "27/06/2019 09:00")  # nothing has run since the list came in
    post.run()
    (letter,) = post.letters_to("land.1")
    assert letter.subject.startswith("[Gửi chậm] 2 hồ sơ")
    assert "2 dòng ghi “gửi chậm”" in letter.text.partition("HS-1")[0], "it is said at the top"
    assert letter.text.count("[gửi chậm]") == 2
    assert "gộp mốc T−2, ngày hẹn trả" in " ".join(letter.text.split())
    told = [(n.rung, n.state) for n in office.notices("HS-1") if n.recipient == "land.1"]
    assert told == [("t-2", "covered"), ("due", "covered"), ("t+1", "sent")], "all of them, in order"
    (head,) = post.letters_to("land.head")
    assert sorted(codes_in(head)) == ["HS-1", "HS-2"]


def test_only_the_lines_that_are_late_are_marked_late(office: OfficeAtWork) -> None:
    office.take_in(row("HS-1", accepted="31/05/2019 08:00"), row("HS-2"))
    post = PostRoom(office, DUE_SOON)  # HS-1 should have been told the day before
    post.run()
    (letter,) = post.mail.sent
    assert letter.text.count("[gửi chậm]") == 1
    assert "1 dòng ghi" in letter.text


def test_what_waited_for_a_mail_server_all_weekend_says_that_it_is_late(post: PostRoom) -> None:
    post.act()
    post.at("16/06/2019 08:00")  # no worker took the notices meanwhile
    post.post()
    (letter,) = post.mail.sent
    assert letter.subject.startswith("[Gửi chậm]")


def test_a_table_shows_two_hundred_lines_and_names_the_command_for_the_rest(office: OfficeAtWork) -> None:
    office.take_in(*(row(f"HS-{n}") for n in range(260)))
    post = PostRoom(office, DUE_SOON)
    post.run()
    (letter,) = post.mail.sent
    assert len(codes_in(letter)) == 200
    assert letter.subject == "260 hồ sơ cần xử lý: 260 sắp đến hạn"
    name = post.office.notices("HS-0")[0].letter
    assert f"và 60 dòng nữa; người vận hành xem cả bảng bằng lệnh: dunghan notices letter {name}" in " ".join(
        letter.text.split()
    )
    assert {notice.state for n in range(260) for notice in office.notices(f"HS-{n}")} == {"sent"}


def test_a_short_message_for_several_is_one_short_message(office: OfficeAtWork) -> None:
    keys = 'channels = ["sms"]\nphone = "+84900000001"\n'
    officer = 'email = "land.1@example.invalid"\n'
    office.configure(**{"people.toml": PEOPLE_FILE.replace(officer, officer + keys)})
    office.take_in(*(row(f"HS-{n}") for n in range(12)))
    post = PostRoom(office, DUE_SOON)
    post.run()
    (letter,) = post.sms.sent
    assert letter.subject == "12 hồ sơ cần xử lý: 12 sắp đến hạn"
    assert len(codes_in(letter)) == 10, "the most pressing ones"


def test_senders_at_once_make_one_letter_a_person_all_the_same(post: PostRoom) -> None:
    post.act()
    post.now = local("13/06/2019 07:01")
    ids = sweep_notices(post.office.store, OFFICE, now=post.now, lease=LEASE)
    together = Barrier(4)

    def deliver(turn: int) -> int:
        together.wait()
        return post.delivery.deliver(OFFICE, ids[turn * 10 : turn * 10 + 10]).sent

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(deliver, range(4))) == 40
    assert len(post.mail.sent) == 1


def test_everybody_reads_the_table_in_their_own_language(office: OfficeAtWork) -> None:
    officer = 'email = "land.1@example.invalid"\n'
    office.configure(**{"people.toml": PEOPLE_FILE.replace(officer, officer + 'lang = "en"\n')})
    office.take_in(row("HS-1"), row("HS-2"))
    post = PostRoom(office, DUE_SOON)
    post.run()
    (letter,) = post.mail.sent
    assert letter.subject == "2 dossiers to act on: 2 due soon"
    assert "DUE SOON (2)" in letter.text

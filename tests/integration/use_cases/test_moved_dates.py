"""Whose appointment a new configuration moves: the one-stop section gets one mail, and a list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.integration.use_cases.test_follow import AFTER_STORM
from tests.office_texts import OFFICE_FILE, PEOPLE_FILE, YEAR_FILE
from workers.use_cases.follow import follow
from workers.use_cases.moved_dates import date_text, moved_dates
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

NOW = "04/06/2019 09:00"
ONE_STOP = {
    "office.toml": f'{OFFICE_FILE}\n[[roles]]\ncode = "one_stop_head"\ntitle = "Phụ trách Một cửa"\n',
    "people.toml": f'{PEOPLE_FILE}\n[[people]]\ncode = "front"\nrole = "one_stop_head"\nunit = "civil"\n'
    'email = "front@example.invalid"\ndelivery = "at_once"\n',
}


class Post:
    """Tell what the office itself must know, and keep the letters."""

    def __init__(self, office: OfficeAtWork) -> None:
        self.office = office
        self.sent: list[Letter] = []
        office.configure(**ONE_STOP)

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def storm(self, now: str = NOW) -> None:
        self.office.configure(now=now, **ONE_STOP, **AFTER_STORM)
        follow(self.office.store, OFFICE, clock=lambda: local(now))

    def tick(self, now: str = NOW) -> list[Letter]:
        at, before = local(now), len(self.sent)
        ids = warn_ops(self.office.store, OFFICE, now=at, lease=LEASE)
        delivery(self.office.store, mail_by(self), lambda: at).deliver(OFFICE, ids)
        return self.sent[before:]


@pytest.fixture
def post(office: OfficeAtWork) -> Post:
    return Post(office)


def test_the_one_stop_section_gets_one_mail_with_the_old_dates_and_the_new(post: Post) -> None:
    post.office.take_in(row("A"), row("B"), row("C", procedure="1.003"))
    post.storm()
    (letter,) = post.tick()
    assert letter.to == "front@example.invalid"
    flat = " ".join(letter.text.split())
    for words in ("2 hồ sơ", "A: 17/06/2019 → 18/06/2019", "B: 17/06/2019", "thử", "sla moved 3 --out"):
        assert words in flat, words
    assert "C:" not in flat
    assert post.tick("04/06/2019 10:00") == []


def test_nobody_is_told_of_what_is_closed_by_then(post: Post) -> None:
    post.office.take_in(row("A"))
    post.storm()
    post.office.event("finished", "A", at="04/06/2019 09:10", now="04/06/2019 09:20")
    assert post.tick("04/06/2019 09:30") == []


def test_nothing_moved_is_nothing_to_tell(post: Post) -> None:
    post.office.take_in(row("A", procedure="1.003"))
    post.storm()
    assert post.tick() == []


def test_a_date_that_is_only_known_for_sure_now_is_no_other_appointment(post: Post) -> None:
    post.office.take_in(row("A", accepted="24/12/2019 08:00"), now="24/12/2019 09:00")
    files = {"calendar/2020.toml": YEAR_FILE.replace("2019", "2020")}
    post.office.configure(now="25/12/2019 08:00", **ONE_STOP, **files)
    follow(post.office.store, OFFICE, clock=lambda: local("25/12/2019 08:00"))
    assert post.office.kinds("A") == ["accepted", "calendar_changed"]
    clock = post.office.clock("A")
    assert clock is not None
    assert not clock.provisional
    with post.office.store.read(OFFICE) as work:
        assert list(moved_dates(work, 3)) == []
    assert [letter for letter in post.tick("25/12/2019 08:30") if "đổi ngày hẹn" in letter.subject] == []


def test_each_moved_dossier_is_listed_with_what_its_event_keeps(post: Post) -> None:
    post.office.take_in(row("A"), row("B"))
    post.storm()
    with post.office.store.read(OFFICE) as work:
        found = [(one.entry.code, one.was, one.now) for one in moved_dates(work, 3)]
        assert list(moved_dates(work, 2)) == []
    assert found == [("A", "17/06/2019", "18/06/2019"), ("B", "17/06/2019", "18/06/2019")]


def test_dates_are_shown_as_people_write_them() -> None:
    assert date_text("2019-06-17") == "17/06/2019"
    assert date_text("2019-06-17T15:30+07:00") == "15:30 17/06/2019"
    assert date_text(None) == "không quy định"

"""What was given up is told to ops once a day, all together; a mail to ops that dies makes no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import office_files
from workers.notify.channel import PermanentDeliveryError
from workers.use_cases.office import record_configuration
from workers.use_cases.sweep import sweep_notices
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.use_cases.settling import Delivered

ROLE = '\n[[roles]]\ncode = "ops"\ntitle = "Người vận hành"\n'
MORNING = "13/06/2019 08:00"


def ops(code: str, more: str = 'delivery = "at_once"') -> str:
    email = f"{code}@example.invalid"
    return f'\n[[people]]\ncode = "{code}"\nrole = "ops"\nunit = "civil"\nemail = "{email}"\n{more}\n'


class Desk:
    """An office whose mail server refuses some addresses for good; ops are told like everybody."""

    def __init__(self, office: OfficeAtWork, *people: str) -> None:
        self.office = office
        self.sent: list[Letter] = []
        self.refused = {"land.1@example.invalid"}
        files = office_files()
        files["office.toml"] += ROLE
        files["people.toml"] += "".join(people)
        record_configuration(office.store, files, author="ops", reason="thử", now=local("01/06/2019 08:00"))

    def send(self, letter: Letter) -> None:
        if letter.to in self.refused:
            raise PermanentDeliveryError("recipient", "550 no such mailbox")
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def come_due(self, *codes: str, now: str = MORNING) -> None:
        self.office.take_in(*(row(code) for code in codes))
        self.office.act(*codes, now=now)

    def tick(self, now: str = MORNING) -> Delivered:
        """Do what beat does in a minute: warn, then hand out what waits."""
        at = local(now)
        ids = warn_ops(self.office.store, OFFICE, now=at, lease=LEASE)
        ids += sweep_notices(self.office.store, OFFICE, now=at + LEASE, lease=LEASE)
        return delivery(self.office.store, mail_by(self), lambda: at).deliver(OFFICE, ids)

    def told(self) -> list[Notice]:
        with self.office.store.read(OFFICE) as work:
            return [notice for notice in work.notices.of_office() if notice.kind == "dead_notice"]


@pytest.fixture
def desk(office: OfficeAtWork) -> Desk:
    return Desk(office, ops("ops.1"))


def test_ops_hear_at_once_of_the_first_and_in_one_mail_of_all(desk: Desk) -> None:
    desk.come_due("A", "B", "C")
    assert desk.tick().dead == 3
    desk.tick("13/06/2019 08:01")
    (letter,) = desk.sent
    assert letter.to == "ops.1@example.invalid"
    assert letter.subject == "3 thông báo không gửi được, cần xem lại"
    for code in "ABC":
        assert f"{code} – Công chức thụ lý" in letter.text
    assert "550" not in letter.text
    assert [(notice.code, notice.state) for notice in desk.told()] == [("thong-bao-hong/2019-06-13", "sent")]


def test_what_dies_later_that_day_is_told_the_next_and_nothing_twice(desk: Desk) -> None:
    desk.come_due("A")
    desk.tick()
    desk.tick("13/06/2019 08:01")
    desk.come_due("B", "C", now="13/06/2019 10:00")
    for minute in range(5):
        desk.tick(f"13/06/2019 10:0{minute}")
    assert len(desk.sent) == 1, "one mail a day, not one a death"
    desk.tick("14/06/2019 00:01")
    first, second = desk.sent
    assert "A –" not in second.text
    assert second.subject.startswith("2 thông báo")
    for day in (14, 15, 16, 17):
        desk.tick(f"{day}/06/2019 12:00")
    assert len(desk.sent) == 2
    assert first.message_id != second.message_id


def test_a_mail_to_ops_that_is_refused_too_makes_no_other_that_day(desk: Desk) -> None:
    desk.refused.add("ops.1@example.invalid")
    desk.come_due("A")
    for minute in range(10):
        desk.tick(f"13/06/2019 08:0{minute}")
    assert [notice.state for notice in desk.told()] == ["dead"]


def test_ops_are_tried_again_once_a_day_for_a_week_and_then_no_more(desk: Desk) -> None:
    desk.refused.add("ops.1@example.invalid")
    desk.come_due("A")
    for day in range(13, 30):
        for hour in ("08:00", "08:01", "16:00"):
            desk.tick(f"{day}/06/2019 {hour}")
    assert [notice.code[-2:] for notice in desk.told()] == [f"{day}" for day in range(13, 20)]
    assert {notice.state for notice in desk.told()} == {"dead"}


def test_once_they_can_be_reached_again_ops_hear_of_all_they_have_not(desk: Desk) -> None:
    desk.refused.add("ops.1@example.invalid")
    desk.come_due("A")
    desk.tick()
    desk.tick("13/06/2019 08:01")
    desk.come_due("B", now="13/06/2019 10:00")
    desk.tick("13/06/2019 10:00")
    desk.refused.discard("ops.1@example.invalid")
    desk.tick("14/06/2019 08:00")
    (letter,) = desk.sent
    assert letter.subject.startswith("2 thông báo")


def test_ops_are_told_at_the_hours_they_asked_for(office: OfficeAtWork) -> None:
    desk = Desk(office, ops("ops.1"), ops("ops.2", 'delivery = "working_hours"\nlang = "en"'))
    desk.come_due("A", now="13/06/2019 07:00")
    desk.tick("13/06/2019 18:00")
    desk.tick("13/06/2019 18:01")
    assert [letter.to for letter in desk.sent] == ["ops.1@example.invalid"]
    desk.tick("14/06/2019 07:00")
    assert desk.sent[1].to == "ops.2@example.invalid"
    assert desk.sent[1].subject == "1 notice could not be delivered"


def test_what_was_sent_again_before_ops_read_of_it_is_not_told(office: OfficeAtWork) -> None:
    desk = Desk(office, ops("ops.1", 'delivery = "working_hours"'))
    desk.come_due("A", now="13/06/2019 07:00")
    desk.tick("13/06/2019 18:00")
    desk.tick("13/06/2019 18:01")
    with office.store.begin(OFFICE) as work:
        ids = [notice.id for notice in work.dead_notices.lock(None)]
        moments = dict.fromkeys(ids, local("13/06/2019 19:00"))
        work.dead_notices.revive(dict.fromkeys(ids, "held"), moments)
        work.commit()
    assert desk.tick("14/06/2019 07:00").cancelled == 1
    assert desk.sent == []


def test_a_long_list_is_cut_and_counted(desk: Desk) -> None:
    codes = [f"HS-{n:02d}" for n in range(31)]
    desk.come_due(*codes)
    desk.tick()
    desk.tick("13/06/2019 08:01")
    (letter,) = desk.sent
    assert letter.subject.startswith("31 thông báo")
    assert letter.text.count("HS-") == 20
    assert "11 dòng nữa" in letter.text


def test_where_nobody_is_ops_somebody_above_hears_of_it(office: OfficeAtWork) -> None:
    desk = Desk(office)
    desk.come_due("A")
    desk.tick()
    desk.tick("13/06/2019 08:01")
    desk.tick("14/06/2019 07:00")
    (letter,) = desk.sent
    assert letter.to == "top.head@example.invalid"
    assert "Chưa ai giữ chức danh này" in letter.text


def test_where_nothing_dies_nobody_hears_anything(desk: Desk) -> None:
    desk.refused.clear()
    desk.come_due("A", "B")
    for minute in range(3):
        desk.tick(f"13/06/2019 08:0{minute}")
    assert desk.told() == []
    assert len(desk.sent) == 1, "of both dossiers"

"""Whoever is away is told through a substitute, and hears of it once on the first working morning after."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, local, row
from tests.mail_desk import MailDesk
from tests.office_texts import PEOPLE_FILE
from workers.use_cases.coming_back import tell_returned

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

# HS-1 is due on Monday 17 June 2019: T-2 stands on Thursday the 13th, T+1 on Tuesday the 18th.


class Desk(MailDesk):
    """An office whose people come and go."""

    def away(self, *absences: str, now: str = "05/06/2019 08:00", people: str = PEOPLE_FILE) -> None:
        """Record who is away: "land.1 13 14 land.2" is land.1 from 13 to 14 June, land.2 standing in."""
        tables = ""
        for text in absences:
            person, first, last, *substitute = text.split()
            tables += f'\n[[absences]]\nperson = "{person}"\nfrom = 2019-06-{first}\nto = 2019-06-{last}\n'
            tables += "".join(f'substitute = "{code}"\n' for code in substitute)
        self.office.configure(now=now, **{"people.toml": people + tables})

    def reappoint(self, to: str, *, now: str) -> None:
        """Appoint HS-1 anew."""
        assert self.office.event("reappointed", at=now, now=now, appointed_on=to) is None


@pytest.fixture
def desk(office: OfficeAtWork) -> Desk:
    office.take_in(row())
    return Desk(office)


def test_the_substitute_is_told_in_the_place_of_whoever_is_away(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    assert desk.office.told() == [("t-2", "land.1", "passed"), ("t-2", "land.2", "sent")]
    (letter,) = desk.sent
    assert letter.to == "land.2@example.invalid"
    assert "Thay người vắng  land.1" in letter.text
    assert {notice.sla_version for notice in desk.notices()} == {2}


def test_before_and_after_the_absence_the_person_is_told(desk: Desk) -> None:
    desk.away("land.1 14 16 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.act(now="17/06/2019 08:00")
    assert [letter.to for letter in desk.sent] == ["land.1@example.invalid"] * 2
    assert all("Thay người vắng" not in letter.text for letter in desk.sent)


def test_the_clock_of_the_office_decides_the_day(desk: Desk) -> None:
    desk.away("land.1 13 13 land.2")
    desk.office.take_in(row("HS-2", procedure="1.002", accepted="13/06/2019 15:00"), now="13/06/2019 15:01")
    desk.office.act("HS-1", now="13/06/2019 23:59")  # 16:59 in UTC
    desk.office.act("HS-2", now="14/06/2019 08:00")
    assert ("t-2", "land.2", "planned") in desk.office.told()
    assert desk.office.told("HS-2") == [("h-1", "land.1", "planned")]


def test_a_chain_is_followed_and_nobody_is_told_twice_of_one_rung(desk: Desk) -> None:
    desk.away("land.1 13 30 land.2", "land.2 10 30 land.head")
    desk.act(now="13/06/2019 08:00")
    desk.act(now="18/06/2019 08:00")  # T+1: the officer, and the head who stands in for them
    told = [notice for notice in desk.office.notices() if notice.rung == "t+1"]
    assert sorted((notice.recipient, notice.state) for notice in told) == [
        ("land.1", "passed"),
        ("land.head", "sent"),
    ]
    assert len(desk.to("land.head")) == 2


def test_without_a_substitute_a_colleague_is_told_and_then_the_line(desk: Desk) -> None:
    desk.away("land.1 13 13")
    desk.act(now="13/06/2019 08:00")
    assert [letter.to for letter in desk.sent] == ["land.2@example.invalid"]
    desk.away("land.1 17 17", "land.2 17 17", now="16/06/2019 08:00")
    desk.act(now="17/06/2019 08:00")
    assert [letter.to for letter in desk.sent[1:]] == ["land.head@example.invalid"]


def test_two_away_with_one_substitute_are_told_of_in_one_letter(office: OfficeAtWork) -> None:
    desk = Desk(office)
    office.take_in(row(officer=""))
    desk.away("land.1 13 14 land.head", "land.2 13 14 land.head")
    desk.act(now="13/06/2019 08:00")
    (letter,) = desk.sent
    assert letter.to == "land.head@example.invalid"
    assert "land.1, land.2" in letter.text
    desk.tick("17/06/2019 07:00")
    assert len(desk.to("land.1")) == len(desk.to("land.2")) == 1


def test_what_waits_for_somebody_who_then_goes_away_reaches_the_substitute(desk: Desk) -> None:
    people = PEOPLE_FILE.replace("at_once", "next_morning", 1)  # land.1
    desk.away(people=people)
    desk.act(now="13/06/2019 08:00")
    assert desk.office.told() == [("t-2", "land.1", "planned")]
    desk.away("land.1 14 14 civil.1", now="13/06/2019 16:00", people=people)
    assert desk.tick("14/06/2019 06:50").sent == 0
    desk.tick("14/06/2019 07:00")
    desk.tick("14/06/2019 07:01")
    assert desk.office.told() == [("t-2", "civil.1", "sent"), ("t-2", "land.1", "passed")]
    (letter,) = desk.sent
    assert (letter.to, "Thay người vắng  land.1" in letter.text) == ("civil.1@example.invalid", True)


def test_what_waits_is_not_told_twice_to_a_substitute_who_knows(office: OfficeAtWork) -> None:
    people = PEOPLE_FILE.replace("at_once", "next_morning", 1)
    desk = Desk(office)
    office.take_in(row(officer=""))
    desk.away(people=people)
    desk.act(now="13/06/2019 08:00")
    desk.away("land.1 14 14 land.2", now="13/06/2019 16:00", people=people)
    desk.tick("14/06/2019 07:00")
    desk.tick("14/06/2019 07:01")
    assert desk.office.told() == [("t-2", "land.1", "passed"), ("t-2", "land.2", "sent")]
    assert len(desk.sent) == 1


def test_a_letter_that_failed_goes_to_the_substitute_at_the_next_attempt(desk: Desk) -> None:
    desk.fails = 1
    desk.act(now="13/06/2019 08:00")
    desk.away("land.1 13 14 land.2", now="13/06/2019 08:01")
    desk.tick("13/06/2019 08:10")
    desk.tick("13/06/2019 08:11")
    assert desk.office.told() == [("t-2", "land.1", "passed"), ("t-2", "land.2", "sent")]


def test_where_everybody_is_away_it_is_told_all_the_same(desk: Desk) -> None:
    desk.away(*(f"{code} 13 14" for code in ("land.1", "land.2", "land.head", "top.head")))
    desk.act(now="13/06/2019 08:00")
    assert [letter.to for letter in desk.sent] == ["land.1@example.invalid"]


def test_on_the_first_working_morning_one_mail_lists_what_is_still_open(desk: Desk) -> None:
    desk.office.take_in(row("HS-2"), row("HS-3"))
    desk.away("land.1 13 15 land.2")
    desk.act("HS-1", "HS-2", "HS-3", now="13/06/2019 08:00")
    desk.office.event("finished", "HS-3", at="14/06/2019 09:00", now="14/06/2019 09:01")
    for now in ("14/06/2019 10:00", "15/06/2019 23:59", "16/06/2019 08:00", "17/06/2019 06:59"):
        desk.tick(now)  # away until Saturday, then a Sunday, then too early
    assert desk.to("land.1") == []
    desk.tick("17/06/2019 07:00")
    (letter,) = desk.to("land.1")
    assert letter.subject == "Trong khi bạn vắng: 2 hồ sơ đã báo người khác thay"
    for code in ("HS-1", "HS-2"):
        assert f"{code:<17}hạn 17/06/2019, mốc T−2, đã báo land.2" in letter.text
    assert "HS-3" not in letter.text
    assert desk.office.told("HS-3") == [("t-2", "land.1", "cancelled"), ("t-2", "land.2", "sent")]


def test_the_mail_on_return_is_told_once_whatever_runs_again(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")

    def tell(_: int) -> list[int]:
        return tell_returned(desk.office.store, OFFICE, now=local("17/06/2019 07:00"), lease=LEASE)

    with ThreadPoolExecutor(6) as threads:
        assert sorted(map(len, threads.map(tell, range(6)))) == [0, 0, 0, 0, 0, 1]
    for now in ("17/06/2019 07:05", "18/06/2019 07:00", "19/06/2019 07:00"):
        desk.tick(now)
    assert len(desk.to("land.1")) == 1
    assert ("t-2", "land.1", "handed_back") in desk.office.told()


def test_after_an_outage_of_weeks_the_mail_on_return_is_told_then(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.act(now="18/06/2019 06:00")  # nothing ran on the 17th, and the officer is back
    desk.sent.clear()
    desk.tick("01/07/2019 09:30")
    (letter,) = desk.to("land.1")
    assert "mốc T−2, đã báo land.2" in letter.text


def test_who_goes_away_again_before_coming_back_to_work_hears_of_both(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.away("land.1 17 18 land.head", now="15/06/2019 08:00")
    desk.act(now="17/06/2019 08:00")
    desk.tick("19/06/2019 07:00")
    (letter,) = desk.to("land.1")
    assert "1 hồ sơ" in letter.subject
    assert "mốc ngày hẹn trả, đã báo land.head" in " ".join(letter.text.split())


def test_who_is_back_is_not_told_the_rung_again_but_the_next_one(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.tick("17/06/2019 06:00")
    desk.office.act(now="15/06/2019 08:00")
    assert desk.office.told() == [("t-2", "land.1", "passed"), ("t-2", "land.2", "sent")]
    desk.act(now="17/06/2019 08:00")
    assert ("due", "land.1", "sent") in desk.office.told()


def test_what_moved_on_meanwhile_is_not_listed_and_an_empty_mail_does_not_go(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    ids = tell_returned(desk.office.store, OFFICE, now=local("17/06/2019 07:00"), lease=LEASE)
    assert len(ids) == 1
    desk.office.event("finished", at="17/06/2019 07:01", now="17/06/2019 07:02")
    desk.tick("17/06/2019 07:05")
    assert desk.to("land.1") == []
    assert [notice.state for notice in desk.notices() if notice.kind == "coming_back"] == ["cancelled"]


def test_a_mail_on_return_waits_for_its_person_and_never_goes_to_a_substitute(desk: Desk) -> None:
    desk.away("land.1 13 14 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.fails = 1
    desk.tick("17/06/2019 07:00")
    desk.away("land.1 17 18 land.2", now="17/06/2019 07:01")
    desk.tick("17/06/2019 07:05")
    assert [letter.subject.partition(":")[0] for letter in desk.to("land.1")] == ["Trong khi bạn vắng"]


def test_what_got_another_due_date_during_the_absence_is_listed_with_it(desk: Desk) -> None:
    desk.away("land.1 13 17 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.reappoint("2019-06-26", now="14/06/2019 09:01")
    desk.tick("18/06/2019 07:00")
    (letter,) = desk.to("land.1")
    assert "HS-1" in letter.text
    assert "hạn 26/06/2019 (mới đổi), mốc T−2 của hạn cũ, đã báo land.2" in " ".join(letter.text.split())


def test_told_under_the_old_and_the_new_date_it_is_listed_by_the_last(desk: Desk) -> None:
    desk.away("land.1 13 24 land.2")
    desk.act(now="13/06/2019 08:00")
    desk.reappoint("2019-06-20", now="14/06/2019 09:01")
    desk.act(now="20/06/2019 08:00")
    desk.tick("25/06/2019 07:00")
    (letter,) = desk.to("land.1")
    assert letter.text.count("HS-1") == 1
    assert "hạn 20/06/2019, mốc ngày hẹn trả, đã báo land.2" in " ".join(letter.text.split())


def test_what_the_substitute_was_never_told_of_is_not_listed(desk: Desk) -> None:
    desk.away("land.1 13 14 civil.1")
    desk.office.act(now="13/06/2019 17:30")  # civil.1 is told in working hours
    desk.reappoint("2019-06-26", now="13/06/2019 18:00")
    desk.tick("14/06/2019 07:00")
    desk.tick("17/06/2019 07:00")
    assert desk.sent == []

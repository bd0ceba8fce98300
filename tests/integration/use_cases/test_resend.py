"""Dead notices are sent again when somebody says so: recorded, once, and only what is still true."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE, office_files
from workers.notify.channel import PermanentDeliveryError
from workers.use_cases.office import record_configuration
from workers.use_cases.resend import Resent, resend
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.dead_notices import Resend
    from workers.store.notices import Notice
    from workers.use_cases.settling import Delivered

MORNING = "13/06/2019 08:00"


class Desk:
    """An office whose mail server takes nothing until a test says so."""

    def __init__(self, office: OfficeAtWork) -> None:
        self.office, self.works = office, False
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        if not self.works:
            raise PermanentDeliveryError("recipient", "550 no such mailbox")
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def tick(self, now: str) -> Delivered:
        at = local(now)
        return delivery(self.office.store, mail_by(self), lambda: at).deliver(
            OFFICE, sweep_notices(self.office.store, OFFICE, now=at, lease=LEASE)
        )

    def resend(self, *ids: int, now: str = "13/06/2019 09:00", actor: str = "cli:lan") -> list[Resent]:
        return resend(self.office.store, OFFICE, ids or None, actor=actor, now=local(now))

    def resends(self, *ids: int) -> Sequence[Resend]:
        with self.office.store.read(OFFICE) as work:
            found = work.dead_notices.resends(ids)
        return [entry for one in ids for entry in found.get(one, [])]

    def notice(self, code: str) -> Notice:
        (notice,) = self.office.notices(code)
        return notice


@pytest.fixture
def desk(office: OfficeAtWork) -> Desk:
    """An office in which two notices have died."""
    office.take_in(row("A"), row("B"))
    office.act("A", "B", now=MORNING)
    made = Desk(office)
    assert made.tick("13/06/2019 08:02").dead == 2
    return made


def test_a_dead_notice_is_sent_again_with_its_attempts_counted_anew(desk: Desk) -> None:
    before = desk.notice("A")
    assert (before.state, before.attempts) == ("dead", 1)
    assert desk.resend(before.id) == [Resent(before.id, "planned")]
    again = desk.notice("A")
    assert (again.state, again.attempts, again.unsettled) == ("planned", 0, 0)
    desk.works = True
    assert desk.tick("13/06/2019 09:00").sent == 1
    assert (desk.notice("A").state, desk.notice("B").state) == ("sent", "dead")
    assert desk.sent[0].message_id == desk.notice("A").message_id


def test_who_and_when_and_what_it_had_come_to_is_recorded_each_time(desk: Desk) -> None:
    one = desk.notice("A").id
    desk.resend(one)
    assert desk.tick("13/06/2019 09:00").dead == 1
    desk.resend(one, now="13/06/2019 10:00", actor="cli:minh")
    found = [(entry.actor, entry.at, entry.attempts, entry.outcome) for entry in desk.resends(one)]
    assert found == [
        ("cli:lan", local("13/06/2019 09:00"), 1, "planned"),
        ("cli:minh", local("13/06/2019 10:00"), 1, "planned"),
    ]
    assert {entry.last_error for entry in desk.resends(one)} == {"550 no such mailbox"}


def test_all_of_them_at_once(desk: Desk) -> None:
    assert [entry.outcome for entry in desk.resend()] == ["planned", "planned"]
    desk.works = True
    assert desk.tick("13/06/2019 09:00").sent == 2
    assert desk.resend() == []


def test_what_waits_or_was_sent_is_not_sent_again(desk: Desk) -> None:
    one = desk.notice("A").id
    desk.resend(one)
    assert desk.resend(one) == [Resent(one, "not_dead")]
    desk.works = True
    desk.tick("13/06/2019 09:00")
    assert desk.resend(one, 999_999) == [Resent(one, "not_dead"), Resent(999_999, "unknown")]
    assert desk.tick("13/06/2019 09:30").sent == 0
    assert len(desk.resends(one)) == 1


def test_saying_so_in_many_places_at_once_sends_once(desk: Desk) -> None:
    with ThreadPoolExecutor(5) as threads:
        found = list(threads.map(lambda _: desk.resend(), range(5)))
    assert sorted(len(entries) for entries in found) == [0, 0, 0, 0, 2]
    desk.works = True
    assert desk.tick("13/06/2019 09:00").sent == 2


def test_what_died_for_a_dossier_that_has_closed_is_dropped_on_record(desk: Desk) -> None:
    assert desk.office.event("finished", "A", at="13/06/2019 08:30", document="1/TB") is None
    one = desk.notice("A").id
    assert desk.notice("A").state == "dead", "closing does not hide that nobody was told"
    assert desk.resend(one) == [Resent(one, "cancelled")]
    desk.works = True
    assert desk.tick("13/06/2019 09:00").sent == 0
    notice = desk.notice("A")
    assert (notice.state, notice.last_error) == ("cancelled", "550 no such mailbox")
    assert notice.died_at is not None


def test_what_died_for_another_due_date_is_dropped(desk: Desk) -> None:
    day = {"appointed_on": "2019-06-20", "at": "13/06/2019 08:30", "now": "13/06/2019 08:31"}
    assert desk.office.event("reappointed", "A", **day) is None
    one = desk.notice("A").id
    assert desk.resend(one) == [Resent(one, "cancelled")]


def test_a_dossier_that_stands_still_holds_its_notice_until_it_goes_on(desk: Desk) -> None:
    office, one = desk.office, desk.notice("A").id
    assert office.event("suspended", "A", at="13/06/2019 08:30", now="13/06/2019 08:31") is None
    assert desk.resend(one) == [Resent(one, "held")]
    desk.works = True
    assert desk.tick("13/06/2019 09:00").sent == 0


def test_it_goes_at_the_hours_of_its_recipient(desk: Desk) -> None:
    files = office_files()
    at_once = 'email = "land.1@example.invalid"\ndelivery = "at_once"'
    hours = 'email = "land.1@example.invalid"\ndelivery = "working_hours"'
    files["people.toml"] = files["people.toml"].replace(at_once, hours)
    record_configuration(desk.office.store, files, author="ops", reason="thử", now=local(MORNING))
    desk.resend(now="13/06/2019 22:00")
    desk.works = True
    assert desk.tick("13/06/2019 22:00").sent == 0
    assert desk.tick("14/06/2019 07:00").sent == 2


def test_what_is_urgent_is_sent_again_at_any_hour(office: OfficeAtWork) -> None:
    ladders = LADDERS_FILE.replace('code = "t-2"', 'code = "t-2"\nurgent = true')
    people = PEOPLE_FILE.replace("at_once", "working_hours")
    office.configure(now="01/06/2019 08:00", **{"ladders.toml": ladders, "people.toml": people})
    office.take_in(row("A"))
    office.act("A", now=MORNING)
    desk = Desk(office)
    assert desk.tick("13/06/2019 08:02").dead == 1
    desk.resend(now="13/06/2019 22:00")
    desk.works = True
    assert desk.tick("13/06/2019 22:01").sent == 1


def test_what_is_for_somebody_unknown_by_now_goes_to_who_is_meant_instead(desk: Desk) -> None:
    files = office_files()
    files["people.toml"] = files["people.toml"].replace("land.1", "land.9")
    record_configuration(desk.office.store, files, author="ops", reason="thử", now=local(MORNING))
    one = desk.notice("A").id
    assert desk.resend(one) == [Resent(one, "rerouted")]
    assert [entry.outcome for entry in desk.resends(one)] == ["rerouted"]
    assert desk.office.sweep(now="13/06/2019 09:00") == ["A"]
    desk.office.act("A", now="13/06/2019 09:00")
    desk.works = True
    assert desk.tick("13/06/2019 09:05").sent == 2
    told = {(notice.recipient, notice.state) for notice in desk.office.notices("A")}
    assert told == {("land.1", "cancelled"), ("land.2", "sent"), ("land.9", "sent")}
    assert desk.resend(one) == [Resent(one, "not_dead")]


def test_who_has_been_told_meanwhile_is_not_told_again_of_what_is_routed_anew(desk: Desk) -> None:
    desk.works = True
    at = "13/06/2019 08:30"
    said = {"at": at, "now": at, "unit": "civil", "officer": "civil.1"}
    assert desk.office.event("handed_over", "A", **said) is None
    desk.office.act("A", now=at)
    assert desk.tick("13/06/2019 08:33").sent == 1
    one = next(notice.id for notice in desk.office.notices("A") if notice.state == "dead")
    assert desk.resend(one, now="13/06/2019 09:00") == [Resent(one, "rerouted")]
    desk.office.act("A", now="13/06/2019 09:00")
    assert desk.tick("13/06/2019 09:05").sent == 0
    assert [letter.to for letter in desk.sent] == ["civil.1@example.invalid"]


def test_the_dead_are_listed_newest_first_and_counted(desk: Desk) -> None:
    with desk.office.store.read(OFFICE) as work:
        assert work.dead_notices.count() == 2
        (newest,) = work.dead_notices.newest(limit=1)
    assert newest.code == "B"
    desk.resend(newest.id)
    desk.tick("13/06/2019 09:00")
    with desk.office.store.read(OFFICE) as work:
        assert [notice.code for notice in work.dead_notices.newest(limit=9)] == ["B", "A"]

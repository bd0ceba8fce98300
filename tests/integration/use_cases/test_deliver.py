"""Letters go out once; what cannot go is tried again, given up, and never forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Lock
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import EACH_ALONE, office_files
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.use_cases.attempt import BEFORE_NEXT_WAY, MOST_ATTEMPTS, backoff
from workers.use_cases.office import record_configuration
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from datetime import datetime

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter


class Postman:
    """A channel of our own that remembers its letters and fails as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.sent: list[Letter] = []
        self.failures = list(failures)
        self.lock = Lock()

    def send(self, letter: Letter) -> None:
        with self.lock:
            if self.failures:
                raise self.failures.pop(0)
            self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""


class KilledError(BaseException):
    """Stand for a process that is killed while it sends."""


def down(times: int = 1) -> list[Exception]:
    return [TransientDeliveryError("server", "the mail server does not answer")] * times


class Round:
    """A delivery whose clock a test moves."""

    def __init__(self, office: OfficeAtWork, postman: Postman, now: str = "13/06/2019 08:00") -> None:
        self.office, self.postman, self.now = office, postman, local(now)
        self.delivery = delivery(office.store, mail_by(postman), self.clock)

    def clock(self) -> datetime:
        return self.now

    def sweep_and_deliver(self) -> list[int]:
        ids = sweep_notices(self.office.store, OFFICE, now=self.now, lease=LEASE)
        self.delivery.deliver(OFFICE, ids)
        return ids


@pytest.fixture
def ids(office: OfficeAtWork) -> list[int]:
    """One notice that has come due for its officer."""
    office.take_in(row())
    return office.act(now="13/06/2019 08:00").deliver_now


def test_a_letter_goes_to_its_person_and_is_marked(office: OfficeAtWork, ids: list[int]) -> None:
    postman = Postman()
    result = Round(office, postman).delivery.deliver(OFFICE, ids)
    assert (result.sent, result.failed, result.dead, result.errors) == (1, 0, 0, {})
    (letter,) = postman.sent
    assert letter.to == "land.1@example.invalid"
    assert "HS-1" in letter.subject + letter.text
    (notice,) = office.notices()
    assert (notice.state, notice.sent_at, notice.attempts) == ("sent", local("13/06/2019 08:00"), 1)
    assert notice.message_id == letter.message_id


def test_delivering_twice_sends_once(office: OfficeAtWork, ids: list[int]) -> None:
    postman = Postman()
    delivery = Round(office, postman).delivery
    delivery.deliver(OFFICE, ids)
    assert delivery.deliver(OFFICE, ids).sent == 0
    assert len(postman.sent) == 1


def test_delivering_at_once_in_many_places_sends_each_once(office: OfficeAtWork) -> None:
    codes = [f"HS-{n:02d}" for n in range(30)]
    office.configure(**EACH_ALONE)
    office.take_in(*(row(code) for code in codes))
    ids = office.act(*codes, now="13/06/2019 08:00").deliver_now
    assert len(ids) == 30
    postman, together = Postman(), Barrier(5)

    def deliver(turn: int) -> int:
        together.wait()
        return Round(office, postman).delivery.deliver(OFFICE, ids[turn * 6 :] + ids[: turn * 6]).sent

    with ThreadPoolExecutor(5) as threads:
        assert sum(threads.map(deliver, range(5))) == 30
    assert len({letter.message_id for letter in postman.sent}) == len(postman.sent) == 30


def test_a_letter_that_could_not_go_waits_longer_each_time_and_goes_in_the_end(
    office: OfficeAtWork, ids: list[int]
) -> None:
    postman = Postman(*down(2))
    turn = Round(office, postman)
    assert turn.delivery.deliver(OFFICE, ids).failed == 1
    (notice,) = office.notices()
    assert (notice.state, notice.attempts) == ("failed", 1)
    assert notice.deliver_at == turn.now + timedelta(seconds=30)
    assert "mail server" in (notice.last_error or "")
    turn.now += timedelta(seconds=29)
    assert turn.sweep_and_deliver() == []
    turn.now += timedelta(seconds=1)
    assert turn.sweep_and_deliver() == ids
    assert office.notices()[0].deliver_at == turn.now + timedelta(seconds=60)
    turn.now += timedelta(seconds=60)
    assert turn.sweep_and_deliver() == ids
    assert (office.notices()[0].state, len(postman.sent)) == ("sent", 1)


def test_after_the_last_attempt_it_is_dead_and_kept_with_its_reason(
    office: OfficeAtWork, ids: list[int]
) -> None:
    turn = Round(office, Postman(*down(100)))
    turn.delivery.deliver(OFFICE, ids)
    for _ in range(MOST_ATTEMPTS - 1):
        assert office.notices()[0].state == "failed"
        turn.now = office.notices()[0].deliver_at
        turn.sweep_and_deliver()
    assert timedelta(hours=22) < turn.now - local("13/06/2019 08:00") < timedelta(hours=25), "about a day"
    turn.now += timedelta(hours=2)
    assert turn.sweep_and_deliver() == []
    (notice,) = office.notices()
    assert (notice.state, notice.attempts) == ("dead", MOST_ATTEMPTS)
    assert len(turn.postman.failures) == 100 - MOST_ATTEMPTS
    assert notice.id == ids[0]
    assert notice.last_error


def test_an_address_that_does_not_exist_is_not_tried_again(office: OfficeAtWork, ids: list[int]) -> None:
    turn = Round(office, Postman(PermanentDeliveryError("address", "no such mailbox")))
    assert turn.delivery.deliver(OFFICE, ids).dead == 1
    turn.now += timedelta(days=1)
    assert turn.sweep_and_deliver() == []
    assert office.notices()[0].state == "dead"


def test_one_letter_that_fails_does_not_keep_the_others_back(office: OfficeAtWork) -> None:
    office.configure(**EACH_ALONE)
    office.take_in(row("A"), row("B"), row("C"))
    ids = office.act("A", "B", "C", now="13/06/2019 08:00").deliver_now
    postman = Postman(PermanentDeliveryError("address", "no such mailbox"))
    result = Round(office, postman).delivery.deliver(OFFICE, ids)
    assert (result.sent, result.dead) == (2, 1)
    assert list(result.errors) == [ids[0]]


def test_what_a_killed_sender_held_comes_back_after_the_lease_under_the_same_name(
    office: OfficeAtWork, ids: list[int]
) -> None:
    turn = Round(office, Postman(KilledError()))  # type: ignore[arg-type]
    with pytest.raises(KilledError):
        turn.delivery.deliver(OFFICE, ids)
    assert office.notices()[0].state == "claimed"
    assert turn.delivery.deliver(OFFICE, ids).sent == 0, "somebody may still be sending it"
    turn.now += LEASE
    assert turn.sweep_and_deliver() == ids
    (notice,) = office.notices()
    assert (notice.state, notice.attempts) == ("sent", 2)
    assert [letter.message_id for letter in turn.postman.sent] == [notice.message_id]


def test_a_dossier_that_closed_in_between_is_not_told(office: OfficeAtWork, ids: list[int]) -> None:
    office.take_in(row(finished="13/06/2019 08:30", status="Đã xử lý xong"), now="13/06/2019 08:31")
    postman = Postman()
    assert Round(office, postman, "13/06/2019 08:32").delivery.deliver(OFFICE, ids).sent == 0
    assert postman.sent == []
    assert office.notices()[0].state == "cancelled"


def test_what_waits_for_a_person_who_has_left_the_configuration_goes_to_nobody(
    office: OfficeAtWork, ids: list[int]
) -> None:
    files = office_files()
    files["people.toml"] = files["people.toml"].replace('"land.1"', '"land.9"')
    record_configuration(office.store, files, author="ops", reason="thử", now=local("13/06/2019 08:10"))
    postman = Postman()
    result = Round(office, postman).delivery.deliver(OFFICE, ids)
    assert (result.cancelled, result.dead, postman.sent) == (1, 0, [])
    assert office.sweep(now="13/06/2019 08:10") == ["HS-1"], "whoever is meant now is asked"


def test_a_promise_that_is_no_date_never_gets_as_far_as_a_letter(office: OfficeAtWork) -> None:
    error = office.event("accepted", at="03/06/2019 08:00", procedure="1.001", promised_at="17/06/2019")
    assert error is not None
    assert "17/06/2019" in str(error)


def test_a_letter_after_a_gap_names_what_was_not_told_in_time(office: OfficeAtWork) -> None:
    office.take_in(row())
    ids = office.act(now="24/06/2019 08:00").deliver_now
    postman = Postman()
    Round(office, postman, "24/06/2019 08:00").delivery.deliver(OFFICE, ids)
    assert len(postman.sent) == len(ids) == 2
    assert sorted(letter.to for letter in postman.sent) == [
        "land.1@example.invalid",
        "land.head@example.invalid",
    ]


def test_the_waiting_doubles_up_to_an_hour_and_is_spread_by_up_to_a_half() -> None:
    assert [backoff(n, 0.0).total_seconds() for n in (1, 2, 3, 7, 8, 29)] == [30, 60, 120, 1920, 3600, 3600]
    assert [backoff(n, 1.0).total_seconds() for n in (1, 7, 8)] == [45, 2880, 3600]
    total = sum(backoff(n, 0.0).total_seconds() for n in range(1, BEFORE_NEXT_WAY))
    assert 3_000 < total < 4_000


def test_a_dossier_that_can_no_longer_be_read_keeps_nobody_elses_letter(office: OfficeAtWork) -> None:
    codes = [f"HS-{number}" for number in range(1, 5)]
    office.take_in(*(row(code, officer=f"land.{1 + number % 2}") for number, code in enumerate(codes)))
    ids = office.act(*codes, now="13/06/2019 08:00").deliver_now
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE dossiers SET pauses = '[[' WHERE code = 'HS-2'"))
    engine.dispose()
    result = Round(office, Postman()).delivery.deliver(OFFICE, ids)
    assert (result.sent, result.dead) == (3, 1)
    (dead,) = office.notices("HS-2")
    assert dead.state == "dead"
    assert "no dossier 'HS-2' that can be read" in str(dead.last_error)

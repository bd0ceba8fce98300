"""What may go wrong while people are told: slow servers, unforeseen errors, senders that never come back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, local, row
from workers.use_cases.deliver import MOST_ATTEMPTS, Delivery
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter


class Server:
    """Take letters, after doing what a test wants done first."""

    def __init__(self, before: Callable[[Letter], None]) -> None:
        self.before = before
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.before(letter)
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""


class Desk:
    """A delivery whose clock a test moves."""

    def __init__(self, office: OfficeAtWork, before: Callable[[Letter], None] = lambda _: None) -> None:
        self.office, self.now, self.server = office, local("13/06/2019 08:00"), Server(before)
        self.delivery = Delivery(
            store=office.store,
            channel=self.server,
            sender="dunghan@example.invalid",
            templates=None,
            claim=LEASE,
            budget=timedelta(seconds=30),
            clock=lambda: self.now,
            spread=lambda _: 0.0,
        )

    def sweep(self) -> list[int]:
        return sweep_notices(self.office.store, OFFICE, now=self.now, lease=LEASE)


class KilledError(BaseException):
    """Stand for a process that is killed while it sends."""


def killed(_: Letter) -> None:
    raise KilledError


@pytest.fixture
def ids(office: OfficeAtWork) -> list[int]:
    office.take_in(row("A"), row("B"), row("C"))
    return sorted(office.act("A", "B", "C", now="13/06/2019 08:00").deliver_now)


def states(office: OfficeAtWork) -> list[str]:
    return [office.notices(code)[0].state for code in "ABC"]


def test_a_slow_server_costs_its_batch_and_the_rest_is_given_back_untried(
    office: OfficeAtWork, ids: list[int]
) -> None:
    def slow(_: Letter) -> None:
        desk.now += timedelta(seconds=40)

    desk = Desk(office, slow)
    assert desk.delivery.deliver(OFFICE, ids).sent == 1
    assert sorted(states(office)) == ["planned", "planned", "sent"]
    assert sum(office.notices(code)[0].attempts for code in "ABC") == 1
    assert desk.sweep() == ids[1:]


def test_whatever_one_letter_raises_its_neighbours_go(office: OfficeAtWork, ids: list[int]) -> None:
    def unforeseen(letter: Letter) -> None:
        if letter.headers["X-Dunghan-Dossier"] == "A":
            raise ValueError("nobody thought of this")

    result = Desk(office, unforeseen).delivery.deliver(OFFICE, ids)
    assert (result.sent, result.failed) == (2, 1)
    assert states(office) == ["failed", "sent", "sent"]
    assert office.notices("A")[0].last_error == "ValueError: nobody thought of this"


def test_a_letter_that_kills_every_sender_is_given_up_in_the_end(
    office: OfficeAtWork, ids: list[int]
) -> None:
    desk = Desk(office, killed)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(KilledError):
            desk.delivery.deliver(OFFICE, ids[:1])
        desk.now += LEASE
        assert ids[0] in desk.sweep()
    assert desk.delivery.deliver(OFFICE, ids[:1]).dead == 1
    assert "dead" in states(office)


def test_a_message_that_comes_too_early_or_again_sends_nothing(office: OfficeAtWork, ids: list[int]) -> None:
    desk = Desk(office)
    desk.now = datetime.fromisoformat("2019-06-12T20:00:00+07:00")
    assert desk.delivery.deliver(OFFICE, ids).sent == 0
    assert desk.server.sent == []


def test_what_a_dead_sender_held_is_cancelled_with_its_dossier(office: OfficeAtWork, ids: list[int]) -> None:
    desk = Desk(office, killed)
    with pytest.raises(KilledError):
        desk.delivery.deliver(OFFICE, ids[:1])
    code = next(c for c in "ABC" if office.notices(c)[0].state == "claimed")
    office.take_in(row(code, status="Đã rút"), now="13/06/2019 09:00")
    desk.now += timedelta(hours=2)
    assert office.notices(code)[0].state == "cancelled"
    assert ids[0] not in desk.sweep()

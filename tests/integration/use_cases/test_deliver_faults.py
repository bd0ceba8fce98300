"""What may go wrong while people are told: slow servers, unforeseen errors, senders that never come back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import EACH_ALONE
from workers.notify.channel import PermanentDeliveryError
from workers.notify.outbox import FileOutbox
from workers.use_cases.attempt import MOST_LOST
from workers.use_cases.envelope import Envelope, own_name
from workers.use_cases.letter_view import Case
from workers.use_cases.office import load_office
from workers.use_cases.sending import Sender
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
        self.delivery = delivery(
            office.store, mail_by(self.server), lambda: self.now, budget=timedelta(seconds=30)
        )

    def sweep(self) -> list[int]:
        return sweep_notices(self.office.store, OFFICE, now=self.now, lease=LEASE)


class KilledError(BaseException):
    """Stand for a process that is killed while it sends."""


def killed(_: Letter) -> None:
    raise KilledError


@pytest.fixture
def ids(office: OfficeAtWork) -> list[int]:
    office.configure(**EACH_ALONE)
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
    for _ in range(MOST_LOST):
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


def test_a_letter_that_kills_its_sender_does_not_use_up_its_neighbours(
    office: OfficeAtWork, ids: list[int]
) -> None:
    def poison(letter: Letter) -> None:
        if letter.headers["X-Dunghan-Dossier"] == "B":
            raise KilledError

    desk = Desk(office, poison)
    for _ in range(MOST_LOST + 1):
        try:
            desk.delivery.deliver(OFFICE, desk.sweep() or ids)
        except KilledError:
            desk.now += LEASE
    assert states(office) == ["sent", "dead", "sent"]
    assert [office.notices(code)[0].attempts for code in "ABC"] == [1, MOST_LOST + 1, 2]
    assert len(desk.server.sent) == 2, "nobody was told twice"


def test_what_was_sent_before_a_sender_fell_over_is_marked_all_the_same(
    office: OfficeAtWork, ids: list[int]
) -> None:
    def third(_: Letter) -> None:
        if len(desk.server.sent) == 2:
            raise KilledError

    desk = Desk(office, third)
    with pytest.raises(KilledError):
        desk.delivery.deliver(OFFICE, ids)
    assert states(office) == ["sent", "sent", "claimed"]


def test_a_dossier_that_closes_while_its_neighbours_are_sent_slowly_is_not_told(
    office: OfficeAtWork, ids: list[int]
) -> None:
    def slow(_: Letter) -> None:
        desk.now += timedelta(seconds=3)
        if not desk.server.sent:
            office.take_in(row("C", status="Đã rút"), now="13/06/2019 08:00")

    desk = Desk(office, slow)
    assert desk.delivery.deliver(OFFICE, ids).sent == 2
    assert states(office) == ["sent", "sent", "cancelled"]


def test_a_row_somebody_else_holds_does_not_keep_the_others_waiting(
    office: OfficeAtWork, ids: list[int]
) -> None:
    desk = Desk(office)
    if office.store.url.startswith("sqlite"):
        assert desk.delivery.deliver(OFFICE, ids).sent == 3, "one writer at a time: nobody holds a row alone"
        return
    with office.store.begin(OFFICE) as other:
        other.notices.cancel_pending(["B"])
        assert desk.delivery.deliver(OFFICE, ids).sent == 2
        other.commit()
    assert states(office) == ["sent", "cancelled", "sent"]


def test_a_claim_that_ended_while_its_sender_slept_is_not_settled_by_it(
    office: OfficeAtWork, ids: list[int]
) -> None:
    def asleep(_: Letter) -> None:
        desk.now += LEASE
        awake.now = desk.now
        awake.sweep()
        with suppress(KilledError):
            awake.delivery.deliver(OFFICE, ids[:1])
        raise PermanentDeliveryError("recipient", "said much too late")

    desk, awake = Desk(office, asleep), Desk(office, killed)
    desk.delivery.deliver(OFFICE, ids[:1])
    assert [office.notices(code)[0].state for code in "ABC"].count("claimed") == 1, "of the second sender"


def test_ten_thousand_letters_of_a_subject_are_cut_and_sent(office: OfficeAtWork, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "mails" / "vi" / "apology.j2"
    own.parent.mkdir(parents=True)
    own.write_text(f"Subject: {'ồ' * 10_000}\nHồ sơ {{{{ code }}}}\n", encoding="utf-8")
    office.take_in(row("A"))
    desk = Desk(office)
    delivery = replace(desk.delivery, templates=tmp_path / "templates")
    assert delivery.deliver(OFFICE, office.act("A", now="13/06/2019 08:00").deliver_now).sent == 1
    assert len(desk.server.sent[0].subject) == 200


def test_an_address_with_a_line_break_makes_a_dead_notice_and_no_second_header(
    office: OfficeAtWork, ids: list[int], tmp_path: Path
) -> None:
    # The files refuse such an address; a configuration recorded before they did may hold one.
    known = load_office(office.store, OFFICE)
    people = [replace(p, email="a@example.invalid\nBcc: b@example.org") for p in known.sla.lines.people]
    sla = replace(known.sla, lines=replace(known.sla.lines, people=people))
    case = Case(
        notice=office.notices("A")[0],
        stored=office.stored("A"),
        clock=office.clock("A"),
        merged=(),
        office=replace(known, sla=sla),
    )
    desk = Desk(office)
    sender = Sender(
        store=office.store,
        channels=mail_by(FileOutbox(tmp_path / "outbox")),
        sender="dunghan@example.invalid",
        templates=None,
        clock=lambda: desk.now,
        spread=lambda _: 0.0,
    )
    (fate,) = sender.send(Envelope(name=own_name(case.notice), cases=[case]))
    assert (fate.id, fate.state) == (ids[0], "dead")
    assert "not of the form name@host" in (fate.reason or "")
    assert not (tmp_path / "outbox").exists()


def test_what_was_sent_is_marked_before_a_quarter_of_a_second_has_passed(
    office: OfficeAtWork, ids: list[int]
) -> None:
    seen: list[list[str]] = []

    def look(_: Letter) -> None:
        seen.append(states(office))
        desk.now += timedelta(milliseconds=250)

    desk = Desk(office, look)
    assert desk.delivery.deliver(OFFICE, ids).sent == 3
    assert [row.count("sent") for row in seen] == [0, 1, 2]

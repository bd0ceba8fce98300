"""An office at work together with the mails it sends: a test reads what people were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import LEASE, OFFICE, delivery, local, mail_by
from workers.notify.channel import TransientDeliveryError
from workers.use_cases.coming_back import tell_returned
from workers.use_cases.sweep import sweep_notices

if TYPE_CHECKING:
    from datetime import datetime

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.use_cases.deliver import Delivery
    from workers.use_cases.settling import Delivered


class MailDesk:
    """Drive one office minute by minute; letters are kept in `sent`, or refused `fails` times."""

    def __init__(self, office: OfficeAtWork) -> None:
        self.office, self.fails = office, 0
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        """Take a letter, as a mail server does."""
        if self.fails:
            self.fails -= 1
            raise TransientDeliveryError("server", "the mail server does not answer")
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def tick(self, now: str) -> Delivered:
        """Do what beat does in a minute: tell who is back, hand out what waits, and deliver."""
        ids = tell_returned(self.office.store, OFFICE, now=local(now), lease=LEASE)
        waiting = sweep_notices(self.office.store, OFFICE, now=local(now) + LEASE, lease=LEASE)
        return self.delivery(local(now)).deliver(OFFICE, [*ids, *waiting])

    def delivery(self, at: datetime) -> Delivery:
        """Return what delivers by this desk at a moment."""
        return delivery(self.office.store, mail_by(self), lambda: at)

    def act(self, *codes: str, now: str) -> None:
        """Act on dossiers that have come due, and deliver."""
        self.office.act(*codes, now=now)
        self.tick(now)

    def to(self, person: str) -> list[Letter]:
        """Return the letters one person got."""
        return [letter for letter in self.sent if letter.to == f"{person}@example.invalid"]

    def notices(self) -> list[Notice]:
        """Return every notice of the office."""
        with self.office.store.read(OFFICE) as work:
            return work.notices.of_office()

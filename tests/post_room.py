"""An office whose letters a test reads, with a clock the test moves and doors that fail as they are told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.builders import LEASE, OFFICE, delivery, local
from workers.notify.factory import Channels
from workers.store.notices import PENDING
from workers.use_cases.act import act_on_batch
from workers.use_cases.sweep import batches, sweep_dossiers, sweep_notices

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from domain.routing import Way
    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.use_cases.deliver import Delivery
    from workers.use_cases.settling import Delivered
    from workers.use_cases.tokens import Tokens

GATHER: Final = timedelta(seconds=15)
_CODE: Final = re.compile(r"\bHS-\d+\b")


class KilledError(BaseException):
    """Stand for a process that is killed while it sends."""


class Door:
    """A channel of our own: keeps what it took, after doing what a test wants done before and after."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.before: Callable[[Letter], None] = lambda _: None
        self.after: Callable[[Letter], None] = lambda _: None

    def send(self, letter: Letter) -> None:
        self.before(letter)
        self.sent.append(letter)
        self.after(letter)

    def close(self) -> None:
        """Nothing is kept."""


class PostRoom:
    """Run an office as its workers do: sweep, act in batches, gather, sweep again, deliver."""

    def __init__(
        self,
        office: OfficeAtWork,
        now: str,
        *,
        templates: Path | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self.office, self.now, self.templates, self.tokens = office, local(now), templates, tokens
        self.mail, self.sms = Door(), Door()
        self.doors: dict[Way, Door] = {"mail": self.mail, "sms": self.sms}

    @property
    def delivery(self) -> Delivery:
        return delivery(
            self.office.store,
            Channels(by_way=self.doors, leaving=frozenset(self.doors)),
            lambda: self.now,
            templates=self.templates,
            gather=GATHER,
            tokens=self.tokens,
        )

    def act(self, *, batch: int = 100) -> list[int]:
        """Act on everything that has come due, in batches; return what must go at once."""
        at_once: list[int] = []
        codes = sweep_dossiers(self.office.store, OFFICE, now=self.now, lease=LEASE)
        for part in batches(sorted(codes), batch):
            acted = act_on_batch(self.office.store, OFFICE, part, now=self.now, lease=LEASE, gather=GATHER)
            assert acted.failed == {}
            at_once += acted.deliver_now
        return at_once

    def post(self) -> Delivered:
        """Hand out and deliver what may go now."""
        ids = sweep_notices(self.office.store, OFFICE, now=self.now, lease=LEASE)
        return self.delivery.deliver(OFFICE, ids)

    def next_moment(self) -> datetime | None:
        """Return the first moment from which something that waits may go; None: nothing waits."""
        with self.office.store.read(OFFICE) as work:
            waiting = [one for one in work.notices.of_office() if one.state in (*PENDING, "claimed")]
        return min((max(one.deliver_at, one.handed_until or one.deliver_at) for one in waiting), default=None)

    def post_until(self, end: datetime | None = None) -> None:
        """Deliver at each moment from which something may go, before an end or until nothing waits."""
        while (at := self.next_moment()) is not None and (end is None or at < end):
            self.now = max(self.now, at)
            self.post()

    def run(self, now: str = "", *, batch: int = 100) -> Delivered:
        """Play one run: what came due is acted on, gathers, and is delivered."""
        self.at(now)
        at_once = self.act(batch=batch)
        self.delivery.deliver(OFFICE, at_once)
        self.now += GATHER
        return self.post()

    def at(self, now: str) -> None:
        """Set the clock to a local moment of the office."""
        self.now = local(now) if now else self.now

    def letters_to(self, person: str) -> list[Letter]:
        """Return the mails a person got, in order."""
        return [letter for letter in self.mail.sent if letter.to == f"{person}@example.invalid"]

    def states(self, *codes: str, to: str = "") -> list[str]:
        """Return the states of the notices of dossiers, of one person or of all."""
        found = [notice for code in codes for notice in self.office.notices(code)]
        return [notice.state for notice in found if to in ("", notice.recipient)]


def codes_in(letter: Letter) -> list[str]:
    """Return the dossiers a letter names, in the order of its text."""
    return list(dict.fromkeys(_CODE.findall(letter.text)))

"""An office whose first escalation asks for an acknowledgement, with a line above it to go up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import LADDERS_FILE, OFFICE_FILE, PEOPLE_FILE
from workers.store.notices import PENDING
from workers.use_cases.acknowledge import Source, acknowledge, acknowledge_token
from workers.use_cases.sweep import sweep_notices
from workers.use_cases.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter
    from workers.store.notices import Notice
    from workers.use_cases.acknowledge import Acknowledged
    from workers.use_cases.deliver import Delivery
    from workers.use_cases.settling import Delivered

TOKENS: Final = Tokens(secret="one-secret-of-one-office", page="https://page.example.invalid/?ma={token}")  # noqa: S106
ROLES: Final = """
[[roles]]
code = "chair"
title = "Chủ tịch"

[[roles]]
code = "ops"
title = "Vận hành"
"""
PEOPLE: Final = """
[[people]]
code = "top.chair"
role = "chair"
unit = "top"
email = "top.chair@example.invalid"
delivery = "next_morning"

[[people]]
code = "civil.ops"
role = "ops"
unit = "civil"
email = "civil.ops@example.invalid"
delivery = "at_once"
"""
ASKING: Final = LADDERS_FILE.replace('code = "t+1"', 'code = "t+1"\nacknowledge_within = "4 hours"')
TOLD: Final = "18/06/2019 07:00"
"""When HS-1, due on the 17th, is told late: the 18th in the morning, to be acknowledged until 11:00."""


@dataclass
class Escalating:
    """Drive an office in which HS-1 is late and nobody has said that it is in hand."""

    office: OfficeAtWork
    sent: list[Letter] = field(default_factory=list)
    tokens: Tokens | None = TOKENS

    def send(self, letter: Letter) -> None:
        """Keep a letter."""
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept open."""

    def tick(self, now: str, code: str = "HS-1") -> None:
        """Act at a moment, twice, as a sweep does that comes back; everybody is told at their moment."""
        self.tell(now, code)
        self.silent_tick(now, code)
        self.tell(now, code)

    def silent_tick(self, now: str, code: str = "HS-1") -> None:
        """Act at a moment, twice; the mail server is away."""
        self.office.act(code, now=now)
        self.office.act(code, now=now)

    def tell(self, now: str, code: str = "HS-1") -> None:
        """Send what waits of a dossier, each at the moment it may go, until a moment."""
        until = local(now)
        while waiting := [one for one in self.office.notices(code) if one.state in PENDING]:
            at = min(one.deliver_at for one in waiting)
            if at > until:
                return
            self._deliver([one.id for one in waiting if one.deliver_at <= at], at)

    def deliver(self, now: str) -> Delivered:
        """Send what may go at a moment."""
        at = local(now)
        return self._deliver(sweep_notices(self.office.store, OFFICE, now=at, lease=LEASE), at)

    def _deliver(self, ids: Sequence[int], at: datetime) -> Delivered:
        return self._post(at).deliver(OFFICE, ids)

    def post(self, now: str) -> Delivery:
        """Return what delivers at a moment."""
        return self._post(local(now))

    def _post(self, at: datetime) -> Delivery:
        return delivery(self.office.store, mail_by(self), lambda: at, tokens=self.tokens)

    def answer(
        self, by: str = "land.head", *, now: str, code: str = "HS-1", rung: str = "", step: str = ""
    ) -> list[Acknowledged]:
        """Acknowledge by dossier and person."""
        return acknowledge(self.office.store, OFFICE, code, by, source(now), rung=rung, step=step)

    def answer_by(self, token: str, *, now: str, tokens: Tokens | None = TOKENS) -> list[Acknowledged]:
        """Acknowledge by the token of a mail."""
        link = replace(source(now), way="link")
        return acknowledge_token(self.office.store, OFFICE, token, tokens, link)

    def told(self, rung: str = "", code: str = "HS-1") -> list[tuple[str, str]]:
        """Return (rung, recipient) of the escalations claimed so far, in the order of their moments."""
        notices = [notice for notice in self.office.notices(code) if notice.kind == "escalation"]
        return [(one.rung, one.recipient) for one in notices if rung in ("", one.rung)]

    def notice(self, rung: str, recipient: str, code: str = "HS-1") -> Notice:
        """Return one notice."""
        (found,) = [
            one for one in self.office.notices(code) if (one.rung, one.recipient) == (rung, recipient)
        ]
        return found

    def next_look(self, code: str = "HS-1") -> str:
        """Return when the dossier is looked at again, in local time."""
        clock = self.office.clock(code)
        assert clock is not None
        assert clock.next_action_at is not None
        return f"{clock.next_action_at + timedelta(hours=7):%d/%m/%Y %H:%M}"


def escalating(office: OfficeAtWork, *, ladders: str = ASKING) -> Escalating:
    """Configure the office, take HS-1 in and let everything before its first escalation pass."""
    files = {
        "office.toml": OFFICE_FILE + ROLES,
        "people.toml": PEOPLE_FILE + PEOPLE,
        "ladders.toml": ladders,
    }
    office.configure(now="01/06/2019 08:00", **files)
    office.take_in(row())
    made = Escalating(office)
    made.tick("17/06/2019 08:00")
    return made


def source(now: str) -> Source:
    """Return where an acknowledgement of a test comes from."""
    return Source(way="cli", actor="cli:lan", now=local(now))

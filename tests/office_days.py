"""An office that works through its days: it looks when it must, acts, and delivers, like beat and workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, text

from tests.builders import LEASE, OFFICE, delivery, local, mail_by
from workers.notify.channel import TransientDeliveryError
from workers.use_cases.act import act_on_batch
from workers.use_cases.audit_notices import NoticeAudit
from workers.use_cases.coming_back import tell_returned
from workers.use_cases.outages import BEAT, SHORTEST, tick
from workers.use_cases.sweep import sweep_dossiers, sweep_notices
from workers.use_cases.unlike import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Channel, Letter
    from workers.use_cases.deliver import Delivery
    from workers.use_cases.unlike import Unlike

SWEEP: Final = timedelta(minutes=1)


class Accepting:
    """A channel that takes every letter."""

    def send(self, letter: Letter) -> None:
        """Take it."""

    def close(self) -> None:
        """Nothing is kept."""


class Away(Accepting):
    """A channel whose server cannot be reached."""

    def send(self, _: Letter) -> None:
        """Take nothing."""
        raise TransientDeliveryError("connection", "connection refused", unsent=True, away=True)


@dataclass
class OfficeDays:
    """Let an office work from moment to moment; each sweep comes a minute after what it finds."""

    office: OfficeAtWork
    now: datetime
    mail: Channel = field(default_factory=Accepting)

    def work_until(self, moment: str) -> None:
        """Sweep, act and deliver whenever something is due until a moment, not beyond it."""
        until = local(moment)
        while (due := self._next()) is not None and due + SWEEP <= until:
            self.now = max(self.now, due) + SWEEP
            self.sweep()
        self.now = max(self.now, until)

    def sweep(self) -> None:
        """Sweep once, act on what was found and deliver what may go."""
        store = self.office.store
        codes = sweep_dossiers(store, OFFICE, now=self.now, lease=LEASE)
        acted = act_on_batch(store, OFFICE, codes, now=self.now, lease=LEASE)
        ids = sweep_notices(store, OFFICE, now=self.now, lease=LEASE)
        back = tell_returned(store, OFFICE, now=self.now, lease=LEASE)
        self.deliver([*acted.deliver_now, *ids, *back])

    def deliver(self, ids: Sequence[int]) -> None:
        """Deliver what may go now."""
        self._delivery().deliver(OFFICE, ids)

    def outage(self, until: str) -> None:
        """Let nothing run from now until a moment, at which the first sign of life is given again."""
        with self.office.store.begin(OFFICE) as work:
            work.journal.beat(BEAT, now=self.now)
            self.now = local(until)
            tick(work, now=self.now, patience=SHORTEST)
            work.commit()

    def unlike(
        self, begin: str | None = None, end: str | None = None, *, now: str | None = None
    ) -> list[Unlike]:
        """Audit the notices of a time, as of a moment or of now."""
        window = Window(local(begin) if begin else None, local(end) if end else None)
        at = local(now) if now else self.now
        return list(NoticeAudit(self.office.store, OFFICE, window, now=at, batch=2).differences())

    def told(self, begin: str | None = None, end: str | None = None) -> list[tuple[str, ...]]:
        """Return what the audit of a time says: kind, dossier, rung and person."""
        return sorted(
            (entry.kind, entry.code, entry.notice.rung, entry.notice.recipient)
            if entry.notice
            else (entry.kind, entry.code)
            for entry in self.unlike(begin, end)
        )

    def tamper(self, statement: str, **values: object) -> None:
        """Change the database behind the back of everybody."""
        engine = create_engine(self.office.store.url)
        with engine.begin() as connection:
            assert connection.execute(text(statement), values).rowcount
        engine.dispose()

    def _next(self) -> datetime | None:
        with self.office.store.read(OFFICE) as work:
            codes = work.events.codes(after="", limit=1000)
            looks = [clock.next_action_at for clock in work.clocks.load(codes).values()]
            waiting = [
                notice.deliver_at
                for notice in work.notices.of_office()
                if notice.state in ("planned", "failed")
            ]
        return min((at for at in [*looks, *waiting] if at is not None), default=None)

    def _delivery(self) -> Delivery:
        return delivery(self.office.store, mail_by(self.mail), lambda: self.now)

"""Which notices would go out in the days to come: what the sweeps would claim, worked out ahead."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.ladder import has_meaning, plan
from domain.rung_terms import NOTHING
from domain.time_limit import TimeLimit
from workers.store.acknowledgements import SILENT
from workers.use_cases.asking import Asking, latest_asked
from workers.use_cases.still_meant import is_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.deadline import Deadline
    from domain.ladder import PlannedRung, Rung
    from domain.pauses import Pause
    from domain.rung_terms import Key, Stops
    from domain.working_calendar import WorkingCalendar
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Claim
    from workers.use_cases.office import Office

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_Known = tuple[str, str, str]
"""The step, rung and recipient of what was claimed."""
Message = tuple[str, str, str, str]
"""The same with the kind of the rung."""
_MOST: Final = 50_000
"""What is remembered at most: dossiers of a day are alike, and an office has not many people."""


class Letter(NamedTuple):
    """Name one message to one person: of which dossier, step and rung."""

    code: str
    step: str
    rung: str
    recipient: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Hold the time looked ahead over: after `now`, up to `until`, both aware."""

    now: datetime
    until: datetime


@dataclass(slots=True, kw_only=True)
class Forecast:
    """Tell the notices of one office ahead, as if nothing else happened; alike dossiers are asked once."""

    office: Office
    window: Window
    _plans: dict[Any, tuple[PlannedRung, ...]] = field(default_factory=dict)
    _messages: dict[Any, tuple[Message, ...]] = field(default_factory=dict)

    def messages(self, stored: Stored, clock: Clock, claims: Sequence[Claim]) -> Iterator[Message]:
        """Yield what would go out about an open dossier: what waits already, and what would be claimed.

        What waits for an epoch that is over, or for somebody who is not meant any more, is cancelled.
        """
        mine = [claim for claim in claims if claim.epoch == clock.epoch]
        for claim in mine:
            if claim.is_unsent and self._is_meant(claim, mine, stored):
                yield claim.step, claim.rung, claim.recipient, claim.kind
        asking = Asking(stored=stored, clock=clock, office=self.office, plan=self._planned)
        yield from self._told(asking, mine)

    def _is_meant(self, claim: Claim, claims: Sequence[Claim], stored: Stored) -> bool:
        today = self.office.calendar.local(self.window.now).date()
        told = (claim.step, claim.rung, claim.recipient)
        away = [one.recipient for one in claims if (one.step, one.rung, one.passed_to) == told]
        return is_meant(claim, away, stored, self.office, on=today)

    def _planned(
        self,
        ladder: Iterable[Rung],
        deadline: Deadline,
        calendar: WorkingCalendar,
        *,
        counting_from: datetime,
        step: str = "",
        pauses: Sequence[Pause] = (),
        stops: Stops = NOTHING,
    ) -> tuple[PlannedRung, ...]:
        """Plan a course as the domain does; dossiers of one plain ladder that are due together share it."""
        rungs = tuple(ladder)
        if not all(map(_follows_from_due_date, rungs)):
            return plan(
                rungs, deadline, calendar, counting_from=counting_from, step=step, pauses=pauses, stops=stops
            )
        key = (tuple(map(id, rungs)), deadline.due_at, deadline.appointment_at, id(calendar), step)
        every = self._plans.get(key)
        if every is None:
            every = plan(rungs, deadline, calendar, counting_from=_LONG_AGO, step=step)
            _keep(self._plans, key, every)
        return tuple(entry for entry in every if has_meaning(entry.rung, entry.at, counting_from))

    def _told(self, asking: Asking, claims: Sequence[Claim]) -> tuple[Message, ...]:
        dossier, first = asking.stored.dossier, asking.clock.next_action_at
        rungs = tuple((id(entry.rung), entry.at, entry.step, entry.repeat) for entry in asking.planned)
        known = frozenset((claim.step, claim.rung, claim.recipient) for claim in claims)
        until = asking.asked([claim for claim in claims if claim.state not in SILENT], now=self.window.now)
        who = (dossier.unit, dossier.officer, dossier.acknowledged)
        key = (rungs, who, first, known, frozenset(until.items()))
        messages = self._messages.get(key)
        if messages is None:
            messages = tuple(self._claimed(asking, set(known), until))
            _keep(self._messages, key, messages)
        return messages

    def _claimed(self, asking: Asking, known: set[_Known], until: dict[Key, datetime]) -> Iterator[Message]:
        """Yield what would be claimed: it looks when a sweep would, and asks what acting asks."""
        told, at = {(step, rung) for step, rung, _ in known}, asking.clock.next_action_at
        while at is not None and at <= self.window.until:
            asked = asking.ask(told, now=max(at, self.window.now), until=until)
            new = {(notice.step, notice.rung) for notice in asked.notices} - told
            for notice in asked.notices:
                message = (notice.step, notice.rung, notice.recipient)
                if message not in known and notice.state == "planned":
                    yield (*message, notice.kind)
                known.add(message)
            until = {**until, **latest_asked(asked.notices, new)}
            told, at = told | new, asked.next_at


def _follows_from_due_date(rung: Rung) -> bool:
    """Say whether the moments of a rung depend on the due date alone: not a part of a limit, not a stop."""
    plain = rung.repeat is None or (rung.is_after and rung.repeat.until == "closed")
    return plain and isinstance(rung.offset, TimeLimit)


def _keep(held: dict[Any, Any], key: object, value: object) -> None:
    if len(held) >= _MOST:
        held.clear()
    held[key] = value

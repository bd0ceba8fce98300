"""One attempt to tell one person, and what becomes of each notice of the letter by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from config.errors import ConfigError
from workers.notify.channel import TransientDeliveryError
from workers.store.fates import Fate
from workers.use_cases.hours import next_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from domain.routing import Way
    from workers.store.fates import Settled
    from workers.use_cases.envelope import Envelope
    from workers.use_cases.letter_view import Case
    from workers.use_cases.office_letter import OfficeCase

MOST_ATTEMPTS: Final = 30
"""How often a notice is tried by its last way: about a day in all, the nights of its person not counted.

A server that is away says nothing of it and is waited for as long as it takes.
"""
BEFORE_NEXT_WAY: Final = 8
"""How often a way is tried while there is another one: about an hour, for a person is told sooner by that."""
_LONGEST_AT: Final = 8
"""From which attempt on the pause is `LONGEST_WAIT`: a server that is away lengthens it so far."""
MOST_LOST: Final = 8
"""How many senders in a row may claim a notice and not come back, before it is taken for what kills them."""
LONGEST_WAIT: Final = timedelta(hours=1)
"""How long a notice waits at most for its next attempt, whatever a server asks for; its person may sleep."""
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Hold one attempt to tell what is in an envelope; of the ways None: there is no way, or no next one."""

    envelope: Envelope
    way: Way | None
    next_way: Way | None
    clock: Callable[[], datetime]
    spread: Callable[[int], float]
    gather: timedelta

    def failed(self, cases: Sequence[Case | OfficeCase], error: Exception, *, begun: bool) -> Iterator[Fate]:
        """Try again later: mailboxes and templates are mended, each up to the ceiling; a server comes back.

        `begun`: the letter was handed to the other side, which may have it, whatever it said. Then it goes
        again as it is; else its notices are free to go with what gathers until then.
        """
        reason = _reason(error)
        # Of a faulty template every way has the same letter.
        is_letters = isinstance(error, ConfigError)
        is_last = is_letters or self.next_way is None
        most, away = MOST_ATTEMPTS if is_last else BEFORE_NEXT_WAY, is_last and _is_away(error)
        again = [case for case in cases if away or case.notice.attempts < most]
        for case in cases:
            if case not in again:
                yield self.dead(case, reason) if is_letters else self.over(case, reason)
        if not again:
            return
        at = self.clock() + self._pause(again, error)
        unsent = not begun or (isinstance(error, TransientDeliveryError) and error.unsent)
        for case in again:
            tried = _counted(case.notice.attempts) if away else case.notice.attempts
            yield self._again(case, reason, at, tried=tried, stays_in=None if unsent else self.envelope.name)

    def over(self, case: Case | OfficeCase, reason: str) -> Fate:
        """Give this way up: the next one begins anew and at once, or the notice is dead."""
        if self.next_way is None:
            return self.dead(case, reason)
        fate = self._again(case, f"{self.way}: {reason}; next by {self.next_way}", self.clock())
        return replace(fate, way=self.next_way)

    def apart(self, case: Case | OfficeCase, reason: str) -> Fate:
        """Take a notice out of a letter that kills its senders: from now on it goes alone, begun anew."""
        return self._again(case, reason, self.clock(), alone=True)

    def dead(self, case: Case | OfficeCase, reason: str) -> Fate:
        """Give the notice up."""
        return self._fate(case, "dead", reason)

    def cancelled(self, case: Case | OfficeCase) -> Fate:
        """Let a notice go that has nothing true to say any more."""
        return self._fate(case, "cancelled")

    def sent(self, case: Case | OfficeCase) -> Fate:
        """Say that the other side has the letter."""
        until = case.notice.asked_until
        return self._fate(case, "sent", message_id=self.envelope.message_id, asked_until=until)

    def _pause(self, cases: Sequence[Case | OfficeCase], error: Exception) -> timedelta:
        tried = max(case.notice.attempts for case in cases)
        asked = error.retry_after if isinstance(error, TransientDeliveryError) else None
        return max(backoff(tried, self.spread(tried)), min(asked or timedelta(), LONGEST_WAIT))

    def _again(self, case: Case | OfficeCase, reason: str, at: datetime, **more: Any) -> Fate:
        moment = next_moment(case.notice, case.office, at=at, gather=self.gather)
        return self._fate(case, "failed", reason, again_at=moment, **more)

    def _fate(self, case: Case | OfficeCase, state: Settled, reason: str | None = None, **more: Any) -> Fate:
        notice = case.notice
        return Fate(
            id=notice.id,
            state=state,
            attempts=notice.attempts,
            letter=self.envelope.name,
            shared=self.envelope.shared,
            at=self.clock(),
            way=self.way,
            reason=None if reason is None else _in_one_line(reason),
            **more,
        )


def backoff(attempt: int, spread: float) -> timedelta:
    """Return how long to wait after the n-th attempt (from 1): 30 s doubled each time, up to half more.

    Never longer than `LONGEST_WAIT`: the eighth attempt comes about an hour after the first, each later one
    an hour after the one before, the thirtieth and last of them about a day after the first.
    """
    seconds = 30 * 2 ** (attempt - 1) * (1 + spread / 2)
    return timedelta(seconds=min(seconds, LONGEST_WAIT.total_seconds()))


def _is_away(error: Exception) -> bool:
    return isinstance(error, TransientDeliveryError) and error.away


def _counted(attempts: int) -> int:
    """Return what is kept of attempts the last of which found a server away: enough for the longest pause.

    Never less than the claim found, or what a lost sender may still say of its claim could fit a later one.
    """
    return attempts if attempts <= _LONGEST_AT else attempts - 1


def _reason(error: Exception) -> str:
    if isinstance(error, ConfigError):
        return error.said()
    return str(error) if isinstance(error, TransientDeliveryError) else f"{type(error).__name__}: {error}"


def _in_one_line(reason: str) -> str:
    # What a server said may hold anything; a database column and a terminal may not.
    line = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"

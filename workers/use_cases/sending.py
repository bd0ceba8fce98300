"""Sending one letter: by which way, and what is to become of its notice whatever happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from config.errors import ConfigError
from domain.errors import DomainError
from domain.routing import ways_to
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.notify.compose import compose
from workers.store.outbox import Fate
from workers.use_cases.letter_view import Case, person_of, view_of
from workers.use_cases.office_letter import OfficeCase, office_view

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from domain.routing import Person, Way
    from workers.notify.channel import Letter
    from workers.notify.factory import Channels
    from workers.notify.view import View
    from workers.store.outbox import Settled
    from workers.store.unit_of_work import Store

MOST_ATTEMPTS: Final = 8
LONGEST_WAIT: Final = timedelta(hours=1)
"""How long a notice waits at most for its next attempt, whatever a server asks for."""
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """Hold one attempt to tell one person; None: there is no way, or no next one."""

    case: Case | OfficeCase
    way: Way | None
    next_way: Way | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Send letters of claimed notices through the channels of an installation."""

    store: Store
    channels: Channels
    sender: str
    templates: Path | None
    clock: Callable[[], datetime]
    spread: Callable[[int], float]

    def send(self, case: Case | OfficeCase) -> Fate:
        """Send the letter of a claimed notice and return what is to become of it; nothing is raised."""
        try:
            person = person_of(case.notice, case.office)
        except LookupError as error:
            return self._dead(_Attempt(case=case, way=None, next_way=None), str(error))
        attempt = self._attempt(case, person)
        if attempt.way is None:
            ways = ", ".join(person.ways)
            return self._dead(
                attempt, f"{person.code} is told by {ways} alone, which this office has not set up"
            )
        if case.notice.attempts > MOST_ATTEMPTS:
            return self._over(attempt, f"given up: {MOST_ATTEMPTS} senders did not come back")
        return self._try(attempt, person, attempt.way)

    def _attempt(self, case: Case | OfficeCase, person: Person) -> _Attempt:
        """Go on by the way begun, if the person still has it, else by the first one."""
        ways = ways_to(person, leaving=self.channels.leaving, kept=self.channels.by_way)
        place = next((n for n, way in enumerate(ways) if way == case.notice.way), 0)
        way, next_way = (*ways[place : place + 2], None, None)[:2]
        return _Attempt(case=case, way=way, next_way=next_way)

    def _try(self, attempt: _Attempt, person: Person, way: Way) -> Fate:
        try:
            letter = self._letter(attempt.case, person, way)
            if letter is not None:
                self.channels.by_way[way].send(letter)
        except PermanentDeliveryError as error:
            return self._over(attempt, str(error))
        except (DomainError, LookupError) as error:
            return self._dead(attempt, str(error))
        except Exception as error:  # noqa: BLE001 - whatever one letter raises is that letter's, not its neighbours'
            return self._failed(attempt, error)
        if letter is None:
            return self._fate(attempt, "cancelled")
        return self._fate(attempt, "sent", message_id=letter.message_id)

    def _letter(self, case: Case | OfficeCase, person: Person, way: Way) -> Letter | None:
        """Write the letter; None when what it was to say is not so any more."""
        view = self._view(case)
        if view is None:
            return None
        return compose(view, person.address(way), self.sender, message_id_of(case), self.templates)

    def _view(self, case: Case | OfficeCase) -> View | None:
        if isinstance(case, OfficeCase):
            return office_view(case, self.store, now=self.clock())
        return view_of(case, now=self.clock())

    def _failed(self, attempt: _Attempt, error: Exception) -> Fate:
        """Try again later: a server comes back, a template is mended; up to the ceiling."""
        tried, reason = attempt.case.notice.attempts, _reason(error)
        if tried >= MOST_ATTEMPTS:
            # Of a faulty template every way has the same letter.
            is_letters = isinstance(error, ConfigError)
            return self._dead(attempt, reason) if is_letters else self._over(attempt, reason)
        asked = error.retry_after if isinstance(error, TransientDeliveryError) else None
        pause = min(max(backoff(tried, self.spread(tried)), asked or timedelta()), LONGEST_WAIT)
        return self._fate(attempt, "failed", reason, again_at=self.clock() + pause, tried=tried)

    def _over(self, attempt: _Attempt, reason: str) -> Fate:
        """Give this way up: the next one begins anew and at once, or the notice is dead."""
        if attempt.next_way is None:
            return self._dead(attempt, reason)
        reason = f"{attempt.way}: {reason}; next by {attempt.next_way}"
        fate = self._fate(attempt, "failed", reason, again_at=self.clock(), tried=0)
        return replace(fate, way=attempt.next_way)

    def _dead(self, attempt: _Attempt, reason: str) -> Fate:
        return self._fate(attempt, "dead", reason)

    def _fate(self, attempt: _Attempt, state: Settled, reason: str | None = None, **more: Any) -> Fate:
        notice = attempt.case.notice
        return Fate(
            id=notice.id,
            state=state,
            attempts=notice.attempts,
            at=self.clock(),
            way=attempt.way,
            reason=None if reason is None else _in_one_line(reason),
            **more,
        )


def message_id_of(case: Case | OfficeCase) -> str:
    """Return the name of a notice's message: the same for every attempt, by every way."""
    notice = case.notice
    return f"<{notice.id}.{int(notice.created_at.timestamp())}.{case.office.sla.code}@dunghan>"


def backoff(attempt: int, spread: float) -> timedelta:
    """Return how long to wait after the n-th attempt (from 1): 30 s doubled each time, up to half more.

    The eighth and last attempt comes about an hour after the first.
    """
    return timedelta(seconds=30 * 2 ** (attempt - 1) * (1 + spread / 2))


def _reason(error: Exception) -> str:
    known = isinstance(error, TransientDeliveryError | ConfigError)
    return str(error) if known else f"{type(error).__name__}: {error}"


def _in_one_line(reason: str) -> str:
    # What a server said may hold anything; a database column and a terminal may not.
    line = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"

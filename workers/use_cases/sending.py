"""Sending one letter: what it says, by which way it goes, and what is to become of its notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.errors import DomainError
from domain.routing import ways_to
from workers.notify.channel import PermanentDeliveryError
from workers.notify.compose import compose
from workers.use_cases.answer_time import asked_from_now
from workers.use_cases.attempt import MOST_LOST, Attempt
from workers.use_cases.digest_letter import letter_of
from workers.use_cases.letter_view import person_of, view_of
from workers.use_cases.office_letter import OfficeCase, office_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from domain.routing import Person, Way
    from workers.notify.factory import Channels
    from workers.notify.view import NoticeView, OfficeView
    from workers.store.fates import Fate
    from workers.store.unit_of_work import Store
    from workers.use_cases.envelope import Envelope
    from workers.use_cases.letter_view import Case
    from workers.use_cases.tokens import Tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Send letters of claimed notices through the channels of an installation."""

    store: Store
    channels: Channels
    sender: str
    templates: Path | None
    clock: Callable[[], datetime]
    spread: Callable[[int], float]
    gather: timedelta = timedelta()
    tokens: Tokens | None = None

    def send(self, envelope: Envelope) -> list[Fate]:
        """Send the letter and return what is to become of each of its notices; nothing is raised."""
        try:
            person = person_of(envelope.first.notice, envelope.first.office)
        except LookupError as error:
            return list(_to_nobody(self._attempt(envelope, (None, None)), str(error)))
        attempt = self._attempt(envelope, self._ways(envelope, person))
        if attempt.way is None:
            ways = ", ".join(person.ways)
            reason = f"{person.code} is told by {ways} alone, which this office has not set up"
            return [attempt.dead(case, reason) for case in envelope.cases]
        if any(case.notice.unsettled > MOST_LOST for case in envelope.cases):
            return self._lost(attempt)
        return list(self._try(attempt, person, attempt.way))

    def _ways(self, envelope: Envelope, person: Person) -> tuple[Way | None, Way | None]:
        """Go on by the way begun, if the person still has it, else by the first one."""
        ways = ways_to(person, leaving=self.channels.leaving, kept=self.channels.by_way)
        place = next((n for n, way in enumerate(ways) if way == envelope.first.notice.way), 0)
        way, next_way = (*ways[place : place + 2], None, None)[:2]
        return way, next_way

    def _attempt(self, envelope: Envelope, ways: tuple[Way | None, Way | None]) -> Attempt:
        return Attempt(
            envelope=envelope,
            way=ways[0],
            next_way=ways[1],
            clock=self.clock,
            spread=self.spread,
            gather=self.gather,
        )

    def _lost(self, attempt: Attempt) -> list[Fate]:
        """Give up what no sender came back from; of several, one did it, and the others go without it."""
        cases, reason = attempt.envelope.cases, f"{MOST_LOST} senders did not come back"
        if len(cases) > 1:
            return [attempt.apart(case, f"{reason} from a letter for several") for case in cases]
        return [attempt.over(case, f"given up: {reason}") for case in cases]

    def _try(self, attempt: Attempt, person: Person, way: Way) -> Iterator[Fate]:
        told: list[tuple[Case | OfficeCase, NoticeView | OfficeView]] = []
        asked, now = attempt.envelope.asked, self.clock()
        for case in (asked_from_now(case, asked, now=now) for case in attempt.envelope.cases):
            try:
                view = self._view(case)
            except (DomainError, LookupError) as error:
                yield attempt.dead(case, str(error))
            except Exception as error:  # noqa: BLE001 - whatever one notice raises is that notice's alone
                yield from attempt.failed([case], error, begun=False)
            else:
                if view is None:
                    yield attempt.cancelled(case)
                else:
                    told.append((case, view))
        if told:
            yield from self._hand_over(attempt, person, way, told)

    def _hand_over(
        self,
        attempt: Attempt,
        person: Person,
        way: Way,
        told: list[tuple[Case | OfficeCase, NoticeView | OfficeView]],
    ) -> Iterator[Fate]:
        cases, begun, channel = [case for case, _ in told], False, self.channels.by_way[way]
        try:
            view = letter_of([view for _, view in told], attempt.envelope.name, way, now=self.clock())
            address, message_id = person.address(way), attempt.envelope.message_id
            letter = compose(view, address, self.sender, message_id, self.templates)
            begun = True
            channel.send(letter)
        except PermanentDeliveryError as error:
            yield from (attempt.over(case, str(error)) for case in cases)
        except Exception as error:  # noqa: BLE001 - whatever one letter raises is that letter's, not its neighbours'
            yield from attempt.failed(cases, error, begun=begun)
        else:
            yield from (attempt.sent(case) for case in cases)

    def _view(self, case: Case | OfficeCase) -> NoticeView | OfficeView | None:
        """Return what a notice says; None when what it was to say is not so any more."""
        if isinstance(case, OfficeCase):
            return office_view(case, self.store, self.tokens, now=self.clock())
        return view_of(case, self.tokens, now=self.clock())


def _to_nobody(attempt: Attempt, reason: str) -> Iterator[Fate]:
    """Let go of what was for somebody unknown: of a dossier, those are asked whom the rules in force mean."""
    for case in attempt.envelope.cases:
        is_dead = isinstance(case, OfficeCase)
        yield attempt.dead(case, reason) if is_dead else attempt.cancelled(case)

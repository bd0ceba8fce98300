"""Delivering: claim, write the letter, hand it over, mark; each letter by itself, so that one fails alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from config.errors import ConfigError
from domain.errors import DomainError
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.notify.compose import compose
from workers.use_cases.letter_view import Case, person_of, view_of
from workers.use_cases.office import load_office
from workers.use_cases.office_letter import OfficeCase, is_of_office, office_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from workers.notify.channel import Channel, Letter
    from workers.notify.view import View
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

MOST_ATTEMPTS: Final = 8


@dataclass(slots=True, kw_only=True)
class Delivered:
    """Count how a batch went; `errors` maps notice ids to reasons (ids and reasons only, no addresses).

    `cancelled` counts notices about the office that had nothing true to say any more.
    """

    sent: int = 0
    failed: int = 0
    dead: int = 0
    cancelled: int = 0
    errors: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Deliver notices of one office through one channel.

    `clock` is asked for each letter: a batch can take minutes. `claim` is how long a sender holds one letter,
    longer than its task may live; `budget` is how long a batch may take before the rest is given back.
    `spread(n)` gives the jitter of the n-th retry as a fraction from 0 to 1.
    """

    store: Store
    channel: Channel
    sender: str
    templates: Path | None
    claim: timedelta
    budget: timedelta
    clock: Callable[[], datetime]
    spread: Callable[[int], float]

    def deliver(self, office_code: str, ids: Sequence[int]) -> Delivered:
        """Deliver those of the notices that still wait and may go; whoever else holds one delivers it.

        A claim that is never marked (the process was killed) ends, and is sent again under the same
        Message-ID: more than once only where the fault hit between the server's word and our mark.
        """
        result = Delivered()
        office = load_office(self.store, office_code)
        until = self.clock() + self.budget
        for number, notice_id in enumerate(ids):
            if self.clock() >= until:
                self._give_back(office, ids[number:])
                break
            case = self._claim(office, notice_id)
            if case is not None:
                self._one(case, result)
        return result

    def _claim(self, office: Office, notice_id: int) -> Case | OfficeCase | None:
        now = self.clock()
        with self.store.begin(office.sla.code) as work:
            notice = work.notices.claim_for_sending(notice_id, now=now, until=now + self.claim)
            if notice is None:
                return None
            of_office = is_of_office(notice)
            case = OfficeCase(notice=notice, office=office) if of_office else _case(notice, work, office)
            work.commit()
        return case

    def _one(self, case: Case | OfficeCase, result: Delivered) -> None:
        notice, office = case.notice, case.office
        message_id = f"<{notice.id}.{int(notice.created_at.timestamp())}.{office.sla.code}@dunghan>"
        if notice.attempts > MOST_ATTEMPTS:
            self._dead(case, f"given up: {MOST_ATTEMPTS} senders did not come back", result)
            return
        try:
            letter = self._letter(case, message_id)
            if letter is not None:
                self.channel.send(letter)
        except (PermanentDeliveryError, DomainError, LookupError) as error:
            self._dead(case, str(error), result)
        except (TransientDeliveryError, ConfigError) as error:
            self._failed(case, str(error), result)  # a template is mended, a server comes back
        except Exception as error:  # noqa: BLE001 - whatever one letter raises is that letter's, not its neighbours'
            self._failed(case, f"{type(error).__name__}: {error}", result)
        else:
            if letter is not None:
                self._sent(case, message_id, result)
            else:
                self._cancel(case, result)

    def _letter(self, case: Case | OfficeCase, message_id: str) -> Letter | None:
        """Write the letter; None when what it was to say is not so any more."""
        view = self._view(case)
        if view is None:
            return None
        person = person_of(case.notice, case.office)
        return compose(view, person.email, self.sender, message_id, self.templates)

    def _view(self, case: Case | OfficeCase) -> View | None:
        if isinstance(case, OfficeCase):
            return office_view(case, self.store, now=self.clock())
        return view_of(case, now=self.clock())

    def _sent(self, case: Case | OfficeCase, message_id: str, result: Delivered) -> None:
        with self.store.begin(case.office.sla.code) as work:
            work.notices.mark_sent(case.notice.id, at=self.clock(), message_id=message_id)
            work.commit()
        result.sent += 1

    def _cancel(self, case: Case | OfficeCase, result: Delivered) -> None:
        with self.store.begin(case.office.sla.code) as work:
            work.notices.cancel(case.notice.id)
            work.commit()
        result.cancelled += 1

    def _failed(self, case: Case | OfficeCase, reason: str, result: Delivered) -> None:
        notice = case.notice
        if notice.attempts >= MOST_ATTEMPTS:
            self._dead(case, reason, result)
            return
        again_at = self.clock() + backoff(notice.attempts, self.spread(notice.attempts))
        with self.store.begin(case.office.sla.code) as work:
            work.notices.mark_failed(notice.id, reason=reason, again_at=again_at)
            work.commit()
        result.failed += 1
        result.errors[notice.id] = reason

    def _dead(self, case: Case | OfficeCase, reason: str, result: Delivered) -> None:
        with self.store.begin(case.office.sla.code) as work:
            work.notices.mark_dead(case.notice.id, reason=reason)
            work.commit()
        result.dead += 1
        result.errors[case.notice.id] = reason

    def _give_back(self, office: Office, ids: Sequence[int]) -> None:
        with self.store.begin(office.sla.code) as work:
            work.notices.give_back(ids)
            work.commit()


def _case(notice: Notice, work: UnitOfWork, office: Office) -> Case:
    merged = work.notices.covered([notice.code]).get((notice.code, notice.step, notice.recipient), [])
    return Case(
        notice=notice,
        stored=work.dossiers.load([notice.code])[notice.code],
        clock=work.clocks.load([notice.code]).get(notice.code),
        merged=tuple(merged),
        office=office,
    )


def release_claims(store: Store) -> None:
    """Plan again what the only worker held when it died, sooner than its claims would end by themselves."""
    for office in store.offices():
        with store.begin(office) as work:
            work.notices.release_claims()
            work.commit()


def backoff(attempt: int, spread: float) -> timedelta:
    """Return how long to wait after the n-th attempt (from 1): 30 s doubled each time, up to half more.

    The eighth and last attempt comes about an hour after the first.
    """
    return timedelta(seconds=30 * 2 ** (attempt - 1) * (1 + spread / 2))

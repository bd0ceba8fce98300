"""Delivering: claim, write the letter, hand it over, mark; each letter by itself, so that one fails alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from config.errors import ConfigError
from domain.deadline import in_words
from domain.errors import DomainError
from workers.notify.channel import PermanentDeliveryError, TransientDeliveryError
from workers.notify.compose import compose
from workers.notify.view import NoticeView
from workers.use_cases.office import load_office
from workers.use_cases.standing import deadline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from domain.deadline import Deadline
    from domain.dossier import Dossier
    from domain.ladder import Rung
    from domain.routing import Person
    from workers.notify.channel import Channel, Letter
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office

MOST_ATTEMPTS: Final = 8
_LATE: Final = timedelta(hours=12)
"""A notice claimed longer after its rung than this (an outage, a late list) says so in its mail."""


@dataclass(slots=True, kw_only=True)
class Delivered:
    """Count how a batch went; `errors` maps notice ids to reasons (ids and reasons only, no addresses)."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    errors: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Hold a claimed notice with its dossier, its clock (None once closed) and the rungs it also tells."""

    notice: Notice
    stored: Stored
    clock: Clock | None
    merged: tuple[str, ...]
    office: Office


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

    def _claim(self, office: Office, notice_id: int) -> Case | None:
        now = self.clock()
        with self.store.begin(office.sla.code) as work:
            notice = work.notices.claim_for_sending(notice_id, now=now, until=now + self.claim)
            if notice is None:
                return None
            merged = work.notices.covered([notice.code]).get((notice.code, notice.recipient), [])
            case = Case(
                notice=notice,
                stored=work.dossiers.load([notice.code])[notice.code],
                clock=work.clocks.load([notice.code]).get(notice.code),
                merged=tuple(merged),
                office=office,
            )
            work.commit()
        return case

    def _one(self, case: Case, result: Delivered) -> None:
        notice, office = case.notice, case.office
        message_id = f"<{notice.id}.{int(notice.created_at.timestamp())}.{office.sla.code}@dunghan>"
        if notice.attempts > MOST_ATTEMPTS:
            self._dead(case, f"given up: {MOST_ATTEMPTS} senders did not come back", result)
            return
        try:
            self.channel.send(self._letter(case, message_id))
        except (PermanentDeliveryError, DomainError, LookupError) as error:
            self._dead(case, str(error), result)
        except (TransientDeliveryError, ConfigError) as error:
            self._failed(case, str(error), result)  # a template is mended, a server comes back
        except Exception as error:  # noqa: BLE001 - whatever one letter raises is that letter's, not its neighbours'
            self._failed(case, f"{type(error).__name__}: {error}", result)
        else:
            with self.store.begin(office.sla.code) as work:
                work.notices.mark_sent(notice.id, at=self.clock(), message_id=message_id)
                work.commit()
            result.sent += 1

    def _letter(self, case: Case, message_id: str) -> Letter:
        person = _person(case.notice, case.office)
        view = view_of(case, now=self.clock())
        return compose(view, person.email, self.sender, message_id, self.templates)

    def _failed(self, case: Case, reason: str, result: Delivered) -> None:
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

    def _dead(self, case: Case, reason: str, result: Delivered) -> None:
        with self.store.begin(case.office.sla.code) as work:
            work.notices.mark_dead(case.notice.id, reason=reason)
            work.commit()
        result.dead += 1
        result.errors[case.notice.id] = reason

    def _give_back(self, office: Office, ids: Sequence[int]) -> None:
        with self.store.begin(office.sla.code) as work:
            work.notices.give_back(ids)
            work.commit()


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


def view_of(case: Case, *, now: datetime) -> NoticeView:
    """Return what the letter of a notice says, in the office's zone."""
    notice, dossier, office = case.notice, case.stored.dossier, case.office
    procedure = office.procedure(dossier.procedure, dossier.procedure_version, case.stored.sla_version)
    deadline = deadline_of(case.stored, office, case.clock)
    if deadline is None:
        raise LookupError(f"dossier {dossier.code} has no due date to write about")
    rung, calendar = _rung(notice, office.ladder(procedure)), office.calendar
    unit = office.sla.lines.units.get(dossier.unit)
    # A rung's own subject is true on its day; a mail that goes out on a later one says how it stands then.
    on_its_day = calendar.local(now).date() == calendar.local(notice.planned_at).date()
    return NoticeView(
        code=dossier.code,
        procedure_name=procedure.name,
        unit_name=unit.name if unit else dossier.unit,
        role_title=office.sla.role_titles.get(notice.role, notice.role),
        kind=rung.kind,
        rung=notice.rung,
        level=notice.level,
        accepted=_accepted(dossier, office),
        due_on=deadline.due_on,
        appointment=calendar.local(deadline.appointment_at),
        promised=_promised(dossier, deadline, office),
        words=in_words(deadline, calendar, now=now),
        sla_version=notice.sla_version,
        office_name=office.sla.name,
        template=rung.template,
        subject=rung.subject if on_its_day else "",
        merged=case.merged,
        delayed=notice.created_at - notice.planned_at > _LATE,
        apology_by=_apology_by(rung, deadline, office, now),
        provisional=deadline.provisional,
    )


def _accepted(dossier: Dossier, office: Office) -> date:
    # Midnight sharp is how a list that gives only the day of receipt comes in.
    local = office.calendar.local(dossier.accepted_at)
    return local.date() if local.time() == time() else local


def _promised(dossier: Dossier, deadline: Deadline, office: Office) -> date | None:
    """Return the day on the citizen's slip where it is another than the due day: somebody comes in vain."""
    if dossier.promised_at is None:
        return None
    day = office.calendar.local(datetime.fromisoformat(dossier.promised_at.removesuffix("/day"))).date()
    return day if day != deadline.due_on else None


def _apology_by(rung: Rung, deadline: Deadline, office: Office, now: datetime) -> datetime | None:
    # Decree 61/2018 art. 19.9: at latest the end of the working day before the due day (DOMAIN decision 5).
    if rung.kind == "escalation" or not deadline.in_days:
        return None
    day = office.calendar.add_days(deadline.due_on, -1)
    last = office.calendar.local(office.calendar.closing_of(day))
    return last if now <= last else None


def _person(notice: Notice, office: Office) -> Person:
    for person in office.sla.lines.people:
        if person.code == notice.recipient:
            return person
    raise LookupError(f"{notice.recipient} is not among the people of configuration {office.version}")


def _rung(notice: Notice, ladder: Sequence[Rung]) -> Rung:
    for rung in ladder:
        if rung.code == notice.rung:
            return rung
    raise LookupError(f"the ladder of configuration has no rung {notice.rung!r} any more")

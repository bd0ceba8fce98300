"""Recording one reported event: checked, recorded once, or refused with a reason that is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from domain.errors import DomainError, HistoryError
from domain.event import Event
from domain.history import apply
from domain.lawful import Circumstances, weigh
from workers.store.dialect import ConflictError
from workers.use_cases.codes import GivenCodes, Slip, meant_by, slips_around
from workers.use_cases.doors import keep_refused
from workers.use_cases.messages import MessageError, read_message
from workers.use_cases.office import active_office, bond_of
from workers.use_cases.recording import Recorder, record
from workers.use_cases.resolving import acceptances, find_step, resolved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.messages import Message
    from workers.use_cases.office import Office
    from workers.use_cases.recording import Change


_TRIES: Final = 2


def record_event(
    store: Store,
    office_code: object,
    payload: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
    by_hand: bool = False,
) -> DomainError | None:
    """Record one reported event, or keep it among the dead letters with its reason, which is returned.

    The code of a slip means every open component of it. `by_hand`: a person reports it and answers by name
    (`forced_by`) for what is dated back behind a due date. The same key twice changes nothing and returns
    None. Nothing reported is ever lost in silence, whatever its message calls the office.
    """
    try:
        message = read_message(payload)
        _take_again(message, store, office_code, actor=actor, now=now, by_hand=by_hand)
    except LookupError as error:  # the configuration in force has lost what this dossier is bound to
        refused = MessageError(str(error))
        keep_refused(store, office_code, payload, refused, now=now)
        return refused
    except DomainError as error:
        keep_refused(store, office_code, payload, error, now=now)
        return error
    return None


def _take_again(
    message: Message, store: Store, office_code: object, *, actor: str, now: datetime, by_hand: bool
) -> None:
    for _ in range(_TRIES):
        try:
            _take(message, store, office_code, actor=actor, now=now, by_hand=by_hand)
        except ConflictError:
            # Somebody accepted this dossier at the same moment: look again, it is known now.
            continue
        return
    raise HistoryError("written_meanwhile", code=message.code)


def _take(
    message: Message, store: Store, office_code: object, *, actor: str, now: datetime, by_hand: bool
) -> None:
    if not isinstance(office_code, str) or office_code not in store.offices():
        known = ", ".join(store.offices()) or "none"
        raise MessageError(f"office: found {office_code!r}, expected one of: {known}")
    with store.begin(office_code) as work:
        taken = work.journal.take_key(message.key, message.digest, now=now)
        if taken == "new":
            _record(message, work, actor=actor, now=now, by_hand=by_hand)
            work.commit()
        elif taken == "other":
            raise MessageError(f"key: {message.key!r} was used before for another message")


def _record(message: Message, work: UnitOfWork, *, actor: str, now: datetime, by_hand: bool) -> None:
    """Record what a message says of a dossier, or of every open component of the slip it names."""
    office = active_office(work)
    known = meant_by(message.code, work, lock=True)
    clocks = work.clocks.load(list(known), lock=True)
    desk = _Desk(Recorder(office=office, actor=actor, now=now), now, by_hand)
    found = _opened(message, office, known, work) if message.kind == "accepted" else None
    # In the order of the codes, like a list: two writers then wait for each other, never in a circle.
    reports = sorted(_reports(message, office, known) if found is None else found, key=itemgetter(0))
    record([desk.change(code, event, known.get(code), clocks.get(code)) for code, event in reports], work)


def _opened(
    message: Message, office: Office, known: Mapping[str, Stored], work: UnitOfWork
) -> list[tuple[str, Event]]:
    """Return the dossiers an acceptance opens; a code that is given already raises HistoryError."""
    for stored in known.values():  # as a dossier or as a slip
        raise HistoryError("accepted_twice", code=message.code, at=stored.dossier.accepted_at)
    opened = list(acceptances(message, office))
    codes = [code for code, _ in opened]
    given = GivenCodes(work.dossiers.digests(codes), slips_around([message.code], work))
    slip = Slip(message.code, tuple(codes)) if "bundle" in message.data else None
    for code in codes:
        given.give(code, slip)
    return opened


def _reports(message: Message, office: Office, known: Mapping[str, Stored]) -> list[tuple[str, Event]]:
    data = resolved(message, office)
    event = Event(kind=message.kind, occurred_at=message.occurred_at, data=data)
    return [(code, _with_step(event, office, known[code])) for code in _meant(message, known)]


def _with_step(event: Event, office: Office, stored: Stored) -> Event:
    if "step" not in event.data:
        return event
    step = find_step(office, office.terms(stored).procedure, event.data["step"])
    return replace(event, data={**event.data, "step": step})


def _meant(message: Message, known: Mapping[str, Stored]) -> list[str]:
    """Return the dossiers a message means: the one of its code, or the open components of its slip."""
    if message.code in known:
        return [message.code]
    if not known:
        raise HistoryError("unknown_dossier", code=message.code)
    running = [code for code, stored in known.items() if stored.dossier.is_open]
    return running or list(known)  # all closed: each says so itself


@dataclass(frozen=True, slots=True)
class _Desk:
    """Judge one event of one dossier after another, for one moment."""

    recorder: Recorder
    now: datetime
    by_hand: bool

    def change(self, code: str, event: Event, before: Stored | None, clock: Clock | None) -> Change:
        dossier = before.dossier if before else None
        event = weigh(event, dossier, self._around(code, event, before, clock))
        course = [(event, apply(dossier, event, code=code))]
        return self.recorder.prepare(course, before=before, clock=clock)

    def _around(self, code: str, event: Event, before: Stored | None, clock: Clock | None) -> Circumstances:
        office = self.recorder.office
        if before is None:
            bond, version = bond_of(apply(None, event, code=code)), office.version
            terms = office.terms_of(bond, accepted_under=version, counted_under=version)
            return Circumstances(terms=terms, now=self.now, by_hand=self.by_hand)
        return Circumstances(
            terms=office.terms(before),
            now=self.now,
            known=before.dossier,
            due_at=clock.due_at if clock else None,
            by_hand=self.by_hand,
        )

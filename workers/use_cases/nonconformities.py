"""Treating overdue dossiers: what is said of them is recorded, and what is still to be done listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.corrective_action import code_of
from domain.deadline import is_past
from domain.nonconformity import NonconformityError, Treatment, as_texts, from_texts, treatment_of
from workers.store.nonconformities import Said
from workers.use_cases.at_hand import action_of
from workers.use_cases.office import active_office

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from domain.nonconformity import State
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

_OPEN: tuple[State, ...] = ("overdue", "not_effective", "incomplete", "in_hand")


class Treated(NamedTuple):
    """Hold a dossier of which something was said: what holds, how far it is, when it was last said."""

    code: str
    treatment: Treatment
    state: State
    recorded_at: datetime


def record_treatment(
    store: Store, office_code: str, code: str, said: Treatment, *, actor: str, now: datetime
) -> Treatment:
    """Add what is said of an overdue dossier and return what holds then; all of it or nothing.

    Raises NonconformityError for a dossier there is not or that is not overdue, a role the office does not
    have, and whatever cannot be said.
    """
    with store.begin(office_code) as work:
        held = _record(work, active_office(work), code, said, actor=actor, now=now)
        work.commit()
    return held


def record_treatments(
    store: Store, office_code: str, said: Mapping[str, Treatment], *, actor: str, now: datetime
) -> int:
    """Add what is said of many overdue dossiers, all or nothing; return of how many it was new.

    Raises NonconformityError like `record_treatment`, for the first that cannot be said.
    """
    number = 0
    with store.begin(office_code) as work:
        office = active_office(work)
        for code in sorted(said):
            held = _held(work.nonconformities.of_dossiers([code]).get(code, ()))
            news = said[code].beyond(held)
            if news != Treatment():
                _record(work, office, code, news, actor=actor, now=now)
                number += 1
        work.commit()
    return number


def _record(
    work: UnitOfWork, office: Office, code: str, said: Treatment, *, actor: str, now: datetime
) -> Treatment:
    _check_overdue(work, code, now=now)
    _check_role(office, said)
    after = _held(work.nonconformities.of_dossiers([code]).get(code, ())).then(said)
    seq = work.nonconformities.next_seq(code)
    before = action_of(work, code)
    work.nonconformities.append(Said(code, seq, now, actor, as_texts(said)))
    if before is not None and before != action_of(work, code):
        work.notices.cancel_pending([code_of(code)])
    return after


def treatments(
    work: UnitOfWork, codes: Sequence[str], *, known: datetime | None = None
) -> Mapping[str, Treatment]:
    """Return what holds of dossiers, by what had been recorded at `known`; nothing said is left out."""
    return {code: _held(said) for code, said in work.nonconformities.of_dossiers(codes, known=known).items()}


def open_matters(work: UnitOfWork, *, today: date, known: datetime | None = None) -> list[Treated]:
    """Return what was begun and not yet checked to have helped, the most pressing first."""
    found = [each for each in _every(work, today, known) if each.state in _OPEN]
    return sorted(found, key=lambda each: (_OPEN.index(each.state), str(each.treatment.due_on), each.code))


def overdue_matters(work: UnitOfWork, *, today: date) -> int:
    """Return how many corrective actions are past their day, or were checked and did not help."""
    return sum(each.state in ("overdue", "not_effective") for each in _every(work, today, None))


def _every(work: UnitOfWork, today: date, known: datetime | None) -> Iterator[Treated]:
    for code, said in work.nonconformities.every(known=known):
        held = _held(said)
        yield Treated(code, held, held.state(today=today), said[-1].recorded_at)


def _held(said: Iterable[Said]) -> Treatment:
    return treatment_of(from_texts(each.data) for each in said)


def _check_overdue(work: UnitOfWork, code: str, *, now: datetime) -> None:
    stored = work.dossiers.load([code]).get(code)
    if stored is None:
        raise NonconformityError("no_such_dossier", code=code)
    clock = work.clocks.load([code]).get(code)
    overdue = clock is not None and clock.due_at is not None and is_past(clock.due_at, now=now)
    if stored.timing != "late" and not overdue:
        raise NonconformityError("not_overdue", code=code)


def _check_role(office: Office, said: Treatment) -> None:
    known = office.sla.role_titles
    if said.role is not None and said.role not in known:
        raise NonconformityError("unknown_role", found=said.role, known=", ".join(known))

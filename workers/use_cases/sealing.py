"""Sealing a report: what it said and of which dossiers is kept; a correction is a seal of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from domain.errors import SealError
from domain.on_time_rate import DEFINITIONS, rates
from domain.seal import DEFINITION, counts_in, figures_of
from workers.use_cases.form_06a import fill_06a
from workers.use_cases.seal_question import Question, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from workers.store.seals import Seal
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

SEALED: Final = "seals"
"""The sign of life that remembers the last seal, so that one taken away is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Hold who seals, why, when (an aware instant) and with which version of the program."""

    author: str
    reason: str
    at: datetime
    program: str


def end_of_record(store: Store, office_code: str) -> int:
    """Return the id of the last event, behind which nothing recorded until now will come.

    Raises SealError while somebody is recording.
    """
    with store.begin(office_code) as work:
        last_id = work.events.last_id()
    if last_id is None:
        raise SealError("events_under_way")
    return last_id


def check_new(store: Store, office: Office, question: Question, reason: str) -> None:
    """Raise SealError where a report may not be sealed: before anything is counted or written."""
    _check_reason(reason)
    with store.read(office.sla.code) as work:
        _check_new(work, question)


def seal(store: Store, office: Office, question: Question, by: By) -> Seal:
    """Seal a report; raises SealError where it is sealed already, FiguresError where its figures disagree.

    What it counts by is `question`: `last_id` must be that of `end_of_record`.
    """
    _check_reason(by.reason)
    with store.read(office.sla.code) as work:
        _check_new(work, question)
        places = _counted(work, office, question)
    with store.begin(office.sla.code) as work:
        work.seals.hold()
        _check_new(work, question)
        return _append(work, _document(office, question, places, by), places, by)


def correct(store: Store, office: Office, number: int, by: By) -> Seal:
    """Seal the report of an earlier seal again, by what is recorded now; the new one names the earlier.

    Raises SealError for a number there is not, for one that was corrected before, and where nothing differs.
    """
    _check_reason(by.reason)
    last_id = end_of_record(store, office.sla.code)
    with store.read(office.sla.code) as work:
        question = _to_correct(work, number).known_by(by.at.astimezone(UTC), last_id)
        places = _counted(work, office, question)
        if places == dict(work.seals.places(number)):
            raise SealError("nothing_to_correct", number=number)
    with store.begin(office.sla.code) as work:
        work.seals.hold()
        _to_correct(work, number)
        document = _document(office, question, places, by) | {"corrects": number}
        return _append(work, document, places, by)


def corrected_by(seals: list[Seal]) -> dict[int, int]:
    """Return which seals were corrected by which."""
    return {one.document["corrects"]: one.number for one in seals if one.document["corrects"]}


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise SealError("no_reason")


def _check_new(work: UnitOfWork, question: Question) -> None:
    for one in reversed(work.seals.all()):
        if Question.of_json(one.document["question"]).key == question.key:
            raise SealError("sealed_before", number=one.number)


def _to_correct(work: UnitOfWork, number: int) -> Question:
    found = work.seals.find(number)
    if found is None:
        raise SealError("no_seal", number=number)
    later = corrected_by(work.seals.all()).get(number)
    if later is not None:
        raise SealError("corrected_before", number=number, by=later)
    return Question.of_json(found.document["question"])


def _counted(work: UnitOfWork, office: Office, question: Question) -> dict[str, str]:
    if question.form:
        fill_06a(work, office, question.frame, question.stands)  # its identities stop what does not agree
    return places_of(work, office, question)


def _append(work: UnitOfWork, document: Mapping[str, Any], places: Mapping[str, str], by: By) -> Seal:
    sealed = work.seals.append(document, places)
    work.journal.beat(SEALED, now=by.at, number=sealed.number, hash=sealed.hash)
    work.commit()
    return sealed


def _document(office: Office, question: Question, places: Mapping[str, str], by: By) -> dict[str, Any]:
    figures = figures_of(places.values())
    found = rates(counts_in(figures))
    return {
        "schema": 1,
        "office": office.sla.code,
        "office_name": office.sla.name,
        "corrects": None,
        "question": question.as_json(),
        "figures": figures,
        "rates": [[one.name, one.numerator, one.denominator] for one in found],
        "definitions": {
            "rates": {name: vi for name, (vi, _) in DEFINITIONS.items()},
            "stands": list(question.stands.words()) if question.form else [],
        },
        "versions": {
            "program": by.program,
            "definition": DEFINITION,
            "sla": office.version,
            "sla_digest": office.sla.digest,
        },
        "sealed_at": by.at.astimezone(UTC).isoformat(),
        "author": by.author,
        "reason": by.reason.strip(),
    }

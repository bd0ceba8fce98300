"""Absences of people: whose, from when to when, and that standing in for each other ends with somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from config.said import Said, as_is, say
from domain.absence import Absence, circle_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config.sla_office_models import AbsenceModel, PeopleFile
    from config.sla_source import Draft

Known = dict[str, tuple[Absence, ...]]


class _Fault(NamedTuple):
    key: str
    found: Said
    expected: Said


def read_absences(people: Draft[PeopleFile]) -> Known:
    """Return the absences of everybody by code; what does not agree is noted.

    One that does not is left out even of a configuration that is recorded: it would mean nothing.
    """
    found: Known = {}
    for index, model in enumerate(_models(people)):
        before = found.get(model.person, ())
        if _is_known(people, index, model) and _is_sound(people, index, model, before):
            found[model.person] = (*before, _absence(model))
    _check_circles(people, found)
    return found


def _models(people: Draft[PeopleFile]) -> Sequence[AbsenceModel]:
    return people.model.absences if people.model else []


def _absence(model: AbsenceModel) -> Absence:
    return Absence(first=model.first, last=model.last, substitute=model.substitute)


def _is_known(people: Draft[PeopleFile], index: int, model: AbsenceModel) -> bool:
    codes = [person.code for person in people.model.people] if people.model else []
    named = [("person", model.person), ("substitute", model.substitute)]
    asked = [
        people.must_know(("absences", index, key), "person", code, codes)
        for key, code in named
        if code is not None
    ]
    return all(asked)


def _is_sound(people: Draft[PeopleFile], index: int, model: AbsenceModel, before: Sequence[Absence]) -> bool:
    faults = list(_faults(model, before))
    for fault in faults:
        people.refuse(("absences", index, fault.key), found=fault.found, expected=fault.expected)
    return not faults


def _faults(model: AbsenceModel, before: Sequence[Absence]) -> Iterator[_Fault]:
    mine = _absence(model)
    if model.last < model.first:
        yield _Fault("to", as_is(str(model.last)), say("absence_last_day", first=model.first))
    if model.substitute == model.person:
        found = say("own_substitute", person=model.person)
        yield _Fault("substitute", found, say("another_substitute"))
    for other in before:
        if other.overlaps(mine):
            found = say("absent_twice", person=model.person, first=other.first, last=other.last)
            yield _Fault("from", found, say("absences_apart"))


def _check_circles(people: Draft[PeopleFile], known: Known) -> None:
    for index, model in enumerate(_models(people)):
        absence = _absence(model)
        circle = circle_of(model.person, absence, known) if absence in known.get(model.person, ()) else ()
        if circle:
            people.refuse(
                ("absences", index, "substitute"),
                found=say("substitutes_in_circle", people=" → ".join(circle)),
                expected=say("substitute_at_work"),
            )

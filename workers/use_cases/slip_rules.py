"""What a slip is held against: the limit, calendar and rules that bind each dossier since its acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.calendar_variants import Variants
from domain.miscounts import OtherLimit
from domain.time_limit import Unit
from workers.use_cases.calc_due import limit_in_words
from workers.use_cases.office import bond_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.procedure import ProcedureVersion
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.dossiers import Stored
    from workers.use_cases.office import Bond, Office

Words = tuple[str, str]


class Binding(NamedTuple):
    """Hold what binds a dossier; `others` are the limits its slip may have been printed by instead."""

    procedure: ProcedureVersion
    limit: TimeLimit
    calendar: WorkingCalendar
    others: tuple[OtherLimit, ...]


class Bindings:
    """Find what binds each dossier, once for all that share it: an old version is asked of the store."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._found: dict[tuple[Bond, int], Binding] = {}
        self._calendars: list[WorkingCalendar] = [office.calendar]
        self._variants: dict[int, Variants] = {}

    def of(self, stored: Stored) -> Binding:
        """Return what binds a dossier; LookupError or LimitError when its configuration has lost it."""
        dossier, version = stored.dossier, stored.sla_version
        key = (bond_of(dossier), version)
        if key not in self._found:
            terms = self.office.terms_of(key[0], accepted_under=version, counted_under=version)
            others = tuple(_others(terms.procedure, terms.limit, self.office))
            calendar = self.one_of(terms.calendar)
            self._found[key] = Binding(terms.procedure, terms.limit, calendar, others)
        return self._found[key]

    def one_of(self, calendar: WorkingCalendar) -> WorkingCalendar:
        """Return the calendar known already that equals one, or that one: versions share what they can."""
        for known in self._calendars:
            if known is calendar or _same(known, calendar):
                return known
        self._calendars.append(calendar)
        return calendar

    def variants(self, calendar: WorkingCalendar) -> Variants:
        """Return the variants of a calendar, with the tables they have built so far."""
        if id(calendar) not in self._variants:  # its calendar is held above, so no other one gets its id
            self._variants[id(calendar)] = Variants(calendar)
        return self._variants[id(calendar)]


def _same(one: WorkingCalendar, two: WorkingCalendar) -> bool:
    return (one.zone, list(one.weeks), one.special) == (two.zone, list(two.weeks), two.special)


def _others(procedure: ProcedureVersion, limit: TimeLimit, office: Office) -> Iterator[OtherLimit]:
    seen = {limit}
    for other, (vi, en), since in _limits_beside(procedure, office):
        if other not in seen and other.unit is not Unit.NONE:
            seen.add(other)
            amounts = (limit_in_words(other, "vi"), limit_in_words(other, "en"))
            yield OtherLimit(limit=other, words=(f"{vi}, {amounts[0]}", f"{en}, {amounts[1]}"), since=since)


def _limits_beside(
    procedure: ProcedureVersion, office: Office
) -> Iterator[tuple[TimeLimit, Words, date | None]]:
    yield procedure.limit, ("thời hạn chung", "the ordinary limit"), None
    for case in procedure.cases:
        yield procedure.limit_for(case.code), (f"trường hợp “{case.label}”", f"the case “{case.label}”"), None
    for version in office.sla.procedures.get(procedure.code, ()):
        if version.version != procedure.version:
            since = version.in_force_from
            words = (f"bản có hiệu lực từ {since:%d/%m/%Y}", f"the version in force from {since:%d/%m/%Y}")
            for other in (version.limit, *(version.limit_for(case.code) for case in version.cases)):
                yield other, words, since

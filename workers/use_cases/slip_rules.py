"""What a slip is held against: the limit, calendar and rules that bind each dossier since its acceptance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.calendar_variants import Variants
from domain.miscounts import OtherLimit
from domain.time_limit import Unit
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.procedure import ProcedureVersion
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.dossiers import Stored
    from workers.use_cases.office import Office

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
        self._found: dict[tuple[str | int | None, ...], Binding] = {}
        self._calendars: dict[int, WorkingCalendar] = {office.version: office.calendar}
        self._variants: dict[int, Variants] = {}

    def of(self, stored: Stored) -> Binding:
        """Return what binds a dossier; LookupError or LimitError when its configuration has lost it."""
        dossier, version = stored.dossier, stored.sla_version
        key = (dossier.procedure, dossier.procedure_version, dossier.limit_case, dossier.channel, version)
        if key not in self._found:
            procedure = self.office.procedure(dossier.procedure, dossier.procedure_version, version)
            limit = procedure.limit_for(dossier.limit_case, dossier.channel)
            others = tuple(_others(procedure, limit, self.office))
            self._found[key] = Binding(procedure, limit, self.calendar(version), others)
        return self._found[key]

    def calendar(self, version: int) -> WorkingCalendar:
        """Return the calendar of a version of the configuration; equal ones are one and the same."""
        if version not in self._calendars:
            found = self.office.earlier(version).calendar
            equal = (known for known in self._calendars.values() if _same(known, found))
            self._calendars[version] = next(equal, found)
        return self._calendars[version]

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
        yield case.limit, (f"trường hợp “{case.label}”", f"the case “{case.label}”"), None
    for version in office.sla.procedures.get(procedure.code, ()):
        if version.version != procedure.version:
            since = version.in_force_from
            words = (f"bản có hiệu lực từ {since:%d/%m/%Y}", f"the version in force from {since:%d/%m/%Y}")
            for other in (version.limit, *(case.limit for case in version.cases)):
                yield other, words, since

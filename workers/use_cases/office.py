"""The office a piece of work is done for: its configuration in one version, from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from config.sla import parse
from config.sla_source import digest_of
from domain.procedure import version_on
from domain.terms import Terms
from workers.store.versions import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from config.sla import Sla
    from domain.bundle import Bundle
    from domain.dossier import Dossier
    from domain.ladder import Rung
    from domain.procedure import ProcedureVersion
    from domain.routing import Person
    from domain.time_limit import TimeLimit
    from domain.working_calendar import WorkingCalendar
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork

_MOST_TERMS: Final = 5_000
_MOST_OF_PROCESS: Final = 16
_MOST_OF_OFFICE: Final = 128
Key = TypeVar("Key", int, str)


class Bond(NamedTuple):
    """Hold what the terms of a dossier follow from; the last two matter to a component of a bundle only."""

    procedure: str
    procedure_version: str
    limit_case: str | None
    channel: str | None
    bundle_rule: str | None = None
    commune: str | None = None
    accepted_at: datetime | None = None


def bond_of(dossier: Dossier) -> Bond:
    """Return what a dossier is bound to."""
    bond = (dossier.procedure, dossier.procedure_version, dossier.limit_case, dossier.channel)
    if dossier.bundle_rule is None:
        return Bond(*bond)
    return Bond(*bond, dossier.bundle_rule, dossier.commune, dossier.accepted_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Pair a configuration with the number of its version; every decision says which number made it.

    `followed` is the last version that every open dossier had followed: the same, or an earlier one while
    those whose due date moves are still being counted anew.
    """

    sla: Sla
    version: int
    earlier: Callable[[int], Sla]
    followed: int = 0
    _terms: dict[tuple[Bond, int, int], Terms] = field(default_factory=dict, init=False, repr=False)
    # A version never changes, so its number is asked for once.
    _earlier: dict[int, Sla] = field(default_factory=dict, init=False, repr=False)

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the office's own working calendar."""
        return self.sla.calendar

    def hours_of(self, person: Person) -> WorkingCalendar:
        """Return the calendar a person works by: that of the unit, where it keeps hours of its own."""
        return self.sla.unit_calendars.get(person.unit, self.sla.calendar)

    def under(self, version: int) -> Office:
        """Return the office as it was under one of its configurations; an unknown one raises LookupError."""
        return self if version == self.version else replace(self, sla=self.at(version), version=version)

    def procedure(self, code: str, version: str, accepted_under: int) -> ProcedureVersion:
        """Return the procedure a dossier is bound to: as the configuration had it when it was accepted.

        A later configuration never changes the limit of an open dossier by itself (DOMAIN decision 6). Raises
        LookupError when that configuration has no such version.
        """
        sla = self.at(accepted_under)
        for candidate in sla.procedures.get(code, ()):
            if candidate.version == version:
                return candidate
        raise LookupError(f"procedure {code} has no version {version} in configuration {accepted_under}")

    def terms(self, stored: Stored) -> Terms:
        """Return what a dossier is counted by from now on; raises LookupError like `procedure`."""
        return self.terms_under(stored, self.version)

    def terms_dated(self, stored: Stored, clock: Clock | None) -> Terms:
        """Return what the due date of a dossier is read by: its old calendar until it has followed the new.

        Once all have followed, the calendar in force holds for what comes after the due date too.
        """
        under = self.version
        if clock is not None and self.followed < under:
            under = max(min(clock.derived_under, under), self.followed) or under
        return self.terms_under(stored, under)

    def terms_under(self, stored: Stored, counted_under: int) -> Terms:
        """Return what a dossier is counted by under the calendars of a version."""
        bond = self.bond(stored.dossier, stored.bound_under)
        return self.terms_of(bond, accepted_under=stored.terms_under, counted_under=counted_under)

    def bond(self, dossier: Dossier, bound_under: int | None) -> Bond:
        """Return what a dossier is bound to; under a later configuration, as if accepted under that one.

        Its day of acceptance then decides which version of the procedure binds it. Raises LookupError when
        that configuration has none.
        """
        bond = bond_of(dossier)
        if bound_under is None:
            return bond
        sla = self.at(bound_under)
        day = sla.calendar.local(dossier.accepted_at).date()
        found = version_on(sla.procedures.get(dossier.procedure, ()), day)
        if found is None:
            raise LookupError(f"configuration {bound_under} has no {dossier.procedure} in force on {day}")
        return bond._replace(procedure_version=found.version)

    def terms_of(self, bond: Bond, *, accepted_under: int, counted_under: int) -> Terms:
        """Return what a dossier is counted by: limits as it was accepted, calendars as they were later.

        Raises LookupError when a configuration does not have what the dossier is bound to.
        """
        key = (bond, accepted_under, counted_under)
        terms = self._terms.get(key)
        if terms is None:
            if len(self._terms) >= _MOST_TERMS:
                self._terms.clear()
            terms = self._terms[key] = self._made(bond, accepted_under, counted_under)
        return terms

    def _made(self, bond: Bond, accepted_under: int, counted_under: int) -> Terms:
        procedure = self.procedure(bond.procedure, bond.procedure_version, accepted_under)
        sla = self.at(counted_under)
        calendar = self._calendar(procedure, accepted_under, sla)
        limit = procedure.limit_for(bond.limit_case, bond.channel)
        if bond.bundle_rule is not None and bond.accepted_at is not None:
            bundle, limits = self._components(bond.bundle_rule, bond, accepted_under)
            limit = bundle.limit_of(limits, bond.accepted_at, calendar, procedure.rules)
        return Terms(
            procedure=procedure,
            limit=limit,
            calendar=calendar,
            version=counted_under,
            unit_calendars=sla.unit_calendars,
        )

    def _calendar(self, procedure: ProcedureVersion, accepted_under: int, sla: Sla) -> WorkingCalendar:
        try:
            return sla.calendar_of(procedure)
        except LookupError:  # gone since: the dossiers that were accepted on it are counted on it
            return self.at(accepted_under).calendar_of(procedure)

    def _components(self, rule: str, bond: Bond, accepted_under: int) -> tuple[Bundle, list[TimeLimit]]:
        sla = self.at(accepted_under)
        bundle, at = sla.bundles.get(rule), bond.accepted_at
        if bundle is None or at is None:
            raise LookupError(f"configuration {accepted_under} has no bundle {rule!r}")
        commune = sla.communes.get(bond.commune or "")
        remote, day = commune is not None and commune.remote, sla.calendar.local(at).date()
        versions = [version_on(sla.procedures.get(code, ()), day) for code in bundle.components]
        return bundle, [
            version.limit_for(version.case_for(None, bond.channel, remote=remote))
            for version in versions
            if version is not None
        ]

    def at(self, version: int) -> Sla:
        """Return the configuration of a version; LookupError for one there is not."""
        if version == self.version:
            return self.sla
        return _held(self._earlier, version, lambda: self.earlier(version), most=_MOST_OF_OFFICE)

    def ladder(self, procedure: ProcedureVersion) -> tuple[Rung, ...]:
        """Return the rungs in force for a procedure; of a ladder since renamed, those of the default one."""
        return self.sla.ladders.get(procedure.ladder) or self.sla.ladders["default"]

    def step_ladder(self, procedure: ProcedureVersion) -> tuple[Rung, ...]:
        """Return the rungs in force for the steps of a procedure; none where steps tell nobody."""
        return self.sla.ladders.get(procedure.step_ladder or "", ())


_parsed: dict[str, Sla] = {}


def _held(held: dict[Key, Sla], key: Key, make: Callable[[], Sla], *, most: int) -> Sla:
    """Return what is held under a key, else make it; beyond `most` the one not asked for longest goes."""
    found = held.pop(key, None)
    sla = held[key] = make() if found is None else found
    for oldest in list(held)[:-most]:
        held.pop(oldest, None)
    return sla


def active_office(work: UnitOfWork) -> Office:
    """Return the configuration in force, as the database has it: a broken file on disk never gets here.

    Raises LookupError in a database no configuration was ever recorded in.
    """
    version = work.versions.active()
    if version is None:
        raise LookupError(f"office {work.office} has no configuration yet; run: dunghan init or dunghan up")
    sla = _sla(work, version.number, version.digest)
    followed = version.number
    if version.redated_at is None:
        followed = work.versions.followed(before=version.number)
    return Office(
        sla=sla,
        version=version.number,
        followed=followed,
        earlier=lambda number: _earlier(work, number),
    )


def load_office(store: Store, office_code: str) -> Office:
    """Return the configuration in force for work that lasts longer than one transaction."""
    with store.read(office_code) as work:
        office = active_office(work)

    def earlier(number: int) -> Sla:
        with store.read(office_code) as work:
            return _earlier(work, number)

    return replace(office, earlier=earlier)


def _earlier(work: UnitOfWork, number: int) -> Sla:
    return _sla(work, number, work.versions.digest(number))


def _sla(work: UnitOfWork, number: int, digest: str) -> Sla:
    def make() -> Sla:
        return parse(work.versions.files(number), recorded=True)

    return _held(_parsed, digest, make, most=_MOST_OF_PROCESS)


def office_under(store: Store, files: Mapping[str, str]) -> Office | None:
    """Return the office whose configuration in force these very files are; None where they are new.

    Nothing is judged: what is in force may have been recorded before some check was added.
    """
    digest = digest_of(files)
    for code in store.offices():
        with store.read(code) as work:
            active = work.versions.active()
        if active is not None and active.digest == digest:
            return load_office(store, code)
    return None


def record_configuration(
    store: Store, files: Mapping[str, str], *, author: str, reason: str, now: datetime
) -> tuple[Sla, int | None]:
    """Record the configuration of a folder as a version if it differs from the one in force.

    It is checked first: with any error nothing is recorded and ConfigError names every one. Dossiers accepted
    earlier keep what they were accepted under. Returns the configuration and the number of the version, if a
    new one was made.
    """
    sla = parse(files)
    with store.begin(sla.code) as work:
        work.versions.hold(alone=True)
        active = work.versions.active()
        if active is not None and active.digest == sla.digest:
            return sla, None
        number = work.versions.append(sla.files, sla.digest, Said(author=author, reason=reason), now=now)
        work.commit()
    return sla, number


def record_first(
    store: Store, files: Mapping[str, str], *, author: str, reason: str, now: datetime
) -> tuple[Sla, int | None]:
    """Record the configuration of a folder if its office has none yet; a later one is left as it is.

    Raises ConfigError like `record_configuration`.
    """
    sla = parse(files)
    with store.read(sla.code) as work:
        if work.versions.active() is not None:
            return sla, None
    return record_configuration(store, files, author=author, reason=reason, now=now)

"""The office a piece of work is done for: its configuration in one version, from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from config.sla import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from config.sla import Sla
    from domain.ladder import Rung
    from domain.procedure import ProcedureVersion
    from domain.working_calendar import WorkingCalendar
    from workers.store.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Pair a configuration with the number of its version; every decision says which number made it."""

    sla: Sla
    version: int
    earlier: Callable[[int], Sla]

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the office's own working calendar."""
        return self.sla.calendar

    def procedure(self, code: str, version: str, accepted_under: int) -> ProcedureVersion:
        """Return the procedure a dossier is bound to: as the configuration had it when it was accepted.

        A later configuration never changes the limit of an open dossier by itself (DOMAIN decision 6). Raises
        LookupError when that configuration has no such version.
        """
        sla = self.sla if accepted_under == self.version else self.earlier(accepted_under)
        for candidate in sla.procedures.get(code, ()):
            if candidate.version == version:
                return candidate
        raise LookupError(f"procedure {code} has no version {version} in configuration {accepted_under}")

    def ladder(self, procedure: ProcedureVersion) -> tuple[Rung, ...]:
        """Return the rungs in force for a procedure; of a ladder since renamed, those of the default one."""
        return self.sla.ladders.get(procedure.ladder) or self.sla.ladders["default"]


_parsed: dict[str, Sla] = {}
_KEPT: Final = 16


def active_office(work: UnitOfWork) -> Office:
    """Return the configuration in force, as the database has it: a broken file on disk never gets here.

    Raises LookupError in a database no configuration was ever recorded in.
    """
    version = work.versions.active()
    if version is None:
        raise LookupError(f"office {work.office} has no configuration yet; run: dunghan init or dunghan up")
    sla = _sla(work, version.number, version.digest)
    return Office(sla=sla, version=version.number, earlier=lambda number: _earlier(work, number))


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
    if digest not in _parsed:
        if len(_parsed) >= _KEPT:
            _parsed.clear()
        _parsed[digest] = parse(work.versions.files(number))
    return _parsed[digest]


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
        active = work.versions.active()
        if active is not None and active.digest == sla.digest:
            return sla, None
        number = work.versions.append(sla.files, sla.digest, author=author, reason=reason, now=now)
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

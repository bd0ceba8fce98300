"""Who uses a ladder: each limit of a procedure, bundle or step whose notices it plans, and the calendar."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from domain.errors import DomainError
from domain.procedure import version_on
from domain.terms import Terms
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from domain.week_hours import WeekHours
from domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from domain.bundle import Bundle
    from domain.procedure import ProcedureVersion
    from domain.rung_terms import Condition

_MORNING, _AFTERNOON = (8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600)
_ANY = TimeLimit(60, Unit.WORKING_DAYS)


class User(NamedTuple):
    """Hold a limit that a ladder stands beside: of a procedure, or of one of its steps."""

    procedure: str
    steps: tuple[str, ...]
    limit: TimeLimit
    rules: CountingRules
    calendar: WorkingCalendar

    def may_meet(self, condition: Condition | None) -> bool:
        """Say whether a dossier of this user can meet a condition; it may come to any unit, by any way."""
        return condition is None or (
            (not condition.procedures or self.procedure in condition.procedures)
            and (not condition.still_at or not set(condition.still_at).isdisjoint(self.steps))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """Hold what uses ladders; `complete`: every file of a procedure could be read."""

    procedures: Mapping[str, tuple[ProcedureVersion, ...]]
    bundles: Mapping[str, Bundle]
    calendars: Mapping[str, WorkingCalendar]
    unit_calendars: Mapping[str, WorkingCalendar]
    default_calendar: str
    zone: tzinfo
    complete: bool

    def of(self, ladder: str) -> Iterator[User]:
        """Yield every user of a ladder; of one that nobody names yet, a limit of sixty working days."""
        found = [user for version in self._versions() for user in self._of_version(version, ladder)]
        yield from found or [User("", (), _ANY, CIVIL_CODE, self._calendar(None))]

    def _versions(self) -> Iterator[ProcedureVersion]:
        for versions in self.procedures.values():
            yield from versions

    def _of_version(self, version: ProcedureVersion, ladder: str) -> Iterator[User]:
        calendar, steps = self._calendar(version.calendar), tuple(step.code for step in version.steps)
        limits = {limit: None for limit in self._limits(version, calendar) if limit.unit is not Unit.NONE}
        if version.ladder == ladder:
            for limit in limits:
                yield User(version.code, steps, limit, version.rules, calendar)
        if version.step_ladder == ladder:
            for limit in limits:
                terms = Terms(procedure=version, limit=limit, calendar=calendar)
                for step in version.steps:
                    planned = terms.step_limit(step)
                    if planned is not None:
                        own = self.unit_calendars.get(step.unit, calendar)
                        yield User(version.code, (step.code,), planned, version.rules, own)

    def _limits(self, version: ProcedureVersion, calendar: WorkingCalendar) -> Iterator[TimeLimit]:
        yield version.limit
        codes = [case.code for case in version.cases]
        added = [case.code for case in version.cases if case.add is not None]
        for code in (*codes, *(f"{one}+{two}" for one in codes for two in added if one != two)):
            with suppress(DomainError):  # noted where the cases are checked
                yield version.limit_for(code)
        for bundle in self.bundles.values():
            if version.code in bundle.components:
                yield from self._of_bundle(bundle, calendar, version.rules)

    def _of_bundle(
        self, bundle: Bundle, calendar: WorkingCalendar, rules: CountingRules
    ) -> Iterator[TimeLimit]:
        day = bundle.in_force_from
        versions = [version_on(self.procedures.get(code, ()), day) for code in bundle.components]
        limits = [version.limit for version in versions if version is not None]
        with suppress(DomainError, ValueError):  # noted where the bundles are checked
            yield bundle.limit_of(limits, calendar.opening_of(day), calendar, rules)

    def _calendar(self, code: str | None) -> WorkingCalendar:
        found = self.calendars.get(code or self.default_calendar)
        if found is not None:
            return found
        # The calendar has faults of its own: what does not depend on it is still found.
        week = (*((_MORNING, _AFTERNOON),) * 5, (), ())
        return WorkingCalendar(zone=self.zone, weeks=[WeekHours(windows=week)], special={})

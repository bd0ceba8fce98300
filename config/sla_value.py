"""The configuration that ops edit, as one frozen value: office, calendars, procedures, ladders, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from config.columns import fold
from config.errors import Problem
from domain.procedure import version_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from config.columns import ColumnMapping
    from config.sla_bundles import Bundle, Target
    from domain.ladder import Rung
    from domain.procedure import ProcedureVersion
    from domain.routing import Lines
    from domain.working_calendar import WorkingCalendar

_WARN_DAYS: Final = 60


@dataclass(frozen=True, kw_only=True, eq=False)
class Sla:
    """Hold everything the office has laid down.

    `procedures`, `bundles`, `ladders`, `targets` and `calendars` are by code. `files` are the raw texts the
    value was read from, `digest` their sha256: two values with one digest are the same configuration.
    """

    code: str
    name: str
    agency: str
    zone: ZoneInfo
    default_calendar: str
    calendars: Mapping[str, WorkingCalendar]
    procedures: Mapping[str, tuple[ProcedureVersion, ...]]
    bundles: Mapping[str, Bundle]
    ladders: Mapping[str, tuple[Rung, ...]]
    lines: Lines
    role_titles: Mapping[str, str]
    targets: Mapping[str, Target]
    mappings: tuple[ColumnMapping, ...]
    files: Mapping[str, str]
    digest: str
    warnings: tuple[Problem, ...] = ()
    unit_spellings: Mapping[str, str] = field(default_factory=dict, repr=False)
    procedure_names: Mapping[str, tuple[ProcedureVersion, ...]] = field(default_factory=dict, repr=False)

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the office's own calendar."""
        return self.calendars[self.default_calendar]

    def unit_code(self, text: str) -> str | None:
        """Return the unit a text names by code, name or alias; capitals and extra spaces do not matter."""
        return self.unit_spellings.get(fold(text))

    def procedure_for(self, text: str, day: date) -> ProcedureVersion | None:
        """Return the version in force on a local day of the procedure a text names, by code or exact name.

        A name that two procedures bear on that day names neither.
        """
        versions = self.procedures.get(text.strip())
        if versions is not None:
            return version_on(versions, day)
        named = [entry for entry in self.procedure_names.get(fold(text), ()) if entry.in_force_on(day)]
        return named[0] if len(named) == 1 else None


def calendar_warnings(sla: Sla, *, today: date) -> tuple[Problem, ...]:
    """Warn of every calendar whose known days end within 60 days of the local day `today`."""
    warnings = []
    for code, calendar in sla.calendars.items():
        until = calendar.known_until
        if until is not None and (until - today).days < _WARN_DAYS:
            found = f"the calendar {code!r}, which ends on {until}"
            warnings.append(
                Problem(
                    file="calendar/",
                    found=found,
                    expected=f"the days off of {until.year + 1}",
                    advice="due dates beyond it are provisional",
                )
            )
    return tuple(warnings)

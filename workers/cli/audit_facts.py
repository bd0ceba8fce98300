"""What is shown of a slip that differs, on the screen, in a file and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.cli.screen import moment_text

if TYPE_CHECKING:
    from domain.slips import SlipDifference
    from domain.working_calendar import WorkingCalendar
    from workers.use_cases.office import Office


def slip_text(found: SlipDifference, calendar: WorkingCalendar) -> str:
    """Show what the slip says: the day, and the hour where the limit is in hours."""
    if found.lawful.in_days or found.slip.date_only:
        return f"{found.slip_on:%d/%m/%Y}"
    return moment_text(found.slip.at, calendar)


def lawful_text(found: SlipDifference, calendar: WorkingCalendar) -> str:
    """Show what the law says, in the form of the slip."""
    if found.lawful.in_days:
        return f"{found.lawful.due_on:%d/%m/%Y}"
    return moment_text(found.lawful.due_at, calendar)


def unit_name(code: str, office: Office) -> str:
    """Return the name of a unit; of one that is gone, its code."""
    unit = office.sla.lines.units.get(code)
    return unit.name if unit else code


def procedure_name(code: str, office: Office) -> str:
    """Return the name of a procedure in its latest version; of one that is gone, its code."""
    versions = office.sla.procedures.get(code)
    return versions[-1].name if versions else code

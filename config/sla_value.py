"""The configuration that ops edit, as one frozen value: office, calendars, procedures, ladders, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from config.columns import fold
from config.errors import Problem
from config.said import say
from config.sla_spellings import code_of, only_on
from domain.expiry import Ending, ending_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from config.columns import ColumnMapping
    from config.sla_scores import Scoring
    from config.sla_spellings import Spellings
    from config.sla_targets import Target
    from domain.bundle import Bundle
    from domain.form_06a import Stands
    from domain.ladder import Rung
    from domain.pack_days import Packs
    from domain.procedure import Commune, ProcedureVersion
    from domain.routing import Lines
    from domain.time_limit import CountingRules
    from domain.working_calendar import WorkingCalendar


@dataclass(frozen=True, kw_only=True, eq=False)
class Sla:
    """Hold everything the office has laid down.

    `place` stands before the date of a form, "" where none was laid down. Units, procedures, bundles,
    communes, ladders, targets and calendars are by code. `unit_calendars` has only the units that keep hours
    of their own; `day_lists` has the names of the calendars with days off of their own, which others may take
    over. `areas` are the names of the areas of reform. `templates` are the office's own mails, and whether
    each tells of "dossiers" or "steps". `second_person`: what one person changes another one has to approve.
    `counting` is how the office counts where no procedure says otherwise, `stands` how form II.06a counts
    what is disputed, `packs` when its audit packs are made (None: only when somebody asks), `scoring` what is
    laid down of scores. `files` are the raw texts the value was read from, `digest` their sha256: two values
    with one digest are the same configuration.
    """

    code: str
    name: str
    agency: str
    place: str
    zone: ZoneInfo
    default_calendar: str
    calendars: Mapping[str, WorkingCalendar]
    unit_calendars: Mapping[str, WorkingCalendar]
    day_lists: Mapping[str, str]
    counting: CountingRules
    stands: Stands
    second_person: bool
    procedures: Mapping[str, tuple[ProcedureVersion, ...]]
    bundles: Mapping[str, Bundle]
    communes: Mapping[str, Commune]
    areas: Mapping[str, str]
    ladders: Mapping[str, tuple[Rung, ...]]
    templates: Mapping[str, str]
    lines: Lines
    role_titles: Mapping[str, str]
    targets: Mapping[str, Target]
    packs: Packs | None
    scoring: Scoring
    mappings: tuple[ColumnMapping, ...]
    files: Mapping[str, str]
    digest: str
    spellings: Spellings = field(repr=False)
    warnings: tuple[Problem, ...] = ()

    @property
    def calendar(self) -> WorkingCalendar:
        """Return the office's own calendar."""
        return self.calendars[self.default_calendar]

    def calendar_of(self, procedure: ProcedureVersion) -> WorkingCalendar:
        """Return the calendar a procedure is counted on: its own, or the office's.

        Raises LookupError for a procedure of an older configuration whose calendar is no longer there: on
        another one its due dates would move in silence.
        """
        code = procedure.calendar or self.default_calendar
        if code not in self.calendars:
            raise LookupError(
                f"procedure {procedure.code} is counted on the calendar {code!r}, which is gone"
            )
        return self.calendars[code]

    def unit_code(self, text: str) -> str | None:
        """Return the unit a text names by code, name or alias; capitals and extra spaces do not matter."""
        return self.spellings.units.get(fold(text))

    def commune_code(self, text: str) -> str | None:
        """Return the commune a text names by code, name or alias."""
        return self.spellings.communes.get(fold(text))

    def area_code(self, text: str) -> str | None:
        """Return the area of reform a text names by code, name or alias."""
        return self.spellings.areas.get(fold(text))

    def procedure_for(self, text: str, day: date) -> ProcedureVersion | None:
        """Return the version in force on a local day of the procedure a text names, by code or exact name.

        A name that two procedures bear on that day names neither.
        """
        versions = self.procedures.get(text.strip())
        return only_on(self.spellings.procedures.get(fold(text), ()) if versions is None else versions, day)

    def bundle_for(self, text: str, day: date) -> Bundle | None:
        """Return the bundle a text names by code or exact name, if it is in force on a local day."""
        bundle = self.bundles.get(text.strip())
        return only_on(self.spellings.bundles.get(fold(text), ()) if bundle is None else (bundle,), day)

    def names_bundle(self, text: str) -> bool:
        """Say whether a text names a bundle, in force or not."""
        return text.strip() in self.bundles or fold(text) in self.spellings.bundles

    @staticmethod
    def step_code(procedure: ProcedureVersion, text: str) -> str | None:
        """Return the step of a version that a text names by code or name; a name of several names none."""
        return code_of(text, {step.code: step.name for step in procedure.steps})

    @staticmethod
    def case_code(procedure: ProcedureVersion, text: str) -> str | None:
        """Return the limit case of a version that a text names by code or label."""
        return code_of(text, {case.code: case.label for case in procedure.cases})


def endings(sla: Sla, *, today: date) -> tuple[Ending, ...]:
    """Return when the days off of the office run out, seen from the local day `today`, the soonest first.

    Calendars that take over the days of another one end with it and are not named.
    """
    found = [ending_of(sla.calendars[code], today=today) for code in sla.day_lists]
    return tuple(sorted((ending for ending in found if ending), key=lambda ending: ending.until))


def calendar_warnings(sla: Sla, *, today: date) -> tuple[Problem, ...]:
    """Warn of every calendar whose known days end within 60 days of the local day `today`."""
    return tuple(
        Problem(
            file="calendar/",
            found=say("calendar_ends", code=ending.calendar, until=ending.until),
            expected=say("days_off_of", year=ending.next_year),
            advice=say("provisional"),
        )
        for ending in endings(sla, today=today)
        if ending.is_near
    )

"""From the texts of all files to one checked `Sla`, or to every problem in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from config.columns import load_mapping
from config.errors import ConfigError, Problem
from config.said import say
from config.said_misfits import nearest
from config.sla_bundles import build_bundles
from config.sla_calendars import build_calendars
from config.sla_counting import read_counting
from config.sla_defaults import read_defaults
from config.sla_ladder_users import Users
from config.sla_ladders import build_ladders, own_templates
from config.sla_names import gather_names
from config.sla_office import build_communes, build_lines, build_unit_calendars, read_zone
from config.sla_procedures import build_procedures
from config.sla_schema import fit
from config.sla_scores import build_scoring
from config.sla_secrets import secrets_in
from config.sla_shapes import FOLDERS, INTAKE, NEEDED, SINGLE
from config.sla_source import Draft, Findings, digest_of, read_draft
from config.sla_spellings import Spellings, by_name, name_areas, name_communes, name_units
from config.sla_targets import build_packs, build_targets
from config.sla_value import Sla
from domain.form_06a import Stands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.columns import ColumnMapping
    from config.sla_office_models import OfficeFile


@lru_cache(maxsize=8)
def parse_files(items: tuple[tuple[str, str], ...], *, recorded: bool = False) -> Sla:
    """Make the configuration of sorted (path, text) pairs; raises ConfigError with every problem at once."""
    files, findings = dict(items), Findings(recorded=recorded)
    drafts = {name: _draft(name, text, findings) for name, text in items}
    if not recorded:
        findings.problems += secrets_in(files)
    for name in NEEDED:
        if name not in files:
            findings.problems.append(
                Problem(file=name, found=say("no_such_file"), expected=say("file_of_office"))
            )
    for name in FOLDERS:
        if not _under(drafts, name):
            findings.problems.append(
                Problem(file=f"{name}/", found=say("no_file"), expected=say("file_in", folder=name))
            )
    mappings = _mappings(drafts, findings)
    sla = _build(drafts, files, mappings, findings)
    if sla is None or findings.problems:
        raise findings.error()
    return sla


def _draft(name: str, text: str, findings: Findings) -> Draft[Any]:
    draft = read_draft(name, text, findings)
    folder, _, rest = name.partition("/")
    shape = SINGLE.get(name) or (FOLDERS.get(folder) if rest else None)
    if shape is not None:
        if draft.readable:
            fit(draft, shape)
    elif folder != INTAKE:
        places = [*SINGLE, *(f"{place}/{rest or name}" for place in (*FOLDERS, INTAKE))]
        findings.problems.append(
            Problem(
                file=name,
                found=say("file_unread"),
                expected=say("files_read", names=tuple(SINGLE), folders=(*FOLDERS, INTAKE)),
                advice=nearest(name, places),
            )
        )
    return draft


def _under(drafts: Mapping[str, Draft[Any]], folder: str) -> list[Draft[Any]]:
    return [draft for name, draft in drafts.items() if name.startswith(f"{folder}/")]


def _mappings(drafts: Mapping[str, Draft[Any]], findings: Findings) -> tuple[ColumnMapping, ...]:
    found = _under(drafts, INTAKE)
    if not found:
        findings.problems.append(
            Problem(file=f"{INTAKE}/", found=say("no_file"), expected=say("file_in", folder=INTAKE))
        )
    mappings = []
    for draft in found:
        if not draft.readable:
            continue
        try:
            mappings.append(load_mapping(draft.text, file=draft.file))
        except ConfigError as error:
            findings.problems += error.problems
    return tuple(mappings)


def _build(
    drafts: Mapping[str, Draft[Any]],
    files: Mapping[str, str],
    mappings: tuple[ColumnMapping, ...],
    findings: Findings,
) -> Sla | None:
    single = {name: drafts.get(name) or Draft(file=name, text="", findings=findings) for name in SINGLE}
    office = single["office.toml"]
    names, counting = gather_names(office, single["ladders.toml"]), read_counting(office)
    lines, zone = build_lines(office, single["people.toml"]), read_zone(office)
    calendars = build_calendars(office, _under(drafts, "calendar"), zone)
    procedure_drafts = _under(drafts, "procedures")
    procedures = build_procedures(
        procedure_drafts, names, read_defaults(single["defaults.toml"], names, counting)
    )
    default = office.model.calendar if office.model else ""
    complete = all(draft.model for draft in procedure_drafts) and all(procedures.values())
    bundles = build_bundles(
        single["bundles.toml"],
        procedures,
        lambda version: calendars.get(version.calendar or default),
        complete=complete,
    )
    communes, unit_calendars = build_communes(office), build_unit_calendars(office, calendars)
    users = Users(
        procedures=procedures,
        bundles=bundles,
        calendars=calendars,
        unit_calendars=unit_calendars,
        default_calendar=default,
        zone=zone,
        complete=complete,
    )
    ladders, targets = (
        build_ladders(single["ladders.toml"], names, users),
        build_targets(single["quality.toml"], names),
    )
    spellings = Spellings(
        units=name_units(office),
        communes=name_communes(office),
        areas=name_areas(office),
        procedures=by_name(version for versions in procedures.values() for version in versions),
        bundles=by_name(bundles.values()),
    )
    if office.model is None:
        return None
    return Sla(
        code=office.model.code,
        name=office.model.name,
        agency=office.model.agency,
        place=office.model.place or "",
        zone=zone,
        default_calendar=default,
        calendars=calendars,
        unit_calendars=unit_calendars,
        day_lists=_day_lists(office.model),
        counting=counting.rules,
        stands=Stands(**office.model.form_06a.model_dump()),
        second_person=office.model.approval == "second_person",
        procedures=procedures,
        bundles=bundles,
        communes=communes,
        areas={code: model.name for code, model in office.model.areas.items()},
        ladders=ladders,
        templates=own_templates(single["ladders.toml"]),
        lines=lines,
        role_titles={role.code: role.title for role in office.model.roles},
        targets=targets,
        packs=build_packs(single["quality.toml"]),
        scoring=build_scoring(single["scores.toml"]),
        mappings=mappings,
        files=files,
        digest=digest_of(files),
        warnings=tuple(sorted(set(findings.warnings), key=lambda p: (p.file, p.line, p.column))),
        spellings=spellings,
    )


def _day_lists(office: OfficeFile) -> dict[str, str]:
    return {code: model.name for code, model in office.calendars.items() if model.days_from is None}

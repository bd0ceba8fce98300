"""Procedures: every version with its limit cases and steps, checked against the office and each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from config.said import as_is, say
from config.sla_cases import check_cases, check_references, check_steps
from config.sla_defaults import LADDER, is_whole
from domain.procedure import LimitCase, ProcedureVersion, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.sla_defaults import Defaults
    from config.sla_names import Names
    from config.sla_rule_models import ProcedureFile, VersionModel
    from config.sla_source import Draft

Procedures = dict[str, tuple[ProcedureVersion, ...]]


def build_procedures(drafts: Iterable[Draft[ProcedureFile]], names: Names, defaults: Defaults) -> Procedures:
    """Build every procedure by its code, its versions in the order of their first day; faults are noted.

    What a procedure leaves out is taken from its field, its unit and the office.
    """
    procedures: Procedures = {}
    homes: dict[str, str] = {}
    for draft in drafts:
        if draft.model is None:
            continue
        code = draft.model.code
        if code in homes:
            found = say("procedure_twice", code=code, file=homes[code])
            draft.refuse(("code",), found=found, expected=say("one_file_each"))
            continue
        homes[code] = draft.file
        procedures[code] = _versions(draft, draft.model, names, defaults)
    return procedures


def _versions(
    draft: Draft[ProcedureFile], model: ProcedureFile, names: Names, defaults: Defaults
) -> tuple[ProcedureVersion, ...]:
    names.must_know_all(draft, (), model)
    whole = is_whole(draft, model, defaults, names)
    for index, version in enumerate(model.versions):
        _check_version(draft, index, version, names)
        if whole:
            _check_parts(draft, index, defaults.whole_version(version, ""))
    _check_overlaps(draft, model)
    ordered = sorted(model.versions, key=lambda version: version.valid_from) if whole else ()
    return tuple(_version(model, version, defaults) for version in ordered)


def _version(model: ProcedureFile, version: VersionModel, defaults: Defaults) -> ProcedureVersion:
    common = defaults.common(model, version)
    parts = defaults.whole_version(version, common.unit)
    return ProcedureVersion(
        code=model.code,
        name=version.name or model.name,
        field=common.field,
        unit=common.unit,
        limit=version.limit,
        legal_basis=version.legal_basis,
        in_force_from=version.valid_from,
        in_force_until=version.until,
        ladder=common.ladder or LADDER,
        step_ladder=common.step_ladder,
        calendar=common.calendar,
        verified=version.verified,
        rules=common.counting.rules,
        clock=common.counting.clock,
        cases=tuple(LimitCase(**dict(case)) for case in parts.cases),
        steps=tuple(Step(**dict(step)) for step in parts.steps),
    )


def _check_version(draft: Draft[ProcedureFile], index: int, version: VersionModel, names: Names) -> None:
    path = ("versions", index)
    names.must_know_all(draft, path, version)
    if version.until is not None and version.until < version.valid_from:
        expected = say("day_not_before", day=version.valid_from)
        draft.refuse((*path, "until"), found=as_is(str(version.until)), expected=expected)
    if version.verified != "yes":
        draft.warn(
            (*path, "verified"),
            found=say("value", value=version.verified),
            expected=say("yes_source"),
        )
    check_references(draft, path, version, names)


def _check_parts(draft: Draft[ProcedureFile], index: int, whole: VersionModel) -> None:
    check_cases(draft, ("versions", index), whole)
    check_steps(draft, ("versions", index), whole)


def _check_overlaps(draft: Draft[ProcedureFile], model: ProcedureFile) -> None:
    entries = sorted(enumerate(model.versions), key=lambda entry: entry[1].valid_from)
    for (_, earlier), (index, later) in pairwise(entries):
        if earlier.until is None or later.valid_from <= earlier.until:
            draft.refuse(
                ("versions", index, "from"),
                found=say("inside_version", day=later.valid_from, begin=earlier.valid_from),
                expected=say("day_after", day=earlier.until) if earlier.until else say("day_after_end"),
            )

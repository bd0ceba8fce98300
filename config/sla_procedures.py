"""Procedures: every version with its limit cases and steps, checked against the office and each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from config.columns import fold
from domain.procedure import LimitCase, ProcedureVersion, Step
from domain.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config.sla_names import Names
    from config.sla_rule_models import ProcedureFile, VersionModel
    from config.sla_source import Draft
    from domain.time_limit import CountingRules

Procedures = dict[str, tuple[ProcedureVersion, ...]]


def build_procedures(
    drafts: Iterable[Draft[ProcedureFile]], names: Names, rules: CountingRules
) -> Procedures:
    """Build every procedure by its code, its versions in the order of their first day; faults are noted."""
    procedures: Procedures = {}
    homes: dict[str, str] = {}
    for draft in drafts:
        if draft.model is None:
            continue
        code = draft.model.code
        if code in homes:
            found = f"the procedure {code!r}, which {homes[code]} has already"
            draft.refuse(("code",), found=found, expected="one file a procedure")
            continue
        homes[code] = draft.file
        procedures[code] = _versions(draft, draft.model, names, rules)
    return procedures


def names_of(procedures: Procedures) -> dict[str, tuple[ProcedureVersion, ...]]:
    """Map every folded name to the versions that bear it."""
    named: dict[str, tuple[ProcedureVersion, ...]] = {}
    for versions in procedures.values():
        for version in versions:
            named[fold(version.name)] = (*named.get(fold(version.name), ()), version)
    return named


def _versions(
    draft: Draft[ProcedureFile], model: ProcedureFile, names: Names, rules: CountingRules
) -> tuple[ProcedureVersion, ...]:
    names.must_know(draft, ("unit",), "unit", model.unit)
    names.must_know(draft, ("ladder",), "ladder", model.ladder)
    for index, version in enumerate(model.versions):
        _check_version(draft, index, version, names)
    _check_overlaps(draft, model)
    ordered = sorted(model.versions, key=lambda version: version.valid_from)
    return tuple(_version(model, version, rules) for version in ordered)


def _version(model: ProcedureFile, version: VersionModel, rules: CountingRules) -> ProcedureVersion:
    return ProcedureVersion(
        code=model.code,
        name=version.name or model.name,
        field=version.field or model.field,
        unit=version.unit or model.unit,
        limit=version.limit,
        legal_basis=version.legal_basis,
        in_force_from=version.valid_from,
        in_force_until=version.until,
        ladder=version.ladder or model.ladder,
        verified=version.verified,
        rules=rules,
        cases=tuple(LimitCase(**dict(case)) for case in version.cases),
        steps=tuple(Step(**dict(step)) for step in version.steps),
    )


def _check_version(draft: Draft[ProcedureFile], index: int, version: VersionModel, names: Names) -> None:
    path = ("versions", index)
    if version.unit is not None:
        names.must_know(draft, (*path, "unit"), "unit", version.unit)
    if version.ladder is not None:
        names.must_know(draft, (*path, "ladder"), "ladder", version.ladder)
    if version.until is not None and version.until < version.valid_from:
        expected = f"a day not before {version.valid_from}"
        draft.refuse((*path, "until"), found=str(version.until), expected=expected)
    if version.verified != "yes":
        draft.warn(
            (*path, "verified"),
            found=f"{version.verified!r}",
            expected="'yes': code, name and limit read in the source by a person",
        )
    _check_codes(draft, (*path, "cases"), [case.code for case in version.cases])
    _check_codes(draft, (*path, "steps"), [step.code for step in version.steps])
    for number, step in enumerate(version.steps):
        names.must_know(draft, (*path, "steps", number, "unit"), "unit", step.unit)
        names.must_know(draft, (*path, "steps", number, "role"), "role", step.role)
    _check_steps(draft, path, version)


def _check_codes(draft: Draft[ProcedureFile], path: tuple[str | int, ...], codes: Sequence[str]) -> None:
    for index, code in enumerate(codes):
        if code in codes[:index]:
            draft.refuse((*path, index, "code"), found=f"{code!r} a second time", expected="each code once")


def _check_steps(draft: Draft[ProcedureFile], path: tuple[str | int, ...], version: VersionModel) -> None:
    """Refuse steps that together take longer than the limit; other units than the limit's are not summed."""
    limits = [step.limit for step in version.steps if step.limit is not None]
    total = sum(limit.amount for limit in limits if limit.unit is version.limit.unit)
    if total > version.limit.amount:
        draft.refuse(
            (*path, "steps"),
            found=f"steps of {total} {version.limit.unit} together",
            expected=f"at most the limit of {version.limit.amount} {version.limit.unit}",
        )


def _check_overlaps(draft: Draft[ProcedureFile], model: ProcedureFile) -> None:
    entries = sorted(enumerate(model.versions), key=lambda entry: entry[1].valid_from)
    for (_, earlier), (index, later) in pairwise(entries):
        if earlier.until is None or later.valid_from <= earlier.until:
            draft.refuse(
                ("versions", index, "from"),
                found=f"{later.valid_from}, inside the version from {earlier.valid_from}",
                expected=f"a day after {earlier.until or 'the end of that version, which has no until'}",
            )


def sum_of_limits(limits: Sequence[TimeLimit]) -> TimeLimit | None:
    """Return the sum of limits in one unit, or None where they cannot be added."""
    units = {limit.unit for limit in limits}
    if len(units) != 1 or units & {Unit.NONE, Unit.SAME_DAY}:
        return None
    return TimeLimit(sum(limit.amount for limit in limits), units.pop())

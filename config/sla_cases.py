"""Limit cases and steps of a version: what must agree among them before any dossier is counted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.sla_source import limit_text
from domain.time_limit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla_names import Names
    from config.sla_rule_models import CaseModel, ProcedureFile, VersionModel
    from config.sla_source import Draft

Path = tuple[str | int, ...]

_WHOLE: Final = 100


def check_cases(draft: Draft[ProcedureFile], path: Path, version: VersionModel) -> None:
    """Refuse cases that do not say one thing, that apply at once, or that add what cannot be added."""
    _check_codes(draft, (*path, "cases"), [case.code for case in version.cases])
    for index, case in enumerate(version.cases):
        at, before = (*path, "cases", index), version.cases[:index]
        _check_case(draft, at, case)
        _check_alone(draft, at, case, before)
        _check_addition(draft, at, case, version)


def _check_case(draft: Draft[ProcedureFile], at: Path, case: CaseModel) -> None:
    if (case.limit is None) == (case.add is None):
        found = "neither 'limit' nor 'add'" if case.limit is None else "'limit' and 'add'"
        draft.refuse(at, found=found, expected="exactly one of 'limit' and 'add'")
    if case.remote and case.channel is not None:
        draft.refuse(
            (*at, "remote"),
            found="a channel and remote communes in one case",
            expected="one of them: each applies by itself",
        )


def _check_alone(draft: Draft[ProcedureFile], at: Path, case: CaseModel, before: Sequence[CaseModel]) -> None:
    if case.channel is not None and case.channel in [other.channel for other in before]:
        draft.refuse(
            (*at, "channel"),
            found=f"a second case for the channel {case.channel!r}",
            expected="at most one case a channel",
        )
    if case.remote and any(other.remote for other in before):
        draft.refuse(
            (*at, "remote"), found="a second case for remote communes", expected="at most one such case"
        )


def _check_addition(draft: Draft[ProcedureFile], at: Path, case: CaseModel, version: VersionModel) -> None:
    """Refuse an addition in another unit than any limit it could come to: units are never converted."""
    limits = [version.limit, *(other.limit for other in version.cases if other.limit is not None)]
    other = next((limit for limit in limits if case.add and limit.unit is not case.add.unit), None)
    if case.add is not None and other is not None:
        draft.refuse(
            (*at, "add"),
            found=f"{limit_text(case.add)} on a limit of {limit_text(other)}",
            expected="the unit of every limit it can be added to",
        )


def check_references(draft: Draft[ProcedureFile], path: Path, version: VersionModel, names: Names) -> None:
    """Refuse the unknown units and roles that the steps of a version name themselves."""
    for index, step in enumerate(version.steps):
        for key, name in {"unit": step.unit, "role": step.role}.items():
            if name is not None:
                names.must_know(draft, (*path, "steps", index, key), key, name)


def check_steps(draft: Draft[ProcedureFile], path: Path, version: VersionModel) -> None:
    """Refuse steps that do not say one thing, and steps that together take longer than the limit."""
    _check_codes(draft, (*path, "steps"), [step.code for step in version.steps])
    for index, step in enumerate(version.steps):
        at = (*path, "steps", index)
        if step.limit is not None and step.share is not None:
            draft.refuse(at, found="'limit' and 'share'", expected="at most one of 'limit' and 'share'")
    _check_shares(draft, (*path, "steps"), version)
    _check_limits(draft, (*path, "steps"), version)


def _check_shares(draft: Draft[ProcedureFile], at: Path, version: VersionModel) -> None:
    shared = {step.code for step in version.steps if step.share is not None}
    limited = {step.code for step in version.steps if step.limit is not None}
    if shared and limited and shared.isdisjoint(limited):
        draft.refuse(at, found="steps with a share beside steps with a limit", expected="one of the two")
    if shared and version.limit.unit is Unit.MONTHS:
        # Half a month is no length anybody could name.
        draft.refuse(at, found="shares of a limit in months", expected="steps with limits of their own")
    total = sum(step.share or 0 for step in version.steps)
    if total > _WHOLE:
        draft.refuse(
            at, found=f"shares of {total} percent together", expected=f"at most {_WHOLE} percent of the limit"
        )


def _check_limits(draft: Draft[ProcedureFile], at: Path, version: VersionModel) -> None:
    """Compare with the version's own limit; steps in other units are not summed."""
    limits = [step.limit for step in version.steps if step.limit is not None]
    total = sum(limit.amount for limit in limits if limit.unit is version.limit.unit)
    if total > version.limit.amount:
        draft.refuse(
            at,
            found=f"steps of {total} {version.limit.unit} together",
            expected=f"at most the limit of {limit_text(version.limit)}",
        )


def _check_codes(draft: Draft[ProcedureFile], path: Path, codes: Sequence[str]) -> None:
    for index, code in enumerate(codes):
        if code in codes[:index]:
            draft.refuse((*path, index, "code"), found=f"{code!r} a second time", expected="each code once")

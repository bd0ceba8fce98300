"""Limit cases and steps of a version: what must agree among them before any dossier is counted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.said import say
from config.sla_names import references_of
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
        both = {"first": "limit", "second": "add"}
        found = say("neither_limit_nor_add") if case.limit is None else say("both_keys", **both)
        draft.refuse(at, found=found, expected=say("exactly_one_key", **both))
    if case.remote and case.channel is not None:
        draft.refuse(
            (*at, "remote"),
            found=say("channel_and_remote"),
            expected=say("one_applies"),
        )


def _check_alone(draft: Draft[ProcedureFile], at: Path, case: CaseModel, before: Sequence[CaseModel]) -> None:
    if case.channel is not None and case.channel in [other.channel for other in before]:
        draft.refuse(
            (*at, "channel"),
            found=say("channel_twice", channel=case.channel),
            expected=say("channel_once"),
        )
    if case.remote and any(other.remote for other in before):
        draft.refuse((*at, "remote"), found=say("remote_twice"), expected=say("remote_once"))


def _check_addition(draft: Draft[ProcedureFile], at: Path, case: CaseModel, version: VersionModel) -> None:
    """Refuse an addition in another unit than any limit it could come to: units are never converted."""
    limits = [version.limit, *(other.limit for other in version.cases if other.limit is not None)]
    other = next((limit for limit in limits if case.add and limit.unit is not case.add.unit), None)
    if case.add is not None and other is not None:
        draft.refuse(
            (*at, "add"),
            found=say("added_to", added=limit_text(case.add), limit=limit_text(other)),
            expected=say("unit_of_limits"),
        )


def check_references(draft: Draft[ProcedureFile], path: Path, version: VersionModel, names: Names) -> None:
    """Refuse the unknown units and roles that the steps of a version name themselves."""
    for index, step in enumerate(version.steps):
        for key, name in references_of(step):
            names.must_know(draft, (*path, "steps", index, key), key, name)


def check_steps(draft: Draft[ProcedureFile], path: Path, version: VersionModel) -> None:
    """Refuse steps that do not say one thing, and steps that together take longer than the limit."""
    _check_codes(draft, (*path, "steps"), [step.code for step in version.steps])
    for index, step in enumerate(version.steps):
        at = (*path, "steps", index)
        if step.limit is not None and step.share is not None:
            both = {"first": "limit", "second": "share"}
            draft.refuse(at, found=say("both_keys", **both), expected=say("at_most_one_key", **both))
    _check_shares(draft, (*path, "steps"), version)
    _check_limits(draft, (*path, "steps"), version)


def _check_shares(draft: Draft[ProcedureFile], at: Path, version: VersionModel) -> None:
    shared = {step.code for step in version.steps if step.share is not None}
    limited = {step.code for step in version.steps if step.limit is not None}
    if shared and limited and shared.isdisjoint(limited):
        draft.refuse(at, found=say("shares_and_limits"), expected=say("one_of_two"))
    if shared and version.limit.unit is Unit.MONTHS:
        # Half a month is no length anybody could name.
        draft.refuse(at, found=say("shares_of_months"), expected=say("own_limits"))
    total = sum(step.share or 0 for step in version.steps)
    if total > _WHOLE:
        draft.refuse(at, found=say("shares_together", total=total), expected=say("whole_limit", most=_WHOLE))


def _check_limits(draft: Draft[ProcedureFile], at: Path, version: VersionModel) -> None:
    """Compare with the version's own limit; steps in other units are not summed."""
    limits = [step.limit for step in version.steps if step.limit is not None]
    total = sum(limit.amount for limit in limits if limit.unit is version.limit.unit)
    if total > version.limit.amount:
        draft.refuse(
            at,
            found=say("steps_together", total=total, unit=version.limit.unit),
            expected=say("at_most_limit", limit=limit_text(version.limit)),
        )


def _check_codes(draft: Draft[ProcedureFile], path: Path, codes: Sequence[str]) -> None:
    for index, code in enumerate(codes):
        if code in codes[:index]:
            draft.refuse(
                (*path, index, "code"), found=say("code_twice", code=code), expected=say("code_once")
            )

"""Bundles (nhiều thủ tục cùng lúc) and quality targets: small data beside the procedures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from config.sla_procedures import sum_of_limits
from domain.procedure import version_on

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from config.sla_names import Names
    from config.sla_office_models import QualityFile
    from config.sla_procedures import Procedures
    from config.sla_rule_models import BundleModel, BundlesFile
    from config.sla_source import Draft
    from domain.procedure import ProcedureVersion
    from domain.time_limit import TimeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Hold several procedures done at once under one slip and one appointment.

    `policy` "fixed" has its own `limit`, at most the sum of the components' (NĐ 43/2014 art. 61). Both days
    are inclusive.
    """

    code: str
    name: str
    components: tuple[str, ...]
    policy: Literal["fixed", "sum", "max"]
    in_force_from: date
    in_force_until: date | None = None
    limit: TimeLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Hold one quality target: a rate that shall be at least so many percent, of a unit or the office."""

    code: str
    name: str
    rate: Literal["rate_resolved", "rate_received", "rate_766"]
    at_least: Decimal
    unit: str | None = None


def build_bundles(draft: Draft[BundlesFile], procedures: Procedures, *, complete: bool) -> dict[str, Bundle]:
    """Build every bundle; `complete` False: some procedure could not be read, so do not ask for them."""
    bundles = {}
    for code, model in draft.model.bundles.items() if draft.model else ():
        if complete:
            _check_components(draft, code, model, procedures)
        if (model.limit is not None) != (model.policy == "fixed"):
            found = "no limit" if model.limit is None else f"a limit with the policy {model.policy!r}"
            draft.refuse(
                ("bundles", code), found=found, expected="a limit with the policy 'fixed', else none"
            )
        bundles[code] = Bundle(
            code=code,
            name=model.name,
            components=tuple(model.components),
            policy=model.policy,
            in_force_from=model.valid_from,
            in_force_until=model.until,
            limit=model.limit,
        )
    return bundles


def _check_components(
    draft: Draft[BundlesFile], code: str, model: BundleModel, procedures: Procedures
) -> None:
    path = ("bundles", code)
    versions: list[ProcedureVersion] = []
    for index, component in enumerate(model.components):
        at = (*path, "components", index)
        if not draft.must_know(at, "procedure", component, procedures):
            continue
        version = version_on(procedures[component], model.valid_from)
        if version is None:
            draft.refuse(
                at,
                found=f"{component!r}, not in force on {model.valid_from}",
                expected="a version in force then",
            )
        else:
            versions.append(version)
    total = sum_of_limits([version.limit for version in versions])
    complete = len(versions) == len(model.components)
    if (
        complete
        and total
        and model.limit
        and total.unit is model.limit.unit
        and model.limit.amount > total.amount
    ):
        draft.refuse(
            (*path, "limit"),
            found=f"{model.limit.amount} {model.limit.unit}",
            expected=f"at most the sum of the components, {total.amount} {total.unit}",
        )


def build_targets(draft: Draft[QualityFile], names: Names) -> dict[str, Target]:
    """Build every quality target."""
    targets = {}
    for code, model in draft.model.targets.items() if draft.model else ():
        if model.unit is not None:
            names.must_know(draft, ("targets", code, "unit"), "unit", model.unit)
        targets[code] = Target(code=code, **dict(model))
    return targets

"""Quality targets: which rate shall be at least how much; when the audit packs are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.pack_days import Packs

if TYPE_CHECKING:
    from decimal import Decimal

    from config.sla_names import Names
    from config.sla_office_models import QualityFile
    from config.sla_source import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Hold one quality target: a rate that shall be at least so many percent, of a unit or the office."""

    code: str
    name: str
    rate: Literal["rate_resolved", "rate_received", "rate_766"]
    at_least: Decimal
    unit: str | None = None


def build_targets(draft: Draft[QualityFile], names: Names) -> dict[str, Target]:
    """Build every quality target."""
    targets = {}
    for code, model in draft.model.targets.items() if draft.model else ():
        if model.unit is not None:
            names.must_know(draft, ("targets", code, "unit"), "unit", model.unit)
        targets[code] = Target(code=code, **dict(model))
    return targets


def build_packs(draft: Draft[QualityFile]) -> Packs | None:
    """Return when the audit packs are made; None where nothing is laid down: none is made by itself."""
    model = draft.model.packs if draft.model else None
    return None if model is None else Packs(**dict(model))

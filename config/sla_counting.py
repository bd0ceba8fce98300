"""How limits are counted and what stops the clock: the law, and over it the office and its procedures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from domain.procedure import BY_DECREE, ClockPolicy
from domain.time_limit import CIVIL_CODE, CountingRules

if TYPE_CHECKING:
    from pydantic import BaseModel

    from config.sla_office_models import OfficeFile
    from config.sla_rule_models import ProcedureFile, UnitDefaults, VersionModel
    from config.sla_source import Draft

    Layer = OfficeFile | UnitDefaults | ProcedureFile | VersionModel

V = TypeVar("V", CountingRules, ClockPolicy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Hold how limits are counted and what stops the clock; without a word, as the law has it."""

    rules: CountingRules = CIVIL_CODE
    clock: ClockPolicy = BY_DECREE

    def under(self, *layers: Layer) -> Counting:
        """Return the same with what each layer says of it; the last one has the last word."""
        return Counting(
            rules=_overlaid(self.rules, [layer.counting for layer in layers]),
            clock=_overlaid(self.clock, [layer.clock for layer in layers]),
        )


BY_LAW = Counting()


def read_counting(office: Draft[OfficeFile]) -> Counting:
    """Return how this office counts: by the Civil Code and Decree 61/2018, but for what it says itself."""
    return BY_LAW.under(office.model) if office.model else BY_LAW


def _overlaid(base: V, tables: list[BaseModel | None]) -> V:
    # Only the keys a table names: one that is left out is what stands above it, not the law's default.
    for table in tables:
        if table is not None:
            base = replace(base, **{key: getattr(table, key) for key in table.model_fields_set})
    return base

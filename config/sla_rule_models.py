"""The shape of procedures/*.toml, bundles.toml and ladders.toml: their keys and values."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from config.sla_office_models import ClockModel, CountingModel
from config.sla_texts import Addition, CaseCode, Code, Limit, Line, Offset, Part, Share
from domain.procedure import Verified
from domain.rung_terms import MOST_REPEATS, Until


class Rule(BaseModel):
    """Refuse unknown keys and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CaseModel(Rule):
    """Hold another limit of a procedure for one case, or what the case adds to a limit.

    What is left out is taken from [cases.CODE] of defaults.toml.
    """

    code: CaseCode
    label: Line | None = None
    limit: Limit | None = None
    add: Addition | None = None
    channel: Literal["direct", "online", "post"] | None = None
    remote: bool = False


class StepModel(Rule):
    """Hold one step of the internal process; `share` is a percentage of the limit.

    What is left out is taken from [steps.CODE] of defaults.toml, the unit at last from the procedure.
    """

    code: Code
    name: Line | None = None
    unit: Code | None = None
    role: Code | None = None
    limit: Limit | None = None
    share: Share | None = None


class VersionModel(Rule):
    """Hold a procedure as the law had it between two dates; what is left out is taken from the procedure."""

    valid_from: date = Field(alias="from")
    until: date | None = None
    limit: Limit
    legal_basis: Line
    verified: Verified
    name: Line | None = None
    field: Line | None = None
    unit: Code | None = None
    ladder: Code | None = None
    step_ladder: Code | None = None
    calendar: Code | None = None
    counting: CountingModel | None = None
    clock: ClockModel | None = None
    cases: list[CaseModel] = []
    steps: list[StepModel] = []


class ProcedureFile(Rule):
    """procedures/*.toml: one procedure with all its versions; what is left out is taken from its field."""

    code: Code
    name: Line
    field: Line
    unit: Code | None = None
    ladder: Code | None = None
    step_ladder: Code | None = None
    calendar: Code | None = None
    counting: CountingModel | None = None
    clock: ClockModel | None = None
    versions: list[VersionModel] = Field(min_length=1)


class UnitDefaults(Rule):
    """Hold what the procedures of a unit have in common."""

    ladder: Code | None = None
    step_ladder: Code | None = None
    calendar: Code | None = None
    counting: CountingModel | None = None
    clock: ClockModel | None = None


class FieldDefaults(UnitDefaults):
    """Hold a field, and what its procedures have in common."""

    name: Line
    unit: Code | None = None


class StepDefaults(Rule):
    """Hold what the steps of one code have in common."""

    name: Line | None = None
    unit: Code | None = None
    role: Code | None = None
    limit: Limit | None = None
    share: Share | None = None


class CaseDefaults(Rule):
    """Hold what the limit cases of one code have in common."""

    label: Line | None = None
    limit: Limit | None = None
    add: Addition | None = None
    channel: Literal["direct", "online", "post"] | None = None
    remote: bool = False


class DefaultsFile(Rule):
    """defaults.toml: what many procedures have in common, by field, unit, step and limit case."""

    fields: dict[Code, FieldDefaults] = {}
    units: dict[Code, UnitDefaults] = {}
    steps: dict[Code, StepDefaults] = {}
    cases: dict[CaseCode, CaseDefaults] = {}


class BundleModel(Rule):
    """Hold several procedures that are done at once under one slip."""

    name: Line
    components: list[Code] = Field(min_length=2)
    policy: Literal["fixed", "sum", "max"] = "fixed"
    limit: Limit | None = None
    valid_from: date = Field(alias="from")
    until: date | None = None


class BundlesFile(Rule):
    """bundles.toml: the procedures that are done at once."""

    bundles: dict[Code, BundleModel] = {}


class WhenModel(Rule):
    """Hold for which dossiers a rung is; what is left out means any."""

    procedures: list[Code] = Field(default=[], min_length=1)
    units: list[Code] = Field(default=[], min_length=1)
    channels: list[Literal["direct", "online", "post"]] = Field(default=[], min_length=1)
    still_at: list[Code] = Field(default=[], min_length=1)


class RepeatModel(Rule):
    """Hold how often a rung is told again; there is always a maximum.

    `until` None: until somebody acknowledges it, where the rung asks for that; else until the dossier closes.
    """

    every: Offset
    at_most: int = Field(ge=1, le=MOST_REPEATS)
    until: Until | None = None


class RungModel(Rule):
    """Hold one rung; exactly one of `before`, `on`, `after` and `at` says when."""

    code: Code
    before: Offset | None = None
    on: Literal["due_day"] | None = None
    after: Offset | None = None
    at: Part | None = None
    kind: Literal["reminder", "apology", "escalation"]
    roles: list[Code] = Field(min_length=1)
    level: int = Field(ge=1, le=99)
    template: Code
    subject: Line = ""
    urgent: bool = False
    alone: bool = False
    when: WhenModel | None = None
    repeat: RepeatModel | None = None
    acknowledge_within: Offset | None = None


class LadderModel(Rule):
    """Hold one ladder."""

    name: Line
    rungs: list[RungModel] = Field(min_length=1)


class LaddersFile(Rule):
    """ladders.toml: every ladder by its code, and what the office's own templates of mails tell of."""

    ladders: dict[Code, LadderModel] = Field(min_length=1)
    templates: dict[Code, Literal["dossiers", "steps"]] = {}

"""What procedures have in common, from defaults.toml: laid under what each of them says itself.

The nearest word counts: a version's, its procedure's, its field's, its unit's, the office's. A step or a
limit case takes over what is written once for all of its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from config.said import say
from config.sla_names import references_of
from config.sla_rule_models import DefaultsFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import BaseModel

    from config.sla_counting import Counting
    from config.sla_names import Names
    from config.sla_rule_models import ProcedureFile, UnitDefaults, VersionModel
    from config.sla_source import Draft

Path = tuple[str | int, ...]

FILE: Final = "defaults.toml"
LADDER: Final = "default"
"""The ladder where nobody names one."""
_NEVER_BOTH: Final = ({"limit", "share"}, {"limit", "add"})
"""Where a step or case says one of them itself, the other is not taken over."""
_NOTHING: Final = DefaultsFile()


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Hold what a procedure takes over: its unit, its field's name, ladders, calendar, and how it counts.

    `ladder` is None where nobody names one.
    """

    unit: str
    field: str
    ladder: str | None
    step_ladder: str | None
    calendar: str | None
    counting: Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """Hold defaults.toml and what stands above it: how the office counts, its ladder of steps.

    Of a file that is not `sound` nothing is taken over: its faults would be told again for each procedure.
    """

    file: DefaultsFile
    sound: bool
    counting: Counting
    step_ladder: str | None

    def common(self, model: ProcedureFile, version: VersionModel) -> Common:
        """Return what counts for one version of a procedure that `is_whole`."""
        field = version.field or model.field
        of_field = self.file.fields.get(field)
        unit = version.unit or model.unit or (of_field.unit if of_field else None) or ""
        layers = [version, model, of_field, self.file.units.get(unit)]
        return Common(
            unit=unit,
            field=of_field.name if of_field else field,
            ladder=_first(layers, "ladder"),
            step_ladder=_first(layers, "step_ladder") or self.step_ladder,
            calendar=_first(layers, "calendar"),
            counting=self.counting.under(*(layer for layer in reversed(layers) if layer is not None)),
        )

    def whole_version(self, version: VersionModel, unit: str) -> VersionModel:
        """Return a version whose steps and cases have what is written once for all of their codes."""
        cases = [_over(case, self.file.cases.get(case.code), {}) for case in version.cases]
        steps = [_over(step, self.file.steps.get(step.code), {"unit": unit}) for step in version.steps]
        return version.model_copy(update={"cases": cases, "steps": steps})


def read_defaults(draft: Draft[DefaultsFile], names: Names, counting: Counting) -> Defaults:
    """Return what procedures take over; what it names and nobody knows is noted."""
    file = draft.model or _NOTHING
    _check_pairs(draft, "steps", file.steps, ("limit", "share"))
    _check_pairs(draft, "cases", file.cases, ("limit", "add"))
    sound = all(problem.file != draft.file for problem in draft.findings.problems)
    for code, field in file.fields.items():
        names.must_know_all(draft, ("fields", code), field)
    for code, unit in file.units.items():
        names.must_know(draft, ("units", code), "unit", code)
        names.must_know_all(draft, ("units", code), unit)
    for code, step in file.steps.items():
        for key, name in references_of(step):
            names.must_know(draft, ("steps", code, key), key, name)
    return Defaults(file=file, sound=sound, counting=counting, step_ladder=names.step_ladder)


def is_whole(draft: Draft[ProcedureFile], model: ProcedureFile, defaults: Defaults, names: Names) -> bool:
    """Say whether a procedure and its versions have all they need; what is said nowhere is noted."""
    if not defaults.sound or not _is_known_field(draft, ("field",), model.field, defaults):
        return False
    asked = [_is_whole_version(draft, n, model, defaults) for n in range(len(model.versions))]
    whole = all(asked)
    if whole and any(defaults.common(model, version).ladder is None for version in model.versions):
        names.must_know_ladder(draft, ("ladder",), LADDER, steps=False)
    return whole


def _is_whole_version(
    draft: Draft[ProcedureFile], index: int, model: ProcedureFile, defaults: Defaults
) -> bool:
    path, version = ("versions", index), model.versions[index]
    if version.field is not None and not _is_known_field(draft, (*path, "field"), version.field, defaults):
        return False
    common = defaults.common(model, version)
    if not common.unit:
        table = f"[fields.{version.field or model.field}]"
        expected = say("key_here_or_there", key="unit", table=table, file=FILE)
        draft.misfit(("unit",), found=say("nothing_written"), expected=expected)
        return False
    whole = defaults.whole_version(version, common.unit)
    asked = [
        *(_has(draft, (*path, "cases", n), "cases", case, ("label",)) for n, case in enumerate(whole.cases)),
        *(
            _has(draft, (*path, "steps", n), "steps", step, ("name", "role"))
            for n, step in enumerate(whole.steps)
        ),
    ]
    return all(asked)


def _is_known_field(draft: Draft[ProcedureFile], path: Path, field: str, defaults: Defaults) -> bool:
    """Say whether a field is one of the file; an office that lays none down may name any."""
    fields = defaults.file.fields
    return not fields or draft.must_know(path, "field", field, fields)


def _has(draft: Draft[ProcedureFile], at: Path, table: str, part: Any, keys: Sequence[str]) -> bool:
    missing = [key for key in keys if getattr(part, key) is None]
    for key in missing:
        expected = say("key_here_or_there", key=key, table=f"[{table}.{part.code}]", file=FILE)
        draft.misfit((*at, key), found=say("nothing_written"), expected=expected)
    return not missing


def _over(part: Any, common: BaseModel | None, last: Mapping[str, Any]) -> Any:
    """Return a step or case over what is common to its code, and that over what is there at last."""
    own: set[str] = set(part.model_fields_set)
    own |= {key for both in _NEVER_BOTH if own & both for key in both}
    taken = {key: getattr(common, key) for key in common.model_fields_set - own} if common else {}
    at_last = {key: value for key, value in last.items() if key not in own and key not in taken}
    return part.model_copy(update={**at_last, **taken})


def _check_pairs(
    draft: Draft[DefaultsFile], table: str, entries: Mapping[str, BaseModel], both: tuple[str, str]
) -> None:
    for code, entry in entries.items():
        if all(getattr(entry, key) is not None for key in both):
            first, second = both
            draft.refuse(
                (table, code),
                found=say("both_keys", first=first, second=second),
                expected=say("at_most_one_key", first=first, second=second),
            )


def _first(layers: Sequence[ProcedureFile | VersionModel | UnitDefaults | None], key: str) -> str | None:
    found = (getattr(layer, key) for layer in layers if layer is not None)
    return next((name for name in found if name is not None), None)

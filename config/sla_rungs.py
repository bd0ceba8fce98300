"""One rung: its moment, its kind, for which dossiers it is, how often it is told again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.said import Said, say
from domain.acknowledgement import LONGEST_CODE
from domain.errors import LimitError
from domain.ladder import Rung
from domain.rung_terms import Condition, PartOfLimit, Repeat, repeated
from domain.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla_names import Names
    from config.sla_rule_models import LaddersFile, RungModel
    from config.sla_source import Draft
    from domain.rung_terms import Until

Path = tuple[str | int, ...]

DUE_DAY: Final = TimeLimit(0, Unit.WORKING_DAYS)
_MOMENTS: Final = ("before", "on", "after", "at")
_LONGEST_CODE: Final = 64


def build_rung(draft: Draft[LaddersFile], path: Path, model: RungModel, names: Names) -> Rung:
    """Build a rung; what does not agree within it is noted."""
    for number, role in enumerate(model.roles):
        names.must_know(draft, (*path, "roles", number), "role", role)
        if role in model.roles[:number]:
            draft.refuse(
                (*path, "roles"), found=say("role_named_twice", role=role), expected=say("role_once")
            )
    rung = Rung(
        code=model.code,
        offset=_offset(draft, path, model),
        kind=model.kind,
        roles=tuple(model.roles),
        level=model.level,
        template=model.template,
        subject=model.subject,
        urgent=model.urgent,
        alone=model.alone,
        when=_condition(draft, path, model, names),
        repeat=_repeat(draft, path, model),
        acknowledge_within=model.acknowledge_within,
    )
    _check_kind(draft, path, rung)
    _check_acknowledged(draft, path, rung)
    return rung


def _offset(draft: Draft[LaddersFile], path: Path, model: RungModel) -> TimeLimit | PartOfLimit:
    given = [key for key in _MOMENTS if getattr(model, key) is not None]
    if len(given) != 1:
        draft.refuse(path, found=_moments(given), expected=say("one_moment"))
    if model.before is not None:
        return TimeLimit(-model.before.amount, model.before.unit)
    return model.after or model.at or DUE_DAY


def _moments(given: Sequence[str]) -> Said:
    if not given:
        return say("no_moment")
    return say("moments_together", others=tuple(given[:-1]), last=given[-1])


def _check_kind(draft: Draft[LaddersFile], path: Path, rung: Rung) -> None:
    if rung.kind == "escalation" and not rung.is_after:
        draft.refuse(
            (*path, "kind"),
            found=say("escalation_before"),
            expected=say("key_after"),
        )
    if rung.kind == "reminder" and rung.is_after:
        draft.refuse(
            (*path, "kind"),
            found=say("reminder_after"),
            expected=say("escalation_or_before"),
        )


def _check_acknowledged(draft: Draft[LaddersFile], path: Path, rung: Rung) -> None:
    """Refuse to have anything but an escalation acknowledged, and a code without room for its levels."""
    if rung.acknowledge_within is None:
        return
    if rung.kind != "escalation":
        found = say("acknowledged_apology" if rung.kind == "apology" else "acknowledged_reminder")
        expected = say("acknowledged_escalation")
        draft.refuse((*path, "acknowledge_within"), found=found, expected=expected)
    if len(rung.code) > LONGEST_CODE:
        found, expected = say("long_code", length=len(rung.code)), say("at_most", most=LONGEST_CODE)
        advice = say("code_and_number")
        draft.refuse((*path, "code"), found=found, expected=expected, advice=advice)


def _condition(draft: Draft[LaddersFile], path: Path, model: RungModel, names: Names) -> Condition | None:
    if model.when is None:
        return None
    for number, unit in enumerate(model.when.units):
        names.must_know(draft, (*path, "when", "units", number), "unit", unit)
    return Condition(**{key: tuple(value) for key, value in model.when})


def _repeat(draft: Draft[LaddersFile], path: Path, rung: RungModel) -> Repeat | None:
    model = rung.repeat
    if model is None:
        return None
    if len(repeated(rung.code, model.at_most)) > _LONGEST_CODE:
        expected = say("short_code", most=_LONGEST_CODE)
        draft.refuse((*path, "code"), found=say("value", value=rung.code), expected=expected)
    try:
        TimeLimit(model.every.amount * model.at_most, model.every.unit)
    except LimitError as error:
        # Without a meaning even in a configuration that is recorded: it could not be planned.
        draft.misfit((*path, "repeat"), found=say("refused", error=error), expected=say("repeats_that_end"))
        return None
    # Whoever is asked to answer and has done so is not told the same again.
    usual: Until = "closed" if rung.acknowledge_within is None else "acknowledged"
    return Repeat(every=model.every, at_most=model.at_most, until=model.until or usual)

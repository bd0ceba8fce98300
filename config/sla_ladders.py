"""Ladders: the rungs of reminders, apology requests and escalations around the due date."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from config.sla_names import STEP_TEMPLATES, TEMPLATES
from config.sla_source import listed
from domain.ladder import Rung
from domain.time_limit import SECONDS_OF, TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla_names import Names
    from config.sla_rule_models import LaddersFile, RungModel
    from config.sla_source import Draft

DUE_DAY: Final = TimeLimit(0, Unit.WORKING_DAYS)


def build_ladders(draft: Draft[LaddersFile], names: Names) -> dict[str, tuple[Rung, ...]]:
    """Build every ladder, its rungs in the order of their level; faults are noted."""
    ladders = {}
    for code, model in draft.model.ladders.items() if draft.model else ():
        rungs = [_rung(draft, code, index, rung, names) for index, rung in enumerate(model.rungs)]
        _check_doubles(draft, code, rungs)
        _check_levels(draft, code, rungs)
        _check_templates(draft, code, rungs, of_steps=code in names.of_steps)
        ladders[code] = tuple(sorted(rungs, key=lambda rung: rung.level))
    return ladders


def _rung(draft: Draft[LaddersFile], ladder: str, index: int, model: RungModel, names: Names) -> Rung:
    path = ("ladders", ladder, "rungs", index)
    for number, role in enumerate(model.roles):
        names.must_know(draft, (*path, "roles", number), "role", role)
    draft.must_know((*path, "template"), "template", model.template, TEMPLATES)
    offset = _offset(draft, path, model)
    if model.kind == "escalation" and offset.amount <= 0:
        draft.refuse(
            (*path, "kind"), found="an escalation before the due date has passed", expected="the key 'after'"
        )
    if model.kind == "reminder" and offset.amount > 0:
        draft.refuse(
            (*path, "kind"),
            found="a reminder after the due date",
            expected="'escalation', or the key 'before'",
        )
    return Rung(
        code=model.code,
        offset=offset,
        kind=model.kind,
        roles=tuple(model.roles),
        level=model.level,
        template=model.template,
        subject=model.subject,
        urgent=model.urgent,
        alone=model.alone,
    )


def _offset(draft: Draft[LaddersFile], path: tuple[str | int, ...], model: RungModel) -> TimeLimit:
    given = [key for key in ("before", "on", "after") if getattr(model, key) is not None]
    if len(given) != 1:
        found = " and ".join(repr(key) for key in given) or "no moment"
        draft.refuse(path, found=found, expected="exactly one of 'before', 'on' and 'after'")
    if model.before is not None:
        return TimeLimit(-model.before.amount, model.before.unit)
    return model.after or DUE_DAY


def _check_doubles(draft: Draft[LaddersFile], ladder: str, rungs: Sequence[Rung]) -> None:
    codes: set[str] = set()
    told: dict[tuple[tuple[bool, int], str], str] = {}
    for index, rung in enumerate(rungs):
        path = ("ladders", ladder, "rungs", index)
        if rung.code in codes:
            draft.refuse(
                (*path, "code"), found=f"the rung {rung.code!r} a second time", expected="each rung once"
            )
        codes.add(rung.code)
        for role in rung.roles:
            other = told.setdefault((_place(rung), role), rung.code)
            if other != rung.code or rung.roles.count(role) > 1:
                draft.refuse(
                    (*path, "roles"),
                    found=f"the role {role!r}, told at the same moment by {other!r}",
                    expected="each role at most once at a moment",
                )


def _check_templates(
    draft: Draft[LaddersFile], ladder: str, rungs: Sequence[Rung], *, of_steps: bool
) -> None:
    """Refuse mails about steps among those about dossiers: each would state the other's due date."""
    fitting = [name for name in TEMPLATES if (name in STEP_TEMPLATES) is of_steps]
    for index, rung in enumerate(rungs):
        path = ("ladders", ladder, "rungs", index)
        if rung.template in TEMPLATES and rung.template not in fitting:
            draft.refuse(
                (*path, "template"),
                found=f"the template {rung.template!r} in a ladder of {'steps' if of_steps else 'dossiers'}",
                expected=f"one of {listed(fitting)}",
                advice="steps and dossiers have ladders of their own",
            )
        if rung.kind == "apology" and of_steps:
            expected = "'reminder' or 'escalation': the applicant is promised the dossier, not a step"
            draft.refuse((*path, "kind"), found="an apology for a step", expected=expected)


def _check_levels(draft: Draft[LaddersFile], ladder: str, rungs: Sequence[Rung]) -> None:
    """Refuse levels that do not ascend; days and hours cannot be compared, each is checked on its own."""
    for in_hours in (False, True):
        kept = [(index, rung) for index, rung in enumerate(rungs) if _place(rung)[0] is in_hours]
        for (_, lower), (index, upper) in pairwise(sorted(kept, key=lambda entry: _place(entry[1]))):
            if _place(lower) < _place(upper) and lower.level >= upper.level:
                draft.refuse(
                    ("ladders", ladder, "rungs", index, "level"),
                    found=f"level {upper.level} after level {lower.level} of {lower.code!r}",
                    expected="levels that ascend with time",
                )


def _place(rung: Rung) -> tuple[bool, int]:
    seconds = SECONDS_OF.get(rung.offset.unit)
    return seconds is not None, rung.offset.amount * (seconds or 1)

"""Ladders: the rungs of reminders, apology requests and escalations around the due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.said import say
from config.said_misfits import listed, nearest
from config.sla_names import OF_NO_DOSSIER, PACKAGED
from config.sla_rung_moments import check_moments
from config.sla_rungs import build_rung
from domain.acknowledgement import TEMPLATE as UNACKNOWLEDGED
from domain.corrective_action import LADDER as ACTION_LADDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.sla_ladder_users import User, Users
    from config.sla_names import Names
    from config.sla_rule_models import LaddersFile
    from config.sla_source import Draft
    from domain.ladder import Rung

Path = tuple[str | int, ...]


def build_ladders(draft: Draft[LaddersFile], names: Names, users: Users) -> dict[str, tuple[Rung, ...]]:
    """Build every ladder, its rungs in the order of their level; faults are noted."""
    ladders = {}
    for code, model in draft.model.ladders.items() if draft.model else ():
        path: Path = ("ladders", code, "rungs")
        rungs = [build_rung(draft, (*path, n), rung, names) for n, rung in enumerate(model.rungs)]
        found = list(users.of(code))
        if _are_single(draft, path, rungs):
            check_moments(draft, path, rungs, found, complete=users.complete)
        if code in OF_NO_DOSSIER:
            _check_of_no_dossier(draft, code, rungs)
        else:
            _check_templates(draft, path, rungs, names, of_steps=code in names.of_steps)
        if users.complete and code not in OF_NO_DOSSIER:
            _check_conditions(draft, path, rungs, found, users)
        ladders[code] = tuple(sorted(rungs, key=lambda rung: rung.level))
    return ladders


def own_templates(draft: Draft[LaddersFile]) -> dict[str, str]:
    """Return the office's own templates of mails and what each tells of; one of the program's is refused."""
    found: dict[str, str] = dict(draft.model.templates) if draft.model else {}
    for name in found:
        if name in (*PACKAGED, UNACKNOWLEDGED):
            draft.refuse(
                ("templates", name),
                found=say("packaged_template", name=name),
                expected=say("own_template"),
                advice=say("copy_is_used", name=name),
            )
    return found


def _are_single(draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung]) -> bool:
    codes = [rung.code for rung in rungs]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            draft.refuse(
                (*path, index, "code"), found=say("rung_twice", code=code), expected=say("rung_once")
            )
    return len(set(codes)) == len(codes)


def _check_templates(
    draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung], names: Names, *, of_steps: bool
) -> None:
    """Refuse mails about steps among those about dossiers: each would state the other's due date."""
    fitting = [name for name, steps in names.templates.items() if steps is of_steps]
    told = say("steps" if of_steps else "dossiers")
    for index, rung in enumerate(rungs):
        at = (*path, index, "template")
        if draft.must_know(at, "template", rung.template, names.templates) and rung.template not in fitting:
            draft.refuse(
                at,
                found=say("template_in_ladder", name=rung.template, what=told),
                expected=say("one_of", names=listed(fitting)),
                advice=say("own_ladders"),
            )
        if rung.kind == "apology" and of_steps:
            found, expected = say("apology_for_step"), say("no_apology_for_step")
            draft.refuse((*path, index, "kind"), found=found, expected=expected)


def _check_of_no_dossier(draft: Draft[LaddersFile], code: str, rungs: Sequence[Rung]) -> None:
    """Refuse what has no meaning where there is no procedure, step or applicant."""
    of = OF_NO_DOSSIER[code]
    for index, rung in enumerate(rungs):
        at = ("ladders", code, "rungs", index)
        if rung.template != of.template:
            found = say("template_in_own_ladder", name=rung.template, what=say(of.plural))
            draft.refuse((*at, "template"), found=found, expected=say("value", value=of.template))
        if rung.kind == "apology":
            found = say("apology_for", what=say(of.singular))
            draft.refuse((*at, "kind"), found=found, expected=say("no_apology_for", what=say(of.short)))
        if rung.when is not None:
            found = say("condition_on", what=say(of.singular))
            draft.refuse((*at, "when"), found=found, expected=say("no_when"))
        if code == ACTION_LADDER and rung.acknowledge_within is not None:
            found = say("question_about", what=say(of.singular))
            draft.refuse((*at, "acknowledge_within"), found=found, expected=say("no_question_about_action"))


def _check_conditions(
    draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung], found: Sequence[User], users: Users
) -> None:
    """Refuse conditions that no dossier of this ladder can meet."""
    using = {user.procedure for user in found}
    steps = {step for user in found for step in user.steps}
    for index, rung in enumerate(rungs):
        at = (*path, index, "when")
        for number, code in enumerate(rung.when.procedures if rung.when else ()):
            key = (*at, "procedures", number)
            if draft.must_know(key, "procedure", code, users.procedures) and code not in using:
                draft.refuse(
                    key,
                    found=say("other_ladder", code=code),
                    expected=say("uses_ladder"),
                    advice=nearest(code, using),
                )
        for number, code in enumerate(rung.when.still_at if rung.when else ()):
            draft.must_know((*at, "still_at", number), "step", code, sorted(steps))

"""Ladders: the rungs of reminders, apology requests and escalations around the due date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.sla_names import OF_NO_DOSSIER, PACKAGED
from config.sla_rung_moments import check_moments
from config.sla_rungs import build_rung
from config.sla_source import listed, nearest
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
                found=f"the template {name!r}, which comes with the program",
                expected="a name of your own",
                advice=f"your copy templates/mails/vi/{name}.j2 is used without being named here",
            )
    return found


def _are_single(draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung]) -> bool:
    codes = [rung.code for rung in rungs]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            draft.refuse(
                (*path, index, "code"), found=f"the rung {code!r} a second time", expected="each rung once"
            )
    return len(set(codes)) == len(codes)


def _check_templates(
    draft: Draft[LaddersFile], path: Path, rungs: Sequence[Rung], names: Names, *, of_steps: bool
) -> None:
    """Refuse mails about steps among those about dossiers: each would state the other's due date."""
    fitting = [name for name, steps in names.templates.items() if steps is of_steps]
    for index, rung in enumerate(rungs):
        at = (*path, index, "template")
        if draft.must_know(at, "template", rung.template, names.templates) and rung.template not in fitting:
            draft.refuse(
                at,
                found=f"the template {rung.template!r} in a ladder of {'steps' if of_steps else 'dossiers'}",
                expected=f"one of {listed(fitting)}",
                advice="steps and dossiers have ladders of their own",
            )
        if rung.kind == "apology" and of_steps:
            expected = "'reminder' or 'escalation': the applicant is promised the dossier, not a step"
            draft.refuse((*path, index, "kind"), found="an apology for a step", expected=expected)


def _check_of_no_dossier(draft: Draft[LaddersFile], code: str, rungs: Sequence[Rung]) -> None:
    """Refuse what has no meaning where there is no procedure, step or applicant."""
    of = OF_NO_DOSSIER[code]
    for index, rung in enumerate(rungs):
        at = ("ladders", code, "rungs", index)
        if rung.template != of.template:
            found = f"the template {rung.template!r} in the ladder of {of.plural}"
            draft.refuse((*at, "template"), found=found, expected=repr(of.template))
        if rung.kind == "apology":
            expected = f"'reminder' or 'escalation': no applicant waits for a {of.short}"
            draft.refuse((*at, "kind"), found=f"an apology for a {of.singular}", expected=expected)
        if rung.when is not None:
            expected = "no 'when': its keys are about dossiers"
            draft.refuse((*at, "when"), found=f"a condition on a {of.singular}", expected=expected)
        if code == ACTION_LADDER and rung.acknowledge_within is not None:
            expected = "no 'acknowledge_within': what answers for an action is the check of its effect"
            draft.refuse(
                (*at, "acknowledge_within"), found=f"a question about a {of.singular}", expected=expected
            )


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
                    found=f"the procedure {code!r}, which has another ladder",
                    expected="a procedure that uses this ladder",
                    advice=nearest(code, using),
                )
        for number, code in enumerate(rung.when.still_at if rung.when else ()):
            draft.must_know((*at, "still_at", number), "step", code, sorted(steps))

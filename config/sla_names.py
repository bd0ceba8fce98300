"""The names one file may use of another: known even when the file that gives them has a fault elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from config.said import say
from domain.corrective_action import LADDER as ACTION_LADDER
from domain.reform_plan import LADDER as REFORM_LADDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from config.sla_rule_models import StepDefaults, StepModel
    from config.sla_source import Draft


class Subject(NamedTuple):
    """Name what a ladder of its own tells of: the template of its mails, and its names in the catalogue."""

    template: str
    plural: str
    singular: str
    short: str


STEP_TEMPLATES: Final = ("step_due", "step_late")
TEMPLATES: Final = ("reminder", "due_today", "apology", "escalation", *STEP_TEMPLATES)
OF_NO_DOSSIER: Final = {
    REFORM_LADDER: Subject("reform_task", "the_reform_plan", "a_reform_task", "a_task"),
    ACTION_LADDER: Subject("action", "corrective_actions", "a_corrective_action", "a_corrective_action"),
}
"""The ladders that tell of no dossier."""
PACKAGED: Final = (
    *TEMPLATES,
    *(one.template for one in OF_NO_DOSSIER.values()),
    "calendar",
    "dead_notice",
    "labels",
    "office_labels",
)
"""Every file of mails/vi that comes with the program."""
_STEPS: Final = "steps"
NameKind = Literal["unit", "role", "calendar", "ladder"]
_REFERENCES: Final[dict[str, NameKind]] = {
    "unit": "unit",
    "calendar": "calendar",
    "ladder": "ladder",
    "step_ladder": "ladder",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Hold the codes of units, roles, calendars and ladders; None: their file cannot be read, do not ask.

    `templates` are those of mails about dossiers or steps, and whether about steps. `of_steps` are the
    ladders whose mails tell of steps: the first rung says so for all.
    """

    units: Sequence[str] | None
    roles: Sequence[str] | None
    calendars: Sequence[str] | None
    ladders: Sequence[str] | None
    templates: Mapping[str, bool]
    of_steps: frozenset[str]

    def must_know(self, draft: Draft[Any], path: tuple[str | int, ...], what: NameKind, name: str) -> bool:
        """Say whether a reference is known, or cannot be asked; an unknown one is noted in its draft."""
        known = {
            "unit": self.units,
            "role": self.roles,
            "calendar": self.calendars,
            "ladder": self.ladders,
        }[what]
        return known is None or draft.must_know(path, what, name, known)

    def must_know_all(self, draft: Draft[Any], path: tuple[str | int, ...], model: BaseModel) -> None:
        """Note every unknown unit, calendar and ladder that a procedure, a version or their defaults name."""
        for key, what in _REFERENCES.items():
            name = getattr(model, key, None)
            if name is not None and what == "ladder":
                self.must_know_ladder(draft, (*path, key), name, steps=key == "step_ladder")
            elif name is not None:
                self.must_know(draft, (*path, key), what, name)

    def must_know_ladder(
        self, draft: Draft[Any], path: tuple[str | int, ...], name: str, *, steps: bool
    ) -> None:
        """Note a ladder that is unknown, or whose mails tell of steps where they should of dossiers."""
        if name in OF_NO_DOSSIER:
            draft.refuse(
                path,
                found=say("ladder_of", name=name, what=say(OF_NO_DOSSIER[name].plural)),
                expected=say("a_ladder_of", what=say("steps" if steps else "dossiers")),
            )
            return
        known = self.must_know(draft, path, "ladder", name)
        if known and self.ladders is not None and (name in self.of_steps) is not steps:
            told = ("dossiers", "steps") if steps else ("steps", "dossiers")
            draft.refuse(
                path,
                found=say("ladder_of", name=name, what=say(told[0])),
                expected=say("a_ladder_of", what=say(told[1])),
            )

    @property
    def step_ladder(self) -> str | None:
        """Return the ladder of steps where nobody names one: "steps", if the office has it."""
        return _STEPS if _STEPS in self.of_steps else None


def references_of(step: StepModel | StepDefaults) -> Iterator[tuple[NameKind, str]]:
    """Yield the unit and the role that a step names itself, each with the key it stands under."""
    if step.unit is not None:
        yield "unit", step.unit
    if step.role is not None:
        yield "role", step.role


def gather_names(office: Draft[Any], ladders: Draft[Any]) -> Names:
    """Take the names from the raw values, so that one fault does not cause a hundred more."""
    roles = office.data.get("roles")
    codes = [role.get("code") for role in roles if isinstance(role, dict)] if isinstance(roles, list) else []
    templates = {name: name in STEP_TEMPLATES for name in TEMPLATES}
    own = ladders.data.get("templates")
    templates |= {name: of == _STEPS for name, of in own.items()} if isinstance(own, dict) else {}
    return Names(
        units=_keys(office.data.get("units")),
        roles=[code for code in codes if isinstance(code, str)] or None,
        calendars=_keys(office.data.get("calendars")),
        ladders=_keys(ladders.data.get("ladders")),
        templates=templates,
        of_steps=frozenset(_of_steps(ladders.data.get("ladders"), templates)),
    )


def _of_steps(table: Any, templates: Mapping[str, bool]) -> Iterator[str]:
    for code, ladder in table.items() if isinstance(table, dict) else ():
        rungs = ladder.get("rungs") if isinstance(ladder, dict) else None
        first = rungs[0] if isinstance(rungs, list) and rungs else None
        name = first.get("template") if isinstance(first, dict) else None
        if isinstance(name, str) and templates.get(name):
            yield code


def _keys(table: Any) -> list[str] | None:
    return list(table) if isinstance(table, dict) and table else None

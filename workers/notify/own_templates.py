"""The mails that an office wrote for its own rungs: each must be there and usable before it is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.errors import Problem
from config.locate import locate
from config.said import say
from workers.notify.compose import faults_of
from workers.notify.samples import of_dossier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from config.sla import Sla
    from domain.deadline import Language

_FILE: Final = "ladders.toml"


def check_own_templates(sla: Sla, folder: Path | None) -> list[Problem]:
    """Return what is wrong with the templates a configuration names; `folder` is the office's `templates/`.

    Each is needed in the language of everybody who may be told by it: in Vietnamese, and in English where
    somebody asked for that.
    """
    problems: list[Problem] = []
    for name, tells_of in sla.templates.items():
        for lang in _languages(sla):
            file = f"mails/{lang}/{name}.j2"
            if folder is None or not (folder / file).is_file():
                problems.append(_missing(sla, name, lang, file))
                continue
            problems += faults_of(of_dossier(lang, name, of_step=tells_of == "steps"), folder)
    return problems


def _languages(sla: Sla) -> Iterator[Language]:
    yield "vi"
    if any(person.lang == "en" for person in sla.lines.people):
        yield "en"


def _missing(sla: Sla, name: str, lang: Language, file: str) -> Problem:
    line, column = locate(sla.files[_FILE], ("templates", name))
    return Problem(
        file=_FILE,
        line=line,
        column=column,
        key=f"templates.{name}",
        found=say("no_own_template", file=file),
        expected=say("this_template" if lang == "vi" else "this_template_in_english"),
    )

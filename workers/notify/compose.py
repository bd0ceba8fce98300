"""A letter from what a notice says and a template; a template that cannot be used is named with its line."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final, Literal

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound, UndefinedError

from config.errors import ConfigError, Problem
from workers.notify.channel import Letter
from workers.notify.templates import PACKAGED, templates_of
from workers.notify.view import NoticeView

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_SUBJECT: Final = 200
SUBJECT: Final = "Subject:"
STEP_TEMPLATES: Final = ("step_due", "step_late")
TEMPLATES: Final = ("reminder", "due_today", "apology", "escalation", *STEP_TEMPLATES)


def compose(
    view: NoticeView, person_email: str, sender: str, message_id: str, templates_folder: Path | None = None
) -> Letter:
    """Write the letter of one notice, as text and as HTML.

    `templates_folder` is the office's own `templates/`; what it lacks comes with the programs. Raises
    ConfigError naming file and line for a template with an error or with an unknown placeholder.
    """
    name = f"mails/{view.lang}/{view.template or view.kind}.j2"
    subject, text, html = _render(name, view, templates_folder)
    return Letter(
        to=person_email,
        subject=subject,
        text=text,
        html=html,
        message_id=message_id,
        sender=sender,
        sender_name=" ".join(view.office_name.split()),
        headers={"Content-Language": view.lang, "X-Dunghan-Dossier": " ".join(view.code.split())},
    )


def check_templates(templates_folder: Path | None) -> list[Problem]:
    """Return what is wrong with the templates of a folder: each is tried in both languages on a sample."""
    problems: list[Problem] = []
    for view in _samples():
        try:
            _render(f"mails/{view.lang}/{view.template}.j2", view, templates_folder)
        except ConfigError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    return problems


def _render(name: str, view: NoticeView, folder: Path | None) -> tuple[str, str, str]:
    placeholders = view.placeholders()
    try:
        templates = templates_of(folder)
        text = templates.text.get_template(name).render(placeholders)
        html = templates.html.get_template(name).render(placeholders)
    except (
        Exception
    ) as error:  # an office's template can raise anything: a division, a wrong filter, recursion
        raise ConfigError([_problem(name, folder, error)]) from error
    first, _, body = text.partition("\n")
    subject = first.removeprefix(SUBJECT).strip()
    if not first.startswith(SUBJECT) or not subject or not body.strip():
        found = f"a mail that begins {text[:40]!r}"
        expected = f"a first line '{SUBJECT} ...' and a text under it"
        raise ConfigError(
            [Problem(file=_path_of(name, folder), line=1, column=1, found=found, expected=expected)]
        )
    return _bounded(subject), body.strip("\n") + "\n", html


def _bounded(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _problem(name: str, folder: Path | None, error: Exception) -> Problem:
    file, line = _path_of(name, folder), 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".j2"):
            file, line = frame.filename, frame.lineno or 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    return Problem(
        file=file, line=line, column=1 if line else 0, found=_found(error), expected=_expected(error)
    )


def _found(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"no template {error.name!r}"
    text = str(error) or "nothing more"
    return text if isinstance(error, TemplateError) else f"{type(error).__name__}: {text}"


def _expected(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        return f"one of the placeholders {', '.join(_sample().placeholders())}"
    if isinstance(error, TemplateNotFound):
        return f"one of {', '.join(TEMPLATES)}"
    return "a template that can be rendered"


def _path_of(name: str, folder: Path | None) -> str:
    own = folder / name if folder else None
    return str(own if own and own.is_file() else PACKAGED / name)


def _samples() -> list[NoticeView]:
    sample = _sample()
    rich = {"merged": ("t-2", "t-1"), "delayed": True, "provisional": True, "subject": "…"}
    languages: tuple[Literal["vi", "en"], ...] = ("vi", "en")
    of_step = {"step_name": "…", "step_appointment": sample.appointment}
    plain = [
        replace(sample, lang=lang, template=name, **(of_step if name in STEP_TEMPLATES else {}))  # type: ignore[arg-type]
        for lang in languages
        for name in TEMPLATES
    ]
    return [*plain, *(replace(view, **rich, apology_by=view.appointment) for view in plain)]  # type: ignore[arg-type]


def _sample() -> NoticeView:
    moment = datetime(2019, 5, 31, 10, 0, tzinfo=UTC)
    return NoticeView(
        code="000.00.19.H51-190531-0001",
        procedure_name="…",
        unit_name="…",
        role_title="…",
        kind="reminder",
        rung="t-1",
        level=1,
        accepted=date(2019, 5, 29),
        due_on=date(2019, 5, 31),
        appointment=moment,
        words="…",
        sla_version=1,
        office_name="…",
    )

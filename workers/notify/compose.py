"""A letter from what a notice says and a template; a template that cannot be used is named with its line."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound, UndefinedError

from config.errors import ConfigError, Problem
from config.said import Said, say
from config.said_misfits import raised_by
from workers.notify.channel import LANGUAGE, Attachment, Letter
from workers.notify.office_views import PackView
from workers.notify.samples import DIGEST_TEMPLATE, OFFICE_TEMPLATES, TEMPLATES, samples
from workers.notify.templates import PACKAGED, templates_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from workers.notify.view import View

LONGEST_SUBJECT: Final = 200
SUBJECT: Final = "Subject:"
_MEDIA_TYPES: Final = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def compose(
    view: View, address: str, sender: str, message_id: str, templates_folder: Path | None = None
) -> Letter:
    """Write the letter of one notice, as text and as HTML.

    `templates_folder` is the office's own `templates/`; what it lacks comes with the programs. Raises
    ConfigError naming file and line for a template with an error or with an unknown placeholder.
    """
    subject, text, html = _render(view, templates_folder)
    about, reference = view.reference
    return Letter(
        to=address,
        subject=subject,
        text=text,
        html=html,
        message_id=message_id,
        sender=sender,
        sender_name=" ".join(view.office_name.split()),
        headers={LANGUAGE: view.lang, about: reference},
        attachments=_attached(view),
    )


def _attached(view: View) -> tuple[Attachment, ...]:
    """Return the files that go with a letter; one that was taken away meanwhile goes no more."""
    files = view.files if isinstance(view, PackView) else ()
    return tuple(
        Attachment(path.name, _MEDIA_TYPES.get(path.suffix, "application/octet-stream"), path.read_bytes())
        for path in files
        if path.is_file()
    )


def check_templates(templates_folder: Path | None) -> list[Problem]:
    """Return what is wrong with the templates of a folder: each is tried in both languages on a sample."""
    return faults_of(samples(), templates_folder)


def faults_of(views: Iterable[View], templates_folder: Path | None) -> list[Problem]:
    """Return what is wrong with the templates of some samples, each fault once."""
    problems: list[Problem] = []
    for view in views:
        try:
            _render(view, templates_folder)
        except ConfigError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    return problems


def _render(view: View, folder: Path | None) -> tuple[str, str, str]:
    name, placeholders = f"mails/{view.lang}/{view.file}.j2", view.placeholders()
    try:
        templates = templates_of(folder)
        text = templates.text.get_template(name).render(placeholders)
        html = templates.html.get_template(name).render(placeholders)
    except (
        Exception
    ) as error:  # an office's template can raise anything: a division, a wrong filter, recursion
        raise ConfigError([_problem(name, folder, error, list(placeholders))]) from error
    first, _, body = text.partition("\n")
    subject = first.removeprefix(SUBJECT).strip()
    if not first.startswith(SUBJECT) or not subject or not body.strip():
        found = say("mail_begins", text=text[:40])
        expected = say("mail_form", subject=SUBJECT)
        raise ConfigError(
            [Problem(file=_path_of(name, folder), line=1, column=1, found=found, expected=expected)]
        )
    return _bounded(subject), body.strip("\n") + "\n", html


def _bounded(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def _problem(name: str, folder: Path | None, error: Exception, known: list[str]) -> Problem:
    file, line = _path_of(name, folder), 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".j2"):
            file, line = frame.filename, frame.lineno or 0
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or file, error.lineno
    return Problem(
        file=file, line=line, column=1 if line else 0, found=_found(error), expected=_expected(error, known)
    )


def _found(error: Exception) -> Said:
    if isinstance(error, TemplateNotFound):
        return say("no_template", name=error.name)
    return raised_by(error, of_template=TemplateError)


def _expected(error: Exception, known: list[str]) -> Said:
    if isinstance(error, UndefinedError):
        return say("placeholders", names=tuple(known))
    if isinstance(error, TemplateNotFound):
        return say("one_of", names=(*TEMPLATES, DIGEST_TEMPLATE, *OFFICE_TEMPLATES))
    return say("rendered")


def _path_of(name: str, folder: Path | None) -> str:
    own = folder / name if folder else None
    return str(own if own and own.is_file() else PACKAGED / name)

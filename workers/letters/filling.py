"""A form from its template and what it says, as a Word document; a template that cannot be used is named."""

from __future__ import annotations

import re
import traceback
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import UndefinedError

from config.errors import ConfigError, Problem
from config.said import Said, say
from config.said_misfits import raised_by
from workers.letters.environment import FormEnvironment
from workers.letters.templates import template_of

if TYPE_CHECKING:
    from pathlib import Path

    from workers.letters.view import LetterView

MOST_BYTES: Final = 20_000_000
"""How large a template may be once unpacked: a form is a page or two, not a bomb."""
_TAG: Final = re.compile(r"<[^>]+>")
_EXCERPT: Final = 80


class _TooLargeError(Exception):
    """Say that a template is too large once unpacked."""


def fill(view: LetterView, folder: Path | None = None) -> bytes:
    """Return a form as a Word document (.docx).

    `folder` is the office's own `templates/`; what it lacks comes with the programs. Raises ConfigError with
    the file and the paragraph for a template with an error, with an unknown placeholder, or that is none.
    """
    path, environment = template_of(view.kind, folder), FormEnvironment()
    placeholders = view.placeholders()
    try:
        return _filled(path.read_bytes(), placeholders, environment)
    except Exception as error:  # an office's template can raise anything
        raise ConfigError([_problem(path, error, environment, list(placeholders))]) from error


def _filled(packed: bytes, placeholders: dict[str, object], environment: FormEnvironment) -> bytes:
    from docxtpl import DocxTemplate

    with ZipFile(BytesIO(packed)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
            raise _TooLargeError
    template, made = DocxTemplate(BytesIO(packed)), BytesIO()
    template.render(placeholders, environment, autoescape=True)
    template.save(made)
    return made.getvalue()


def _problem(path: Path, error: Exception, environment: FormEnvironment, known: list[str]) -> Problem:
    paragraph = _paragraph(error, environment)
    said = (
        say("too_large", most=MOST_BYTES // 1_000_000)
        if isinstance(error, _TooLargeError)
        else raised_by(error, of_template=TemplateError)
    )
    found = say("in_paragraph", found=said, text=paragraph) if paragraph else said
    return Problem(file=str(path), found=found, expected=_expected(error, known))


def _paragraph(error: Exception, environment: FormEnvironment) -> str:
    """Return the paragraph of an error: each stands on a line of its own in what is rendered."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    if isinstance(error, TemplateSyntaxError):
        lines = [error.lineno]
    paragraphs = environment.source.split("\n")
    if not lines or not lines[-1] or lines[-1] > len(paragraphs):
        return ""
    text = " ".join(_TAG.sub("", paragraphs[lines[-1] - 1]).split())
    return text[:_EXCERPT]


def _expected(error: Exception, known: list[str]) -> Said:
    if isinstance(error, UndefinedError):
        return say("placeholders", names=tuple(known))
    if isinstance(error, FileNotFoundError | _TooLargeError):
        return say("template_of_form")
    return say("word_document")

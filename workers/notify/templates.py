"""The templates of mails: the packaged ones, and over them the copies that the office edits.

Text and HTML are made from the same file of a kind, so that the office edits each sentence once. Templates
are sandboxed, a placeholder that does not exist is an error, and values are escaped in HTML.
"""

from __future__ import annotations

import os
import re
import textwrap
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

import config
from domain.acknowledgement import went_up
from domain.rung_terms import REPEAT_MARK

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

PACKAGED: Final = Path(config.__file__).parent / "templates"
FOLDERS: Final = ("mails", "mails/vi", "mails/en")
WIDTH: Final = 76
DUE: Final = "due"
_LABEL: Final = 17
_RUNG: Final = re.compile(r"[a-z][+-]\d+")

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Hold the two ways in which the same templates are read."""

    text: Environment
    html: Environment


def templates_of(folder: Path | None) -> Templates:
    """Return the templates of an office folder's `templates/`, over the packaged ones; None: only those.

    They are compiled once and again when a file of the folder changes: workers notice without restart.
    """
    return _compiled(folder, _stamp(folder) if folder else ())


@lru_cache(maxsize=8)
def _compiled(folder: Path | None, _stamp: Stamp) -> Templates:
    return Templates(text=_environment(folder, html=False), html=_environment(folder, html=True))


def _environment(folder: Path | None, *, html: bool) -> Environment:
    places = [folder, PACKAGED] if folder else [PACKAGED]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(place, encoding="utf-8") for place in places]),
        autoescape=select_autoescape((), (), default=html),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    form = "html" if html else "txt"
    environment.globals |= {
        "layout": f"mails/layout.{form}.j2",
        "office_layout": f"mails/office_layout.{form}.j2",
        "digest_layout": f"mails/digest_layout.{form}.j2",
    }
    environment.filters |= {
        "moment": _moment,
        "rung": _rung,
        "lines": _lines,
        "wrapped": _wrapped,
        "fact": _fact,
        "pairs": _pairs,
        "short": _short,
    }
    return environment


def _stamp(folder: Path) -> Stamp:
    """Return name, time and size of every template of the office; an edit or a new file changes it."""
    found: list[tuple[str, int, int]] = []
    for name in FOLDERS:
        try:
            with os.scandir(folder / name) as entries:
                states = [(entry.path, entry.stat()) for entry in entries if entry.name.endswith(".j2")]
        except FileNotFoundError:
            continue
        found += [(path, state.st_mtime_ns, state.st_size) for path, state in states]
    return tuple(sorted(found))


@pass_context
def _moment(context: Context, moment: date) -> str:
    """Show a moment as 14:00 ngày 31/05/2019 (14:00 on 31/05/2019), a day as 31/05/2019."""
    return _in_words(moment, "ngày" if context.get("lang") == "vi" else "on")


@lru_cache(maxsize=1_000)
def _in_words(moment: date, on: str) -> str:
    # Equal moments of two zones are shown alike: those of one office all are in its zone.
    return f"{moment:%H:%M} {on} {moment:%d/%m/%Y}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"


def _short(moment: date) -> str:
    """Show a moment as 14:00 31/05/2019, a day as 31/05/2019: for a table."""
    return f"{moment:%H:%M %d/%m/%Y}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"


@pass_context
def _rung(context: Context, code: str) -> str:
    """Show a rung the way people write it: t-2 as T−2, due in words, repeats and levels up by number."""
    vietnamese = context.get("lang") == "vi"
    code, levels = went_up(code)
    code, _, number = code.partition(REPEAT_MARK)
    if code == DUE:
        shown = "ngày hẹn trả" if vietnamese else "due day"
    else:
        shown = code.upper().replace("-", "−") if _RUNG.fullmatch(code) else code
    again = "nhắc lại lần" if vietnamese else "repeat"
    up = "báo lên lần" if vietnamese else "up"
    shown = f"{shown} ({again} {number})" if number else shown
    return f"{shown} ({up} {levels})" if levels else shown


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return each line as its label, before the first colon, and its value."""
    parts = [line.partition(":") for line in _lines(text)]
    return [(label.strip(), value.strip()) for label, _, value in parts]


@lru_cache(maxsize=1_000)
def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Fill one paragraph to 76 columns, beginning with `first` and indenting what follows with `rest`."""
    if len(first) + len(text) <= WIDTH and "\n" not in text:
        return first + text
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _fact(value: object, label: str) -> str:
    """Set a label and its value in two columns."""
    return _wrapped(str(value), f"  {label:<{_LABEL - 1}} ", " " * (_LABEL + 2))

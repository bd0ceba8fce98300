"""The sandbox in which a form is filled, and the words its templates have for days, hours and blanks."""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_BLANK_DAY: Final = "ngày ...... tháng ...... năm ........"
_BLANK_HOUR: Final = "...... giờ ...... phút"
_DOTS: Final = 24
_STACKED: Final = 24
_MOST_DOTS: Final = 200
_LAST_PADDED_MONTH: Final = 2


class BrokenFormError(TemplateError):
    """Say that a template, once filled, is no document any more: a condition cuts a table in two, say."""


class FormTemplate(Template):
    """Render a part of a document and see that it still is one: Word's own repair would lose text."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the part; raises BrokenFormError when it is not well-formed."""
        made = super().render(*args, **kwargs)
        if made.lstrip().startswith("<"):
            try:
                ET.fromstring(made)  # noqa: S314 - our own text: only whether it can be read is asked
            except ET.ParseError as error:
                raise BrokenFormError(f"parts that do not fit together ({error})") from error
        return made


class FormEnvironment(ImmutableSandboxedEnvironment):
    """Fill templates that the office edits: sandboxed, escaped, every placeholder must exist.

    `source` is the part being filled, one paragraph a line, so that an error can be shown in its paragraph.
    """

    template_class = FormTemplate
    source = ""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.filters |= {"day": _day, "short": _short, "hour": _hour, "dots": _dots, "stacked": _stacked}

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        """Compile a part and remember it."""
        self.source = str(source)
        return super().from_string(source, *args, **kwargs)


def _day(moment: date | None) -> str:
    """Show a day as ngày 03 tháng 6 năm 2019, an unknown one with room for a pen.

    Days below 10 and the months 1 and 2 are written with a zero (Decree 30/2020, Annex I).
    """
    if not moment:
        return _BLANK_DAY
    month = f"{moment.month:02}" if moment.month <= _LAST_PADDED_MONTH else str(moment.month)
    return f"ngày {moment.day:02} tháng {month} năm {moment.year}"


def _short(moment: date | None) -> str:
    """Show a day as 03/06/2019, an unknown one with room for a pen."""
    return f"{moment:%d/%m/%Y}" if moment else "...../...../......."


def _hour(moment: date | None) -> str:
    """Show the hour of a moment as 08 giờ 00 phút; a day without one leaves room for a pen."""
    return f"{moment:%H giờ %M phút}" if moment and isinstance(moment, datetime) else _BLANK_HOUR


def _dots(value: object, length: int = _DOTS) -> str:
    """Return the value, or that many dots to write upon."""
    return str(value) if value else "." * min(length, _MOST_DOTS)


def _stacked(text: str, width: int = _STACKED) -> str:
    """Break a long name into lines of about the same length: the head of a form is narrow."""
    if len(text) <= width:
        return text
    count = len(textwrap.wrap(text, width, break_long_words=False))
    return next(
        "\n".join(lines)
        for least in range(len(text) // count, len(text) + 1)
        for lines in [textwrap.wrap(text, least, break_long_words=False, break_on_hyphens=False)]
        if len(lines) <= count
    )

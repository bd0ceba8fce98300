"""A form as pdf: the page its filled Word document shows, so that both say the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.errors import ConfigError, Problem
from config.said import say
from workers.letters.paragraphs import UnshownError
from workers.letters.reading import read_sheet
from workers.letters.templates import fonts_of, template_of

if TYPE_CHECKING:
    from workers.letters.view import LetterView

_PROGRAM: Final = Path(__file__).with_name("sheet.typ")
_TIMES: Final = ("Times New Roman", "Tinos")
_FONTS: Final = {
    "plain": (*_TIMES, "Libertinus Serif"),
    # Libertinus loses the horns of ơ and ư in bold italics.
    "bold_italic": (*_TIMES, "New Computer Modern"),
}
"""What stands in for a font that is not there, typst's own last: each knows every Vietnamese letter."""


def as_pdf(view: LetterView, document: bytes, folder: Path | None = None) -> bytes:
    """Return the pdf of a filled form; raises ConfigError for what its template has that no pdf can show.

    `document` is the Word document that `fill` made of the view; its fonts are looked for in the office's
    `templates/letters/fonts`, then on the machine.
    """
    import typst

    try:
        sheet = read_sheet(document)
    except UnshownError as error:
        problem = Problem(
            file=str(template_of(view.kind, folder)),
            found=error.said,
            expected=say("typed_by_hand"),
            advice=say("docx_can"),
        )
        raise ConfigError([problem]) from error
    fonts = fonts_of(folder)
    made = typst.compile(
        _PROGRAM,
        format="pdf",
        font_paths=[fonts] if fonts else [],
        sys_inputs={
            "sheet": json.dumps(asdict(sheet)),
            "fonts": json.dumps(_FONTS),
            "title": f"{view.title} {view.code}",
        },
    )
    if not isinstance(made, bytes):
        raise TypeError(f"typst made {type(made).__name__}")
    return made

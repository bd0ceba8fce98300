"""Forms in tests: what a document says, and small Word templates made on the spot."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document as Opened

OWN: Final = "letters/vi"


def lines_of_docx(document: bytes) -> list[str]:
    """Return the text of every paragraph of a Word document, those in tables too, in their order."""
    opened = Document(BytesIO(document))
    paragraphs = opened.element.body.iter(qn("w:p"))
    kinds = (qn("w:t"), qn("w:br"))
    return [
        "".join(piece.text or "" if piece.tag == kinds[0] else "\n" for piece in paragraph.iter(*kinds))
        for paragraph in paragraphs
    ]


def text_of_docx(document: bytes) -> str:
    return "\n".join(lines_of_docx(document))


def text_of_pdf(document: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def pages_of_pdf(document: bytes) -> list[tuple[int, int]]:
    """Return the width and height of every page in millimetres."""
    boxes = [page.mediabox for page in PdfReader(BytesIO(document)).pages]
    return [(round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) for box in boxes]


def letters_only(text: str) -> str:
    """Return a text without spaces and dots: where lines end and how far dots run is a matter of looks."""
    return re.sub(r"[\s.\u200b]+", "", text)


def word_file(*paragraphs: str, dress: Callable[[Opened], Any] | None = None) -> bytes:
    """Return a Word document of some paragraphs; `dress` does more to it."""
    made, packed = Document(), BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    if dress is not None:
        dress(made)
    made.save(packed)
    return packed.getvalue()


def own_template(
    folder: Path, kind: str, *paragraphs: str, dress: Callable[[Opened], Any] | None = None
) -> Path:
    """Write an office's own template of a form into its `templates/` and return that folder."""
    place = folder / OWN / f"{kind}.docx"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(word_file(*paragraphs, dress=dress))
    return folder


def repacked(document: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """Return a Word document with one of its parts changed as text."""
    packed = BytesIO()
    with ZipFile(BytesIO(document)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return packed.getvalue()

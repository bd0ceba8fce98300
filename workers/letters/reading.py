"""From a Word document to the page it shows; what a page of ours cannot show is refused, never left out."""

from __future__ import annotations

from io import BytesIO
from posixpath import join
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from config.said import say
from workers.letters.looks import Styles, W, points, value_of
from workers.letters.paragraphs import UnshownError, inner, paragraph_of
from workers.letters.sheet import Sheet
from workers.letters.tables import table_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from workers.letters.sheet import Block

_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_A4: Final = (595.3, 841.9)
_MARGIN: Final = 72.0


def read_sheet(packed: bytes) -> Sheet:
    """Return the page that a Word document (.docx) shows; raises UnshownError for what it cannot show."""
    with ZipFile(BytesIO(packed)) as parts:
        files = {name: parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rels"))}
    body = _xml(files["word/document.xml"])[0]
    styles = Styles(_xml(files["word/styles.xml"]) if "word/styles.xml" in files else None)
    sections = list(body.iter(f"{W}sectPr"))
    if len(sections) != 1:
        raise UnshownError(say("unshown_sections", count=len(sections)))
    return _sheet(body, sections[0], styles, files)


def _sheet(body: Element, section: Element, styles: Styles, files: dict[str, bytes]) -> Sheet:
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")

    def length(element: Element | None, name: str, otherwise: float) -> float:
        found = points(value_of(element, name))
        return otherwise if found is None else found

    return Sheet(
        width=length(size, "w", _A4[0]),
        height=length(size, "h", _A4[1]),
        top=length(margin, "top", _MARGIN),
        right=length(margin, "right", _MARGIN),
        bottom=length(margin, "bottom", _MARGIN),
        left=length(margin, "left", _MARGIN),
        blocks=blocks_of(body, styles),
        header=_beside(section, "header", styles, files),
        footer=_beside(section, "footer", styles, files),
    )


def blocks_of(place: Element, styles: Styles) -> tuple[Block, ...]:
    """Return the paragraphs and tables of a body, a cell, a header or a footer."""
    return tuple(
        table_of(element, styles, blocks_of) if element.tag == f"{W}tbl" else paragraph_of(element, styles)
        for element in inner(place, ("p", "tbl"), passed=("sectPr", "tcPr"))
    )


def _beside(section: Element, what: str, styles: Styles, files: dict[str, bytes]) -> tuple[Block, ...]:
    """Return what stands above or below every page; another first page is not known here."""
    named = {value_of(found, "type"): found.get(_RELATED) for found in section.findall(f"{W}{what}Reference")}
    if not named:
        return ()
    if section.find(f"{W}titlePg") is not None:
        raise UnshownError(say("unshown_header" if what == "header" else "unshown_footer"))
    related = _xml(files["word/_rels/document.xml.rels"])
    targets = {found.get("Id"): found.get("Target", "") for found in related}
    target = targets.get(named.get("default"), "")
    return blocks_of(_xml(files[join("word", target)]), styles) if target else ()


def _xml(text: bytes) -> Element:
    return ET.fromstring(text)  # noqa: S314 - a part of a document that was read and written again by us

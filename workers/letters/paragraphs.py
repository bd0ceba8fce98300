"""A paragraph of a Word document and its runs, as a page of ours shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.said import Said, as_is, say
from workers.letters.looks import W, first, is_on, name_of, points, value_of
from workers.letters.sheet import Paragraph, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from workers.letters.looks import Layers, Styles
    from workers.letters.sheet import Align, Mark

_WORD_SIZE: Final = 10.0
"""What Word takes where no style names a size."""
_SINGLE: Final = 240
_AROUND: Final = ("hyperlink", "smartTag", "sdt", "sdtContent", "ins")
"""Elements that only stand around others."""
_SILENT: Final = (
    *("proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart"),
    *("permEnd", "sdtPr", "sdtEndPr", "smartTagPr", "lastRenderedPageBreak", "rPr", "pPr", "del"),
)
"""Elements that show nothing."""
_ALIGN: Final[dict[str, Align]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_IN_WORDS: Final = {
    "drawing": "unshown_picture",
    "pict": "unshown_picture",
    "object": "unshown_object",
    "AlternateContent": "unshown_picture",
    "numPr": "unshown_number",
    "fldSimple": "unshown_field",
    "fldChar": "unshown_field",
    "instrText": "unshown_field",
    "footnoteReference": "unshown_footnote",
    "sym": "unshown_sign",
    "vMerge": "unshown_cells",
}


class UnshownError(Exception):
    """Say what a document has that a page of ours cannot show."""

    def __init__(self, what: Said, near: Element | None = None) -> None:
        text = "" if near is None else "".join(near.itertext()).strip()
        self.said = say("near", what=what, text=text[:60]) if text else what
        super().__init__(str(self.said))


def _element(name: str) -> Said:
    return say(_IN_WORDS[name]) if name in _IN_WORDS else as_is(name)


def inner(place: Element, wanted: Sequence[str], *, passed: Sequence[str] = ()) -> Iterator[Element]:
    """Yield the elements of a place that are wanted, also inside those that only stand around others.

    Raises UnshownError for an element nobody here knows: its text would be lost.
    """
    for element in place:
        name = name_of(element)
        if name in wanted:
            yield element
        elif name in _AROUND:
            yield from inner(element, wanted, passed=passed)
        elif name not in _SILENT and name not in passed:
            raise UnshownError(_element(name.rpartition("}")[2]), place)


def paragraph_of(element: Element, styles: Styles) -> Paragraph:
    """Return a paragraph with everything it inherits."""
    about = styles.of_paragraph(element)
    if any(layer.find(f"{W}numPr") is not None for layer in about):
        raise UnshownError(say("unshown_number"), element)
    left, right = _length(about, "ind", "left", "start"), _length(about, "ind", "right", "end")
    hanging = _length(about, "ind", "hanging")
    align = _ALIGN.get(first(about, "jc") or "", "left")
    return Paragraph(
        pieces=tuple(_pieces(element, styles, _tab(about))),
        align=align,
        before=_length(about, "spacing", "before"),
        after=_length(about, "spacing", "after"),
        left=left,
        right=right,
        first=-hanging if hanging else _length(about, "ind", "firstLine"),
        lines=_lines(about),
        size=_size(styles.of_run(None, element)),
    )


def _length(about: Layers, name: str, *attributes: str) -> float:
    told = (points(first(about, name, attribute)) for attribute in attributes)
    return next((length for length in told if length is not None), 0.0)


def _lines(about: Layers) -> float:
    """Return how far apart lines stand, 1 is single; an exact distance is taken as single."""
    line, rule = first(about, "spacing", "line"), first(about, "spacing", "lineRule")
    return float(line) / _SINGLE if line and rule in (None, "auto") else 1.0


def _tab(about: Layers) -> Mark:
    """Return what a tab means: the rest of the line where a stop leads to the right with dots or without."""
    stops = [stop for layer in about for stop in layer.findall(f"{W}tabs/{W}tab")]
    if any(value_of(stop, "leader") in ("dot", "underscore", "middleDot", "hyphen") for stop in stops):
        return "dots"
    return "fill" if any(value_of(stop) == "right" for stop in stops) else "gap"


def _pieces(paragraph: Element, styles: Styles, tab: Mark) -> Iterator[Piece]:
    for run in inner(paragraph, ("r",)):
        look = styles.of_run(run, paragraph)
        if is_on(look, "vanish"):
            continue
        for element in inner(run, ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen")):
            yield _piece(element, look, tab)


def _piece(element: Element, look: Layers, tab: Mark) -> Piece:
    name = name_of(element)
    if name == "br" and value_of(element, "type") in ("page", "column"):
        raise UnshownError(say("unshown_break"))
    mark: Mark = {"tab": tab, "br": "break", "cr": "break"}.get(name, "text")
    text = {"t": element.text or "", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}.get(name, "")
    return Piece(
        mark=mark,
        text=text.upper() if is_on(look, "caps") else text,
        font=first(look, "rFonts", "ascii") or "",
        size=_size(look),
        bold=is_on(look, "b"),
        italic=is_on(look, "i"),
        underline=(first(look, "u") or "none") != "none",
    )


def _size(look: Layers) -> float:
    told = first(look, "sz")
    return float(told) / 2 if told else _WORD_SIZE

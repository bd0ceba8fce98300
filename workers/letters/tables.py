"""A table of a Word document, as a page of ours shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.said import say
from workers.letters.looks import W, points, value_of
from workers.letters.paragraphs import UnshownError, inner
from workers.letters.sheet import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from workers.letters.looks import Layers, Styles
    from workers.letters.sheet import Block

    Blocks = Callable[[Element, Styles], tuple[Block, ...]]


def table_of(element: Element, styles: Styles, blocks_of: Blocks) -> Table:
    """Return a table; `blocks_of` reads what stands in a cell."""
    about = _about(element, styles)
    rows = tuple(
        tuple(_cell(cell, styles, blocks_of) for cell in inner(row, ("tc",), passed=("trPr", "tblPrEx")))
        for row in inner(element, ("tr",), passed=("tblPr", "tblGrid"))
    )
    inset = points(_told(about, "tblCellMar/w:left", "w"))
    return Table(
        widths=tuple(
            points(value_of(column, "w")) or 0.0 for column in element.findall(f"{W}tblGrid/{W}gridCol")
        ),
        rows=rows,
        inset=5.4 if inset is None else inset,
        lined=(_told(about, "tblBorders/w:insideH", "val") or "none") not in ("none", "nil"),
        align="center" if _told(about, "jc", "val") == "center" else "left",
    )


def _about(element: Element, styles: Styles) -> Layers:
    own = element.find(f"{W}tblPr")
    named = value_of(own.find(f"{W}tblStyle")) if own is not None else None
    return tuple(layer for layer in (own, *styles.chain(named, "tblPr")) if layer is not None)


def _told(about: Layers, path: str, attribute: str) -> str | None:
    steps = f"{W}{path}".replace("w:", W)
    values = (value_of(layer.find(steps), attribute) for layer in about)
    return next((value for value in values if value is not None), None)


def _cell(element: Element, styles: Styles, blocks_of: Blocks) -> Cell:
    about = element.find(f"{W}tcPr")
    span = None
    if about is not None:
        if about.find(f"{W}vMerge") is not None:
            raise UnshownError(say("unshown_cells"), element)
        span = value_of(about.find(f"{W}gridSpan"))
    return Cell(blocks=blocks_of(element, styles), columns=int(span or 1))

"""A page as a form needs it: paragraphs and tables with their looks, everything in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
Mark = Literal["text", "break", "gap", "dots", "fill"]
"""A text; a new line; a small gap; the rest of the line in dots to write upon, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Hold a stretch of one look; `text` is empty unless `mark` is "text"."""

    mark: Mark = "text"
    text: str = ""
    font: str = ""
    size: float = 11
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Hold a paragraph; `first` is the indent of its first line, negative where it hangs out."""

    pieces: tuple[Piece, ...] = ()
    align: Align = "left"
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    first: float = 0
    lines: float = 1
    size: float = 11
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Hold a cell of a table; it may be as wide as several columns."""

    blocks: tuple[Block, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Hold a table: the widths of its columns, its rows, the room beside its texts, whether it has lines."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    inset: float = 5.4
    lined: bool = False
    align: Align = "left"
    kind: Literal["table"] = "table"


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold a document: the size of its pages, their margins, what stands above, on and below each."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    blocks: tuple[Block, ...]
    header: tuple[Block, ...] = ()
    footer: tuple[Block, ...] = ()

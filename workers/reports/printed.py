"""An official paper: letterhead, title, tables with merged heads, notes, place and date, signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
Value = str | int | Decimal
"""A text, a count, or a number shown with as many places as it has: 1,6."""
Row = tuple[Value, ...]
Align = Literal["left", "center", "right"]


class HeadCell(NamedTuple):
    """Hold one cell of a head: where it stands, what it says, how far it reaches."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Hold a table: widths of the columns in characters, merged heads, rows and their sum.

    The last row of the head holds the numbers of the columns where `numbered`. `aligns` says how the columns
    stand, `size` is that of its texts in points on paper. `links` lead from a cell (row, column; the sum is
    the row after the last) to a place in the book.
    """

    widths: tuple[float, ...]
    head: tuple[HeadCell, ...]
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...]
    total: Row | None = None
    title: str = ""
    numbered: bool = False
    size: float = 10.5
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def head_rows(self) -> int:
        """Return how many rows the head has."""
        return max(cell.row + cell.rows for cell in self.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Hold a paper: what stands over its tables, the tables, what stands under them.

    `number` names the form, `above` are the lines under the title, `unit` the line over the first table.
    `notes` are heads with their lines; `signers` are titles with what is written under them.
    """

    number: str
    office_name: str
    title: str
    above: tuple[str, ...]
    grids: tuple[Grid, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    dated: str
    signers: tuple[tuple[str, str], ...]
    foot: str
    unit: str = ""


def plain_head(heads: tuple[str, ...]) -> tuple[HeadCell, ...]:
    """Return the head of a table without merged cells."""
    return tuple(HeadCell(0, column, text) for column, text in enumerate(heads))

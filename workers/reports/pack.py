"""The audit pack as it is written: sections of tables and charts, the same for paper, workbook and csv."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

Cell = str | int | Fraction | Decimal | None
"""A text, a count, a share (shown as a percentage with two places), hours with one place, or nothing."""
Align = Literal["left", "center", "right"]
Look = Literal["bars", "hatched", "dark", "line", "centre", "limit", "signal", "cumulative"]
TITLE: Final = "Bộ hồ sơ kiểm tra chất lượng (ISO 9001:2015)"
ON_PAPER: Final = 150
"""Rows of a table that are printed; the workbook and the csv have all of them."""


class Head(NamedTuple):
    """Hold the head of a column, its width in characters and how it stands; `paper`: its width there."""

    text: str
    width: float
    align: Align = "left"
    paper: float | None = None


class Series(NamedTuple):
    """Hold what is drawn of a table: a name, a column, and how it looks without any colour."""

    name: str
    column: int
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Hold a chart of the rows `first` to `last` (inclusive) of a table; column `labels` names the points.

    Shares are drawn as percentages. `small`: two stand beside each other.
    """

    title: str
    series: tuple[Series, ...]
    first: int
    last: int
    labels: int = 0
    small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Hold a table. `code` names its csv, `sheet` its sheet; `total`: the last row is a sum."""

    code: str
    sheet: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    charts: tuple[Chart, ...] = ()
    total: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Hold one part of the pack: the clause it answers, what it says, and its tables."""

    title: str
    clause: str
    says: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Hold the whole pack; `as_of` is aware and in the office's zone, `facts` are its lines of identity."""

    office_name: str
    place: str
    period: str
    as_of: datetime
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return all tables in their order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def foot(self) -> str:
        """Return what stands at the foot of every page."""
        return f"{self.office_name} – {self.period} – tính đến {self.as_of:%H:%M %d/%m/%Y}"


def shown(cell: Cell) -> str:
    """Return a cell as people read it: 1.234; 98,21 %; 12,5; a dash for nothing."""
    if cell is None:
        return "—"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:,.1f}".translate(str.maketrans(",.", ".,"))
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".")
    hundredths = rounded(cell)
    return f"{hundredths // 100},{hundredths % 100:02d} %"


def rounded(share: Fraction) -> int:
    """Return a share that is not negative in hundredths of a percent, half up."""
    return int(share * 10_000 + Fraction(1, 2))

"""The audit pack on paper, set by typst: A4 landscape, charts drawn in black and white."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workers.reports.pack import ON_PAPER, TITLE, shown
from workers.reports.printed import MOTTO, NATION
from workers.reports.typesetting import set_pdf

if TYPE_CHECKING:
    from workers.reports.pack import Cell, Chart, Pack, Section, Table

_PROGRAM: Final = Path(__file__).with_name("pack.typ")


def write_pack_pdf(pack: Pack, path: Path) -> None:
    """Write a pack to `path`, whole or not at all; the same pack gives the same pages.

    Raises LookupError where the library for it (the extra `reports`) is not installed, OSError when the file
    cannot be written.
    """
    set_pdf(_PROGRAM, path, pack=_data(pack))


def _data(pack: Pack) -> dict[str, Any]:
    return {
        "nation": NATION,
        "motto": MOTTO,
        "title": TITLE,
        "office_name": pack.office_name,
        "period": pack.period,
        "dated": f"{pack.place or '.' * 20}, ngày {pack.as_of:%d} tháng {pack.as_of:%m} năm {pack.as_of:%Y}",
        "facts": pack.facts,
        "foot": pack.foot,
        "sections": [_section(section) for section in pack.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "clause": section.clause,
        "says": section.says,
        "tables": [_table(table) for table in section.tables],
    }


def _table(table: Table) -> dict[str, Any]:
    more = len(table.rows) - ON_PAPER
    rows = table.rows[:ON_PAPER]
    left = f"In {ON_PAPER} dòng đầu; còn {shown(more)} dòng nữa trong bảng tính và tệp {table.code}.csv."
    return {
        "title": table.title,
        "heads": [{**head._asdict(), "width": head.paper or head.width} for head in table.heads],
        "rows": [[shown(cell) for cell in row] for row in rows],
        "total": table.total and more <= 0,
        "notes": [*table.notes, *([left] if more > 0 else [])],
        "charts": [_chart(chart, table) for chart in table.charts],
    }


def _chart(chart: Chart, table: Table) -> dict[str, Any]:
    rows = table.rows[chart.first : chart.last + 1]
    return {
        "title": chart.title,
        "small": chart.small,
        "labels": [shown(row[chart.labels]) for row in rows],
        "counted": any(series.look == "cumulative" for series in chart.series),
        "series": [
            {
                "name": series.name,
                "look": series.look,
                "values": [_number(row[series.column]) for row in rows],
            }
            for series in chart.series
        ],
    }


def _number(cell: Cell) -> float | None:
    """Return what is drawn of a cell: a count as it is, a share as a percentage."""
    if cell is None or isinstance(cell, str):
        return None
    return float(cell) if isinstance(cell, int | Decimal) else float(cell * 100)

"""The on-time table in a terminal: in one piece where there is room, else in two or three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from domain.on_time_rate import Counts, rates
from workers.reports.on_time_table import TOTAL, OnTimeTable, explained, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

Head = tuple[str, str]
"""What a column shows (a count, or a rate) and its head, broken where it may break."""

RESOLVED: Final[tuple[Head, ...]] = (
    ("received", "Tiếp\nnhận"),
    ("early", "Trước\nhạn"),
    ("on_time", "Đúng\nhạn"),
    ("late", "Quá\nhạn"),
)
PENDING: Final[tuple[Head, ...]] = (
    ("pending_in_time", "Trong hạn\n(đang)"),
    ("pending_overdue", "Quá hạn\n(đang)"),
    ("waiting", "Chờ"),
    ("withdrawn", "Rút"),
)
RATES: Final[tuple[Head, ...]] = (
    ("rate_resolved", "Trên đã\ngiải quyết"),
    ("rate_received", "Trên\ntiếp nhận"),
    ("rate_766", "QĐ 766"),
)
LAYOUTS: Final = ((RESOLVED + PENDING + RATES,), (RESOLVED + PENDING, RATES), (RESOLVED, PENDING, RATES))
NAME_WIDTH: Final = 18  # columns of a terminal that a unit's name needs to stay readable
GAP: Final = 2
STYLES: Final = {"late": "red", "pending_overdue": "red", "withdrawn": "dim"}


def on_time_view(table: OnTimeTable, *, width: int) -> RenderableType:
    """Return what `rich` prints: head, table, definitions with their numbers, annex and stands.

    `width` is that of the terminal in columns. A narrow one gets several tables; no column is ever left out.
    """
    head = Text.assemble((table.office_name, "bold"), "\n", (table.title, "bold"), "\n", table.period)
    shown: list[RenderableType] = [head]
    for heads in _pieces(table.total, width):
        shown += [Text(), _table(table, heads)]
    return Group(*shown, *_notes(table))


def _pieces(total: Counts, width: int) -> tuple[tuple[Head, ...], ...]:
    """Return the layout with the fewest pieces that all fit; the sum has the widest numbers of its column."""
    fitting = (pieces for pieces in LAYOUTS if all(_needs(heads, total) <= width for heads in pieces))
    return next(fitting, LAYOUTS[-1])


def _needs(heads: Sequence[Head], total: Counts) -> int:
    cells = zip(heads, _cells(total, heads), strict=True)
    widths = [max(len(cell.plain), *map(len, head.split("\n"))) for (_, head), cell in cells]
    return NAME_WIDTH + sum(GAP + width for width in widths)


def _table(table: OnTimeTable, heads: Sequence[Head]) -> Table:
    made = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1), collapse_padding=True, show_edge=False, header_style="bold"
    )
    made.add_column(table.unit_label, min_width=12, overflow="fold", vertical="bottom")
    for _, head in heads:
        made.add_column(head, justify="right", vertical="bottom", no_wrap=True)
    for name, counts in table.rows:
        made.add_row(Text(printable(name)), *_cells(counts, heads))
    made.add_section()
    made.add_row(Text(TOTAL), *_cells(table.total, heads), style="bold")
    return made


def _cells(counts: Counts, heads: Sequence[Head]) -> list[Text]:
    percents = {rate.name: rate.percent() for rate in rates(counts)}
    return [Text(percents[key]) if key in percents else _count(key, getattr(counts, key)) for key, _ in heads]


def _count(key: str, count: int) -> Text:
    return Text(grouped(count), style=STYLES.get(key, "") if count else "dim")


def _notes(table: OnTimeTable) -> Iterable[RenderableType]:
    yield from _section("Tỷ lệ đúng hạn", [explained(rate) for rate in rates(table.total)])
    yield from _section("Ngoài bảng", table.annex)
    yield from _section("Cách tính", (table.against, *table.stands))


def _section(head: str, lines: Iterable[str]) -> tuple[RenderableType, ...]:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row(Text("·"), Text(line))
    return Text(f"\n{head}", style="bold"), grid


def printable(text: str) -> str:
    """Return a name without the control characters that could move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in text)

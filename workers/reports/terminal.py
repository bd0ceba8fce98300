"""The on-time table in a terminal: wide where there is room, counts over rates where there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from domain.on_time_rate import Counts, rates
from workers.reports.on_time_table import RATE_HEADS, TOTAL, OnTimeTable, explained, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

WIDE: Final = 124  # columns
HEADS: Final = (
    ("received", "Tiếp nhận"),
    ("early", "Trước hạn"),
    ("on_time", "Đúng hạn"),
    ("late", "Quá hạn"),
    ("pending_in_time", "Trong hạn (đang)"),
    ("pending_overdue", "Quá hạn (đang)"),
    ("waiting", "Chờ"),
    ("withdrawn", "Rút"),
)
STYLES: Final = {"late": "red", "pending_overdue": "red", "withdrawn": "dim"}


def on_time_view(table: OnTimeTable, *, width: int) -> RenderableType:
    """Return what `rich` prints: head, table, definitions with their numbers, annex and stands.

    `width` is that of the terminal in columns; below 124 the rates stand in a table of their own.
    """
    groups = [(_count_columns, _counts), (_rate_columns, _rates)]
    together = [groups] if width >= WIDE else [[group] for group in groups]
    tables = [_table(table, parts) for parts in together]
    head = Text.assemble((table.office_name, "bold"), "\n", (table.title, "bold"), "\n", table.period)
    return Group(head, *tables, *_notes(table))


def _table(
    table: OnTimeTable,
    parts: Sequence[tuple[Callable[[Table], None], Callable[[Counts], list[Text]]]],
) -> Table:
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, header_style="bold")
    made.add_column(table.unit_label, ratio=1, min_width=12, overflow="fold", vertical="bottom")
    for columns, _ in parts:
        columns(made)
    for name, counts in table.rows:
        made.add_row(Text(_printable(name)), *(cell for _, cells in parts for cell in cells(counts)))
    made.add_section()
    made.add_row(
        Text(TOTAL), *(cell for _, cells in parts for cell in cells(table.total)), style="bold"
    )
    return made


def _count_columns(made: Table) -> None:
    for _, head in HEADS:
        made.add_column(head, justify="right", vertical="bottom", min_width=5, max_width=9)


def _rate_columns(made: Table) -> None:
    for head in RATE_HEADS.values():
        made.add_column(head, justify="right", vertical="bottom", min_width=8, max_width=11)


def _counts(counts: Counts) -> list[Text]:
    return [_cell(name, getattr(counts, name)) for name, _ in HEADS]


def _rates(counts: Counts) -> list[Text]:
    return [Text(rate.percent(), no_wrap=True) for rate in rates(counts)]


def _cell(name: str, count: int) -> Text:
    return Text(grouped(count), style=STYLES.get(name, "") if count else "dim", no_wrap=True)


def _notes(table: OnTimeTable) -> list[RenderableType]:
    sections = (
        ("Tỷ lệ đúng hạn", [explained(rate) for rate in rates(table.total)]),
        ("Ngoài bảng", table.annex),
        ("Cách tính", table.stands),
    )
    made: list[RenderableType] = []
    for head, lines in sections:
        made.append(Text(f"\n{head}", style="bold"))
        made += [Padding(Text(f"· {line}"), (0, 0, 0, 2)) for line in lines]
    return made


def _printable(text: str) -> str:
    """Return a name without the control characters that could move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in text)

"""The table of `dunghan report`: counts by a breakdown, on the screen and for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.period import Period
    from workers.cli.here import Desk
    from workers.reports.on_time_table import Behind, OnTimeTable
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Dimension


def table_of(
    desk: Desk,
    period: Period,
    frame: Frame,
    dimensions: Sequence[Dimension],
    *,
    listed: bool = False,
    command: str = "",
) -> tuple[OnTimeTable, list[list[str]]]:
    """Return the table of a report and the codes of its rows.

    `listed`: with the dossiers behind its figures, or the `command` that lists those of a cell.
    """
    from workers.reports.on_time_table import AGAINST, OnTimeTable
    from workers.use_cases.behind import figures_and_dossiers
    from workers.use_cases.dimensions import Breakdown
    from workers.use_cases.figures import figures

    office, breakdown = desk.office(), Breakdown(dimensions, desk.office())
    behind: tuple[Behind, ...] | None = ()
    if listed:
        found, behind = figures_and_dossiers(desk.store, office, frame, dimensions)
    else:
        found = figures(desk.store, office, frame, dimensions)
    more: tuple[str, ...] = (
        (f"Nhiều thủ tục cùng lúc: {found.on_slips} hồ sơ trên {found.slips} giấy tiếp nhận.",)
        if found.slips
        else ()
    )
    if "step" in dimensions:
        more += ("Bước xử lý: bước đang đứng; đã có kết quả: bước cuối.",)
    table = OnTimeTable(
        office_name=office.sla.name,
        as_of=frame.as_of.astimezone(office.sla.zone),
        rows=tuple((breakdown.label(key), counts) for key, counts in found.rows),
        unit_label=breakdown.head,
        from_day=period.first,
        to_day=period.last,
        handled=not frame.cohort,
        against=AGAINST[frame.against],
        more=more,
        behind=behind or (),
        behind_note=_where(behind, dimensions, command) if listed else "",
    )
    return table, [list(key) for key, _ in found.rows]


def _where(behind: tuple[Behind, ...] | None, dimensions: Sequence[Dimension], command: str) -> str:
    """Return where the dossiers of a figure are found."""
    from workers.reports.on_time_table import grouped
    from workers.use_cases.behind import MOST

    if behind is None:
        cell = ",".join(f"{name}=…" for name in (*dimensions, "column"))
        return f"Có hơn {grouped(MOST)} hồ sơ, không liệt kê ở đây; của một ô: {command.format(cell=cell)}"
    return "Bấm vào một con số để tới hồ sơ của nó ở trang “Hồ sơ”." if behind else ""


def show_table(table: OnTimeTable) -> None:
    """Print the table as wide as the terminal."""
    from rich.console import Console

    from domain.on_time_rate import Counts
    from workers.reports.terminal import on_time_view

    # On the screen, places that have had nothing only hide the others; files and programs get them all.
    rows = tuple((name, counts) for name, counts in table.rows if counts != Counts())
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(on_time_view(replace(table, rows=rows), width=console.width))

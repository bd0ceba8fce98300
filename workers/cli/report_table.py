"""The table of `dunghan report`: counts by a breakdown, on the screen and for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.period import Period
    from workers.cli.here import Desk
    from workers.reports.on_time_table import OnTimeTable
    from workers.use_cases.as_of import Frame
    from workers.use_cases.dimensions import Dimension


def table_of(
    desk: Desk, period: Period, frame: Frame, dimensions: Sequence[Dimension]
) -> tuple[OnTimeTable, list[list[str]]]:
    """Return the table of a report and the codes of its rows."""
    from workers.reports.on_time_table import AGAINST, OnTimeTable
    from workers.use_cases.dimensions import Breakdown
    from workers.use_cases.figures import figures

    office = desk.office()
    found, breakdown = figures(desk.store, office, frame, dimensions), Breakdown(dimensions, office)
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
    )
    return table, [list(key) for key, _ in found.rows]


def show_table(table: OnTimeTable) -> None:
    """Print the table as wide as the terminal."""
    from rich.console import Console

    from domain.on_time_rate import Counts
    from workers.reports.terminal import on_time_view

    # On the screen, places that have had nothing only hide the others; files and programs get them all.
    rows = tuple((name, counts) for name, counts in table.rows if counts != Counts())
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(on_time_view(replace(table, rows=rows), width=console.width))

"""`dunghan report`: the on-time table by unit, on the screen, for a spreadsheet, for programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from workers.reports.on_time_table import OnTimeTable


def report(
    context: typer.Context,
    *,
    from_: Annotated[str | None, typer.Option("--from", help="Tiếp nhận từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Tiếp nhận đến hết ngày này.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi thêm bảng tính vào tệp này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """In bảng tỷ lệ đúng hạn theo đơn vị (on-time table).

    Mỗi tỷ lệ kèm định nghĩa, tử số và mẫu số. Tính các hồ sơ tiếp nhận trong
    kỳ, như chúng đang là lúc này.

    Ví dụ: dunghan report --from 01/05/2019 --to 31/05/2019 --xlsx thang-5.xlsx
    """
    from workers.cli.screen import print_json

    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise CommandError(f"--xlsx: có “{xlsx.name}”, cần tên tệp kết thúc bằng .xlsx.")
    if xlsx is not None and not xlsx.absolute().parent.is_dir():
        raise CommandError(f"--xlsx: không có thư mục {xlsx.absolute().parent}.")
    with at_desk(context, office) as desk:
        table = _table(desk, from_, to)
    if xlsx is not None:
        from workers.reports.xlsx import write_xlsx

        write_xlsx(table, xlsx)
    if as_json:
        print_json(table.as_json() | {"xlsx": str(xlsx) if xlsx else None})
        return
    _show(table)
    if xlsx is not None:
        typer.echo(f"\nĐã ghi {xlsx}.")


def _table(desk: Desk, first: str | None, last: str | None) -> OnTimeTable:
    from workers.cli.period import read_period
    from workers.reports.on_time_table import OnTimeTable
    from workers.use_cases.overview import counts_by_unit

    zone = desk.office().sla.zone
    period = read_period(first, last, zone)
    office, rows = counts_by_unit(
        desk.store, desk.office_code, now=desk.now, begin=period.begin, end=period.end
    )
    return OnTimeTable(
        office_name=office.sla.name,
        as_of=desk.now.astimezone(zone),
        rows=tuple(rows),
        from_day=period.first,
        to_day=period.last,
    )


def _show(table: OnTimeTable) -> None:
    from rich.console import Console

    from domain.on_time_rate import Counts
    from workers.reports.terminal import on_time_view

    # On the screen, units that have had nothing only hide the others; files and programs get them all.
    rows = tuple((name, counts) for name, counts in table.rows if counts != Counts())
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(on_time_view(replace(table, rows=rows), width=console.width))

"""`dunghan report`: the on-time table by unit, on the screen, for a spreadsheet, for programs."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import OPTIONS, Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from datetime import date

    from domain.working_calendar import WorkingCalendar
    from workers.reports.on_time_table import OnTimeTable


def report(
    context: typer.Context,
    *,
    from_: Annotated[
        str | None, typer.Option("--from", help="Tiếp nhận từ ngày này.", rich_help_panel=OPTIONS)
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="Tiếp nhận đến hết ngày này.", rich_help_panel=OPTIONS)
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Ghi thêm bảng tính vào tệp này.", rich_help_panel=OPTIONS)
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """In bảng tỷ lệ đúng hạn theo đơn vị, kèm định nghĩa và số liệu của từng tỷ lệ.

    Ví dụ: dunghan report --from 01/05/2019 --to 31/05/2019 --xlsx thang-5.xlsx
    """
    from workers.cli.screen import print_json

    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise CommandError(f"--xlsx: có “{xlsx.name}”, cần tên tệp kết thúc bằng .xlsx.")
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
    from workers.reports.on_time_table import OnTimeTable
    from workers.use_cases.overview import counts_by_unit

    calendar = desk.office().calendar
    from_day, to_day = _day(first, "--from", calendar), _day(last, "--to", calendar)
    if from_day and to_day and to_day < from_day:
        raise CommandError(f"--to {to_day:%d/%m/%Y} trước --from {from_day:%d/%m/%Y}.")
    office, rows = counts_by_unit(
        desk.store,
        desk.office_code,
        now=desk.now,
        begin=_midnight(from_day, calendar) if from_day else None,
        end=_midnight(to_day + timedelta(days=1), calendar) if to_day else None,
    )
    return OnTimeTable(
        office_name=office.sla.name,
        as_of=calendar.local(desk.now),
        rows=tuple(rows),
        from_day=from_day,
        to_day=to_day,
    )


def _day(text: str | None, option: str, calendar: WorkingCalendar) -> date | None:
    from workers.cli.screen import read_moment

    if text is None:
        return None
    moment = read_moment(text, calendar, option)
    if not moment.date_only:
        raise CommandError(f"{option}: có “{text}”, cần một ngày, ví dụ 31/05/2019.")
    return calendar.local(moment.at).date()


def _midnight(day: date, calendar: WorkingCalendar) -> datetime:
    return datetime.combine(day, time(), tzinfo=calendar.zone).astimezone(UTC)


def _show(table: OnTimeTable) -> None:
    from rich.console import Console

    from workers.reports.terminal import on_time_view

    console = Console(highlight=False, emoji=False, markup=False)
    console.print(on_time_view(table, width=console.width))

"""`dunghan notices unacknowledged`: which escalations wait for somebody to say that they are in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.exits import INCOMPLETE
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.working_calendar import WorkingCalendar
    from workers.store.notices import Notice


def unacknowledged(
    context: typer.Context,
    *,
    office: OfficeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê báo cáo quá hạn đang chờ xác nhận (unacknowledged).

    Ai được báo, phải xác nhận trước lúc nào; gấp nhất trước. Mã thoát 1 nếu có
    mốc đã quá lúc đó và đang được báo lên cấp trên.

    Ví dụ: dunghan notices unacknowledged
    """
    from workers.cli.screen import print_json
    from workers.use_cases.unanswered import unanswered

    with at_desk(context, office) as desk:
        calendar = desk.office().calendar
        with desk.store.read(desk.office_code) as work:
            found = unanswered(work, desk.office(), now=desk.now, limit=limit)
    if as_json:
        print_json([_as_json(notice, calendar, desk.now) for notice in found])
    elif found:
        _show(found, calendar, desk.now)
    else:
        typer.echo("Không có báo cáo quá hạn nào chờ xác nhận.")
    raise typer.Exit(INCOMPLETE if any(_is_over(notice, desk.now) for notice in found) else 0)


def _is_over(notice: Notice, now: datetime) -> bool:
    # Who has not been told yet has all of their time still before them.
    return not notice.is_waiting and notice.asked_until is not None and notice.asked_until <= now


def _show(found: Sequence[Notice], calendar: WorkingCalendar, now: datetime) -> None:
    from rich.text import Text

    from workers.cli.screen import columns, screen, short_text

    table = columns("Trước lúc", "Hồ sơ, nhiệm vụ", "Mốc", "Ai được báo", whole=(0, 2), title="Chờ xác nhận")
    for notice in found:
        until = short_text(notice.asked_until or notice.deliver_at, calendar, now=now)
        style = "bold red" if _is_over(notice, now) else ""
        table.add_row(Text(until, style=style), notice.code, notice.rung, notice.recipient)
    screen().print(table)
    typer.echo("Xác nhận: dunghan acknowledge MÃ --by MÃ_NGƯỜI")


def _as_json(notice: Notice, calendar: WorkingCalendar, now: datetime) -> dict[str, Any]:
    from workers.cli.notices_json import notice_json
    from workers.cli.screen import iso

    return notice_json(
        notice,
        asked_until=iso(notice.asked_until, calendar),
        over=_is_over(notice, now),
    )

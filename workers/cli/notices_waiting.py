"""`dunghan notices waiting` and `letter`: what waits, from when it may go and why; what one letter told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.working_calendar import WorkingCalendar
    from workers.store.notices import Notice

_WHY: Final = {
    "hours": "chờ giờ làm việc của người nhận",
    "turn": "chờ lượt gửi",
    "sending": "đang gửi",
    "failed": "gửi lỗi, sẽ thử lại",
    "stopped": "hồ sơ đang dừng",
    "passed": "đã báo người thay, người này vắng",
}
_STATES: Final = {
    "sent": "đã gửi",
    "cancelled": "đã bỏ: không còn đúng lúc gửi",
    "covered": "gộp vào mốc sau",
    "handed_back": "đã báo người thay, kể lại khi về",
    "dead": "không gửi được",
}


def waiting(
    context: typer.Context,
    *,
    office: OfficeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê thông báo chưa gửi: cho ai, về hồ sơ nào, từ lúc nào được gửi và vì sao chờ.

    Sớm nhất trước. Thông báo không gấp chỉ đi trong giờ làm việc của người nhận.

    Ví dụ: dunghan notices waiting --limit 10
    """
    from workers.cli.screen import print_json

    with at_desk(context, office) as desk:
        calendar, now = desk.office().calendar, desk.now
        with desk.store.read(desk.office_code) as work:
            found, total = work.postbox.waiting(limit=limit), work.postbox.count()
    if as_json:
        print_json({"total": total, "notices": [_as_json(notice, calendar, now) for notice in found]})
    elif not found:
        typer.echo("Không có thông báo nào chờ gửi.")
    else:
        typer.echo(f"Thông báo chờ gửi: {len(found)} trong {total}")
        _show(found, calendar, now)


def _show(found: Sequence[Notice], calendar: WorkingCalendar, now: datetime) -> None:
    """Print what waits for one person until one moment together: it goes in one letter."""
    from rich.text import Text

    from workers.cli.screen import moment_text, screen

    console = screen()
    for (at, who, why), notices in groupby(found, key=partial(_group, now=now)):
        console.print(Text(f"\nTừ {moment_text(at, calendar)} cho {who}: {why}", style="bold"))
        for notice in notices:
            console.print(f"  {notice.code}  {notice.rung}")


def _group(notice: Notice, now: datetime) -> tuple[datetime, str, str]:
    return notice.deliver_at, notice.recipient, _why_text(notice, now)


def letter(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="THƯ", help="Tên thư hoặc Message-ID của nó.")],
    *,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem một thư đã báo những hồ sơ nào: cả những dòng mà thư không đủ chỗ ghi.

    Ví dụ: dunghan notices letter d41.1559286000000
    """
    from workers.cli.screen import columns, moment_text, print_json, screen

    with at_desk(context, office) as desk:
        calendar, now = desk.office().calendar, desk.now
        with desk.store.read(desk.office_code) as work:
            found = work.postbox.of_letter(_bare(name, desk.office_code))
    if not found:
        raise CommandError(f"Không có thư nào tên {name!r}.")
    if as_json:
        print_json({"notices": [_as_json(notice, calendar, now) for notice in found]})
        return
    table = columns(
        "Hồ sơ", "Mốc", "Mốc vào lúc", "Kết quả", whole=(0,), title=f"Thư cho {found[0].recipient}"
    )
    for notice in found:
        outcome = _STATES.get(notice.state) or _why_text(notice, now)
        table.add_row(notice.code, notice.rung, moment_text(notice.planned_at, calendar), outcome)
    screen().print(table)


def _bare(name: str, office: str) -> str:
    return name.strip("<>").removesuffix("@dunghan").removesuffix(f".{office}")


def _why(notice: Notice, now: datetime) -> str:
    if notice.state != "planned":
        return {"claimed": "sending", "failed": "failed", "held": "stopped"}.get(notice.state, notice.state)
    # In working hours a notice waits some seconds for others to the same person.
    long = notice.deliver_at - notice.created_at > timedelta(minutes=1)
    return "hours" if long and notice.deliver_at > now else "turn"


def _why_text(notice: Notice, now: datetime) -> str:
    why = _why(notice, now)
    words = _WHY.get(why, why)
    return f"{words} (lần {notice.attempts}): {notice.last_error}" if why == "failed" else words


def _as_json(notice: Notice, calendar: WorkingCalendar, now: datetime) -> dict[str, Any]:
    from workers.cli.notices_json import notice_json
    from workers.cli.screen import iso

    return notice_json(
        notice,
        planned_at=iso(notice.planned_at, calendar),
        deliver_at=iso(notice.deliver_at, calendar),
        why=_why(notice, now),
        urgent=notice.urgent,
        alone=notice.alone,
        letter=notice.letter,
        last_error=notice.last_error,
        sent_at=iso(notice.sent_at, calendar),
    )

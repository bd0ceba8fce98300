"""`dunghan notices`: what waits, what reached nobody and why, and having that sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk
from workers.cli.notices_waiting import letter, waiting
from workers.cli.unacknowledged import unacknowledged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.working_calendar import WorkingCalendar
    from workers.store.dead_notices import Resend
    from workers.store.notices import Notice
    from workers.use_cases.resend import Resent

app = typer.Typer(
    help="Xem thông báo chờ gửi (waiting), chờ xác nhận (unacknowledged), một thư (letter), thông báo hỏng "
    "(dead); gửi lại (resend).\n\nVí dụ: dunghan notices dead",
    no_args_is_help=True,
)
app.command()(waiting)
app.command()(unacknowledged)
app.command()(letter)
_OUTCOMES: Final = {
    "planned": "sẽ gửi lại",
    "held": "hồ sơ đang dừng: gửi khi chạy tiếp",
    "cancelled": "không còn gì để báo: đã bỏ",
    "rerouted": "không còn báo cho người này: hỏi lại ai phải nhận",
    "not_dead": "không hỏng: không đổi gì",
    "unknown": "không có thông báo này",
}
_DONE: Final = ("planned", "held", "cancelled", "rerouted")


@app.command()
def dead(
    context: typer.Context,
    *,
    office: OfficeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê thông báo đã thử hết cách mà không gửi được (dead).

    Mới nhất trước, kèm lý do; mã thoát 1 nếu có.

    Ví dụ: dunghan notices dead --limit 10
    """
    from workers.cli.screen import print_json

    with at_desk(context, office) as desk:
        calendar = desk.office().calendar
        with desk.store.read(desk.office_code) as work:
            found = work.dead_notices.newest(limit=limit)
            total = work.dead_notices.count()
            resends = work.dead_notices.resends([notice.id for notice in found])
    if as_json:
        listed = [_as_json(notice, resends.get(notice.id, []), calendar) for notice in found]
        print_json({"total": total, "notices": listed})
    elif found:
        _show(found, total, calendar)
    else:
        typer.echo("Không có thông báo nào hỏng.")
    raise typer.Exit(INCOMPLETE if found else 0)


@app.command()
def resend(
    context: typer.Context,
    ids: Annotated[
        list[int] | None,
        typer.Argument(metavar="SỐ…", help="Số của thông báo, như dunghan notices dead in ra."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Mọi thông báo hỏng.")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Gửi lại thông báo hỏng (resend); ghi lại ai gửi lại và lúc nào.

    Số lần thử tính lại từ đầu; thư đi vào giờ của người nhận. Hồ sơ đã xong hoặc
    đã có hạn khác thì thông báo của nó được bỏ. Người nhận không còn trong cấu hình
    thì hỏi lại ai phải nhận. Mã thoát 1 nếu có số không phải thông báo hỏng.

    Ví dụ: dunghan notices resend 41 42

    Ví dụ: dunghan notices resend --all
    """
    from workers.cli.screen import print_json
    from workers.use_cases.resend import resend as send_again

    if bool(ids) == every:
        raise CommandError("Hãy ghi số của thông báo, hoặc --all; không cả hai.")
    with at_desk(context, office) as desk:
        wanted = None if every else ids
        found = send_again(desk.store, desk.office_code, wanted, actor=actor(), now=desk.now)
    if as_json:
        print_json([{"id": entry.id, "outcome": entry.outcome} for entry in found])
    else:
        _say(found)
    raise typer.Exit(0 if all(entry.outcome in _DONE for entry in found) else INCOMPLETE)


def _show(found: Sequence[Notice], total: int, calendar: WorkingCalendar) -> None:
    from workers.cli.screen import columns, moment_text, screen

    title = f"Thông báo hỏng: {len(found)} trong {total}"
    table = columns("Số", "Lúc", "Về", "Cho", "Vì sao", right=(0,), whole=(0, 1), title=title)
    for notice in found:
        died_at = moment_text(notice.died_at or notice.deliver_at, calendar)
        table.add_row(str(notice.id), died_at, notice.code, notice.recipient, notice.last_error or "")
    screen().print(table)
    typer.echo("Gửi lại sau khi sửa nguyên nhân: dunghan notices resend SỐ… hoặc --all")


def _say(found: Sequence[Resent]) -> None:
    if not found:
        typer.echo("Không có thông báo nào hỏng.")
    for entry in found:
        typer.echo(f"{entry.id}: {_OUTCOMES[entry.outcome]}")


def _as_json(notice: Notice, resends: Sequence[Resend], calendar: WorkingCalendar) -> dict[str, Any]:
    from workers.cli.notices_json import notice_json
    from workers.cli.screen import iso

    return notice_json(
        notice,
        planned_at=iso(notice.planned_at, calendar),
        died_at=iso(notice.died_at, calendar),
        last_error=notice.last_error,
        resends=[
            {
                "at": iso(entry.at, calendar),
                "actor": entry.actor,
                "outcome": entry.outcome,
                "attempts": entry.attempts,
                "last_error": entry.last_error,
            }
            for entry in resends
        ],
    )

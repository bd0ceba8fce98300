"""`dunghan letters`: the events of other systems that were refused, and why; nothing is lost in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar
    from workers.store.journal import DeadLetter


_KEY: Final = 20
"""How much of a key is shown; --json has it whole."""


def letters(
    context: typer.Context,
    *,
    office: OfficeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Nhiều nhất bao nhiêu.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê sự kiện bị từ chối và lý do (refused events).

    Mới nhất trước, cả sự kiện ghi tên một cơ quan không có ở đây; mã thoát 1
    nếu có.

    Ví dụ: dunghan letters --limit 5

    --json in cả nội dung đã nhận: office, key, received_at, error, message, payload.
    """
    from workers.cli.screen import print_json

    with at_desk(context, office) as desk:
        calendar = desk.office().calendar
        with desk.store.read(desk.office_code) as work:
            found = work.journal.dead_letters(limit=limit)
            total = work.journal.count_dead_letters()
    if as_json:
        print_json({"total": total, "letters": [_as_json(letter, calendar) for letter in found]})
    elif found:
        _show(found, total, desk.office_code, calendar)
    else:
        typer.echo("Không có sự kiện nào bị từ chối.")
    raise typer.Exit(1 if found else 0)


def _show(found: list[DeadLetter], total: int, office: str, calendar: WorkingCalendar) -> None:
    from workers.cli.screen import columns, moment_text, screen
    from workers.reports.terminal import printable

    title = f"Sự kiện bị từ chối: {len(found)} trong {total}"
    strays = ["Gửi cho cơ quan"] if any(letter.office != office for letter in found) else []
    table = columns("Nhận lúc", "Khóa", "Vì sao", *strays, whole=(0, 1), title=title)
    for letter in found:
        key = f"{letter.key[:_KEY]}…" if len(letter.key) > _KEY else letter.key
        # What was refused may be made to move a terminal's cursor.
        words = [printable(text) for text in (key, letter.message, letter.office)]
        table.add_row(moment_text(letter.received_at, calendar), *words[: 2 + len(strays)])
    screen().print(table)


def _as_json(letter: DeadLetter, calendar: WorkingCalendar) -> dict[str, Any]:
    from workers.cli.screen import iso

    try:
        payload = json.loads(letter.payload)
    except ValueError:  # a payload that was too long is kept cut off
        payload = letter.payload
    return {
        "id": letter.id,
        "office": letter.office,
        "key": letter.key,
        "received_at": iso(letter.received_at, calendar),
        "error": letter.error,
        "message": letter.message,
        "payload": payload,
    }

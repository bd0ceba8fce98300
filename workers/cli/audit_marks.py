"""`dunghan audit marks`: what was told late, dated back, without its law or apology, for whoever inspects."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, OK
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from rich.console import Console

    from workers.store.events import Entry
    from workers.use_cases.audit_marks import MarksAudit

_JUST_BEFORE: Final = timedelta(microseconds=1)


def marks(
    context: typer.Context,
    *,
    from_: Annotated[str | None, typer.Option("--from", help="Ghi từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Ghi đến hết ngày này.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="In nhiều nhất bao nhiêu sự kiện.")] = 50,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Các sự kiện cần kiểm tra, hồ sơ chưa xin lỗi trong hạn (marks).

    Ghi lùi ngày, xin lỗi muộn hay không xin lỗi, dừng khi đã quá hạn, yêu cầu
    bổ sung muộn hay lần thứ hai, tạm dừng không có căn cứ; hồ sơ đang mở đã quá
    hạn mà chưa xin lỗi, hẹn lại trong hạn. Mã thoát 1 nếu có.

    Ví dụ: dunghan audit marks --from 01/05/2019 --to 31/05/2019
    """
    from workers.cli.period import read_period
    from workers.cli.screen import print_json, screen
    from workers.use_cases.audit_marks import audit_marks

    with at_desk(context, office) as desk:
        period = read_period(from_, to, desk.office().sla.zone)
        found = audit_marks(
            desk.store, desk.office_code, limit=limit, now=desk.now, begin=period.begin, end=period.end
        )
    if as_json:
        print_json(_as_json(found, limit))
    else:
        _show(screen(), found, limit)
    raise typer.Exit(INCOMPLETE if found.total or found.missed else OK)


def _show(console: Console, found: MarksAudit, limit: int) -> None:
    if found.missed:
        _missed(console, found, limit)
    _events(console, found)


def _missed(console: Console, found: MarksAudit, limit: int) -> None:
    from workers.cli.screen import columns, moment_text, number

    title = f"Đang mở, quá hạn mà chưa xin lỗi trong hạn: {number(len(found.missed))}"
    table = columns("Hồ sơ", "Hạn", "Xin lỗi được đến", "Đơn vị", "Thụ lý", whole=(0, 1, 2), title=title)
    for stored, deadline, until in found.missed[:limit]:
        dossier = stored.dossier
        latest = moment_text(until - _JUST_BEFORE, found.office.calendar)
        table.add_row(
            dossier.code, f"{deadline.due_on:%d/%m/%Y}", latest, dossier.unit, dossier.officer or ""
        )
    console.print(table)
    if len(found.missed) > limit:
        console.print(f"… và {number(len(found.missed) - limit)} hồ sơ nữa (--limit, --json).")
    console.print()


def _events(console: Console, found: MarksAudit) -> None:
    from domain.basis import MARKS, words_of_mark
    from workers.cli.screen import columns, number

    if not found.total:
        console.print("Không có sự kiện nào cần kiểm tra.")
        return
    table = columns("", "", right=(1,), title=f"Sự kiện cần kiểm tra: {number(found.total)}")
    for mark in MARKS:
        if found.counts[mark]:
            table.add_row(words_of_mark(mark), number(found.counts[mark]))
    console.print(table)
    for entry in found.entries:
        _entry(console, entry, found)
    if found.total > len(found.entries):
        console.print(f"… và {number(found.total - len(found.entries))} sự kiện nữa (--limit, --json).")


def _entry(console: Console, entry: Entry, found: MarksAudit) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from domain.basis import marks_of
    from domain.catalogue import say
    from workers.cli.screen import moment_text

    event, calendar = entry.event, found.office.calendar
    console.print(Text.assemble("\n", (entry.code, "bold"), f"  {say(event.kind)}"))
    at, told = moment_text(event.occurred_at, calendar), moment_text(entry.recorded_at, calendar)
    answers = [event.data[name] for name in ("forced_by", "reason") if name in event.data]
    lines = [" · ".join([f"xảy ra {at}, báo {told}", entry.actor, *answers]), *marks_of(event)]
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 4)))


def _as_json(found: MarksAudit, limit: int) -> dict[str, Any]:
    from workers.cli.screen import iso

    return {
        "apologies_missed": len(found.missed),
        "open_without_apology": [
            {
                "code": stored.dossier.code,
                "unit": stored.dossier.unit,
                "officer": stored.dossier.officer,
                "due_on": deadline.due_on.isoformat(),
                "lawful_until": iso(until, found.office.calendar),
            }
            for stored, deadline, until in found.missed[:limit]
        ],
        "events": found.total,
        "marks": {mark: count for mark, count in sorted(found.counts.items()) if mark != "events"},
        "first": [_event(entry, found) for entry in found.entries],
    }


def _event(entry: Entry, found: MarksAudit) -> dict[str, Any]:
    from domain.basis import MARKS
    from workers.cli.screen import iso

    event, calendar = entry.event, found.office.calendar
    return {
        "code": entry.code,
        "seq": entry.seq,
        "kind": event.kind,
        "occurred_at": iso(event.occurred_at, calendar),
        "recorded_at": iso(entry.recorded_at, calendar),
        "actor": entry.actor,
        "marks": [mark for mark in MARKS if mark in event.data],
        "forced_by": event.data.get("forced_by"),
        "reason": event.data.get("reason"),
    }

"""An audit of the notices on a terminal of 80 columns or more: the sums first, then one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from workers.cli.audit_notices_facts import found_words
from workers.cli.screen import columns, moment_text, number, screen
from workers.use_cases.outages import NEVER
from workers.use_cases.unlike import KINDS

if TYPE_CHECKING:
    from rich.console import Console

    from workers.cli.audit_notices_facts import AuditedNotices
    from workers.use_cases.unlike import Unlike


def show_notices(found: AuditedNotices) -> None:
    """Print an audit for a person."""
    console = screen()
    _head(found, console)
    _outages(found, console)
    total = found.totals.unlike.total()
    if not total:
        console.print("Không có chỗ nào lệch.")
    else:
        _sums(found, console)
        _rows(found, console, total)
    if found.csv is not None:
        console.print(f"\nĐã ghi {found.csv}.", soft_wrap=True)


def _head(found: AuditedNotices, console: Console) -> None:
    bounds = (("từ", found.period.first), ("đến hết", found.period.last))
    words = " ".join(f"{word} {day:%d/%m/%Y}" for word, day in bounds if day)
    totals = found.totals
    console.print(Text(found.office.sla.name, style="bold"))
    console.print(
        Text(
            f"Thông báo {words or 'từ trước đến nay'}: {number(totals.dossiers)} hồ sơ, "
            f"{number(totals.tasks)} nhiệm vụ CCHC, "
            f"{number(totals.due)} thông báo phải có; cho phép {found.slack.total_seconds() / 60:.0f} phút.",
            style="dim",
        )
    )


def _outages(found: AuditedNotices, console: Console) -> None:
    for begin, end in found.outages:
        since = "từ đầu" if begin == NEVER else f"từ {moment_text(begin, found.office.calendar)}"
        until = moment_text(end, found.office.calendar)
        console.print(Text(f"Ngừng chạy {since} đến {until}: đến mốc lúc đó thì báo khi chạy lại.", "yellow"))


def _sums(found: AuditedNotices, console: Console) -> None:
    table = columns("", "", right=(1,), title="\nChỗ lệch")
    for kind, (words, _) in KINDS.items():
        if found.totals.unlike[kind]:
            table.add_row(words, number(found.totals.unlike[kind]))
    console.print(table)


def _rows(found: AuditedNotices, console: Console, total: int) -> None:
    console.print()
    for row in found.rows:
        console.print(_title(row, found), soft_wrap=True)
        console.print(Padding(Text(found_words(row, found.office), style="yellow"), (0, 0, 0, 4)))
    if len(found.rows) < total:
        left = number(total - len(found.rows))
        console.print(Text(f"… và {left} chỗ nữa: thêm --csv TỆP, hoặc --limit lớn hơn.", style="dim"))


def _title(row: Unlike, found: AuditedNotices) -> Text:
    notice, kind = row.notice, (f"  {KINDS[row.kind][0]}", "red")
    if notice is None:
        return Text.assemble((row.code, "bold"), kind)
    role = found.office.sla.role_titles.get(notice.role, notice.role)
    at = moment_text(notice.planned_at, found.office.calendar)
    step = f" bước {notice.step}" if notice.step else ""
    words = f"  bậc {notice.rung}{step} ({at}), {role} {notice.recipient}, cấu hình {notice.sla_version}"
    return Text.assemble((row.code, "bold"), kind, words)

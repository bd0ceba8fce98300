"""The office at a glance, on a terminal of 80 columns or more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rich.text import Text

from domain.catalogue import say
from domain.deadline import in_words
from workers.cli.screen import ago_text, columns, day_text, moment_text, number, screen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from rich.console import Console

    from workers.use_cases.overview import Overview, Urgent

STATES: Final = {
    "sent": "đã gửi",
    "planned": "chờ",
    "claimed": "đang gửi",
    "failed": "gửi lại",
    "dead": "hỏng",
    "covered": "gộp",
    "cancelled": "bỏ",
}
_SIGNS: Final = {
    "beat": "Nhịp của beat",
    "sweep_dossiers": "Lượt rà hồ sơ",
    "sweep_notices": "Lượt rà thông báo",
}


def show_status(seen: Overview, troubles: Sequence[str], *, silence: timedelta, now: datetime) -> None:
    """Print the office at a glance; what must be looked into stands first."""
    console = screen()
    local = seen.office.calendar.local(now)
    console.print(Text(seen.office.sla.name, style="bold"), end="  ")
    console.print(
        Text(f"{local:%H:%M} {day_text(local.date())}, cấu hình phiên bản {seen.office.version}", style="dim")
    )
    for trouble in troubles:
        console.print(Text(f"! {trouble}", style="bold red"))
    console.print()
    _dossiers(console, seen)
    _urgent(console, f"Quá hạn ({number(seen.counts.pending_overdue)})", seen.overdue, seen, now, "red")
    soon = seen.due_today + seen.due_next
    _urgent(
        console,
        f"Đến hạn hôm nay và {day_text(seen.next_day)} ({number(soon)})",
        seen.soon,
        seen,
        now,
        "yellow",
    )
    _notices(console, seen, now)
    _machinery(console, seen, silence, now)


def _dossiers(console: Console, seen: Overview) -> None:
    counts = seen.counts
    table = columns(
        "Đang mở", "trong hạn", "quá hạn", "chờ", "không hạn", "Hôm nay", "Ngày LV tới", right=tuple(range(7))
    )
    values = (
        seen.clocks["open"],
        counts.pending_in_time,
        counts.pending_overdue,
        counts.waiting,
        counts.pending_no_limit,
        seen.due_today,
        seen.due_next,
    )
    styles = (
        "bold",
        "",
        "bold red" if counts.pending_overdue else "",
        "",
        "",
        "yellow" if seen.due_today else "",
        "",
    )
    table.add_row(*(Text(number(value), style=style) for value, style in zip(values, styles, strict=True)))
    console.print(table)
    line = f"Tất cả {number(seen.dossiers)} hồ sơ; đã giải quyết {number(counts.resolved)}"
    if seen.clocks["provisional"]:
        line += f"; {number(seen.clocks['provisional'])} hạn tạm tính (lịch nghỉ chưa công bố)"
    console.print(Text(line + ".", style="dim"))


def _urgent(
    console: Console, title: str, entries: Sequence[Urgent], seen: Overview, now: datetime, style: str
) -> None:
    if not entries:
        return
    calendar, units = seen.office.calendar, seen.office.sla.lines.units
    table = columns("Hồ sơ", "Hạn", "", "Đơn vị", title=f"\n{title}")
    for entry in entries:
        dossier, deadline = entry.stored.dossier, entry.deadline
        unit = units[dossier.unit].name if dossier.unit in units else dossier.unit
        due = moment_text(deadline.appointment_at, calendar) if deadline else "—"
        words = in_words(deadline, calendar, now=now).removesuffix(" làm việc") if deadline else ""
        mark = " *" if entry.clock.provisional else ""
        table.add_row(dossier.code, due + mark, Text(words, style=style), Text(unit, overflow="ellipsis"))
    console.print(table)


def _notices(console: Console, seen: Overview, now: datetime) -> None:
    console.print()
    if not seen.notices:
        console.print(Text("Thông báo: chưa có.", style="dim"))
        return
    titles = seen.office.sla.role_titles
    rows: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for role, kind, state, count in seen.notices:
        rows[role, kind][state] = count
    shown = [state for state in STATES if any(state in counts for counts in rows.values())]
    right = tuple(range(2, 2 + len(shown)))
    table = columns("Thông báo cho", "loại", *(STATES[state] for state in shown), right=right)
    for (role, kind), counts in sorted(rows.items()):
        cells = [number(counts[state]) if state in counts else "" for state in shown]
        table.add_row(titles.get(role, role), say(kind), *cells)
    console.print(table)
    if seen.oldest_undelivered is not None:
        ago = ago_text((now - seen.oldest_undelivered).total_seconds())
        console.print(f"Thông báo đến giờ mà chưa gửi, cũ nhất: {ago}.")


def _machinery(console: Console, seen: Overview, silence: timedelta, now: datetime) -> None:
    table = columns("", "", "", title="\nBộ máy")
    for name, title in _SIGNS.items():
        beat = seen.heartbeats.get(name)
        if beat is None:
            table.add_row(title, Text("chưa chạy", style="red"), "")
            continue
        age = now - beat.at
        style = "red" if age > silence else "green"
        found = "" if "found" not in beat.data else _found(int(beat.data["found"]))
        table.add_row(title, Text(ago_text(age.total_seconds()), style=style), found)
    if seen.last_import is not None:
        file, at, counts = seen.last_import
        words = f"{number(counts['rows'])} dòng, {number(counts['refused'])} bị từ chối"
        table.add_row("Danh sách gần nhất", moment_text(at, seen.office.calendar), f"{file}: {words}")
    if seen.dead_letters:
        table.add_row("Sự kiện bị từ chối", number(seen.dead_letters), "xem: dunghan letters")
    console.print(table)


def _found(count: int) -> str:
    return f"tìm thấy {number(count)}" if count else "đã rà, không có gì đến hạn"

"""The office at a glance, on a terminal of 80 columns or more."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rich.text import Text

from domain.catalogue import say
from domain.deadline import in_words
from workers.cli.judge_runs import TITLES, run_words
from workers.cli.screen import ago_text, columns, day_text, moment_text, moment_words, number, screen
from workers.cli.status import SIGNS
from workers.use_cases.machinery import is_fresh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from workers.use_cases.overview import Overview, Urgent
    from workers.use_cases.proof_record import Proof

STATES: Final = {
    "sent": "đã gửi",
    "planned": "chờ",
    "claimed": "đang gửi",
    "failed": "gửi lại",
    "dead": "hỏng",
    "covered": "gộp",
    "passed": "vắng, báo thay",
    "handed_back": "đã báo thay",
    "held": "giữ",
    "cancelled": "bỏ",
}
_OF_OFFICE: Final = {
    "calendar": "lịch nghỉ sắp hết",
    "dead_notice": "thông báo hỏng",
    "proof": "thông báo lệch",
    "altered": "sổ bị sửa",
    "coming_back": "việc khi vắng",
    "moved_dates": "đổi ngày hẹn",
    "pack": "bộ hồ sơ ISO",
}
"""Kinds of notices that are about the office itself; those about dossiers stand in the catalogue."""


def show_status(
    seen: Overview, troubles: Sequence[str], warnings: Sequence[str], *, silence: timedelta, now: datetime
) -> None:
    """Print the office at a glance; what must be looked into stands first."""
    shown = _Status(seen, silence, now)
    shown.head(troubles, warnings)
    shown.dossiers()
    shown.urgent(f"Quá hạn ({number(seen.counts.pending_overdue)})", seen.overdue, "red")
    soon = number(seen.due_today + seen.due_next)
    shown.urgent(f"Đến hạn hôm nay và {day_text(seen.next_day)} ({soon})", seen.soon, "yellow")
    shown.notices()
    shown.machinery()


class _Status:
    def __init__(self, seen: Overview, silence: timedelta, now: datetime) -> None:
        self.seen, self.silence, self.now = seen, silence, now
        self.calendar = seen.office.calendar
        self.console = screen()

    def head(self, troubles: Sequence[str], warnings: Sequence[str]) -> None:
        local = self.calendar.local(self.now)
        moment = f"{local:%H:%M} {day_text(local.date())}, cấu hình phiên bản {self.seen.office.version}"
        self.console.print(Text(self.seen.office.sla.name, style="bold"))
        self.console.print(Text(moment, style="dim"))
        for trouble in troubles:
            self.console.print(Text(f"! {trouble}", style="bold red"))
        for warning in warnings:
            self.console.print(Text(f"! {warning}", style="bold yellow"))
        self.console.print()

    def dossiers(self) -> None:
        seen, counts = self.seen, self.seen.counts
        cells = (
            ("Đang mở", seen.clocks["open"], "bold"),
            ("trong hạn", counts.pending_in_time, ""),
            ("quá hạn", counts.pending_overdue, "bold red"),
            ("chờ", counts.waiting, ""),
            ("không hạn", counts.pending_no_limit, ""),
            ("Hạn hôm nay", seen.due_today, "bold yellow"),
            (f"Hạn {seen.next_day:%d/%m}", seen.due_next, "yellow"),
        )
        table = columns(*(head for head, _, _ in cells), right=tuple(range(len(cells))))
        table.add_row(*(Text(number(count), style=style if count else "dim") for _, count, style in cells))
        self.console.print(table)
        line = f"Tất cả {number(seen.dossiers)} hồ sơ, {number(counts.resolved)} đã giải quyết"
        if seen.clocks["provisional"]:
            line += f"; {number(seen.clocks['provisional'])} hạn tạm tính (*): lịch nghỉ chưa công bố"
        self.console.print(Text(line + ".", style="dim"))

    def urgent(self, title: str, entries: Sequence[Urgent], style: str) -> None:
        if not entries:
            return
        table = columns("Hồ sơ", "Hạn", "", "Ai xử lý", whole=range(3), title=f"\n{title}")
        for entry in entries:
            deadline = entry.deadline
            due = f"{self.calendar.local(deadline.appointment_at):%d/%m %H:%M}" if deadline else "—"
            words = in_words(deadline, self.calendar, now=self.now) if deadline else ""
            table.add_row(
                entry.clock.code,
                due + (" *" if entry.clock.provisional else ""),
                Text(words.removesuffix(" làm việc").removeprefix("quá hạn "), style=style),
                Text(self.who(entry), no_wrap=True, overflow="ellipsis"),
            )
        self.console.print(table)

    def who(self, entry: Urgent) -> str:
        dossier, units = entry.stored.dossier, self.seen.office.sla.lines.units
        unit = units[dossier.unit].name if dossier.unit in units else dossier.unit
        return f"{dossier.officer}, {unit}" if dossier.officer else unit

    def notices(self) -> None:
        self.console.print()
        if not self.seen.notices:
            self.console.print(Text("Chưa có thông báo nào.", style="dim"))
            return
        titles = self.seen.office.sla.role_titles
        rows: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for role, kind, state, count in self.seen.notices:
            rows[role, kind][state] = count
        shown = [state for state in STATES if any(state in counts for counts in rows.values())]
        heads = (STATES[state] for state in shown)
        table = columns("Thông báo cho", "loại", *heads, right=tuple(range(2, 2 + len(shown))))
        for (role, kind), counts in sorted(rows.items()):
            cells = [number(counts[state]) if state in counts else "" for state in shown]
            table.add_row(titles.get(role, role), _OF_OFFICE.get(kind) or say(kind), *cells)
        self.console.print(table)
        oldest = self.seen.machinery.oldest_undelivered
        if oldest is not None:
            ago = ago_text((self.now - oldest).total_seconds())
            self.console.print(f"Thông báo đến giờ mà chưa gửi, cũ nhất: {ago}.")

    def machinery(self) -> None:
        table = columns("", "", "", title="\nBộ máy")
        for name in SIGNS:
            table.add_row(TITLES[name], *self.sign(name))
        if self.seen.proof.last is not None:
            table.add_row("Đối chiếu thông báo", *self.proof(self.seen.proof.last))
        if self.seen.last_import is not None:
            file, at, counts = self.seen.last_import
            words = f"{number(counts['rows'])} dòng, {number(counts['refused'])} bị từ chối"
            table.add_row("Danh sách gần nhất", moment_text(at, self.calendar), f"{words} ({file})")
        if self.seen.machinery.dead_letters:
            refused = number(self.seen.machinery.dead_letters)
            table.add_row("Sự kiện bị từ chối", refused, "xem: dunghan letters")
        self.console.print(table)

    def proof(self, last: Proof) -> tuple[Text, str]:
        unlike, until = last.unlike.total(), moment_text(last.end, self.calendar)
        found = f"{number(unlike)} chỗ lệch" if unlike else "không lệch"
        style = "red" if unlike else "green"
        return Text(f"trước {until}", style=style), f"{number(last.due)} phải có, {found}"

    def sign(self, name: str) -> tuple[Text, str]:
        machinery = self.seen.machinery
        ran = machinery.runs.get(name)
        at = machinery.last_tick if name == "beat" else ran.at if ran else None
        if at is None:
            return Text("chưa chạy", style="red"), ""
        style = "green" if is_fresh(at, now=self.now, within=self.silence) else "red"
        ago = moment_words(at, self.now)
        return Text(ago, style=style), run_words(ran.run) if ran else ""

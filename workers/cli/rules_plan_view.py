"""A plan for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from domain.catalogue import say
from domain.on_time_rate import rates
from workers.cli.rules_rows import BECOMES, due_text
from workers.cli.screen import columns, iso, number, print_json, screen

if TYPE_CHECKING:
    from collections import Counter

    from rich.console import Console

    from workers.cli.rules_plan import Planned

_MOST: Final = 40


def show_plan(planned: Planned) -> None:
    """Print a plan; its name stands last, for `sla apply --plan`."""
    _View(planned, screen()).show()


class _View:
    def __init__(self, planned: Planned, console: Console) -> None:
        self.planned, self.plan, self.console = planned, planned.plan, console

    def show(self) -> None:
        if not self.planned.change.is_new:
            version = self.plan.before.version
            self.console.print(f"Cấu hình trên đĩa là cấu hình đang áp dụng, phiên bản {version}.")
            return
        self.values()
        self.dossiers()
        self.moves()
        self.letters()
        self.rates()
        for path in self.planned.files:
            self.console.print(f"Đã ghi {path}.", soft_wrap=True)
        self.console.print(
            f"\nChưa ghi gì. Để áp dụng: dunghan sla apply --plan {self.plan.digest} --reason …"
        )

    def values(self) -> None:
        before, name = self.plan.before.version, self.plan.after.sla.name
        table = columns("Tệp", "Chỗ", "Cũ", "Mới", title=f"{name}: khác phiên bản {before}")
        for change in self.plan.changes[:_MOST]:
            table.add_row(change.file, change.what, change.old or "—", change.new or "—")
        self.console.print(table)
        if len(self.plan.changes) > _MOST:
            self.console.print(Text(f"… và {len(self.plan.changes) - _MOST} chỗ khác", style="dim"))

    def dossiers(self) -> None:
        plan = self.plan
        self.console.print(
            f"\n{number(plan.moved)} hồ sơ đang mở đổi hạn: {number(plan.later)} muộn hơn, "
            f"{number(plan.earlier)} sớm hơn; {number(plan.become_overdue)} thành quá hạn, "
            f"{number(plan.no_longer_overdue)} hết quá hạn. Hồ sơ đã đóng giữ nguyên."
        )
        for code, count in sorted(plan.bound_before.items()):
            words = (
                f"! {code}: {number(count)} hồ sơ đang mở giữ quy định cũ; muốn đổi cả: --also-open {code}"
            )
            self.console.print(Text(words, style="yellow"))
        for code, reason in list(plan.failed.items())[:_MOST]:
            self.console.print(Text(f"! {code}: giữ nguyên hạn, không tính lại được: {reason}", style="red"))

    def moves(self) -> None:
        if not self.planned.moves:
            return
        table = columns("Hồ sơ", "Hạn cũ", "Hạn mới", "Vì sao", "", whole=range(3))
        for move in self.planned.moves:
            was, due = (due_text(date, self.plan.before) or "—" for date in (move.was_due, move.is_due))
            table.add_row(
                move.stored.dossier.code, was, due, move.why, Text(BECOMES[move.becomes], style="red")
            )
        self.console.print(table)
        if self.plan.moved > len(self.planned.moves):
            more = number(self.plan.moved - len(self.planned.moves))
            self.console.print(Text(f"… và {more} hồ sơ khác: --out ho-so.csv", style="dim"))

    def letters(self) -> None:
        until = self.plan.before.calendar.day_before(self.plan.window.until)
        gone, new = sum(self.plan.gone.values()), sum(self.plan.new.values())
        self.console.print(
            f"\nThông báo đến hết {until:%d/%m/%Y} của các hồ sơ trên: "
            f"thêm {number(new)}, bớt {number(gone)}."
        )
        if not gone and not new:
            return
        table = columns("Loại", "Người nhận", "Thêm", "Bớt", right=(2, 3))
        people = sorted({*self.plan.gone, *self.plan.new})
        for kind, person in people[:_MOST]:
            counts = (self.plan.new[kind, person], self.plan.gone[kind, person])
            table.add_row(say(kind), person, *(number(count) if count else "" for count in counts))
        self.console.print(table)

    def rates(self) -> None:
        begin, end = (self.plan.before.calendar.local(at) for at in self.planned.period)
        before, after = rates(self.plan.counts_before), rates(self.plan.counts_after)
        last = self.plan.before.calendar.day_before(end)
        table = columns(
            "Tỷ lệ", "Trước", "Sau", right=(1, 2), title=f"\nKỳ {begin:%d/%m/%Y} – {last:%d/%m/%Y}"
        )
        for old, new in zip(before, after, strict=True):
            table.add_row(old.name, _rate(old), _rate(new))
        overdue = (counts.pending_overdue for counts in (self.plan.counts_before, self.plan.counts_after))
        table.add_row("đang giải quyết quá hạn", *(number(count) for count in overdue))
        self.console.print(table)


def _rate(rate: Any) -> str:
    return f"{number(rate.numerator)}/{number(rate.denominator)} = {rate.percent()}"


def print_plan(planned: Planned) -> None:
    """Print a plan as JSON: counts, the values that change, the first of the rows."""
    print_json(plan_json(planned))


def plan_json(planned: Planned) -> dict[str, Any]:
    """Return a plan by stable names."""
    plan, calendar = planned.plan, planned.plan.before.calendar
    begin, end = planned.period
    return {
        "office": plan.before.sla.code,
        "plan": plan.digest,
        "version": plan.before.version,
        "changed": planned.change.is_new,
        "also_open": list(planned.change.said.also_open),
        "changes": [change._asdict() for change in plan.changes],
        "dossiers": {
            "looked_at": plan.looked_at,
            "moved": plan.moved,
            "later": plan.later,
            "earlier": plan.earlier,
            "become_overdue": plan.become_overdue,
            "no_longer_overdue": plan.no_longer_overdue,
            "keep_old_terms": plan.bound_before,
            "failed": plan.failed,
        },
        "moves": [
            {
                "code": move.stored.dossier.code,
                "change": move.kind,
                "was_due": iso(move.was_due.due_at, calendar) if move.was_due else None,
                "is_due": iso(move.is_due.due_at, calendar) if move.is_due else None,
                "why": move.why,
                "becomes": move.becomes,
            }
            for move in planned.moves
        ],
        "notices": {
            "until": iso(plan.window.until, calendar),
            "before": plan.letters_before,
            "after": plan.letters_after,
            "new": _counted(plan.new),
            "gone": _counted(plan.gone),
        },
        "rates": {
            "from": iso(begin, calendar),
            "to": iso(end, calendar),
            "before": asdict(plan.counts_before),
            "after": asdict(plan.counts_after),
        },
        "files": [str(path) for path in planned.files],
    }


def _counted(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "recipient": recipient, "count": count}
        for (kind, recipient), count in sorted(counts.items())
    ]

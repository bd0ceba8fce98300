"""An audit of the slips on a terminal of 80 columns or more: the sums first, then slip by slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from domain.slip_words import words_of
from workers.cli.audit_facts import lawful_text, procedure_name, slip_text, unit_name
from workers.cli.screen import columns, number, screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from domain.slips import Reason, SlipDifference
    from workers.cli.period import Period
    from workers.use_cases.audit_slips import Differing
    from workers.use_cases.office import Office
    from workers.use_cases.slip_totals import SlipTotals

_MOST_PLACES: Final = 10
_MOST_REASONS: Final = 3
_HEADS: Final = ("Hồ sơ", "Phiếu hẹn", "Hạn theo luật", "ngày", "làm việc")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedSlips:
    """Hold an audit that is done; `rows` are the first slips that differ, `csv` the file with all of them."""

    office: Office
    totals: SlipTotals
    rows: Sequence[Differing]
    period: Period
    unit: str | None
    csv: Path | None


def show_slips(found: AuditedSlips) -> None:
    """Print an audit for a person."""
    shown = _View(found)
    shown.head()
    shown.sums()
    if found.rows:
        shown.reasons()
        if len(found.totals.units) > 1:
            shown.places("Theo đơn vị", found.totals.units, lambda code: unit_name(code, found.office))
        shown.places("Theo thủ tục", found.totals.procedures, shown.procedure)
        shown.slips()
    if found.csv is not None:
        shown.console.print(f"\nĐã ghi {found.csv}.", soft_wrap=True)


class _View:
    def __init__(self, found: AuditedSlips) -> None:
        self.found, self.totals = found, found.totals
        self.calendar = found.office.calendar
        self.console = screen()
        self.source = ""

    def head(self) -> None:
        period, unit = self.found.period, self.found.unit
        bounds = (("từ", period.first), ("đến", period.last))
        words = " ".join(f"{word} {day:%d/%m/%Y}" for word, day in bounds if day)
        which = f"Hồ sơ tiếp nhận {words}" if words else "Toàn bộ hồ sơ"
        where = f", {unit_name(unit, self.found.office)}" if unit else ""
        self.console.print(Text(self.found.office.sla.name, style="bold"))
        self.console.print(Text("Ngày hẹn trên phiếu so với hạn theo luật", style="bold"))
        self.console.print(Text(f"{which}{where}, đang mở và đã đóng.\n", style="dim"))

    def sums(self) -> None:
        totals = self.totals
        table = columns("", "", "", right=(1,))
        table.add_row("Phiếu đã so", number(totals.compared))
        table.add_row("  đúng hạn theo luật", number(totals.agree), style="green")
        style = "red" if totals.early else "dim"
        table.add_row("  hẹn sớm hơn luật", number(totals.early), "hứa điều luật không buộc", style=style)
        style = "red" if totals.late else "dim"
        table.add_row("  hẹn muộn hơn luật", number(totals.late), "người dân phải chờ lâu hơn", style=style)
        if totals.calendar_changed:
            table.add_row("  lịch đổi sau khi in", number(totals.calendar_changed), "không phải đếm sai")
        self.console.print(table)
        outside = (
            ("không có ngày hẹn", totals.without_slip),
            ("không quy định thời hạn", totals.without_limit),
            ("không đọc được", totals.unreadable),
        )
        left = ", ".join(f"{words} {number(count)}" for words, count in outside if count)
        if left:
            self.console.print(Text(f"Không so: {left}.", style="dim"))

    def reasons(self) -> None:
        table = columns("", "Khả dĩ nhất", "Có thể", right=(1, 2), title="\nTheo lý do")
        for code, possible in self.totals.ranked()[:_MOST_PLACES]:
            likeliest = self.totals.likeliest[code]
            table.add_row(
                words_of(code), Text(number(likeliest), style="" if likeliest else "dim"), number(possible)
            )
        if self.totals.likeliest:
            self.console.print(table)

    def places(self, title: str, counts: Mapping[str, Sequence[int]], name: Callable[[str], str]) -> None:
        wrong = [(code, all_, bad) for code, (all_, bad) in counts.items() if bad]
        wrong.sort(key=lambda entry: (-entry[2], entry[0]))
        if not wrong:
            return
        table = columns("", "Đã so", "Lệch", right=(1, 2), title=f"\n{title}")
        for code, all_, bad in wrong[:_MOST_PLACES]:
            table.add_row(Text(name(code), no_wrap=True, overflow="ellipsis"), number(all_), number(bad))
        self.console.print(table)
        if len(wrong) > _MOST_PLACES:
            self.console.print(Text(f"… và {len(wrong) - _MOST_PLACES} dòng nữa (--json).", style="dim"))

    def procedure(self, code: str) -> str:
        name = procedure_name(code, self.found.office)
        return code if name == code else f"{code} {name}"

    def slips(self) -> None:
        rows, total = self.found.rows, self.totals.miscounted + self.totals.calendar_changed
        title = (f"\nPhiếu lệch: {number(len(rows))} trong {number(total)}", "bold")
        self.console.print(Text.assemble(title, (" (+ muộn hơn luật, - sớm hơn)", "dim")))
        width = max(len(_HEADS[0]), *(len(row.stored.dossier.code) for row in rows))
        self.console.print(Text(_line(width, *_HEADS), style="dim"), soft_wrap=True)
        for row in rows:
            self.slip(row, width)
        if len(rows) < total:
            self.console.print(Text("Tất cả: thêm --csv TỆP, hoặc --limit lớn hơn.", style="dim"))

    def slip(self, row: Differing, width: int) -> None:
        found = row.difference
        cells = (slip_text(found, self.calendar), lawful_text(found, self.calendar), f"{found.days:+}")
        self.console.print(
            Text(_line(width, row.stored.dossier.code, *cells, _working(found))), soft_wrap=True
        )
        first, *others = found.reasons
        self.indented(Text(first.said(), style="yellow"))
        if first.source and first.source != self.source:
            self.source = first.source  # the same document is not named slip after slip
            self.indented(Text(first.source, style="dim", no_wrap=True, overflow="ellipsis"))
        if also := _also(first, others):
            self.indented(Text(f"hoặc: {also}", style="dim"))

    def indented(self, text: Text) -> None:
        self.console.print(Padding(text, (0, 0, 0, 4)))


def _line(width: int, code: str, *cells: str) -> str:
    slip, lawful, days, working = cells
    return f"{code:<{width}}  {slip:<16}  {lawful:<16}  {days:>5}  {working:>8}"


def _working(found: SlipDifference) -> str:
    if found.minutes is not None:
        return f"{found.minutes:+} phút"
    return "—" if found.working_days is None else f"{found.working_days:+}"


def _also(first: Reason, others: Sequence[Reason]) -> str:
    """Name the other kinds of reasons; which of several days it could be stands in the file."""
    kinds: dict[str, list[Reason]] = {}
    for reason in others:
        kinds.setdefault(reason.code, []).append(reason)
    kinds.pop(first.code, None)
    said = [found[0].said() if len(found) == 1 else words_of(code) for code, found in kinds.items()]
    more = [f"và {len(said) - _MOST_REASONS} cách khác"] if len(said) > _MOST_REASONS else []
    return "; ".join(said[:_MOST_REASONS] + more)

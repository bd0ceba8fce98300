"""A year in the terminal: twelve months with a sign for each special day, the days and documents beneath."""

from __future__ import annotations

from calendar import monthcalendar
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from workers.cli.calendar_facts import Day, Facts
    from workers.use_cases.announce_days import Merge

SIGNS: Final = {"off": "*", "swap_off": "~", "swap_work": "+", "short": "-"}
"""The sign behind a day: it tells the kind where there is no colour."""
WORDS: Final = {
    "off": "nghỉ",
    "swap_off": "nghỉ hoán đổi",
    "swap_work": "làm bù",
    "short": "làm ngắn",
}
_STYLES: Final = {"off": "red", "swap_off": "magenta", "swap_work": "bold green", "short": "yellow"}
_DOUBTS: Final = {"computed": "mới suy ra", "partial": "chưa đối chiếu đủ"}
_HEAD: Final = "T2 T3 T4 T5 T6 T7 CN"
_WIDTH: Final = 21
_GAP: Final = 4
_MOST_ABREAST: Final = 4


def print_year(console: Console, facts: Facts) -> None:
    """Print a year of a calendar, three months abreast on 80 columns and four from 96 on."""
    console.print(Text(f"{facts.name}, năm {facts.year}", style="bold") + Text(f"   {facts.office}"))
    console.print(f"{sum(facts.worked)} ngày làm việc. {_known(facts)}")
    abreast = min(_MOST_ABREAST, (console.width + _GAP) // (_WIDTH + _GAP)) or 1
    for first in range(1, 13, abreast):
        console.print()
        _print_months(console, facts, range(first, min(first + abreast, 13)))
    console.print()
    console.print(_legend())
    _print_days(console, facts.days)


def _known(facts: Facts) -> str:
    until = facts.calendar.known_until
    shown = f"{until:%d/%m/%Y}" if until else "mãi về sau"
    if not facts.is_known:
        return f"CHƯA CÓ ngày nghỉ của năm này (đã ghi đến {shown}): hạn tính ra chỉ là tạm tính."
    unread = sum(day.verified != "yes" for day in facts.days)
    doubt = f" {unread} ngày chưa đối chiếu." if unread else ""
    return f"Ngày nghỉ đã ghi đến hết {shown}.{doubt}"


def _print_months(console: Console, facts: Facts, months: range) -> None:
    weeks = max(len(monthcalendar(facts.year, month)) for month in months)
    blocks = [list(_month(facts, month, weeks)) for month in months]
    for rows in zip(*blocks, strict=True):
        line = Text()
        for row in rows:
            line += row + Text(" " * _GAP)
        line.rstrip()
        console.print(line, soft_wrap=True)


def _month(facts: Facts, month: int, rows: int) -> Iterator[Text]:
    """Yield a head, the days of the week and so many weeks, each as wide as the others."""
    title, worked = f"Tháng {month}", f"({facts.worked[month - 1]})"
    yield Text(f"{title} {worked}".ljust(_WIDTH), style="bold")
    yield Text(_HEAD.ljust(_WIDTH), style="dim")
    weeks = monthcalendar(facts.year, month)
    kinds = {day.date: day.kind for day in facts.days}
    for week in [*weeks, *[[0] * 7] * (rows - len(weeks))]:
        row = Text()
        for number in week:
            row += _cell(facts, kinds, date(facts.year, month, number)) if number else Text("   ")
        yield row


def _cell(facts: Facts, kinds: dict[date, str], day: date) -> Text:
    kind = kinds.get(day)
    if kind is not None:
        return Text(f"{day.day:2}{SIGNS[kind]}", style=_STYLES[kind])
    return Text(f"{day.day:2} ", style="" if facts.calendar.is_working_day(day) else "dim")


def _legend() -> Text:
    legend = Text()
    for kind, sign in SIGNS.items():
        legend += Text(sign, style=_STYLES[kind]) + Text(f" {WORDS[kind]}   ")
    return legend + Text("(n) số ngày làm việc", style="dim")


def _print_days(console: Console, days: Sequence[Day]) -> None:
    """Print the days, those that follow each other in one line, and then each document once."""
    if not days:
        return
    documents = list(dict.fromkeys(day.source for day in days))
    console.print()
    for run in _runs(days):
        _print_run(console, run, documents.index(run[0].source) + 1)
    console.print()
    for number, words in enumerate(documents, 1):
        begin = f"[{number}] "
        lines = wrap(words, console.width, initial_indent=begin, subsequent_indent=" " * len(begin))
        console.print(Text("\n".join(lines), style="dim"), soft_wrap=True)


def _print_run(console: Console, run: Sequence[Day], number: int) -> None:
    first, last = run[0], run[-1]
    when = f"{first.date:%d/%m}" if first is last else f"{first.date:%d/%m}–{last.date:%d/%m}"
    hours = f" {', '.join(first.hours)}" if first.kind == "short" else ""
    doubt = f" ({_DOUBTS[first.verified]})" if first.verified in _DOUBTS else ""
    mark = f"{SIGNS[first.kind]} {WORDS[first.kind]:<14}"
    begin = Text(f"{when:<12}") + Text(mark, style=_STYLES[first.kind])
    indent = len(begin)
    lines = wrap(f"{first.name}{hours} [{number}]{doubt}", max(console.width - indent, 20))
    console.print(begin + Text(f"\n{' ' * indent}".join(lines)), soft_wrap=True)


def _runs(days: Sequence[Day]) -> Iterator[list[Day]]:
    run: list[Day] = []
    for day in days:
        if run and not _goes_on(run[-1], day):
            yield run
            run = []
        run.append(day)
    yield run


def _goes_on(before: Day, day: Day) -> bool:
    same = (before.kind, before.name, before.source, before.verified, before.hours)
    next_to = (day.date - before.date).days == 1
    return next_to and same == (day.kind, day.name, day.source, day.verified, day.hours)


def print_merge(console: Console, merge: Merge, *, dry_run: bool) -> None:
    """Print what an announcement changes and what is to be done next."""
    for day in merge.added:
        mark = f"{SIGNS[day.kind]} {WORDS[day.kind]:<14}"
        console.print(f"thêm {day.day:%d/%m/%Y}  {mark}{day.name}", soft_wrap=True)
    if merge.known:
        console.print(f"{len(merge.known)} ngày đã có, giữ nguyên.")
    if not merge.added:
        console.print("Không có gì mới.")
        return
    files = ", ".join(f"sla/{name}" for name in sorted(merge.files))
    if dry_run:
        console.print(f"Chưa ghi gì (--dry-run); sẽ ghi: {files}")
        return
    console.print(f"Đã ghi: {files}")
    console.print("Chưa có hiệu lực: xem lại tệp, chạy dunghan sla check, rồi áp dụng.")

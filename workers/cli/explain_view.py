"""The way to a due date for people (80 columns) and for programs; both tell the same stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.padding import Padding
from rich.text import Text

from domain.basis import basis_of, counting
from domain.catalogue import say
from domain.time_limit import TimeLimit, Unit
from workers.cli.screen import columns, day_text, iso, moment_text, screen
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rich.console import Console

    from domain.deadline import Language
    from domain.explain import DayStep
    from workers.use_cases.explain import Explanation, Stage

_WORDS: Final = {
    "procedure": ("Thủ tục", "Procedure"),
    "version": ("phiên bản có hiệu lực từ {day}", "version in force from {day}"),
    "limit": ("Thời hạn", "Limit"),
    "no_limit": ("không quy định", "none"),
    "case": ("trường hợp {case}", "case {case}"),
    "bundle": ("thuộc giấy tiếp nhận {code} (nhóm {rule})", "on the slip {code} (bundle {rule})"),
    "counting": ("Cách đếm", "Counting"),
    "calendar": ("Lịch", "Calendar"),
    "under": ("lịch {code}, cấu hình phiên bản {number}", "calendar {code}, configuration version {number}"),
    "due": ("hạn {day}", "due {day}"),
    "moved": ("hạn {before} → {after}", "due {before} → {after}"),
    "appointed": ("hẹn lại ngày {day}", "appointed anew for {day}"),
    "walk": ("Từng ngày, tính từ {at}", "Day by day, counted from {at}"),
    "law": ("Hạn theo pháp luật", "Lawful due date"),
    "original": ("Hạn lúc tiếp nhận", "Due date at acceptance"),
    "target": ("Ngày hẹn lại với người dân", "Date appointed anew"),
    "provisional": (
        "Tạm tính: có ngày nằm ngoài các năm đã công bố lịch nghỉ.",
        "Provisional: some days lie outside the years whose days off are known.",
    ),
    "agrees": (
        "Tính lại từ lịch sử: khớp với hạn đang ghi.",
        "Replayed from its history: the date recorded.",
    ),
    "differs": (
        "TÍNH LẠI TỪ LỊCH SỬ KHÔNG KHỚP với hạn đang ghi: dữ liệu đã bị sửa ngoài chương trình?",
        "REPLAYED FROM ITS HISTORY IT IS ANOTHER DATE than recorded: were the tables altered from outside?",
    ),
    "remaining": ("còn lại {left}", "{left} left"),
}
_SHOWN: Final = ("reason", "legal_basis", "document", "agency", "forced_by")


def show_explanation(found: Explanation, *, lang: Language, whole: bool) -> None:
    """Print the stages and the walk of the last count; with `whole` that of every count."""
    shown, console = _Shown(found, lang), screen()
    shown.head(console)
    for number, stage in enumerate(found.stages, start=1):
        shown.stage(console, number, stage)
        if whole and stage.walk and stage is not found.counted:
            shown.walk(console, stage)
    if found.counted.walk:
        shown.walk(console, found.counted)
    shown.end(console)


class _Shown:
    def __init__(self, found: Explanation, lang: Language) -> None:
        self.found, self.lang, self.calendar = found, lang, found.last.terms.calendar

    def say(self, key: str, **found: object) -> str:
        return _WORDS[key][self.lang == "en"].format(**found)

    def at(self, instant: datetime) -> str:
        return moment_text(instant, self.calendar)

    def head(self, console: Console) -> None:
        last = self.found.last
        procedure, dossier = last.terms.procedure, last.dossier
        limit = limit_in_words(last.terms.limit, self.lang)
        table = columns("", "", whole=(0,))
        version = self.say("version", day=f"{procedure.in_force_from:%d/%m/%Y}")
        table.add_row(self.say("procedure"), f"{procedure.code} {procedure.name}; {version}")
        table.add_row(self.say("limit"), "; ".join([limit, *self.circumstances(), procedure.legal_basis]))
        table.add_row(self.say("counting"), self.counting())
        console.print(Text(dossier.code, style="bold"))
        console.print(table)

    def counting(self) -> str:
        terms = self.found.last.terms
        return counting(terms.limit, terms.procedure.rules, self.lang)

    def circumstances(self) -> Iterator[str]:
        dossier = self.found.last.dossier
        if dossier.limit_case:
            yield self.say("case", case=dossier.limit_case)
        if dossier.bundle:
            yield self.say("bundle", code=dossier.bundle, rule=dossier.bundle_rule)

    def stage(self, console: Console, number: int, stage: Stage) -> None:
        event = stage.entry.event
        head = Text.assemble((f"{number:>2}. ", "dim"), f"{self.at(event.occurred_at)}  ")
        head.append(say(event.kind, self.lang), style="bold")
        console.print(head)
        for line in self.lines(stage):
            console.print(Padding(Text(line), (0, 0, 0, 4)))

    def lines(self, stage: Stage) -> Iterator[str]:
        data = stage.entry.event.data
        told = [data[name] for name in _SHOWN if name in data]
        if told:
            yield " · ".join(told)
        yield from basis_of(stage.entry.event, self.lang)
        if "remaining" in data:
            amount, unit = data["remaining"].split()
            left = limit_in_words(TimeLimit(int(amount), Unit(unit)), self.lang)
            yield self.say("remaining", left=left)
        if stage.moved and stage.deadline is not None:
            yield self.move(stage)

    def move(self, stage: Stage) -> str:
        """Say how the date moved, and under which calendar and configuration."""
        before, after = stage.before, stage.after
        if before is not None and before.due_at == after.due_at and stage.dossier.appointed_on:
            return self.say("appointed", day=day_text(stage.dossier.appointed_on, self.lang))
        under = self.say("under", code=stage.terms.calendar.code, number=after.under)
        now = self.due(stage, after.due_at)
        if before is None or before.due_at is None:
            return f"{self.say('due', day=now)} ({under})"
        return f"{self.say('moved', before=self.due(stage, before.due_at), after=now)} ({under})"

    def due(self, stage: Stage, due_at: datetime | None) -> str:
        if due_at is None:
            return self.say("no_limit")
        deadline = stage.terms.restored(due_at, stage.dossier)
        if not deadline.in_days:
            return self.at(deadline.due_at)
        return day_text(deadline.due_on, self.lang)

    def walk(self, console: Console, stage: Stage) -> None:
        console.print(Text(f"\n{self.say('walk', at=self.at(stage.dossier.counting_from))}", style="bold"))
        table = columns("", "", "", right=(0,), whole=(0, 1))
        for step in stage.walk:
            style = "" if step.counted else "dim"
            table.add_row(
                "–" if step.number is None else str(step.number),
                day_text(step.day, self.lang),
                reason_of(step),
                style=style,
            )
        console.print(table)

    def end(self, console: Console) -> None:
        last = self.found.last
        console.print()
        for key, due_at in (("original", last.after.due_original), ("law", last.after.due_at)):
            console.print(Text.assemble(f"{self.say(key)}: ", (self.due(last, due_at), "bold")))
        if last.after.appointed_at is not None and last.dossier.appointed_on is not None:
            day = day_text(last.dossier.appointed_on, self.lang)
            console.print(Text.assemble(f"{self.say('target')}: ", (day, "bold")))
        if last.after.provisional:
            console.print(Text(self.say("provisional"), style="yellow"))
        agrees = self.found.agrees
        console.print(
            Text(self.say("agrees" if agrees else "differs"), style="dim" if agrees else "bold red")
        )


def reason_of(step: DayStep) -> str:
    """Say why a day counts or not, with its hours and the document behind it."""
    hours = f" ({step.seconds / 3600:g} h)" if step.seconds else ""
    return f"{step.reason}{hours}" + (f" [{step.source}]" if step.source else "")


def for_programs(found: Explanation, office_code: str, lang: Language) -> dict[str, Any]:
    """Return the way to the due date as JSON values."""
    last = found.last
    calendar, dossier, procedure = last.terms.calendar, last.dossier, last.terms.procedure
    return {
        "office": office_code,
        "code": dossier.code,
        "procedure": {
            "code": procedure.code,
            "name": procedure.name,
            "version": procedure.version,
            "legal_basis": procedure.legal_basis,
        },
        "limit": f"{last.terms.limit.amount} {last.terms.limit.unit}",
        "limit_case": dossier.limit_case,
        "bundle": dossier.bundle,
        "stages": [_stage(stage, lang) for stage in found.stages],
        "due_original": iso(last.after.due_original, calendar),
        "due_at": iso(last.after.due_at, calendar),
        "due_on": last.deadline.due_on.isoformat() if last.deadline else None,
        "appointed_on": dossier.appointed_on.isoformat() if dossier.appointed_on else None,
        "provisional": last.after.provisional,
        "agrees_with_tables": found.agrees,
    }


def _stage(stage: Stage, lang: Language) -> dict[str, Any]:
    entry, calendar = stage.entry, stage.terms.calendar
    return {
        "seq": entry.seq,
        "kind": entry.event.kind,
        "occurred_at": iso(entry.event.occurred_at, calendar),
        "recorded_at": iso(entry.recorded_at, calendar),
        "data": dict(entry.event.data),
        "sla_version": entry.sla_version,
        "calendar": calendar.code,
        "basis": list(basis_of(entry.event, lang)),
        "due_at_before": iso(stage.before.due_at, calendar) if stage.before else None,
        "due_at": iso(stage.after.due_at, calendar),
        "derived_under": stage.after.under,
        "walk": [
            {
                "day": step.day.isoformat(),
                "counted": step.counted,
                "number": step.number,
                "seconds": step.seconds,
                "reason": step.reason,
                "source": step.source,
            }
            for step in stage.walk
        ],
    }

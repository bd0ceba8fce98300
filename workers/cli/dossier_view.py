"""One dossier on a terminal of 80 columns or more: what counts first, then the past, then the future."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.box import ROUNDED
from rich.panel import Panel
from rich.text import Text

from domain.basis import marks_of
from domain.catalogue import say
from domain.deadline import is_past
from workers.cli.answer_view import answer_to, why_it_goes_up
from workers.cli.dossier_facts import (
    original_due,
    recipients_of,
    slip_difference,
    slip_moment,
    state_of,
)
from workers.cli.dossier_words import WORDS
from workers.cli.screen import columns, day_text, moment_text, screen, short_text
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from rich.console import Console

    from domain.deadline import Language
    from domain.ladder import PlannedRung
    from domain.steps import StepRun
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.use_cases.look import DossierView

_DETAILS: Final = (
    *(
        "rung",
        "by",
        "unit",
        "officer",
        "agency",
        "appointed_on",
        "reason",
        "legal_basis",
        "document",
        "forced_by",
    ),
)
_STYLES: Final = {"sent": "green", "planned": "yellow", "failed": "yellow", "dead": "red"}


def show_dossier(view: DossierView, *, now: datetime, lang: str) -> None:
    """Print the view of a dossier; nothing in it names a person, only codes and roles."""
    shown = _View(view, now, "en" if lang == "en" else "vi")
    console = screen()
    shown.head(console)
    shown.due(console)
    shown.steps(console)
    shown.history(console)
    shown.notices(console)
    shown.coming(console)


def show_slip(code: str, views: Sequence[DossierView], *, lang: str) -> None:
    """Print the one appointment of several procedures on a slip: when the last of them is due."""
    english, console = lang == "en", screen()
    console.print(Text.assemble((code, "bold"), f"   {len(views)} {'procedures' if english else 'thủ tục'}"))
    targets = [view.target for view in views if view.target is not None]
    if targets:
        last = max(targets, key=lambda target: target.due_at)
        day = day_text(last.due_on, "en" if english else "vi")
        console.print(f"{'One appointment' if english else 'Hẹn trả chung'}: {day}\n")


class _View:
    def __init__(self, view: DossierView, now: datetime, lang: Language) -> None:
        self.view, self.now, self.lang = view, now, lang
        self.dossier, self.calendar = view.stored.dossier, view.office.calendar

    def say(self, key: str, **found: object) -> str:
        return WORDS[key][self.lang == "en"].format(**found)

    def at(self, instant: datetime) -> str:
        return moment_text(instant, self.calendar)

    def head(self, console: Console) -> None:
        dossier, view = self.dossier, self.view
        state = say(state_of(dossier), self.lang)
        console.print(Text.assemble((dossier.code, "bold"), "   ", (state, "cyan")))
        console.print(Text(view.procedure.name))
        parts = [view.unit_name]
        parts += [f"{self.say('officer')} {dossier.officer}"] if dossier.officer else []
        parts += [say(dossier.channel, self.lang)] if dossier.channel else []
        console.print(Text(" · ".join(parts), style="dim"))

    def due(self, console: Console) -> None:
        deadline = self.view.target
        if deadline is None:
            console.print(Panel(self.say("no_due"), title=self.say("due"), title_align="left", box=ROUNDED))
            return
        overdue = self.dossier.is_running and is_past(deadline.due_at, now=self.now)
        late = overdue or self.view.stored.timing == "late"
        hour = f"{self.calendar.local(deadline.appointment_at):%H:%M}"
        body = Text.assemble(
            (day_text(deadline.due_on, self.lang), "bold"), f", {self.say('appointment')} {hour}\n"
        )
        body.append(self.standing(), style="bold red" if late else "bold green")
        for line in self.small_print():
            body.append("\n")
            body.append(line)
        style = "red" if late else "yellow" if self.dossier.stopped_since else "green"
        console.print(Panel(body, title=self.say("due"), title_align="left", border_style=style, box=ROUNDED))

    def standing(self) -> str:
        if self.dossier.is_open or not self.view.stored.timing:
            return self.view.words
        return self.say("at_result", timing=say(self.view.stored.timing, self.lang), words=self.view.words)

    def small_print(self) -> list[Text]:
        dossier, procedure, stored = self.dossier, self.view.procedure, self.view.stored
        deadline = self.view.deadline
        limit = limit_in_words(self.view.terms.limit, self.lang)
        lines = [Text(self.say("limit", limit=limit, start=self.at(dossier.counting_from)))]
        if dossier.stopped_since is not None and (not deadline or dossier.stopped_since < deadline.due_at):
            lines.append(Text(self.say("moves", at=self.at(dossier.stopped_since)), style="yellow"))
        lines += self.waiting()
        if deadline and self.view.target and self.view.target.due_at != deadline.due_at:
            lines.append(Text(self.say("appointed", at=day_text(deadline.due_on, self.lang)), style="yellow"))
        if deadline and stored.due_original and stored.due_original != deadline.due_at:
            lines.append(Text(self.say("original", at=self.at(original_due(self.view)))))
        if deadline and deadline.provisional:
            lines.append(Text(self.say("provisional"), style="yellow"))
        lines += self.slip()
        lines.append(Text(procedure.legal_basis, style="dim"))
        return lines

    def waiting(self) -> Iterator[Text]:
        """Yield what a dossier waits for, what is left of its limit meanwhile, and who shares its slip."""
        dossier, budget = self.dossier, self.view.budget
        if budget is not None:
            used, left = (limit_in_words(part, self.lang) for part in (budget.used, budget.left))
            yield Text(self.say("budget", used=used, left=left), style="yellow")
        if dossier.stopped_by and dossier.stopped_since is None:
            yield Text(self.say("waits", why=say(dossier.stopped_by, self.lang)), style="yellow")
        if dossier.consulting:
            yield Text(self.say("consulting", who=", ".join(dossier.consulting)), style="yellow")
        if self.view.siblings:
            others = ", ".join(
                f"{code} ({say(state_of(other.dossier), self.lang)})"
                for code, other in self.view.siblings.items()
            )
            yield Text(self.say("bundle", code=dossier.bundle, others=others), style="cyan")

    def slip(self) -> list[Text]:
        slip, days = slip_moment(self.dossier), slip_difference(self.view)
        if slip is None or days is None:
            return []
        key = "slip_same" if days == 0 else "slip_late" if days > 0 else "slip_early"
        text = self.say("slip", at=self.at(slip.at), how=self.say(key, days=abs(days)))
        return [Text(text, style="yellow" if days else "")]

    def steps(self, console: Console) -> None:
        """Print the steps left, planned against used, and the one the dossier stands in."""
        dossier, step = self.dossier, self.view.terms.step_of(self.dossier)
        if not self.view.runs and step is None:
            return
        names = {known.code: known.name for known in self.view.procedure.steps}
        units = self.view.office.sla.lines.units
        table = columns("", "", "", "", whole=(0, 3), title=f"\n{self.say('steps')}")
        for run in self.view.runs:
            unit = units[run.unit].name if run.unit in units else run.unit
            style = "red" if run.timing == "late" else ""
            table.add_row(str(run.number), names.get(run.step, "—"), unit, Text(self.spent(run), style=style))
        if dossier.is_open and step is not None:
            table.add_row(str(dossier.step_number), step.name, self.view.unit_name, self.step_due())
        console.print(table)

    def spent(self, run: StepRun) -> str:
        if run.planned is None or run.used is None:
            return self.say("step_free")
        used, planned = (limit_in_words(part, self.lang) for part in (run.used, run.planned))
        return f"{self.say('used', used=used, planned=planned)}, {say(run.timing, self.lang)}"

    def step_due(self) -> Text:
        deadline = self.view.step_deadline
        if deadline is None:
            return Text(self.say("step_free"))
        late = self.dossier.is_running and is_past(deadline.due_at, now=self.now)
        text = self.say("step_late" if late else "step_open", at=self.at(deadline.appointment_at))
        return Text(text, style="bold red" if late else "green")

    def history(self, console: Console) -> None:
        table = columns("", "", "", "", whole=(0, 1, 3), title=f"\n{self.say('history')}")
        for entry in self.view.history:
            table.add_row(
                self.at(entry.event.occurred_at),
                say(entry.event.kind, self.lang),
                self.details(entry),
                Text(entry.actor, style="dim"),
            )
        console.print(table)

    def details(self, entry: Entry) -> str:
        data, units = entry.event.data, self.view.office.sla.lines.units
        shown = {name: data[name] for name in _DETAILS if name in data}
        if shown.get("unit") in units:
            shown["unit"] = units[shown["unit"]].name
        return " · ".join([*shown.values(), *marks_of(entry.event, self.lang)])

    def notices(self, console: Console) -> None:
        if not self.view.notices:
            console.print(Text(f"\n{self.say('nobody')}", style="dim"))
            return
        table = columns("", "", "", "", whole=(0, 1, 2), title=f"\n{self.say('told')}")
        for notice in self.view.notices:
            table.add_row(
                self.short(notice.planned_at),
                say(notice.kind, self.lang),
                notice.recipient,
                Text(self.fate(notice), style=_STYLES.get(notice.state, "dim")),
            )
        console.print(table)

    def short(self, instant: datetime) -> str:
        return short_text(instant, self.calendar, now=self.now)

    def fate(self, notice: Notice) -> str:
        at = self.short(notice.sent_at or notice.deliver_at)
        text = self.say(notice.state, at=at, to=notice.passed_to)
        told = notice.last_error if notice.state in ("failed", "dead") else None
        answer = answer_to(notice, self.short, self.lang, is_open=self.dossier.is_open)
        return "; ".join(part for part in (f"{text}: {told}" if told else text, answer) if part)

    def what(self, entry: PlannedRung) -> str:
        # What a mail says of itself is written by the office, in its own language.
        own = entry.rung.subject if self.lang == "vi" else ""
        text = why_it_goes_up(entry.rung, self.lang) or own or say(entry.rung.kind, self.lang)
        return f"{text} ({self.say('repeat', number=entry.repeat)})" if entry.repeat else text

    def coming(self, console: Console) -> None:
        if not self.view.coming:
            console.print(Text(f"\n{self.say('nothing')}", style="dim"))
            return
        table = columns("", "", "", whole=(0,), title=f"\n{self.say('next')}")
        for entry in self.view.coming:
            when = self.short(entry.at) if entry.at > self.now else self.say("overdue_now")
            who = ", ".join(recipients_of(entry, self.view, now=self.now))
            table.add_row(when, self.what(entry), Text(who, style="dim"))
        console.print(table)

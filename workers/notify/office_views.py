"""Mails about the office itself: each kind has a view, whose fields are placeholders of its template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from workers.notify.view import OfficeView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView(OfficeView):
    """Tell that the days off of a calendar run out.

    `until` is the last day known, `days_left` counts today (0: it is over), `next_year` is the year to be
    recorded. `provisional` is how many open dossiers of the office have a provisional due date.
    """

    kind: ClassVar[str] = "calendar"

    calendar: str
    calendar_name: str
    until: date
    days_left: int
    next_year: int
    provisional: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadNoticesView(OfficeView):
    """Tell that notices were given up and will not be sent again by themselves.

    `count` is how many, since `first_at` (in the office's zone). Each of `lines` names a dossier (or a matter
    of the office) and the role that was not told; `more` counts those there was no room for.
    """

    kind: ClassVar[str] = "dead_notice"

    count: int
    first_at: datetime
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView(OfficeView):
    """Tell that the notices of some days are not those that should have been told.

    `count` is how many differ of `due` that had to be told from `first_day` to `last_day` (inclusive). Each
    of `sums` names a kind of difference and how often; each of `lines` a dossier, what differs and the rung;
    `more` counts those there was no room for.
    """

    kind: ClassVar[str] = "proof"

    first_day: date
    last_day: date
    count: int
    due: int
    sums: tuple[str, ...]
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlteredView(OfficeView):
    """Tell that a verification of the whole record found what was altered.

    `count` is at how many places, among so many `dossiers` and `events` looked at on `day`. Each of `lines`
    names a place, never what it says; `more` counts those there was no room for.
    """

    kind: ClassVar[str] = "altered"

    day: date
    count: int
    dossiers: int
    events: int
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDatesView(OfficeView):
    """Tell the one-stop section which appointments a version moved: each of `lines` an old date and a new."""

    kind: ClassVar[str] = "moved_dates"

    version: int
    count: int
    reason: str
    document: str
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """Hold what a mail says of one task of the reform plan.

    `deadline` is the plan's own wording, `words` how long is left or over. `went_up`: nobody has answered for
    it, and one is told as a superior. `asks`: an acknowledgement is asked for, until `asked_until`
    if there is such a moment, with its `token` and the page for it where the office has them.
    """

    code: str
    title: str
    product: str
    unit_name: str
    cooperating: str
    deadline: str
    due_on: date
    words: str
    overdue: bool
    state: str
    went_up: bool = False
    asks: bool = False
    asked_until: datetime | None = None
    token: str = ""
    acknowledge_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReformTasksView(OfficeView):
    """Tell of tasks of the reform plan: those of one person in one mail, the most pressing first.

    `more` counts those there was no room for.
    """

    kind: ClassVar[str] = "reform_task"

    tasks: tuple[TaskLine, ...]
    more: int = 0

    def with_others(self, others: Iterable[ReformTasksView], *, most: int) -> ReformTasksView:
        """Return the mail that tells what several tell, at most so many tasks of them."""
        every = sorted(
            (task for view in (self, *others) for task in view.tasks), key=lambda task: task.due_on
        )
        return replace(self, tasks=tuple(every[:most]), more=max(0, len(every) - most))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """Hold what a mail says of one corrective action; `answers` is the role that does."""

    dossier: str
    action: str
    unit_name: str
    answers: str
    due_on: date
    words: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsView(OfficeView):
    """Tell of corrective actions: those of one person in one mail, the most pressing first."""

    kind: ClassVar[str] = "action"

    actions: tuple[ActionLine, ...]
    more: int = 0

    def with_others(self, others: Iterable[ActionsView], *, most: int) -> ActionsView:
        """Return the mail that tells what several tell, at most so many actions of them."""
        every = sorted((one for view in (self, *others) for one in view.actions), key=lambda one: one.due_on)
        return replace(self, actions=tuple(every[:most]), more=max(0, len(every) - most))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView(OfficeView):
    """Tell that the audit pack of a period was made, in which folder; without one, why it could not be.

    `attached` are the names of the files of it that go with the mail; none where they are too large.
    """

    kind: ClassVar[str] = "pack"

    period: str
    folder: str
    why: str = ""
    attached: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that go with the mail."""
        return tuple(Path(self.folder) / name for name in self.attached)


class PassedOn(NamedTuple):
    """Name a dossier or task that was told in somebody's place: its last rung, due day, who was told."""

    code: str
    rung: str
    due_on: date
    told_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBackView(OfficeView):
    """Tell somebody who was away what was told in their place and is still open.

    `count` is how many, of them `tasks` of the reform plan; `told` lists the most urgent of them, `more`
    counts those there was no room for. `moved` are those of `told` that have got another due day since: their
    rung was one of the old.
    """

    kind: ClassVar[str] = "coming_back"

    count: int
    told: tuple[PassedOn, ...]
    tasks: int = 0
    more: int = 0
    moved: tuple[PassedOn, ...] = ()

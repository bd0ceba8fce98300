"""Mails about the office itself: each kind has a view, whose fields are placeholders of its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from workers.notify.view import OfficeView

if TYPE_CHECKING:
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
class PackView(OfficeView):
    """Tell that the audit pack of a period was made, in which folder; without one, why it could not be."""

    kind: ClassVar[str] = "pack"

    period: str
    folder: str
    why: str = ""


class PassedOn(NamedTuple):
    """Name a dossier that was told in somebody's place: its last rung, its due day, who was told."""

    code: str
    rung: str
    due_on: date
    told_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBackView(OfficeView):
    """Tell somebody who was away what was told in their place and is still open.

    `count` is how many dossiers; `told` lists the most urgent of them, `more` counts those there was no room
    for.
    """

    kind: ClassVar[str] = "coming_back"

    count: int
    told: tuple[PassedOn, ...]
    more: int = 0

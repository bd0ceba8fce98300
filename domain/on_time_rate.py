"""The on-time rates (tỷ lệ đúng hạn): how a dossier is classified, counts, the three rates, exact."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from domain.deadline import is_past

if TYPE_CHECKING:
    from domain.deadline import Deadline
    from domain.working_calendar import WorkingCalendar

Timing = Literal["early", "on_time", "late", "no_limit"]


def timing(finished_at: datetime, deadline: Deadline | None, calendar: WorkingCalendar) -> Timing:
    """Classify a result: early (trước hạn), on time (đúng hạn) or late (quá hạn).

    Late is `finished_at >= due_at`. Limits in days are early before the due day (local date), limits in hours
    before the due minute. Without a limit there is nothing to be late against.
    """
    if deadline is None:
        return "no_limit"
    if is_past(deadline.due_at, now=finished_at):
        return "late"
    if deadline.in_days:
        early = calendar.local(finished_at).date() < deadline.due_on
    else:
        early = _minute(finished_at) < _minute(deadline.due_at)
    return "early" if early else "on_time"


def _minute(instant: datetime) -> datetime:
    return instant - timedelta(seconds=instant.second, microseconds=instant.microsecond)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Hold how many dossiers stand where; counts are what is stored, a percentage is only shown.

    `waiting` (for papers or suspended) and `pending_no_limit` are pending and in time. `withdrawn` dossiers
    stand apart: they are neither resolved nor pending (DOMAIN decision 9). `resolved_no_limit` are results of
    procedures without a limit; they are in no rate. The last three are parts of the others: `refused` of the
    results, `suspended` of `waiting` (the rest waits for papers), `carried_in` of all but the withdrawn,
    those received before the period.
    """

    early: int = 0
    on_time: int = 0
    late: int = 0
    resolved_no_limit: int = 0
    pending_in_time: int = 0
    pending_overdue: int = 0
    waiting: int = 0
    pending_no_limit: int = 0
    withdrawn: int = 0
    refused: int = 0
    suspended: int = 0
    carried_in: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Add cell by cell, so that the sum of the parts is the whole."""
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    def times(self, number: int) -> Counts:
        """Return so many times these counts."""
        return Counts(**{f.name: getattr(self, f.name) * number for f in fields(self)})

    @property
    def resolved(self) -> int:
        """Return the dossiers with a result that was due by a date."""
        return self.early + self.on_time + self.late

    @property
    def in_time(self) -> int:
        """Return the pending dossiers whose due date has not passed."""
        return self.pending_in_time + self.waiting

    @property
    def pending(self) -> int:
        """Return the dossiers the office still owes a result by a date."""
        return self.in_time + self.pending_overdue

    @property
    def received(self) -> int:
        """Return the dossiers with a due date, resolved or pending."""
        return self.resolved + self.pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Hold one named rate with its numerator, denominator and definition; no denominator, no rate."""

    name: str
    numerator: int
    denominator: int
    vi: str
    en: str

    @property
    def value(self) -> Fraction | None:
        """Return the exact rate, or None when nothing was counted."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def percent(self) -> str:
        """Show the rate with two places, half up, in the Vietnamese way; a dash when there is none."""
        if self.value is None:
            return "—"
        hundredths = int(self.value * 10_000 + Fraction(1, 2))
        return f"{hundredths // 100},{hundredths % 100:02d} %"


DEFINITIONS: Final = {
    "rate_resolved": (
        "trước hạn + đúng hạn, trên số đã giải quyết",
        "early + on time, of those resolved",
    ),
    "rate_received": (
        "trước hạn + đúng hạn, trên số tiếp nhận (NĐ 61/2018 Đ.30)",
        "early + on time, of those received (Decree 61/2018 art. 30)",
    ),
    "rate_766": (
        "đã giải quyết đúng hạn + đang giải quyết trong hạn, trên số tiếp nhận (QĐ 766/QĐ-TTg)",
        "resolved on time + pending in time, of those received (Decision 766)",
    ),
}


def rates(counts: Counts) -> tuple[Rate, ...]:
    """Return the three official rates of the same counts, each under its own name."""
    good = counts.early + counts.on_time
    parts = {
        "rate_resolved": (good, counts.resolved),
        "rate_received": (good, counts.received),
        "rate_766": (good + counts.in_time, counts.received),
    }
    return tuple(
        Rate(
            name=name,
            numerator=numerator,
            denominator=denominator,
            vi=DEFINITIONS[name][0],
            en=DEFINITIONS[name][1],
        )
        for name, (numerator, denominator) in parts.items()
    )

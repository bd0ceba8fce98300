"""The trace of a count: what the arithmetic did, told by the arithmetic itself while it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

LegKind = Literal[
    "receipt",
    "cutoff",
    "working_days",
    "calendar_days",
    "months",
    "pause",
    "back_working_days",
    "back_calendar_days",
    "roll",
    "after_end",
]
SpanKind = Literal["working_time", "pause", "back_time"]


@dataclass(frozen=True, slots=True)
class Leg:
    """Hold a stretch of local dates, `begin` exclusive and `end` inclusive.

    `amount` of its days (or months) count, with those that a pause took. The kinds that begin with "back"
    give back what a pause took.
    """

    kind: LegKind
    begin: date
    end: date
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a stretch between aware instants; `micros` of it are working time that counts."""

    kind: SpanKind
    begin: datetime
    end: datetime
    micros: int = 0


Trace = list[Leg | Span]
"""Filled by the functions that count, where one is given: the legs of the last landing, in order."""

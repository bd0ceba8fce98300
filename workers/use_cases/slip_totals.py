"""What an audit of the slips adds up: how many agree, by which reason the others differ, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.slips import SlipDifference
    from workers.store.dossiers import Stored


@dataclass(slots=True, kw_only=True)
class SlipTotals:
    """Count what was found so far.

    `compared` = `agree` + `early` + `late` + `calendar_changed`. Not compared: `without_slip` (no date on
    it), `without_limit` (the law sets none), `unreadable` (its rules or its date make no sense).
    `likeliest` counts differences by their first reason, `possible` by every reason that explains them.
    `units` and `procedures` count [compared, miscounted] by code.
    """

    agree: int = 0
    early: int = 0
    late: int = 0
    calendar_changed: int = 0
    without_slip: int = 0
    without_limit: int = 0
    unreadable: int = 0
    likeliest: Counter[str] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    units: dict[str, list[int]] = field(default_factory=dict)
    procedures: dict[str, list[int]] = field(default_factory=dict)

    @property
    def miscounted(self) -> int:
        """Return how many slips were wrong when they were printed."""
        return self.early + self.late

    @property
    def compared(self) -> int:
        """Return how many slips were held against a lawful date."""
        return self.agree + self.miscounted + self.calendar_changed

    def add(self, stored: Stored, difference: SlipDifference | None) -> None:
        """Count one slip that was compared; None: it agrees with the law."""
        is_wrong = difference is not None and difference.is_miscount
        for counts, code in (
            (self.units, stored.dossier.unit),
            (self.procedures, stored.dossier.procedure),
        ):
            found = counts.setdefault(code, [0, 0])
            found[0] += 1
            found[1] += is_wrong
        if difference is None:
            self.agree += 1
        elif not difference.is_miscount:
            self.calendar_changed += 1
        else:
            self.early += difference.is_early
            self.late += not difference.is_early
            self.likeliest[difference.reasons[0].code] += 1
            self.possible.update({reason.code for reason in difference.reasons})

    def ranked(self) -> list[tuple[str, int]]:
        """Return (reason, how many slips it may explain), the one that is likeliest for most slips first."""
        return sorted(
            self.possible.items(), key=lambda entry: (-self.likeliest[entry[0]], -entry[1], entry[0])
        )

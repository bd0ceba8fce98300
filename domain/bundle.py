"""Bundles (nhiều thủ tục cùng lúc): several procedures under one code, one slip and one appointment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from domain.errors import LimitError
from domain.pauses import land_with_pauses
from domain.time_limit import TimeLimit, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from domain.time_limit import CountingRules
    from domain.working_calendar import WorkingCalendar

Policy = Literal["fixed", "sum", "max"]
MOST_COMPONENTS: Final = 20
MARK: Final = "/"
"""Stands between the code on the slip and the number of the component: H51-190531-0001/2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Hold the rule of several procedures done at once: its components in order and its one limit.

    `policy` "fixed" has its own `limit`, at most the sum of the components' (Decree 43/2014 art. 61); "sum"
    adds them up, "max" takes the one that ends last. Both days in force are inclusive.
    """

    code: str
    name: str
    components: tuple[str, ...]
    policy: Policy
    in_force_from: date
    in_force_until: date | None = None
    limit: TimeLimit | None = None

    def in_force_on(self, day: date) -> bool:
        """Say whether this rule is in force on a local day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    def limit_of(
        self,
        limits: Sequence[TimeLimit],
        start: datetime,
        calendar: WorkingCalendar,
        rules: CountingRules,
    ) -> TimeLimit:
        """Return the one limit of all components accepted at an aware instant.

        `limits` are those of the components. "max" compares the instants at which they end, never bare
        numbers. A sum of limits in different units raises LimitError.
        """
        if self.policy == "fixed" and self.limit is not None:
            return self.limit
        if self.policy == "sum":
            return total(limits)
        return max(limits, key=lambda limit: land_with_pauses(limit, start, calendar, rules))


def total(limits: Sequence[TimeLimit]) -> TimeLimit:
    """Return the sum of limits in one unit; other limits cannot be added and raise LimitError."""
    units = {limit.unit for limit in limits}
    if len(units) != 1 or units & {Unit.NONE, Unit.SAME_DAY}:
        raise LimitError("not_added_up", units=", ".join(sorted(units)) or "no_unit")
    return TimeLimit(sum(limit.amount for limit in limits), units.pop())


def component_code(slip: str, number: int) -> str:
    """Return the code of a component (1 is the first) of the bundle whose code is on the slip."""
    return f"{slip}{MARK}{number}"


def slip_of(code: str) -> str | None:
    """Return the slip a code would be a component of: A of A/2; None for a code without such a number."""
    slip, _, number = code.rpartition(MARK)
    is_number = number.isascii() and number.isdigit() and not number.startswith("0")
    return slip if slip and is_number else None


def in_order(codes: Iterable[str]) -> list[str]:
    """Return the codes of components in the order of their numbers: A/2 stands before A/10."""
    return sorted(codes, key=lambda code: (len(code), code))

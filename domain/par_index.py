"""Brackets of the PAR index (chỉ số cải cách hành chính): how many points an on-time rate brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

RateName = Literal["rate_resolved", "rate_received", "rate_766"]


class Bracket(NamedTuple):
    """Hold the points of a rate from `at_least` (a fraction of 1, inclusive) up to the bracket above.

    `points` None: in proportion to the rate, the most points times the rate.
    """

    at_least: Fraction
    points: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """Hold one criterion of a PAR index, in force on the days from `valid_from` to `until`, both inclusive.

    `brackets` go from the highest rate to the lowest, whose `at_least` is 0: each rate lies in exactly one.
    `verified`: somebody has held the numbers against the document of `source`.
    """

    code: str
    name: str
    rate: RateName
    most: Fraction
    brackets: tuple[Bracket, ...]
    source: str
    verified: bool
    valid_from: date
    until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Say whether the criterion is in force on a local day."""
        return self.valid_from <= day and (self.until is None or day <= self.until)

    def points(self, rate: Fraction | None) -> Fraction | None:
        """Return the exact points of a rate between 0 and 1; None without a rate: that is no zero."""
        if rate is None:
            return None
        bracket = next(bracket for bracket in self.brackets if rate >= bracket.at_least)
        return self.most * rate if bracket.points is None else bracket.points

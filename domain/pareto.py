"""The Pareto order of causes (biểu đồ Pareto): the most frequent first, and the few that make most of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = Fraction(4, 5)
"""The share of all cases that the vital few make together."""


class Bar(NamedTuple):
    """Hold one cause: how many cases, the share of it and of all before it, and whether it is a vital one."""

    name: str
    number: int
    cumulative: Fraction
    vital: bool


def pareto(numbers: Mapping[str, int]) -> tuple[Bar, ...]:
    """Return the causes that occur, the most frequent first, of as frequent ones by name.

    A cause is vital as long as those before it make less than four fifths of all cases.
    """
    whole = sum(numbers.values())
    bars, before = [], 0
    for name, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0])):
        if number:
            vital = Fraction(before, whole) < MOST
            before += number
            bars.append(Bar(name, number, Fraction(before, whole), vital))
    return tuple(bars)

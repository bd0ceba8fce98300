"""Percentiles of handling time (bách phân vị): the smallest value that so many percent do not exceed."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

Value = TypeVar("Value", "int", "Fraction")
_WHOLE: Final = 100
DEFINITION: Final = (
    "Bách phân vị p % là giá trị nhỏ nhất mà ít nhất p % số hồ sơ không vượt quá (hạng gần nhất, "
    "không nội suy): luôn là thời gian của một hồ sơ có thật."
)


class Percentiles(NamedTuple):
    """Hold how many values there are, and their 50th, 90th and 95th percentile as texts of one unit."""

    number: int
    p50: int | Fraction
    p90: int | Fraction
    p95: int | Fraction


def percentile(numbers: Mapping[Value, int], percent: int) -> Value:
    """Return a percentile of values that occur so many times each; 0 < percent <= 100.

    By nearest rank: of n values in order, the one at place ceil(percent × n / 100). Raises ValueError for no
    value at all, or a percentage outside.
    """
    whole = sum(numbers.values())
    if whole <= 0 or not 0 < percent <= _WHOLE:
        raise ValueError(f"no {percent} % of {whole} values")
    ordered = sorted(numbers)
    places = list(accumulate(numbers[value] for value in ordered))
    return ordered[bisect_left(places, -(-percent * whole // _WHOLE))]


def percentiles(numbers: Mapping[Value, int]) -> Percentiles | None:
    """Return the 50th, 90th and 95th percentile; None without values."""
    if not sum(numbers.values()):
        return None
    p50, p90, p95 = (percentile(numbers, percent) for percent in (50, 90, 95))
    return Percentiles(sum(numbers.values()), p50, p90, p95)

"""The p-chart (biểu đồ kiểm soát tỷ lệ): which late share is no chance, exact also for few dossiers."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Signal = Literal["beyond", "run", "trend", "two_of_three"]
Side = Literal["above", "below"]

TAIL: Final = Fraction(27, 20_000)
"""How rarely chance alone goes beyond one limit: what three deviations leave on one side, 0.135 %."""
FEWEST: Final = 5
"""Late, and not late, dossiers to be expected of a point for the limits of three deviations to hold."""
RUN: Final = 9
TREND: Final = 6
ENOUGH: Final = 20
"""Points from which on limits are no longer provisional."""
_PLACES: Final = 10**6


class Counted(NamedTuple):
    """Hold one point as it was counted: so many late of so many results."""

    label: str
    late: int
    number: int

    @property
    def share(self) -> Fraction | None:
        """Return the late share; None of nothing."""
        return Fraction(self.late, self.number) if self.number else None


class Point(NamedTuple):
    """Hold one point with its limits as shares, and what is remarkable of it.

    `few`: too few dossiers for the limits of three deviations; these are the exact ones of the binomial
    distribution. `signals` end at this point; `side` is where they point to.
    """

    counted: Counted
    lower: Fraction | None = None
    upper: Fraction | None = None
    few: bool = False
    signals: tuple[Signal, ...] = ()
    side: Side | None = None


class Chart(NamedTuple):
    """Hold a chart: its centre (None without results) and its points in the order of time."""

    centre: Fraction | None
    points: tuple[Point, ...]


def p_chart(counted: Sequence[Counted]) -> Chart:
    """Return the p-chart of some points, each with limits of its own number of results.

    The centre is the share of all points together. Limits lie three standard deviations from it, judged
    without rounding; where fewer than five late or not late ones are to be expected, they are those of the
    binomial distribution that chance passes as rarely on either side. Rules, numbered as by Nelson (1984): 1,
    a point beyond a limit; 2, nine in a row on one side; 3, six in a row rising or falling; 5, two of three
    beyond two deviations on one side. Rules 2, 3 and 5 want points with enough dossiers: one with few, or
    with none, ends a row.
    """
    number = sum(each.number for each in counted)
    if number == 0:
        return Chart(None, tuple(Point(each) for each in counted))
    centre = Fraction(sum(each.late for each in counted), number)
    points = [_limited(each, centre) for each in counted]
    return Chart(centre, tuple(_judged(points, index, centre) for index in range(len(points))))


def ordinary(number: int, share: Fraction) -> tuple[int, int]:
    """Return the fewest and the most that chance brings among a number, each passed as rarely as TAIL.

    P(X < fewest) and P(X > most) are at most TAIL, for X binomial with that share; exact.
    """
    if share > Fraction(1, 2):
        fewest, most = ordinary(number, 1 - share)
        return number - most, number - fewest
    part, whole = share.numerator, share.denominator
    rest, weight = whole**number, (whole - part) ** number
    rare, below = TAIL * rest, weight
    fewest, most = int(below <= rare), 0
    while rest - below > rare:
        weight = weight * (number - most) * part // ((most + 1) * (whole - part))
        below, most = below + weight, most + 1
        fewest += below <= rare
    return fewest, most


def _limited(counted: Counted, centre: Fraction) -> Point:
    number = counted.number
    if number == 0 or centre in (0, 1):
        return Point(counted)
    if min(number * centre, number * (1 - centre)) < FEWEST:
        fewest, most = ordinary(number, centre)
        return Point(counted, Fraction(fewest, number), Fraction(most, number), few=True)
    width = 3 * _root(centre * (1 - centre) / number)
    return Point(counted, max(centre - width, Fraction(0)), min(centre + width, Fraction(1)))


def _root(value: Fraction) -> Fraction:
    """Return a square root to six places, to be shown: nothing is judged by it."""
    return Fraction(isqrt(value.numerator * _PLACES**2 // value.denominator), _PLACES)


def _judged(points: Sequence[Point], index: int, centre: Fraction) -> Point:
    point = points[index]
    if point.upper is None or point.lower is None or point.counted.share is None:
        return point
    found: list[Signal] = []
    if point.few:
        if not point.lower <= point.counted.share <= point.upper:
            found.append("beyond")
        return point._replace(signals=tuple(found), side=_side(point, centre) if found else None)
    if _is_beyond(point, centre, 3):
        found.append("beyond")
    if _is_run(_last(points, index, RUN), centre):
        found.append("run")
    trend = _trend(_last(points, index, TREND))
    if trend is not None:
        found.append("trend")
    if _two_of_three(_last(points, index, 3), centre):
        found.append("two_of_three")
    side = None if not found else trend if found == ["trend"] else _side(point, centre)
    return point._replace(signals=tuple(found), side=side)


def _last(points: Sequence[Point], index: int, number: int) -> Sequence[Point]:
    """Return the last points up to an index, none where there are fewer or one of them ends the row."""
    row = points[max(index - number + 1, 0) : index + 1]
    whole = len(row) == number and all(point.upper is not None and not point.few for point in row)
    return row if whole else ()


def _side(point: Point, centre: Fraction) -> Side | None:
    share = point.counted.share
    if share is None or share == centre:
        return None
    return "above" if share > centre else "below"


def _is_beyond(point: Point, centre: Fraction, deviations: int) -> bool:
    late, number = point.counted.late, point.counted.number
    return (late - number * centre) ** 2 > deviations**2 * number * centre * (1 - centre)


def _is_run(row: Sequence[Point], centre: Fraction) -> bool:
    sides = {_side(point, centre) for point in row}
    return len(sides) == 1 and None not in sides


def _trend(row: Sequence[Point]) -> Side | None:
    shares = [point.counted.share or Fraction(0) for point in row]
    pairs = list(pairwise(shares))
    if pairs and all(before < after for before, after in pairs):
        return "above"
    return "below" if pairs and all(before > after for before, after in pairs) else None


def _two_of_three(row: Sequence[Point], centre: Fraction) -> bool:
    if not row or not _is_beyond(row[-1], centre, 2):
        return False
    side = _side(row[-1], centre)
    return any(_is_beyond(point, centre, 2) and _side(point, centre) == side for point in row[:-1])

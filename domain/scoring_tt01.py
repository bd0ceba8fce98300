"""Scoring how dossiers are handled (chấm điểm giải quyết thủ tục): Circular 01/2018/TT-VPCP art. 13–15."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.on_time_rate import Timing

Index = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9]
Points = Literal[0, 1, 2]
By = Literal["unit", "officer", "dossier"]
Scored = dict[Index, Points]
MOST: Final = 2
"""The most points of one index."""
CONTACTS: Final = 3
"""The index of how often the applicant had to come back."""
OF_DOSSIERS: Final[tuple[Index, ...]] = (1, 2, 3)
"""The indices that can be told from the events of a dossier."""
INDICES: Final[Mapping[Index, str]] = {
    1: "Tổng thời gian giải quyết so với thời gian luật định",
    2: "Thời gian của từng đơn vị, kể cả đơn vị phối hợp",
    3: "Số lần phải liên hệ để hoàn thiện hồ sơ",
    4: "Số cơ quan phải liên hệ để hoàn thiện hồ sơ",
    5: "Tiếp nhận, giải quyết, trả kết quả tại Bộ phận Một cửa",
    6: "Công khai thủ tục hành chính",
    7: "Thái độ của công chức",
    8: "Tiếp thu, giải trình phản ánh, kiến nghị",
    9: "Cung cấp dịch vụ công trực tuyến",
}
# Art. 13.1–2: shorter than the time allowed, equal, longer. Nothing is allowed where there is no limit.
_BY_TIME: Final[Mapping[Timing, Points]] = {"early": 2, "on_time": 1, "late": 0}
_TENTH: Final = 10


class Stay(NamedTuple):
    """Hold one stay of a dossier in a unit that is over, and how it kept to the time of the process."""

    unit: str
    officer: str | None
    timing: Timing


class Handled(NamedTuple):
    """Hold what is scored of a dossier that has a result.

    `unit` and `officer` had it when the result came. `contacts` is how often the applicant had to come back
    to complete it, None where that is not known for sure.
    """

    code: str
    unit: str
    officer: str | None
    timing: Timing
    contacts: int | None = None
    stays: tuple[Stay, ...] = ()


def by_contacts(contacts: int) -> Points:
    """Return the points of index 3: none, one, more than one (art. 13.3)."""
    if contacts == 0:
        return 2
    return 1 if contacts == 1 else 0


def by_stays(stays: Iterable[Stay]) -> Points | None:
    """Return the points of index 2: the least of all stays, None where nothing was planned (art. 13.2).

    Longer in one step is longer; shorter is who was shorter in every step.
    """
    return min((_BY_TIME[stay.timing] for stay in stays if stay.timing in _BY_TIME), default=None)


def shares(handled: Handled, by: By) -> dict[str, Scored]:
    """Return the points of a dossier for each it is scored for: itself, its units or its officers ("": none).

    Indices 1 and 3 are of whoever had it when the result came, index 2 of everybody it has stayed with. An
    index that cannot be told from the dossier is not among its points: that is no zero.
    """
    holder = {"unit": handled.unit, "officer": handled.officer or "", "dossier": handled.code}[by]
    found: dict[str, Scored] = {holder: dict(_of_whole(handled))}
    stays: dict[str, list[Stay]] = defaultdict(list)
    for stay in handled.stays:
        stays[{"unit": stay.unit, "officer": stay.officer or "", "dossier": handled.code}[by]].append(stay)
    for name, own in stays.items():
        points = by_stays(own)
        if points is not None:
            found.setdefault(name, {})[2] = points
    return {name: scored for name, scored in found.items() if scored}


def _of_whole(handled: Handled) -> Iterator[tuple[Index, Points]]:
    if handled.timing in _BY_TIME:
        yield 1, _BY_TIME[handled.timing]
    if handled.contacts is not None:
        yield 3, by_contacts(handled.contacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexScore:
    """Hold the score of one index: the sum of the points, over the number of dossiers (art. 15.2)."""

    points: int
    dossiers: int

    @property
    def exact(self) -> Fraction:
        """Return the quotient as it is."""
        return Fraction(self.points, self.dossiers)

    @property
    def official(self) -> Fraction:
        """Return the score of the circular, which rounds it to one decimal place; half up."""
        return Fraction(int(self.exact * _TENTH + Fraction(1, 2)), _TENTH)


@dataclass(frozen=True, slots=True)
class Score:
    """Hold the indices that were measured of one unit, officer or dossier; the others count in nothing."""

    indices: Mapping[Index, IndexScore]

    @classmethod
    def of_one(cls, scored: Scored) -> Score:
        """Return the score of a single dossier: its points as they are."""
        return cls({index: IndexScore(points=p, dossiers=1) for index, p in sorted(scored.items())})

    @property
    def total(self) -> Fraction:
        """Return the sum of the official scores of the indices (art. 15.2)."""
        return sum((index.official for index in self.indices.values()), Fraction())

    @property
    def most(self) -> int:
        """Return the most that could be reached: two points for each index measured."""
        return MOST * len(self.indices)


class Scoreboard:
    """Add up the points of many dossiers, for each they are scored for."""

    def __init__(self) -> None:
        self._sums: dict[str, dict[Index, list[int]]] = defaultdict(dict)

    def add(self, shares: Mapping[str, Scored]) -> None:
        """Add the points of one dossier."""
        for name, scored in shares.items():
            sums = self._sums[name]
            for index, points in scored.items():
                one = sums.setdefault(index, [0, 0])
                one[0] += points
                one[1] += 1

    def scores(self) -> dict[str, Score]:
        """Return the score of each, by name; whoever nothing was measured of is not there."""
        return {
            name: Score({index: IndexScore(points=p, dossiers=n) for index, (p, n) in sorted(sums.items())})
            for name, sums in sorted(self._sums.items())
            if sums
        }

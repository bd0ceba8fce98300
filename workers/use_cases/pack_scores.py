"""The pack's scores by Circular 01/2018: of units and officers, and of every dossier as it goes by."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.grading_tt01 import OFFICER, UNIT, stands, why_left_out
from domain.scoring_tt01 import INDICES, OF_DOSSIERS, Score, Scoreboard, shares
from workers.reports.pack import Head, Section, Table
from workers.use_cases.dimensions import NONE, Breakdown
from workers.use_cases.handled import handled

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from fractions import Fraction

    from domain.grading_tt01 import Scale
    from domain.scoring_tt01 import Handled, Index, Scored
    from workers.reports.pack import Cell
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.pack_facts import Facts, Scope
    from workers.use_cases.scores import Holder

_POINTS: Final = (
    Head("Số hồ sơ", 11, "right"),
    *(Head(f"Chỉ số {index}", 11, "right") for index in OF_DOSSIERS),
    *(Head("Tổng điểm", 11, "right"), Head("Tối đa", 11, "right")),
)
_UNITS: Final = (Head("Mã", 20), Head("Tên", 40), *_POINTS, Head("Xếp loại", 44))
_OFFICERS: Final = (Head("Người thụ lý", 34), *_POINTS, Head("Xếp loại", 70))
_NUMBER: Final = "Số hồ sơ: đã cho điểm ở ít nhất một chỉ số; mỗi chỉ số chia cho số hồ sơ đo được chỉ số ấy."
_WHOLE: Final = "Toàn cơ quan"


class Points(NamedTuple):
    """Hold a dossier and its own points by index; what was not measured is not there."""

    dossier: Handled
    scored: Scored


class _Board:
    """Add up the points of units, officers or the whole office, and how many dossiers brought any."""

    def __init__(self) -> None:
        self._scores, self.dossiers = Scoreboard(), Counter[str]()

    def add(self, found: dict[str, Scored]) -> None:
        self._scores.add(found)
        self.dossiers.update(found.keys())

    def lines(self) -> Iterable[tuple[str, int, Score]]:
        return ((key, self.dossiers[key], score) for key, score in self._scores.scores().items())


def scores(work: UnitOfWork, scope: Scope, facts: Facts, *, tell: Callable[[Points], None]) -> Section:
    """Return the scores of units and officers (clause 9.1.3); `tell` is given those of every dossier.

    They are those of `dunghan score` for the same period. Raises FiguresError with a dossier whose history
    cannot be replayed.
    """
    boards: dict[Holder, _Board] = {"unit": _Board(), "officer": _Board()}
    whole = _Board()
    for each in handled(work, scope.office, scope.frame, facts.resolved):
        for by, board in boards.items():
            board.add(shares(each, by))
        if own := shares(each, "dossier").get(each.code):
            whole.add({"": own})
            tell(Points(each, own))
    return _section(scope, boards, whole)


def _section(scope: Scope, boards: dict[Holder, _Board], whole: _Board) -> Section:
    return Section(
        title="Chấm điểm theo Thông tư 01/2018/TT-VPCP",
        clause="9.1.3",
        says=_says({index for _, _, score in whole.lines() for index in score.indices}),
        tables=(_units(scope, boards["unit"], whole), _officers(boards["officer"])),
    )


def _says(measured: Collection[Index]) -> tuple[str, ...]:
    return (
        "; ".join(f"({index}) {INDICES[index]}" for index in OF_DOSSIERS) + ".",
        *stands(measured, "unit", "officer"),
        *(f"Bỏ qua: {why}" for why in why_left_out(measured)),
    )


def _units(scope: Scope, board: _Board, whole: _Board) -> Table:
    label = Breakdown(("unit",), scope.office).label
    units = [(unit, label((unit,)), *_points(number, score, UNIT)) for unit, number, score in board.lines()]
    total = [("", _WHOLE, *_points(number, score, UNIT)) for _, number, score in whole.lines()]
    return Table(
        code="cham-diem-don-vi",
        sheet="Điểm đơn vị",
        title="Theo đơn vị; từng hồ sơ: cham-diem-ho-so.csv",
        heads=_UNITS,
        rows=(*units, *total),
        total=bool(total),
        notes=(_NUMBER,),
    )


def _officers(board: _Board) -> Table:
    return Table(
        code="cham-diem-can-bo",
        sheet="Điểm cán bộ",
        title="Theo người thụ lý",
        heads=_OFFICERS,
        rows=tuple((code or NONE, *_points(number, score, OFFICER)) for code, number, score in board.lines()),
    )


def _points(number: int, score: Score, scale: Scale) -> tuple[Cell, ...]:
    points = [score.indices.get(index) for index in OF_DOSSIERS]
    return (
        number,
        *(None if each is None else _tenths(each.official) for each in points),
        *(_tenths(score.total), score.most, scale.grades_of(score).said()),
    )


def _tenths(value: Fraction) -> Cell:
    return Decimal(int(value * 10)) / 10

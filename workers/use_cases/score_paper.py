"""The scores on paper: of units or officers with their grades, what rates bring, or the dossiers behind."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.grading_tt01 import stands, why_left_out
from domain.on_time_rate import DEFINITIONS
from domain.score_766 import MOST, RATE, progress
from domain.scoring_tt01 import INDICES
from workers.reports.on_time_table import grouped
from workers.reports.printed import Align, Grid, HeadCell, Printed, plain_head
from workers.use_cases.score_words import (
    HEADS,
    NOTHING_SCORED,
    SCALES,
    WHOLE,
    bracket_words,
    graded_words,
    name_of,
    not_scored,
    period_words,
    rate_words_766,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.par_index import Criterion
    from domain.period import Period
    from domain.scoring_tt01 import Index, Score
    from workers.reports.printed import Row, Value
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder, Line, ScoredDossiers, Scores

SCORES: Final = "Chấm điểm"
RATES: Final = "Điểm từ tỷ lệ"
DOSSIERS: Final = "Hồ sơ"
TITLE: Final = "Kết quả chấm điểm giải quyết thủ tục hành chính"
SIGNERS: Final = (
    ("Người lập", "(Ký, ghi rõ họ tên)"),
    ("Thủ trưởng đơn vị", "(Ký, ghi rõ họ tên, đóng dấu)"),
)
_NO_SCORE: Final = "—"


def scores_paper(found: Scores, office: Office, period: Period, frame: Frame) -> Printed:
    """Return the paper of the scores of a period: one table by Circular 01/2018, one of the rates."""
    measured = tuple(found.whole.score.indices)
    return _paper(
        office,
        frame,
        title=TITLE,
        above=("Thông tư 01/2018/TT-VPCP Điều 13–15", period_words(period, frame, office)),
        grids=(_scores(found, office, measured), _rates(found, office)),
        notes=tuple(_notes(found, measured)),
    )


def dossiers_paper(
    found: ScoredDossiers, of: tuple[Holder, str] | None, office: Office, period: Period, frame: Frame
) -> Printed:
    """Return the paper of the dossiers behind a score, the first by code, and their score together."""
    measured = tuple(found.score.indices)
    left = found.number - len(found.lines)
    more = f"Còn {grouped(left)} hồ sơ nữa; thêm --limit {found.number} để ghi hết."
    return _paper(
        office,
        frame,
        title=f"Hồ sơ làm nên điểm của {name_of(*of, office)}" if of else "Hồ sơ làm nên điểm",
        above=("Thông tư 01/2018/TT-VPCP Điều 13–15", period_words(period, frame, office)),
        grids=(_dossiers(found, measured),),
        notes=(
            ("Chỉ số", tuple(_named(measured)) or (NOTHING_SCORED,)),
            ("Chưa hết", (more,) if left else ()),
        ),
    )


def _paper(
    office: Office,
    frame: Frame,
    *,
    title: str,
    above: tuple[str, ...],
    grids: tuple[Grid, ...],
    notes: tuple[tuple[str, tuple[str, ...]], ...],
) -> Printed:
    day = office.calendar.local(frame.as_of)
    return Printed(
        number="",
        office_name=office.sla.name,
        title=title,
        above=above,
        grids=grids,
        notes=notes,
        dated=f"{office.sla.place or '.' * 20}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        signers=SIGNERS,
        foot=f"Tính đến {day:%H:%M %d/%m/%Y}",
    )


def _notes(found: Scores, measured: tuple[Index, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not measured:
        yield "Chấm điểm", (NOTHING_SCORED,)
    else:
        yield "Chỉ số", tuple(_named(measured))
        yield "Xếp loại (Điều 15)", (graded_words(found),)
        yield "Bỏ qua, không cộng và không tính vào điểm tối đa", tuple(why_left_out(measured))
        yield "Cách chấm", (*stands(measured, found.by), not_scored(found.whole.counts))
    yield (
        "Điểm tiến độ giải quyết, Quyết định 766/QĐ-TTg; chỉ số cải cách hành chính",
        (rate_words_766(), *map(bracket_words, found.criteria)),
    )


def _named(measured: Sequence[Index]) -> Iterator[str]:
    return (f"{index}. {INDICES[index]}." for index in measured)


def _scores(found: Scores, office: Office, measured: tuple[Index, ...]) -> Grid:
    grade = 4 + 2 * len(measured)  # the columns before it: number, name, two an index, total and most
    lines = [line for line in found.lines if line.score.indices]
    heads = [HeadCell(0, place, text, rows=2) for place, text in ((0, "STT"), (1, HEADS[found.by]))]
    for place, index in enumerate(measured):
        heads.append(HeadCell(0, 2 + 2 * place, f"Chỉ số {index}", columns=2))
        heads += [HeadCell(1, 2 + 2 * place, "Điểm"), HeadCell(1, 3 + 2 * place, "Tổng điểm / số hồ sơ")]
    ends = ((grade - 2, "Tổng điểm"), (grade - 1, "Tối đa"), (grade, "Xếp loại"))
    heads += [HeadCell(0, place, text, rows=2) for place, text in ends]
    aligns: tuple[Align, ...] = ("center", "left", *_numbers(len(measured)), "right", "right", "left")
    return Grid(
        widths=(5, 32, *(9, 14) * len(measured), 9, 9, 40),
        head=tuple(heads),
        rows=tuple(
            (number, name_of(found.by, line.key, office), *_points(line.score, measured), _grade(line, found))
            for number, line in enumerate(lines, start=1)
        ),
        total=("", WHOLE, *_points(found.whole.score, measured), _grade(found.whole, found))
        if measured
        else None,
        aligns=aligns,
    )


def _numbers(times: int) -> tuple[Align, ...]:
    return ("right", "center") * times


def _grade(line: Line, found: Scores) -> str:
    # The scale of officers is of one officer: the office as a whole has no grade by it.
    if line is found.whole and found.by == "officer":
        return ""
    return SCALES[found.by].grades_of(line.score).said()


def _points(score: Score, measured: Sequence[Index]) -> Row:
    cells: list[Value] = []
    for index in measured:
        one = score.indices.get(index)
        cells += (
            [_NO_SCORE, _NO_SCORE]
            if one is None
            else [_places(one.official, 1), f"{grouped(one.points)}/{grouped(one.dossiers)}"]
        )
    return (*cells, _places(score.total, 1), score.most)


def _places(value: Fraction, places: int) -> Decimal:
    size = 10**places
    return Decimal(int(value * size + Fraction(1, 2))).scaleb(-places)


def _rates(found: Scores, office: Office) -> Grid:
    names = [(f"QĐ 766: {DEFINITIONS[RATE][0]}", str(MOST))]
    names += [(f"{each.name} ({each.code})", short(each.most)) for each in found.criteria]
    heads = [HeadCell(0, place, text, rows=2) for place, text in ((0, "STT"), (1, "Đơn vị"))]
    for place, (name, most) in enumerate(names):
        heads.append(HeadCell(0, 2 + 3 * place, name, columns=3))
        parts = ("Tử số / mẫu số", "Tỷ lệ", f"Điểm (tối đa {most})")
        heads += [HeadCell(1, 2 + 3 * place + part, text) for part, text in enumerate(parts)]
    lines = [line for line in found.lines if found.by == "unit" and line.counts.received]
    return Grid(
        title="Điểm từ tỷ lệ đúng hạn",
        widths=(5, 32, *(16, 11, 11) * len(names)),
        head=tuple(heads),
        rows=tuple(
            (number, name_of("unit", line.key, office), *_brought(line, found.criteria))
            for number, line in enumerate(lines, start=1)
        ),
        total=("", WHOLE, *_brought(found.whole, found.criteria)),
        aligns=("center", "left", *_of_rates(len(names))),
    )


def _of_rates(times: int) -> tuple[Align, ...]:
    return ("center", "center", "right") * times


def _brought(line: Line, criteria: Sequence[Criterion]) -> Row:
    wanted = [(RATE, progress(line.rates[RATE]))]
    wanted += [(each.rate, each.points(line.rates[each.rate].value)) for each in criteria]
    cells: list[Value] = []
    for name, points in wanted:
        rate = line.rates[name]
        cells += [f"{grouped(rate.numerator)}/{grouped(rate.denominator)}", rate.percent()]
        cells.append(_NO_SCORE if points is None else _places(points, 2))
    return tuple(cells)


def _dossiers(found: ScoredDossiers, measured: tuple[Index, ...]) -> Grid:
    rows: list[Row] = []
    for number, line in enumerate(found.lines, start=1):
        points = [line.score.indices.get(index) for index in measured]
        cells = [_NO_SCORE if each is None else each.points for each in points]
        rows.append((number, line.key, *cells, _places(line.score.total, 1), line.score.most))
    together = [found.score.indices.get(index) for index in measured]
    means = [_NO_SCORE if each is None else _places(each.official, 1) for each in together]
    total = (*means, _places(found.score.total, 1), found.score.most)
    heads = ("STT", "Mã hồ sơ", *(f"Chỉ số {index}" for index in measured), "Tổng điểm", "Tối đa")
    right: list[Align] = ["right"] * (len(measured) + 2)
    return Grid(
        widths=(7, 40, *(14,) * (len(measured) + 2)),
        head=plain_head(heads),
        rows=tuple(rows),
        total=("", f"Cả {grouped(found.number)} hồ sơ", *total) if measured else None,
        aligns=("center", "left", *right),
    )

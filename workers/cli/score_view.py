"""The scores on the screen: each with the numbers it comes from, its most, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.on_time_rate import DEFINITIONS
from domain.score_766 import MOST, RATE, progress
from domain.scoring_tt01 import INDICES
from workers.cli.score_words import (
    SCALES,
    bracket_words,
    grade_words,
    name_of,
    period_words,
    short,
    shown,
    stands,
    why_left_out,
)
from workers.cli.screen import columns, number, screen

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from domain.period import Period
    from domain.scoring_tt01 import Index, IndexScore, Score
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder, Line, ScoredDossiers, Scores

_WHOLE = "Toàn cơ quan"
_HEADS = {"unit": "Đơn vị", "officer": "Người thụ lý"}


def show_scores(found: Scores, office: Office, period: Period, frame: Frame) -> None:
    """Print the scores of units or officers, then what the rates of the whole office and its units bring."""
    console, measured = screen(), tuple(found.whole.score.indices)
    console.print(f"{office.sla.name}\nChấm điểm giải quyết thủ tục hành chính, Thông tư 01/2018/TT-VPCP")
    console.print(period_words(period, frame, office))
    if measured:
        console.print(_scores(found, office, measured))
        console.print(f"\nXếp loại (Điều 15) theo đủ {SCALES[found.by].most // 2} chỉ số, {_most(found)}.")
        for line in (line for line in found.lines if line.score.indices):
            grade = grade_words(SCALES[found.by].grades_of(line.score))
            console.print(f"  {name_of(found.by, line.key, office)}: {grade}")
    else:
        console.print("\nKhông có kết quả nào để chấm.")
    _left_out(console, measured, office)
    _rates(console, found, office)


def _most(found: Scores) -> str:
    scale = SCALES[found.by]
    return f"tối đa {scale.most} điểm; đo được nhiều nhất {found.whole.score.most} điểm"


def _scores(found: Scores, office: Office, measured: tuple[Index, ...]) -> Table:
    heads = [f"Chỉ số {index}" for index in measured]
    table = columns(_HEADS[found.by], *heads, "Điểm", "Tối đa", right=range(1, len(heads) + 3))
    for line in (line for line in found.lines if line.score.indices):
        table.add_row(name_of(found.by, line.key, office), *_cells(line.score, measured))
    table.add_row(_WHOLE, *_cells(found.whole.score, measured), style="bold")
    return table


def _cells(score: Score, measured: tuple[Index, ...]) -> list[str]:
    cells = [_cell(score.indices.get(index)) for index in measured]
    return [*cells, shown(score.total, 1), str(score.most)]


def _cell(index: IndexScore | None) -> str:
    if index is None:
        return "—"
    return f"{shown(index.official, 1)}\n{number(index.points)}/{number(index.dossiers)}"


def _left_out(console: Console, measured: tuple[Index, ...], office: Office) -> None:
    for index in measured:
        console.print(f"{'Chỉ số ' if index == measured[0] else '       '}{index}. {INDICES[index]}.")
    missing = [index for index in INDICES if index not in measured]
    if missing:
        console.print("\nBỏ qua, không tính điểm và không tính vào điểm tối đa:")
    for said in why_left_out(missing, office):
        console.print(f"  {said}")
    console.print("\nCách chấm:")
    for said in stands(measured):
        console.print(f"  {said}")


def _rates(console: Console, found: Scores, office: Office) -> None:
    heads = [f"{each.code} (tối đa {short(each.most)})" for each in found.criteria]
    right = range(1, len(heads) + 4)
    table = columns("Đơn vị", "Đúng hạn", "Tỷ lệ", f"QĐ 766 (tối đa {MOST})", *heads, right=right)
    for line in found.lines if found.by == "unit" else ():
        if line.counts.received:
            table.add_row(name_of("unit", line.key, office), *_points(line, found))
    table.add_row(_WHOLE, *_points(found.whole, found), style="bold")
    console.print("\nĐiểm tiến độ giải quyết, Quyết định 766/QĐ-TTg; chỉ số cải cách hành chính")
    console.print(table)
    console.print(f"QĐ 766: {MOST} × tỷ lệ; {DEFINITIONS[RATE][0]}.")
    for each in found.criteria:
        console.print(bracket_words(each))


def _points(line: Line, found: Scores) -> list[str]:
    rate, reached = line.rates[RATE], progress(line.rates[RATE])
    cells = [f"{number(rate.numerator)}/{number(rate.denominator)}", rate.percent()]
    brought = [each.points(line.rates[each.rate].value) for each in found.criteria]
    return cells + ["—" if value is None else shown(value) for value in (reached, *brought)]


def show_dossiers(
    found: ScoredDossiers, of: tuple[Holder, str] | None, office: Office, period: Period, frame: Frame
) -> None:
    """Print the dossiers behind a score, the first by code, and the score they make together."""
    console, measured = screen(), tuple(found.score.indices)
    whose = f" của {name_of(*of, office)}" if of else ""
    console.print(f"{number(found.number)} hồ sơ làm nên điểm{whose}.\n{period_words(period, frame, office)}")
    if not found.lines:
        return
    heads = [f"Chỉ số {index}" for index in measured]
    table = columns("Mã hồ sơ", *heads, "Điểm", "Tối đa", right=range(1, len(heads) + 3), whole=(0,))
    for line in found.lines:
        points = [line.score.indices.get(index) for index in measured]
        cells = ["—" if each is None else str(each.points) for each in points]
        table.add_row(line.key, *cells, shown(line.score.total, 1), str(line.score.most))
    table.add_row(f"Cả {number(found.number)} hồ sơ", *_cells(found.score, measured), style="bold")
    console.print(table)
    if found.number > len(found.lines):
        left = number(found.number - len(found.lines))
        console.print(f"Còn {left} hồ sơ nữa; thêm --limit {found.number} để xem hết.")
    console.print(f"Xem tiếp: dunghan dossier {found.lines[0].key}; dunghan explain {found.lines[0].key}")

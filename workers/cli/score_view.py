"""The scores on the screen: each with the numbers it comes from, its most, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.grading_tt01 import stands, why_left_out
from domain.score_766 import MOST, RATE, progress
from domain.scoring_tt01 import INDICES
from workers.cli.screen import columns, number, screen
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
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from domain.period import Period
    from domain.scoring_tt01 import Index, IndexScore, Score
    from workers.use_cases.as_of import Frame
    from workers.use_cases.office import Office
    from workers.use_cases.scores import Holder, Line, ScoredDossiers, Scores


def show_scores(found: Scores, office: Office, period: Period, frame: Frame) -> None:
    """Print the scores of units or officers, then what the rates of the whole office and its units bring."""
    console, measured = screen(), tuple(found.whole.score.indices)
    console.print(f"{office.sla.name}\nChấm điểm giải quyết thủ tục hành chính, Thông tư 01/2018/TT-VPCP")
    console.print(period_words(period, frame, office))
    if measured:
        console.print(_scores(found, office, measured))
        _explained(console, found, office, measured)
    else:
        console.print(f"\n{NOTHING_SCORED}")
    _rates(console, found, office)


def _explained(console: Console, found: Scores, office: Office, measured: tuple[Index, ...]) -> None:
    _listed(console, "", [f"{index}. {INDICES[index]}." for index in measured])
    _grades(console, found, office)
    _listed(console, "Bỏ qua, không cộng và không tính vào điểm tối đa", why_left_out(measured))
    _listed(console, "Cách chấm", [*stands(measured, found.by), not_scored(found.whole.counts)])


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    """Print lines under each other, those too long for the screen with a hanging indent."""
    if not lines:
        return
    console.print(f"\n{title}:" if title else "")
    table = columns("", "")
    for line in lines:
        table.add_row("-", line)
    console.print(table)


def _grades(console: Console, found: Scores, office: Office) -> None:
    words = graded_words(found)
    console.print(f"\nXếp loại (Điều 15) {words[:1].lower()}{words[1:-1]}:")
    table = columns("", "")
    for line in (line for line in found.lines if line.score.indices):
        grades = SCALES[found.by].grades_of(line.score)
        table.add_row(name_of(found.by, line.key, office), grades.said())
    if found.by == "unit":
        table.add_row(WHOLE, SCALES["unit"].grades_of(found.whole.score).said())
    console.print(table)


def _scores(found: Scores, office: Office, measured: tuple[Index, ...]) -> Table:
    heads = [f"Chỉ số {index}" for index in measured]
    table = columns(HEADS[found.by], *heads, "Điểm", "Tối đa", right=range(1, len(heads) + 3))
    for line in (line for line in found.lines if line.score.indices):
        table.add_row(name_of(found.by, line.key, office), *_cells(line.score, measured))
    table.add_row(WHOLE, *_cells(found.whole.score, measured), style="bold")
    return table


def _cells(score: Score, measured: tuple[Index, ...]) -> list[str]:
    cells = [_cell(score.indices.get(index)) for index in measured]
    return [*cells, shown(score.total, 1), str(score.most)]


def _cell(index: IndexScore | None) -> str:
    if index is None:
        return "—"
    return f"{shown(index.official, 1)}\n{number(index.points)}/{number(index.dossiers)}"


def _rates(console: Console, found: Scores, office: Office) -> None:
    heads = [f"{each.code}\n/{short(each.most)}" for each in found.criteria]
    right = range(1, len(heads) + 4)
    table = columns("Đơn vị", "Đúng hạn", "Tỷ lệ", f"QĐ 766\n/{MOST}", *heads, right=right)
    for line in found.lines if found.by == "unit" else ():
        if line.counts.received:
            table.add_row(name_of("unit", line.key, office), *_points(line, found))
    table.add_row(WHOLE, *_points(found.whole, found), style="bold")
    console.print("\nĐiểm tiến độ giải quyết, Quyết định 766/QĐ-TTg; chỉ số cải cách hành chính")
    console.print(table)
    _listed(console, "", [rate_words_766(), *(bracket_words(each) for each in found.criteria)])


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

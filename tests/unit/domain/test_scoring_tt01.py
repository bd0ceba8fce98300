"""Circular 01/2018 scores what was measured, nothing else, and says what the most would have been."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from domain.grading_tt01 import NOT_RECORDED, OFFICER, UNIT
from domain.scoring_tt01 import INDICES, Handled, IndexScore, Score, Scoreboard, Stay, by_contacts, shares

if TYPE_CHECKING:
    from domain.on_time_rate import Timing
    from domain.scoring_tt01 import Index


def handled(
    timing: Timing = "early", *stays: Stay, contacts: int | None = None, code: str = "HS-1"
) -> Handled:
    return Handled(code, "land", "land.1", timing, contacts, stays)


def of_unit(**points: tuple[int, int]) -> Score:
    return Score({int(name[1]): IndexScore(points=p, dossiers=n) for name, (p, n) in points.items()})  # type: ignore[misc]


@pytest.mark.parametrize(
    ("timing", "points"),
    [("early", 2), ("on_time", 1), ("late", 0)],  # art. 13.1: shorter, equal, longer
)
def test_the_whole_time_is_scored_as_early_on_time_late(timing: Timing, points: int) -> None:
    assert shares(handled(timing), "dossier") == {"HS-1": {1: points}}


@pytest.mark.parametrize(("contacts", "points"), [(0, 2), (1, 1), (2, 0), (7, 0)])  # art. 13.3
def test_the_contacts_are_none_one_or_more(contacts: int, points: int) -> None:
    assert by_contacts(contacts) == points
    assert shares(handled("late", contacts=contacts), "unit")["land"] == {1: 0, 3: points}


@pytest.mark.parametrize(
    ("timings", "points"),
    [
        (("early",), 2),
        (("early", "early"), 2),
        (("early", "on_time"), 1),
        (("on_time", "late", "early"), 0),
        (("no_limit", "early"), 2),
    ],
)
def test_a_unit_is_as_late_as_its_latest_stay(timings: tuple[Timing, ...], points: int) -> None:
    stays = [Stay("civil", None, timing) for timing in timings]
    assert shares(handled("on_time", *stays), "unit") == {"land": {1: 1}, "civil": {2: points}}


def test_each_unit_has_its_own_time_and_the_dossier_the_worst_of_them() -> None:
    one = handled("early", Stay("land", "land.1", "early"), Stay("civil", "civil.1", "late"), contacts=0)
    assert shares(one, "unit") == {"land": {1: 2, 3: 2, 2: 2}, "civil": {2: 0}}
    assert shares(one, "officer") == {"land.1": {1: 2, 3: 2, 2: 2}, "civil.1": {2: 0}}
    assert shares(one, "dossier") == {"HS-1": {1: 2, 3: 2, 2: 0}}


def test_what_cannot_be_told_from_a_dossier_brings_no_points() -> None:
    assert shares(handled("no_limit"), "unit") == {}
    assert shares(handled("no_limit", Stay("civil", None, "no_limit")), "unit") == {}
    assert shares(Handled("HS-1", "land", None, "early"), "officer") == {"": {1: 2}}


@pytest.mark.parametrize(
    ("points", "dossiers", "official"),
    [
        (2, 1, "2"),
        (0, 5, "0"),
        (37, 20, "1.9"),  # 1.85: half up
        (184, 100, "1.8"),
        (5, 3, "1.7"),
        (1, 20, "0.1"),
        (1, 21, "0"),
    ],
)
def test_an_index_is_rounded_to_one_place_as_the_circular_says(
    points: int, dossiers: int, official: str
) -> None:
    score = IndexScore(points=points, dossiers=dossiers)
    assert (score.official, score.exact) == (Fraction(official), Fraction(points, dossiers))


def test_the_total_is_the_sum_of_the_rounded_indices() -> None:
    score = of_unit(i1=(37, 20), i2=(37, 20))
    assert (score.total, score.most) == (Fraction("3.8"), 4)  # not 3.7


def test_many_dossiers_make_the_score_of_each_unit() -> None:
    board = Scoreboard()
    for timing, contacts in (("early", 0), ("on_time", 1), ("late", None)):
        board.add(shares(handled(timing, Stay("civil", None, "on_time"), contacts=contacts), "unit"))  # type: ignore[arg-type]
    assert board.scores() == {"civil": of_unit(i2=(3, 3)), "land": of_unit(i1=(3, 3), i3=(3, 2))}


# Art. 15.3: ≥ 15 excellent, 12–<15 good, 9–<12 fair, 6–<9 medium, < 6 weak.
@pytest.mark.parametrize(
    ("tenths", "name"),
    [
        (180, "xuất sắc"),
        (150, "xuất sắc"),
        (149, "tốt"),
        (120, "tốt"),
        (119, "khá"),
        (90, "khá"),
        (89, "trung bình"),
        (60, "trung bình"),
        (59, "yếu"),
        (0, "yếu"),
    ],
)
def test_a_unit_with_all_nine_indices_is_graded(tenths: int, name: str) -> None:
    each, more = divmod(tenths, 9)
    points = {index: each + (index <= more) for index in INDICES}
    score = Score({index: IndexScore(points=number, dossiers=10) for index, number in points.items()})
    found = UNIT.grades_of(score)
    assert (score.total, score.most, UNIT.most, UNIT.left_out(score)) == (Fraction(tenths, 10), 18, 18, ())
    assert (found.settled, found.lowest.name) == (True, name)


@pytest.mark.parametrize(
    ("tenths", "lowest", "highest"),
    [
        (60, "hoàn thành 100 % nhiệm vụ", "hoàn thành 100 % nhiệm vụ"),
        (50, "hoàn thành 100 % nhiệm vụ", "hoàn thành 100 % nhiệm vụ"),
        (49, "hoàn thành từ 70 % đến dưới 100 %", "hoàn thành 100 % nhiệm vụ"),
        (35, "hoàn thành từ 70 % đến dưới 100 %", "hoàn thành 100 % nhiệm vụ"),
        (34, "hoàn thành dưới 70 %", "hoàn thành 100 % nhiệm vụ"),
        (9, "hoàn thành dưới 70 %", "hoàn thành từ 70 % đến dưới 100 %"),
    ],
)
def test_an_officer_is_graded_as_far_as_the_indices_left_out_allow(
    tenths: int, lowest: str, highest: str
) -> None:
    points = {1: min(tenths, 20), 2: max(0, min(tenths - 20, 20)), 3: max(0, tenths - 40)}
    score = Score({index: IndexScore(points=number, dossiers=10) for index, number in points.items()})  # type: ignore[misc]
    found = OFFICER.grades_of(score)
    assert OFFICER.left_out(score) == (4, 7)
    assert (found.lowest.name, found.highest.name) == (lowest, highest)
    assert found.settled is (lowest == highest)


def test_a_unit_full_in_the_indices_measured_is_not_called_medium() -> None:
    full = of_unit(i1=(2, 1), i2=(2, 1), i3=(2, 1))
    found = UNIT.grades_of(full)
    assert (full.total, full.most) == (Fraction(6), 6)
    assert UNIT.left_out(full) == (4, 5, 6, 7, 8, 9)
    assert (found.lowest.name, found.highest.name, found.settled) == ("trung bình", "xuất sắc", False)


def test_every_index_has_a_name_and_a_reason_why_it_may_be_left_out() -> None:
    every: tuple[Index, ...] = (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert tuple(INDICES) == tuple(NOT_RECORDED) == UNIT.indices == every

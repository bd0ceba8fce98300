"""Scores of any dossiers: made of their points, within their bounds, and whole without what is left out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.grading_tt01 import UNIT
from domain.on_time_rate import Counts, rates
from domain.score_766 import progress
from domain.scoring_tt01 import Handled, IndexScore, Score, Scoreboard, Stay, shares

timings = st.sampled_from(("early", "on_time", "late", "no_limit"))
units = st.sampled_from(("land", "civil", "chair"))
stays = st.lists(st.builds(Stay, units, st.sampled_from((None, "a", "b")), timings), max_size=4).map(tuple)
contacts = st.one_of(st.none(), st.integers(0, 3))
dossiers = st.lists(
    st.builds(Handled, st.just("HS"), units, st.sampled_from((None, "a", "b")), timings, contacts, stays),
    max_size=25,
)
counts = st.builds(
    Counts,
    **{name: st.integers(0, 50) for name in ("early", "late", "waiting", "pending_overdue", "withdrawn")},
)


def scores(given_ones: list[Handled], by: str) -> dict[str, Score]:
    board = Scoreboard()
    for one in given_ones:
        board.add(shares(one, by))  # type: ignore[arg-type]
    return board.scores()


@given(dossiers)
def test_the_score_of_a_unit_is_that_of_its_dossiers(given_ones: list[Handled]) -> None:
    found = scores(given_ones, "unit")
    for unit in ("land", "civil", "chair"):
        each = [shares(one, "unit").get(unit, {}) for one in given_ones]
        for index in (1, 2, 3):
            points = [one[index] for one in each if index in one]
            expected = IndexScore(points=sum(points), dossiers=len(points)) if points else None
            own = found.get(unit)
            assert (own.indices.get(index) if own else None) == expected


@given(dossiers)
def test_the_units_together_have_scored_every_result_once(given_ones: list[Handled]) -> None:
    by_dossier, by_unit = scores(given_ones, "dossier"), scores(given_ones, "unit")
    for index in (1, 3):
        whole = by_dossier["HS"].indices.get(index) if by_dossier else None
        parts = [score.indices[index] for score in by_unit.values() if index in score.indices]
        assert sum(part.points for part in parts) == (whole.points if whole else 0)
        assert sum(part.dossiers for part in parts) == (whole.dossiers if whole else 0)


@given(dossiers)
def test_a_score_lies_between_nothing_and_its_most(given_ones: list[Handled]) -> None:
    for by in ("unit", "officer", "dossier"):
        for score in scores(given_ones, by).values():
            assert 0 <= score.total <= score.most <= UNIT.most
            assert all(0 <= index.exact <= 2 for index in score.indices.values())
            assert all(
                abs(index.official - index.exact) <= Fraction(1, 20) for index in score.indices.values()
            )


@given(dossiers)
def test_an_index_left_out_lowers_the_most_and_no_other_index(given_ones: list[Handled]) -> None:
    without = scores([one._replace(contacts=None) for one in given_ones], "unit")
    for unit, score in scores(given_ones, "unit").items():
        others = {index: one for index, one in score.indices.items() if index != 3}
        left = without.get(unit, Score({}))
        assert left.indices == others
        assert left.most == score.most - (2 if 3 in score.indices else 0)
        wider, known = UNIT.grades_of(left), UNIT.grades_of(score)
        assert wider.lowest.at_least <= known.lowest.at_least
        assert wider.highest.at_least >= known.highest.at_least


@given(counts)
def test_the_progress_score_lies_between_0_and_20(some: Counts) -> None:
    *_, rate = rates(some)
    found = progress(rate)
    assert (found is None) == (some.received == 0)
    assert found is None or 0 <= found <= 20

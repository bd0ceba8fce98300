"""What an office lays down of its scores: brackets with their days, and whether contacts are known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from config.sla import load_sla, parse
from domain.par_index import Bracket


def test_the_brackets_of_a_criterion_are_exact(files: dict[str, str]) -> None:
    scoring = parse(files).scoring
    (criterion,) = scoring.criteria
    assert scoring.contacts_known
    assert (criterion.most, criterion.rate, criterion.verified) == (Fraction(3, 2), "rate_resolved", False)
    assert criterion.brackets == (
        Bracket(Fraction(95, 100), None),
        Bracket(Fraction(80, 100), Fraction(1, 4)),
        Bracket(Fraction(0), Fraction(0)),
    )


def test_without_a_file_of_scores_nothing_is_laid_down_and_no_contact_known(files: dict[str, str]) -> None:
    del files["scores.toml"]
    scoring = parse(files).scoring
    assert (scoring.contacts_known, scoring.criteria) == (False, ())


def test_a_criterion_may_follow_its_forerunner(files: dict[str, str]) -> None:
    scores = files["scores.toml"]
    new = scores[scores.index("[[criteria]]") :].replace("from = 2019-01-01", "from = 2021-01-01")
    old = scores.replace("from = 2019-01-01", "from = 2019-01-01\nuntil = 2020-12-31")
    criteria = parse({**files, "scores.toml": old + new}).scoring.criteria
    assert [each.is_valid_on(date(2020, 12, 31)) for each in criteria] == [True, False]


def test_the_sample_office_promises_no_contacts_and_no_brackets_read_in_a_document() -> None:
    scoring = load_sla().scoring
    assert not scoring.contacts_known
    assert [each.verified for each in scoring.criteria] == [False]

"""What is right in form and doubtful all the same is named with its place."""

from __future__ import annotations

from datetime import date

from config.sla import parse
from config.sla_doubts import doubts, weaker_targets
from tests.unit.config_sla.saying import english_left_in

IN_2019 = date(2019, 6, 1)


def told(files: dict[str, str], today: date = IN_2019) -> list[str]:
    found = doubts(parse(files), today=today)
    assert english_left_in(found) == []
    return [str(problem) for problem in found]


def without_bundle(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if name != "bundles.toml"}


def test_nothing_is_doubtful_in_the_small_office(files: dict[str, str]) -> None:
    assert told(files) == []


def test_a_procedure_without_steps_is_doubtful_unless_it_has_ended(files: dict[str, str]) -> None:
    whole = files["procedures/one.toml"]
    files["procedures/one.toml"] = whole[: whole.index("[[versions.steps]]")]
    assert told(files) == [
        (
            "procedures/one.toml:13:1: versions.1: found a procedure without steps: nobody is told which "
            "part of the work is late, expected [[versions.steps]], the process as it was approved"
        )
    ]


def test_a_limit_in_days_whose_unit_nobody_has_confirmed_is_doubtful(files: dict[str, str]) -> None:
    ended = 'limit = "5 working_days"\nlegal_basis = "Luật cũ"\nverified = "yes"'
    days = 'limit = "5 calendar_days"\nlegal_basis = "Luật cũ"\nverified = "{}"\n{}'
    case = '[[versions.cases]]\ncode = "x"\nlabel = "X"\nlimit = "9 calendar_days"\n'
    whole = files["procedures/one.toml"]
    for verified, keys in {
        "yes": [],
        "limit": [],
        "code": ["limit", "cases.0.limit"],
        "no": ["limit", "cases.0.limit"],
    }.items():
        files["procedures/one.toml"] = whole.replace(ended, days.format(verified, case))
        found = [problem.key for problem in doubts(parse(files), today=IN_2019)]
        assert found == [f"versions.0.{key}" for key in keys]


def test_days_that_were_only_computed_are_doubtful_until_their_year_is_over(files: dict[str, str]) -> None:
    files["calendar/2019.toml"] = files["calendar/2019.toml"].replace(
        'verified = "yes"', 'verified = "computed"'
    )
    assert told(files) == [
        (
            "calendar/2019.toml:3:77: days.0.verified: found 2 of the days of 2019 computed, this one first, "
            "expected 'yes': the announcement, read by a person"
        )
    ]
    assert told(files, date(2020, 1, 1)) == []


def test_a_target_that_became_weaker_or_another_or_is_gone_is_doubtful(files: dict[str, str]) -> None:
    before, text = parse(files), files["quality.toml"]
    for changed, found in {
        text: [],
        text.replace("98.5", "99"): [],
        text.replace("98.5", "98.4"): ["a weaker target, 98.4 %"],
        text.replace("rate_resolved", "rate_766"): ["the target 'main' of another rate or unit"],
        text + 'unit = "land"\n': ["the target 'main' of another rate or unit"],
        "": ["no target 'main'"],
    }.items():
        weaker = weaker_targets(parse({**files, "quality.toml": changed}), before, version=3)
        assert [problem.found for problem in weaker] == found
        assert all(problem.expected == "as in version 3: 98.5 % of rate_resolved" for problem in weaker)

"""What procedures have in common is written once; the nearest word counts, nothing is missing in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.sla import parse
from tests.unit.config_sla.conftest import BUNDLES

if TYPE_CHECKING:
    from domain.procedure import ProcedureVersion

DAY = date(2020, 1, 1)
DEFAULTS = """\
[fields.land]
name     = "Đất đai"
unit     = "land"
ladder   = "slow"
clock    = { financial_obligation = "pause" }
counting = { same_day_cutoff = "14:00" }

[fields.other]
name = "Khác"

[units.land]
ladder   = "default"
calendar = "long"
clock    = { financial_obligation = "none", consultation = "pause" }

[units.top]
calendar = "main"

[steps.a]
name  = "Thẩm định"
role  = "officer"
limit = "6 working_days"

[steps.b]
name = "Ký"
unit = "top"
role = "head"

[cases.far]
label = "Xã xa"
add   = "10 working_days"
"""
SHORT = """\
code  = "1.001"
name  = "Thủ tục một"
field = "land"

[[versions]]
from        = 2019-01-01
limit       = "10 working_days"
legal_basis = "Luật"
verified    = "yes"
cases       = [{ code = "far" }]
steps       = [{ code = "a" }, { code = "b", limit = "4 working_days" }]
"""


@pytest.fixture
def common(files: dict[str, str]) -> dict[str, str]:
    del files["bundles.toml"]
    files["office.toml"] += '\n[calendars.long]\nname = "Dài"\ndays_from = "main"\n'
    files["office.toml"] += 'hours = [{ weekdays = ["07:00-17:00"] }]\n'
    slow = files["ladders.toml"].replace("default", "slow")
    files["ladders.toml"] += "\n" + slow
    files["procedures/two.toml"] = files["procedures/two.toml"].replace("Đất đai", "land")
    return {**files, "defaults.toml": DEFAULTS, "procedures/one.toml": SHORT}


def one(files: dict[str, str]) -> ProcedureVersion:
    found = parse(files).procedure_for("1.001", DAY)
    assert found is not None
    return found


def test_a_procedure_takes_over_what_its_field_and_unit_have_in_common(common: dict[str, str]) -> None:
    found = one(common)
    assert (found.field, found.unit, found.ladder, found.calendar) == ("Đất đai", "land", "slow", "long")
    assert found.clock.financial_obligation == "pause", "the field stands over the unit"
    assert found.clock.consultation == "pause", "what the field leaves out comes from the unit"
    assert found.rules.same_day_cutoff == 14 * 3600


def test_steps_and_cases_written_once_are_taken_over_by_their_codes(common: dict[str, str]) -> None:
    first, second = one(common).steps
    assert (first.name, first.unit, first.role) == ("Thẩm định", "land", "officer")
    assert (second.name, second.unit, second.role) == ("Ký", "top", "head")
    assert [step.limit.amount for step in (first, second) if step.limit] == [6, 4]
    (case,) = one(common).cases
    assert case.label == "Xã xa"
    assert case.add is not None
    assert case.add.amount == 10


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ('field = "land"', 'field = "land"\nunit = "top"', "unit", "top"),
        ('field = "land"', 'field = "land"\nunit = "top"', "calendar", "main"),
        ('field = "land"', 'field = "land"\nladder = "default"', "ladder", "default"),
        ('verified    = "yes"', 'verified = "yes"\nladder = "default"', "ladder", "default"),
        ('verified    = "yes"', 'verified = "yes"\nfield = "other"\nunit = "land"', "ladder", "default"),
        ('verified    = "yes"', 'verified = "yes"\ncalendar = "main"', "calendar", "main"),
    ],
)
def test_the_nearest_word_counts(old: str, new: str, key: str, value: str, common: dict[str, str]) -> None:
    common["procedures/one.toml"] = SHORT.replace(old, new)
    assert getattr(one(common), key) == value


def test_a_step_or_case_that_says_one_thing_does_not_take_over_the_other(common: dict[str, str]) -> None:
    steps = '[{ code = "a", share = 60 }, { code = "b", share = 40 }]'
    text = SHORT.replace('[{ code = "a" }, { code = "b", limit = "4 working_days" }]', steps)
    common["procedures/one.toml"] = text.replace('"far" }', '"far", limit = "30 working_days" }')
    assert [(step.limit, step.share) for step in one(common).steps] == [(None, 60), (None, 40)]
    (case,) = one(common).cases
    assert case.add is None
    assert case.limit is not None


def test_everything_that_is_missing_is_told_at_once(common: dict[str, str]) -> None:
    two = "until = 2019-12-31\n"
    two += 'limit = "1 hours"\nlegal_basis = "x"\nverified = "no"\nsteps = [{ code = "x" }]\n'
    early = SHORT.replace("[[versions]]", f"[[versions]]\nfrom = 2019-01-01\n{two}\n[[versions]]")
    common["procedures/one.toml"] = early.replace("2019-01-01\nlimit", "2020-01-01\nlimit").replace(
        '"b"', '"y"'
    )
    with pytest.raises(ConfigError) as caught:
        parse(common)
    assert [problem.key for problem in caught.value.problems if problem.found == "nothing"] == [
        "versions.0.steps.0.name",
        "versions.0.steps.0.role",
        "versions.1.steps.1.name",
        "versions.1.steps.1.role",
    ]


def test_an_office_without_common_things_may_name_any_field(files: dict[str, str]) -> None:
    assert "defaults.toml" not in files
    assert one(files).field == "Đất đai"


MISTAKES = {
    "an unknown field": (
        "procedures/one.toml",
        'field = "land"',
        'field = "lnad"',
        (
            "procedures/one.toml:3:1: field: found the unknown field 'lnad', expected a known "
            "field: land, other "
            "(did you mean 'land'?)"
        ),
    ),
    "an unknown field of a version": (
        "procedures/one.toml",
        'verified    = "yes"',
        'verified    = "yes"\nfield = "x"',
        (
            "procedures/one.toml:10:1: versions.0.field: found the unknown field 'x', expected a "
            "known field: "
            "land, other"
        ),
    ),
    "a field without a unit": (
        "procedures/one.toml",
        'field = "land"',
        'field = "other"',
        (
            "procedures/one.toml: unit: found nothing, expected the key 'unit', here or in [fields.other] of "
            "defaults.toml"
        ),
    ),
    "a step that is written nowhere": (
        "procedures/one.toml",
        '{ code = "a" }',
        '{ code = "aa", name = "X" }',
        (
            "procedures/one.toml:11:16: versions.0.steps.0.role: found nothing, expected the key "
            "'role', here or in "
            "[steps.aa] of defaults.toml"
        ),
    ),
    "a case that is written nowhere": (
        "procedures/one.toml",
        '{ code = "far" }',
        '{ code = "fra", add = "1 working_days" }',
        (
            "procedures/one.toml:10:16: versions.0.cases.0.label: found nothing, expected the key "
            "'label', here or "
            "in [cases.fra] of defaults.toml"
        ),
    ),
    "steps that take longer than the limit together": (
        "defaults.toml",
        '"6 working_days"',
        '"7 working_days"',
        (
            "procedures/one.toml:11:1: versions.0.steps: found steps of 11 working_days together, "
            "expected at most "
            "the limit of 10 working_days"
        ),
    ),
    "an unknown unit of a field": (
        "defaults.toml",
        'unit     = "land"',
        'unit     = "lnad"',
        (
            "defaults.toml:3:1: fields.land.unit: found the unknown unit 'lnad', expected a known "
            "unit: top, land "
            "(did you mean 'land'?)"
        ),
    ),
    "an unknown unit": (
        "defaults.toml",
        "[units.top]",
        "[units.tip]",
        (
            "defaults.toml:16:1: units.tip: found the unknown unit 'tip', expected a known unit: top, land "
            "(did you mean 'top'?)"
        ),
    ),
    "an unknown calendar of a unit": (
        "defaults.toml",
        'calendar = "main"',
        'calendar = "mian"',
        (
            "defaults.toml:17:1: units.top.calendar: found the unknown calendar 'mian', expected a "
            "known calendar: "
            "main, long (did you mean 'main'?)"
        ),
    ),
    "an unknown role of a step": (
        "defaults.toml",
        'role = "head"',
        'role = "haed"',
        (
            "defaults.toml:27:1: steps.b.role: found the unknown role 'haed', expected a known "
            "role: officer, head "
            "(did you mean 'head'?)"
        ),
    ),
    "a limit and a share": (
        "defaults.toml",
        'limit = "6 working_days"',
        'limit = "6 working_days"\nshare = 60',
        "defaults.toml:19:1: steps.a: found 'limit' and 'share', expected at most one of 'limit' and 'share'",
    ),
    "an unknown key": (
        "defaults.toml",
        'add   = "10',
        'ad = "10',
        (
            "defaults.toml:31:1: cases.far.ad: found the unknown key 'ad', expected one of label, "
            "limit, add, "
            "channel, remote (did you mean 'add'?)"
        ),
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_named_once_with_its_place(case: str, common: dict[str, str]) -> None:
    file, old, new, message = MISTAKES[case]
    assert old in common[file]
    common[file] = common[file].replace(old, new, 1)
    with pytest.raises(ConfigError) as caught:
        parse(common)
    assert [str(problem) for problem in caught.value.problems] == [message]


def test_a_field_nobody_knows_does_not_blame_its_bundle_as_well(common: dict[str, str]) -> None:
    common["bundles.toml"] = BUNDLES
    parse(common)
    common["procedures/one.toml"] = SHORT.replace('"land"', '"lnad"')
    with pytest.raises(ConfigError) as caught:
        parse(common)
    assert [problem.file for problem in caught.value.problems] == ["procedures/one.toml"]

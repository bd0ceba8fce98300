"""Bundles: their components are in force, and their one limit is one the law allows."""

from __future__ import annotations

from datetime import date

import pytest

from config.errors import ConfigError
from config.sla import Sla, parse
from domain.bundle import Bundle
from domain.time_limit import TimeLimit, Unit
from tests.unit.config_sla.saying import english_left_in

TEN = 'limit = "10 working_days"'
CALENDAR_DAYS = 'limit = "10 calendar_days"'
SAME_DAY = 'limit = "same_day"'
IN_TURN = "expected a limit that ends no later than the components one after another; "


def bundled(
    files: dict[str, str], *, both: str, one: str = TEN, two: str = TEN, more: str = ""
) -> dict[str, str]:
    """Set the policy and limit of the bundle, and what the newer version of each component says."""
    return {
        **files,
        "bundles.toml": files["bundles.toml"].replace('limit = "12 working_days"', both),
        "procedures/one.toml": files["procedures/one.toml"].replace(TEN, one),
        "procedures/two.toml": files["procedures/two.toml"].replace(TEN, two),
        "office.toml": files["office.toml"] + more,
    }


def problems_of(files: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(files)
    assert english_left_in(caught.value.problems) == []
    return [str(problem) for problem in caught.value.problems]


def test_a_bundle_is_a_value_of_the_ground_floor(files: dict[str, str]) -> None:
    assert parse(files).bundles["both"] == Bundle(
        code="both",
        name="Cùng lúc",
        components=("1.001", "1.002"),
        policy="fixed",
        in_force_from=date(2019, 1, 1),
        limit=TimeLimit(12, Unit.WORKING_DAYS),
    )


@pytest.mark.parametrize(
    ("both", "two"),
    [
        ('limit = "20 working_days"', TEN),
        ('limit = "160 hours"', TEN),
        ('limit = "21 calendar_days"', CALENDAR_DAYS),
        ('limit = "11 working_days"', SAME_DAY),
        ('limit = "10 working_days"', 'limit = "1 months"'),
        ('limit = "900 working_days"', 'limit = "none"'),
        ('policy = "sum"', TEN),
        ('policy = "max"', TEN),
        ('policy = "max"', 'limit = "1 months"'),
        ('policy = "max"', SAME_DAY),
    ],
)
def test_a_limit_that_the_parts_allow_is_read(both: str, two: str, files: dict[str, str]) -> None:
    assert isinstance(parse(bundled(files, both=both, two=two)), Sla)


LIMIT = "bundles.toml:4:1: bundles.both.limit: found "
POLICY = "bundles.toml:4:1: bundles.both.policy: found components with limits in "
ADDED = "expected limits that can be added up: in one unit, and not for ever"
ENDLESS = "bundles.toml:3:24: bundles.both.components.1: found '1.002', a procedure without a limit, "
WITH_LIMIT = "expected procedures with a limit, for the policy "
REFUSED = [
    ("21 working_days", TEN, "expected at most the sum of the components, 20 working_days"),
    ("161 hours", TEN, IN_TURN + "accepted at 17:00 on 2019-01-01 it does not"),
    ("24 calendar_days", CALENDAR_DAYS, IN_TURN + "accepted at 00:00 on 2019-01-05 it does not"),
    ("12 working_days", SAME_DAY, IN_TURN + "accepted at 07:00 on 2019-01-01 it does not"),
    ("70000 calendar_days", TEN, IN_TURN + "limits in several units are compared up to ten years only"),
]
ONLINE = f'{TEN}\ncases = [{{ code = "m", label = "Mạng", limit = "8 hours", channel = "online" }}]'
ENDLESS_CASE = f'{TEN}\ncases = [{{ code = "x", label = "Khác", limit = "none" }}]'


@pytest.mark.parametrize(("limit", "two", "expected"), REFUSED)
def test_a_limit_longer_than_the_parts_together_is_refused(
    limit: str, two: str, expected: str, files: dict[str, str]
) -> None:
    found = problems_of(bundled(files, both=f'limit = "{limit}"', two=two))
    assert found == [f"{LIMIT}{limit}, {expected}"]


@pytest.mark.parametrize(
    ("policy", "two", "problem"),
    [
        ("sum", CALENDAR_DAYS, f"{POLICY}calendar_days, working_days, {ADDED}"),
        ("sum", ONLINE, f"{POLICY}hours, working_days, {ADDED}"),
        ("sum", 'limit = "none"', f"{ENDLESS}{WITH_LIMIT}'sum'"),
        ("max", 'limit = "none"', f"{ENDLESS}{WITH_LIMIT}'max'"),
        ("max", ENDLESS_CASE, f"{ENDLESS}{WITH_LIMIT}'max'"),
    ],
)
def test_a_policy_that_cannot_be_counted_is_refused(
    policy: str, two: str, problem: str, files: dict[str, str]
) -> None:
    assert problems_of(bundled(files, both=f'policy = "{policy}"', two=two)) == [problem]


def test_limits_of_same_day_cannot_be_added_up(files: dict[str, str]) -> None:
    short = {
        f"procedures/{name}.toml": files[f"procedures/{name}.toml"]
        .replace('"6 working_days"', '"2 hours"')
        .replace('"4 working_days"', '"2 hours"')
        for name in ("one", "two")
    }
    (problem,) = problems_of(bundled(files | short, both='policy = "sum"', one=SAME_DAY, two=SAME_DAY))
    assert "bundles.both.policy: found limits in same_day cannot be added up, expected" in problem


def test_a_sum_of_centuries_is_refused(files: dict[str, str]) -> None:
    long = 'limit = "70000 working_days"'
    (problem,) = problems_of(bundled(files, both='policy = "sum"', one=long, two=long))
    assert "found a limit of 140000 working_days is longer than two centuries, expected" in problem


APART = "bundles.toml:3:24: bundles.both.components.1: found '1.002', counted "
ALIKE = ", expected like '1.001': on a slip stands one appointment"
POLICIES = ('limit = "12 working_days"', 'policy = "sum"', 'policy = "max"')


@pytest.mark.parametrize("both", POLICIES)
def test_components_that_count_differently_are_refused(both: str, files: dict[str, str]) -> None:
    own = f"{TEN}\ncounting = {{ start_day_counts = true }}"
    assert problems_of(bundled(files, both=both, two=own)) == [f"{APART}by rules of its own{ALIKE}"]
    assert isinstance(parse(bundled(files, both=both, one=own, two=own)), Sla)


@pytest.mark.parametrize("both", POLICIES)
def test_components_on_different_calendars_are_refused(both: str, files: dict[str, str]) -> None:
    six = '\n[calendars.six]\nname = "Sáu ngày"\ndays_from = "main"\n[[calendars.six.hours]]\n'
    six += 'weekdays = ["07:00-17:00"]\nsaturday = ["07:00-17:00"]\n'
    own = f'{TEN}\ncalendar = "six"'
    found = problems_of(bundled(files, both=both, two=own, more=six))
    assert found == [f"{APART}on the calendar six{ALIKE}"]
    assert isinstance(parse(bundled(files, both=both, one=own, two=own, more=six)), Sla)
    (problem,) = problems_of(bundled(files, both=both, one=own, more=six))
    assert f"found '1.002', counted on the calendar of the office{ALIKE}" in problem


def test_a_limit_that_cannot_be_counted_at_all_is_refused(files: dict[str, str]) -> None:
    files["office.toml"] = files["office.toml"].replace('["07:00-11:00", "13:00-17:00"]', "[]")
    files["calendar/2019.toml"] = files["calendar/2019.toml"].replace(
        'kind = "swap_work",', 'kind = "short", hours = ["07:00-11:00"],'
    )
    files["calendar/2019.toml"] = files["calendar/2019.toml"].replace('kind = "swap_off"', 'kind = "off"')
    (problem,) = problems_of(bundled(files, both='limit = "1 months"'))
    assert f"found 1 months, {IN_TURN}this one cannot be counted: no such working moment" in problem


def test_a_component_must_be_in_force_as_long_as_its_bundle(files: dict[str, str]) -> None:
    files["procedures/two.toml"] = files["procedures/two.toml"].replace(
        "from = 2019-01-01", "from = 2019-01-01\nuntil = 2019-06-30"
    )
    (problem,) = problems_of(files)
    assert "components.1: found '1.002', not in force on 2019-07-01" in problem
    files["bundles.toml"] += "until = 2019-06-30\n"
    assert parse(files).bundles["both"].in_force_until == date(2019, 6, 30)


def test_a_component_that_never_ends_is_in_force_for_ever(files: dict[str, str]) -> None:
    files["procedures/two.toml"] = files["procedures/two.toml"].replace(
        "from = 2019-01-01", "from = 2019-01-01\nuntil = 9999-12-31"
    )
    assert isinstance(parse(files), Sla)


def test_a_calendar_with_a_fault_is_not_blamed_on_the_bundle(files: dict[str, str]) -> None:
    files["office.toml"] = files["office.toml"].replace("07:00-11:00", "07:00-13:30")
    (problem,) = problems_of(bundled(files, both='limit = "1 months"'))
    assert problem.startswith("office.toml:7:1: calendars.main: ")


@pytest.mark.parametrize("text", ["both", " both ", "Cùng lúc", "CÙNG  LÚC"])
def test_a_bundle_is_found_by_code_and_name_while_it_is_in_force(text: str, files: dict[str, str]) -> None:
    files["bundles.toml"] += "until = 2019-06-30\n"
    sla = parse(files)
    assert sla.bundle_for(text, date(2018, 12, 31)) is None
    assert sla.bundle_for(text, date(2019, 1, 1)) is sla.bundles["both"]
    assert sla.bundle_for(text, date(2019, 6, 30)) is sla.bundles["both"]
    assert sla.bundle_for(text, date(2019, 7, 1)) is None


def test_a_name_of_two_bundles_means_the_one_in_force(files: dict[str, str]) -> None:
    later = files["bundles.toml"].replace("both", "later").replace("2019-01-01", "2019-07-01")
    files["bundles.toml"] += f"until = 2019-06-30\n{later}"
    sla = parse(files)
    assert sla.bundle_for("Cùng lúc", date(2019, 6, 30)) is sla.bundles["both"]
    assert sla.bundle_for("Cùng lúc", date(2019, 7, 1)) is sla.bundles["later"]
    assert sla.bundle_for("both", date(2019, 7, 1)) is None
    assert sla.bundle_for("Cùng", date(2019, 7, 1)) is None

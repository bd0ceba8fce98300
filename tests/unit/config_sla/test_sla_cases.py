"""Limit cases, communes, steps and shares of a procedure, and the words by which a list names them."""

from __future__ import annotations

import pytest

from config.sla import Sla, parse
from domain.procedure import Commune, LimitCase, Step
from domain.time_limit import TimeLimit, Unit

CASES = """\
[[versions.cases]]
code = "mang"
label = "Nộp qua mạng"
limit = "8 working_days"
channel = "online"
[[versions.cases]]
code = "phuc-tap"
label = "Hồ sơ phức tạp"
limit = "15 working_days"
[[versions.cases]]
code = "xa"
label = "Xã miền núi, vùng xa"
add = "10 working_days"
remote = true
"""
COMMUNES = """
[communes.c1]
name = "Xã Một"
aliases = ["Xã 1"]
[communes.c2]
name = "Xã Hai"
remote = true
"""


def days(amount: int) -> TimeLimit:
    return TimeLimit(amount, Unit.WORKING_DAYS)


@pytest.fixture
def sla(files: dict[str, str]) -> Sla:
    files["office.toml"] += COMMUNES
    text = files["procedures/one.toml"]
    files["procedures/one.toml"] = text.replace("[[versions.steps]]", f"{CASES}[[versions.steps]]", 1)
    return parse(files)


def test_a_case_has_a_limit_of_its_own_or_adds_to_one(sla: Sla) -> None:
    assert sla.procedures["1.001"][1].cases == (
        LimitCase(code="mang", label="Nộp qua mạng", limit=days(8), channel="online"),
        LimitCase(code="phuc-tap", label="Hồ sơ phức tạp", limit=days(15)),
        LimitCase(code="xa", label="Xã miền núi, vùng xa", add=days(10), remote=True),
    )


@pytest.mark.parametrize(
    ("case", "channel", "commune", "limit"),
    [
        (None, None, "c1", 10),
        (None, None, "c2", 20),
        (None, "online", "c1", 8),
        (None, "online", "c2", 18),
        ("phuc-tap", "online", "c1", 15),
        ("phuc-tap", "direct", "c2", 25),
    ],
)
def test_the_limit_follows_case_channel_and_commune(
    case: str | None, channel: str | None, commune: str, limit: int, sla: Sla
) -> None:
    version = sla.procedures["1.001"][1]
    applied = version.case_for(case, channel, remote=sla.communes[commune].remote)
    assert version.limit_for(applied) == days(limit)


def test_a_commune_is_remote_only_where_the_office_says_so(sla: Sla) -> None:
    assert dict(sla.communes) == {
        "c1": Commune(code="c1", name="Xã Một"),
        "c2": Commune(code="c2", name="Xã Hai", remote=True),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [("c1", "c1"), ("XÃ  MỘT", "c1"), (" xã 1 ", "c1"), ("Xã Hai", "c2"), ("", None), ("Xã Ba", None)],
)
def test_a_commune_is_found_by_code_name_and_alias(text: str, code: str | None, sla: Sla) -> None:
    assert sla.commune_code(text) == code


def test_an_office_without_communes_knows_none(files: dict[str, str]) -> None:
    sla = parse(files)
    assert sla.communes == {}
    assert sla.commune_code("Xã Một") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mang", "mang"),
        ("NỘP  qua mạng", "mang"),
        ("Xa", "xa"),
        ("", None),
        ("mạng", None),
        ("mang+xa", None),
    ],
)
def test_a_case_is_found_by_code_and_label(text: str, code: str | None, sla: Sla) -> None:
    assert sla.case_code(sla.procedures["1.001"][1], text) == code
    assert sla.case_code(sla.procedures["1.001"][0], text) is None


@pytest.mark.parametrize(
    ("text", "code"), [("a", "a"), ("thẩm  ĐỊNH", "a"), ("Ký", "b"), ("", None), ("c", None)]
)
def test_a_step_is_found_by_code_and_name(text: str, code: str | None, sla: Sla) -> None:
    assert sla.step_code(sla.procedures["1.001"][1], text) == code
    assert sla.step_code(sla.procedures["1.001"][0], text) is None


def test_a_name_of_two_steps_names_neither_and_a_code_comes_before_a_name(files: dict[str, str]) -> None:
    for old, name, found in (("Ký", "Thẩm định", None), ("Ký", "a", "a")):
        text = files["procedures/one.toml"].replace(f'name = "{old}"', f'name = "{name}"')
        version = parse({**files, "procedures/one.toml": text}).procedures["1.001"][1]
        assert Sla.step_code(version, name) == found
        assert Sla.step_code(version, "b") == "b"


def test_steps_may_have_shares_of_the_limit_instead_of_limits(files: dict[str, str]) -> None:
    text = files["procedures/one.toml"]
    text = text.replace('limit = "6 working_days"', "share = 60").replace(
        'limit = "4 working_days"', "share = 40"
    )
    assert parse({**files, "procedures/one.toml": text}).procedures["1.001"][1].steps == (
        Step(code="a", name="Thẩm định", unit="land", role="officer", share=60),
        Step(code="b", name="Ký", unit="top", role="head", share=40),
    )


def test_a_step_may_have_neither_and_shares_need_not_fill_the_limit(files: dict[str, str]) -> None:
    text = files["procedures/one.toml"]
    text = text.replace('limit = "6 working_days"', "share = 60").replace('limit = "4 working_days"\n', "")
    steps = parse({**files, "procedures/one.toml": text}).procedures["1.001"][1].steps
    assert [(step.share, step.limit) for step in steps] == [(60, None), (None, None)]

"""A configuration that was in force is read back for ever, whatever is asked of a new one since."""

from __future__ import annotations

from datetime import date

import pytest

from config.errors import ConfigError
from config.sla import parse
from domain.time_limit import TimeLimit, Unit

ONLINE_TWICE = """\
[[versions.cases]]
code = "a+b"
label = "Nộp qua mạng, cũ"
limit = "2 working_days"
channel = "online"
[[versions.cases]]
code = "c"
label = "Nộp qua mạng, mới"
limit = "3 working_days"
channel = "online"
"""
LATER_HOURS = '[[calendars.main.hours]]\nfrom = 2019-03-01\nweekdays = ["08:00-12:00"]\n'


@pytest.fixture
def old(files: dict[str, str]) -> dict[str, str]:
    """Files that version 0.1 recorded: two cases for a channel, a code with "+", no hours before March."""
    text = files["procedures/one.toml"]
    files["procedures/one.toml"] = text.replace("[[versions.steps]]", f"{ONLINE_TWICE}[[versions.steps]]", 1)
    begin = files["office.toml"].index("[[calendars.main.hours]]")
    end = files["office.toml"].index("[units.top]")
    files["office.toml"] = files["office.toml"][:begin] + LATER_HOURS + files["office.toml"][end:]
    return files


def test_a_new_configuration_is_refused_for_what_a_recorded_one_is_warned_of(old: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="no hours for 2019-01-01"):
        parse(old)
    warnings = [str(warning) for warning in parse(old, recorded=True).warnings]
    assert any("a second case for the channel" in text for text in warnings)
    assert any("no hours for 2019-01-01" in text for text in warnings)


def test_a_recorded_configuration_means_what_it_meant(old: dict[str, str]) -> None:
    sla = parse(old, recorded=True)
    version = sla.procedures["1.001"][1]
    assert version.limit_for(channel="online") == TimeLimit(2, Unit.WORKING_DAYS)
    assert version.limit_for("a+b") == TimeLimit(2, Unit.WORKING_DAYS)
    assert version.limit_for("c", "online") == TimeLimit(3, Unit.WORKING_DAYS)
    assert version.case_for(None, "online") == "a+b"
    morning = ((8 * 3600, 12 * 3600),)
    assert sla.calendar.windows_on(date(2019, 1, 7)) == sla.calendar.windows_on(date(2019, 6, 3)) == morning


def test_one_and_the_same_text_read_back_does_not_stand_in_for_one_to_be_recorded(
    old: dict[str, str],
) -> None:
    parse(old, recorded=True)
    with pytest.raises(ConfigError):
        parse(old)


@pytest.mark.parametrize(
    ("name", "found", "instead"),
    [
        ("office.toml", 'zone = "Asia/Ho_Chi_Minh"', 'zone = "Asia/Nowhere"'),
        ("office.toml", '"08:00-12:00"', '"08:00-12:00", "11:00-13:00"'),
        ("procedures/one.toml", 'limit = "10 working_days"', 'limit = "ten days"'),
        ("procedures/one.toml", 'legal_basis = "Luật mới"', 'legal_basis = "Luật mới"\nfee = 1'),
        ("procedures/one.toml", "[[versions]]", "[[versions"),
    ],
)
def test_what_has_no_meaning_is_refused_even_when_it_is_recorded(
    old: dict[str, str], name: str, found: str, instead: str
) -> None:
    assert found in old[name]
    old[name] = old[name].replace(found, instead, 1)
    with pytest.raises(ConfigError):
        parse(old, recorded=True)

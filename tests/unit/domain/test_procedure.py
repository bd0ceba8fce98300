"""Procedures: the version in force on a day, the limit of a case."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import LimitError
from domain.procedure import LimitCase, ProcedureVersion, version_on
from domain.time_limit import TimeLimit, Unit

TEN, FIVE, THREE = (TimeLimit(n, Unit.WORKING_DAYS) for n in (10, 5, 3))
REMOTE = LimitCase(code="remote", label="xã đảo", limit=THREE)
ONLINE = LimitCase(code="online", label="trực tuyến", limit=FIVE, channel="online")


def version(begin: date, end: date | None = None, *cases: LimitCase) -> ProcedureVersion:
    return ProcedureVersion(
        code="1.001",
        name="Thủ tục",
        field="Thử",
        unit="land",
        limit=TEN,
        legal_basis="Luật",
        in_force_from=begin,
        in_force_until=end,
        cases=cases,
    )


OLD, NEW = version(date(2018, 1, 1), date(2018, 12, 31)), version(date(2019, 1, 1))


def test_both_ends_of_a_version_are_inclusive_and_an_open_one_goes_on() -> None:
    assert version_on((OLD, NEW), date(2017, 12, 31)) is None
    assert version_on((OLD, NEW), date(2018, 1, 1)) is OLD
    assert version_on((OLD, NEW), date(2018, 12, 31)) is OLD
    assert version_on((OLD, NEW), date(2019, 1, 1)) is NEW
    assert version_on((OLD, NEW), date(2099, 1, 1)) is NEW
    assert version_on((), date(2019, 1, 1)) is None


def test_a_version_is_named_by_its_first_day() -> None:
    assert NEW.version == "2019-01-01"


def test_a_named_case_goes_before_the_channel_and_the_channel_before_the_rest() -> None:
    cased = version(date(2019, 1, 1), None, REMOTE, ONLINE)
    assert cased.limit_for() == TEN
    assert cased.limit_for(channel="direct") == TEN
    assert cased.limit_for(channel="online") == FIVE
    assert cased.limit_for("remote") == THREE
    assert cased.limit_for("remote", "online") == THREE


def test_an_unknown_case_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(LimitError, match="remote, online"):
        version(date(2019, 1, 1), None, REMOTE, ONLINE).limit_for("urgent")
    with pytest.raises(LimitError, match="none"):
        NEW.limit_for("urgent")


FAR = LimitCase(code="far", label="xã vùng sâu", add=TEN, remote=True)
BIG = LimitCase(code="big", label="hồ sơ phức tạp", limit=TimeLimit(20, Unit.WORKING_DAYS))
CASED = version(date(2019, 1, 1), None, ONLINE, BIG, FAR)


@pytest.mark.parametrize(
    ("case", "channel", "remote", "found", "days"),
    [
        (None, None, False, None, 10),
        (None, "direct", False, None, 10),
        (None, "online", False, "online", 5),
        (None, None, True, "far", 20),
        (None, "online", True, "online+far", 15),
        ("big", None, False, "big", 20),
        ("big", "online", False, "big", 20),
        ("big", "online", True, "big+far", 30),
        ("far", None, True, "far", 20),
        ("online+far", None, True, "online+far", 15),
        ("far+online", None, False, "far+online", 15),
        ("online+big", None, False, "online+big", 20),
    ],
)
def test_the_case_of_a_remote_commune_comes_beside_any_other(
    case: str | None,
    channel: str | None,
    remote: bool,  # noqa: FBT001 - a column
    found: str | None,
    days: int,
) -> None:
    assert CASED.case_for(case, channel, remote=remote) == found
    # The name that is kept gives the same limit again, whatever the channel was.
    assert CASED.limit_for(found, channel) == CASED.limit_for(found) == TimeLimit(days, Unit.WORKING_DAYS)


def test_a_case_that_nobody_wrote_down_is_refused_when_it_is_named() -> None:
    with pytest.raises(LimitError, match="no limit case 'urgent'; its cases: online, big, far"):
        CASED.case_for("big+urgent", remote=True)


def test_an_addition_in_another_unit_is_refused() -> None:
    hours = LimitCase(code="hours", label="theo giờ", limit=TimeLimit(4, Unit.HOURS))
    same_day = LimitCase(code="today", label="trong ngày", limit=TimeLimit(0, Unit.SAME_DAY))
    cased = version(date(2019, 1, 1), None, hours, same_day, FAR)
    for case in ("hours+far", "today+far"):
        with pytest.raises(LimitError, match="cannot be added up"):
            cased.limit_for(case)
    assert cased.limit_for("hours") == TimeLimit(4, Unit.HOURS)

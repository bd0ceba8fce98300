"""Half months begin on the 1st and the 15th, by the clock of the office."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.half_months import bounds, is_bound
from domain.period import period_of
from tests.builders import ZONE, local


def test_from_the_half_month_of_the_first_to_that_of_the_last() -> None:
    found = bounds(local("14/11/2018 23:59"), local("15/01/2019 00:00"), ZONE)
    assert [f"{each.astimezone(ZONE):%d/%m/%Y %H:%M}" for each in found] == [
        "01/11/2018 00:00",
        "15/11/2018 00:00",
        "01/12/2018 00:00",
        "15/12/2018 00:00",
        "01/01/2019 00:00",
        "15/01/2019 00:00",
    ]


def test_within_one_half_month_there_is_one() -> None:
    assert bounds(local("20/12/2018 10:00"), local("20/12/2018 10:00"), ZONE) == (local("15/12/2018 00:00"),)


@pytest.mark.parametrize("name", ["2019", "2019-Q2", "2019-02", "admin:2019-01", "admin:2019-H1"])
def test_every_period_with_a_name_is_made_of_half_months(name: str) -> None:
    period = period_of(name)
    begin, end = period.begin(ZONE), period.end(ZONE)
    assert begin is not None
    assert end is not None
    assert is_bound(begin, ZONE)
    assert is_bound(end, ZONE)
    assert not is_bound(begin + timedelta(seconds=1), ZONE)
    assert not is_bound(begin + timedelta(days=1), ZONE)


def test_where_clocks_change_they_begin_at_local_midnight_all_the_same() -> None:
    boston = ZoneInfo("America/New_York")
    found = bounds(local("01/01/2019 12:00"), local("31/12/2019 12:00"), boston)
    assert all(is_bound(each, boston) for each in found)
    assert len(found) == 24
    assert {(after - before).days for before, after in pairwise(found)} <= {13, 14, 15, 16, 17}

"""Periods: calendar ones, administrative ones, and the instants at which they begin and end."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import LimitError
from domain.period import Period, months_until, period_of

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2019-05", "2019-05-01", "2019-05-31", "tháng 05 năm 2019"),
        ("2019-12", "2019-12-01", "2019-12-31", "tháng 12 năm 2019"),
        ("2020-02", "2020-02-01", "2020-02-29", "tháng 02 năm 2020"),
        ("2019-Q1", "2019-01-01", "2019-03-31", "quý I năm 2019"),
        ("2019-Q4", "2019-10-01", "2019-12-31", "quý IV năm 2019"),
        ("2019-H1", "2019-01-01", "2019-06-30", "6 tháng đầu năm 2019"),
        ("2019-H2", "2019-07-01", "2019-12-31", "6 tháng cuối năm 2019"),
        ("2019", "2019-01-01", "2019-12-31", "năm 2019"),
        # Decree 09/2019 art. 12: the 15th of the month before to the 14th of the month reported.
        ("admin:2019-06", "2019-05-15", "2019-06-14", "tháng 06 năm 2019 (kỳ hành chính)"),
        ("admin:2019-01", "2018-12-15", "2019-01-14", "tháng 01 năm 2019 (kỳ hành chính)"),
        ("admin:2019-Q1", "2018-12-15", "2019-03-14", "quý I năm 2019 (kỳ hành chính)"),
        ("admin:2019-Q4", "2019-09-15", "2019-12-14", "quý IV năm 2019 (kỳ hành chính)"),
        ("admin:2019-H1", "2018-12-15", "2019-06-14", "6 tháng đầu năm 2019 (kỳ hành chính)"),
        ("admin:2019", "2018-12-15", "2019-12-14", "năm 2019 (kỳ hành chính)"),
    ],
)
def test_a_period_is_named_in_few_letters(text: str, first: str, last: str, name: str) -> None:
    assert period_of(text) == Period(
        first=date.fromisoformat(first), last=date.fromisoformat(last), name=name
    )


@pytest.mark.parametrize(
    "text", ["", "2019-13", "2019-00", "2019-Q5", "2019-Q0", "2019-H3", "19-05", "2019-5", "admin:", "x:2019"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(LimitError, match="2019-Q2"):
        period_of(text)


def test_a_period_is_half_open_in_the_zone_of_the_office() -> None:
    may, june = period_of("2019-05"), period_of("2019-06")
    assert may.begin(HANOI) == datetime(2019, 4, 30, 17, tzinfo=UTC)
    assert may.end(HANOI) == june.begin(HANOI) == datetime(2019, 5, 31, 17, tzinfo=UTC)
    assert (Period().begin(HANOI), Period().end(HANOI)) == (None, None)


@pytest.mark.parametrize("kind", ["", "admin:"])
@pytest.mark.parametrize(
    "parts", [[f"{n:02d}" for n in range(1, 13)], ["Q1", "Q2", "Q3", "Q4"], ["H1", "H2"]]
)
def test_the_parts_of_a_year_follow_each_other_without_a_gap(kind: str, parts: list[str]) -> None:
    periods = [period_of(f"{kind}2019-{part}") for part in parts]
    year = period_of(f"{kind}2019")
    assert (periods[0].first, periods[-1].last) == (year.first, year.last)
    for one, other in itertools.pairwise(periods):
        assert one.last is not None
        assert other.first == one.last + timedelta(days=1)


def test_the_months_that_end_with_a_period_are_twelve_or_its_own() -> None:
    months = months_until(period_of("2019-Q2"))
    assert [month.name for month in months] == [
        *("07/2018", "08/2018", "09/2018", "10/2018", "11/2018", "12/2018"),
        *("01/2019", "02/2019", "03/2019", "04/2019", "05/2019", "06/2019"),
    ]
    assert (months[-1].first, months[-1].last) == (date(2019, 6, 1), date(2019, 6, 30))
    own = months_until(period_of("2019-Q2"), least=1)
    assert [month.name for month in own] == ["04/2019", "05/2019", "06/2019"]


def test_the_months_of_an_administrative_period_begin_on_the_fifteenth() -> None:
    months = months_until(period_of("admin:2019-06"), least=2)
    assert [(month.name, month.first, month.last) for month in months] == [
        ("05/2019", date(2019, 4, 15), date(2019, 5, 14)),
        ("06/2019", date(2019, 5, 15), date(2019, 6, 14)),
    ]


@pytest.mark.parametrize("open_period", [Period(), Period(first=date(2019, 6, 1))])
def test_an_open_period_has_no_months(open_period: Period) -> None:
    with pytest.raises(ValueError, match="first and a last day"):
        months_until(open_period)

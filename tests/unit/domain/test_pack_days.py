"""The packs an office makes by itself: the last month and quarter whose set day has come."""

from __future__ import annotations

from datetime import date

import pytest

from domain.pack_days import DuePack, Packs, due_packs

FIFTH = Packs(day=5)


@pytest.mark.parametrize(
    ("today", "month", "quarter"),
    [
        ("2019-07-04", ("2019-05", "2019-06-05"), ("2019-Q1", "2019-04-05")),
        ("2019-07-05", ("2019-06", "2019-07-05"), ("2019-Q2", "2019-07-05")),
        ("2019-08-31", ("2019-07", "2019-08-05"), ("2019-Q2", "2019-07-05")),
        ("2020-01-01", ("2019-11", "2019-12-05"), ("2019-Q3", "2019-10-05")),
        ("2020-01-05", ("2019-12", "2020-01-05"), ("2019-Q4", "2020-01-05")),
    ],
)
def test_a_period_is_due_from_its_set_day_on(
    today: str, month: tuple[str, str], quarter: tuple[str, str]
) -> None:
    assert due_packs(FIFTH, today=date.fromisoformat(today)) == tuple(
        DuePack(name, date.fromisoformat(on)) for name, on in (month, quarter)
    )


@pytest.mark.parametrize(
    ("day", "today", "period", "on"),
    [
        (20, "2019-06-20", "admin:2019-06", "2019-06-20"),
        (20, "2019-06-19", "admin:2019-05", "2019-05-20"),
        (5, "2019-07-05", "admin:2019-06", "2019-07-05"),
        (5, "2019-07-04", "admin:2019-05", "2019-06-05"),
        (5, "2020-01-05", "admin:2019-12", "2020-01-05"),
    ],
)
def test_an_administrative_month_is_due_on_the_first_set_day_after_its_fourteenth(
    day: int, today: str, period: str, on: str
) -> None:
    packs = Packs(day=day, quarterly=False, administrative=True)
    found = due_packs(packs, today=date.fromisoformat(today))
    assert found == (DuePack(period, date.fromisoformat(on)),)


def test_only_what_is_wanted_is_due() -> None:
    assert due_packs(Packs(day=5, monthly=False, quarterly=False), today=date(2019, 7, 5)) == ()
    quarters = due_packs(Packs(day=5, monthly=False), today=date(2019, 7, 5))
    assert [due.period for due in quarters] == ["2019-Q2"]

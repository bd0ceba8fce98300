"""The words in which a plan says when, on the published calendar; and the rate once printed wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.errors import LimitError
from domain.on_time_rate import Rate
from domain.reform_deadline import read_deadline
from domain.reform_figures import PlanCounts, plan_rates
from tests.golden.table import calendar

TABLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("reform_deadlines.toml").read_text(encoding="utf-8")
)
YEAR = 2019


@pytest.mark.parametrize("row", TABLE["time"], ids=lambda row: row["words"])
def test_the_words_of_a_plan_mean_the_days_a_clerk_reads_in_them(row: dict[str, Any]) -> None:
    found = read_deadline(row["words"], YEAR)
    assert (found.kind, found.first, found.last) == (row["kind"], row.get("first"), row.get("last"))
    assert found.text == row["words"]
    assert found.due_on(calendar()) == row.get("due")


@pytest.mark.parametrize(
    "words", ["Quý V", "Quý II-I", "Tháng 13", "31/2", "Hằng quý", "Quý IV/2018", "sớm", "", "2018-12-31"]
)
def test_words_that_nobody_could_hold_to_are_refused_with_what_is_expected(words: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_deadline(words, YEAR)
    said = caught.value.said(calendar().zone)
    assert said.startswith(f"có “{words}”; cần Quý II, Tháng 12")
    assert "30/6/2019" in said


@pytest.mark.parametrize("row", TABLE["rate"], ids=lambda row: f"{row['numerator']}/{row['denominator']}")
def test_a_rate_is_rounded_half_up_and_only_when_shown(row: dict[str, Any]) -> None:
    rate = Rate(name="r", numerator=row["numerator"], denominator=row["denominator"], vi="", en="")
    assert rate.percent() == row["percent"]


def test_nine_of_twenty_six_tasks_are_34_62_percent_and_not_33_33() -> None:
    counts = PlanCounts(done_in_time=8, done_late=1, not_started=13, continuous=4, due=12, due_done=9)
    of_all, of_due = plan_rates(counts)
    assert (of_all.numerator, of_all.denominator, of_all.percent()) == (9, 26, "34,62 %")
    assert (of_due.numerator, of_due.denominator, of_due.percent()) == (9, 12, "75,00 %")


def test_every_row_names_its_source_and_its_reason() -> None:
    assert all(row["article"] and row["why"] for row in (*TABLE["time"], *TABLE["rate"]))

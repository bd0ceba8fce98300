from __future__ import annotations

from datetime import date

import pytest

from domain.calendar_variants import Variants
from tests.shared_data import weekdays

CALENDAR = weekdays(off=("2019-04-29", "2019-04-30", "2019-05-01"), work=("2019-05-04",))
DAYS = tuple(sorted(CALENDAR.special))


@pytest.fixture
def variants() -> Variants:
    return Variants(CALENDAR)


def test_a_day_that_is_not_known_is_what_its_week_says(variants: Variants) -> None:
    assert variants.lacking((DAYS[0],)).is_working_day(DAYS[0])
    assert not variants.lacking((DAYS[0],)).is_working_day(DAYS[1])
    assert not variants.without("swap_work").is_working_day(DAYS[3])
    assert variants.without("off").is_working_day(DAYS[3])
    assert not CALENDAR.is_working_day(DAYS[0])


def test_the_clock_goes_round_on_days_off_too(variants: Variants) -> None:
    assert all(variants.round_the_clock().windows_on(day) == ((0, 86_400),) for day in DAYS)


def test_special_days_between_two_days_include_both(variants: Variants) -> None:
    assert variants.between(DAYS[0], DAYS[2], "off") == DAYS[:3]
    assert variants.between(date(2019, 4, 30), DAYS[3], "off", "swap_work") == DAYS[1:]
    assert variants.between(date(2019, 5, 2), date(2019, 5, 3), "off", "swap_work") == ()


def test_variants_are_handed_out_again_and_the_longest_unused_is_forgotten() -> None:
    off = tuple(date(2019, 1, day) for day in range(1, 32))
    variants = Variants(weekdays(off=tuple(day.isoformat() for day in off)))
    first, round_the_clock = variants.lacking(off[:1]), variants.round_the_clock()
    for day in off[1:]:
        assert variants.lacking(off[:1]) is first
        variants.lacking((day,))
    assert variants.lacking(off[:1]) is first
    variants.lacking(off[:2])
    assert variants.round_the_clock() is not round_the_clock

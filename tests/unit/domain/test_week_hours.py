from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import CalendarError
from domain.timetable import SECOND
from domain.week_hours import Season, WeekHours, day_without_hours, hours_on
from domain.working_calendar import SpecialDay, WorkingCalendar
from tests.shared_data import NINE_TO_FIVE

HOUR = 3600 * SECOND
BASE = WeekHours(windows=(NINE_TO_FIVE,) * 7)
SUMMER = Season((4, 16), (10, 15))
WINTER = Season((10, 16), (4, 15))
EARLY = (((7 * 3600, 15 * 3600),),) * 7
SHORT = (((9 * 3600, 12 * 3600),),) * 7


def _calendar(*weeks: WeekHours, known: tuple[date | None, date | None] = (None, None)) -> WorkingCalendar:
    return WorkingCalendar(zone=UTC, weeks=weeks, special={}, known_from=known[0], known_until=known[1])


@pytest.mark.parametrize(
    ("day", "summer"),
    [
        ("2019-04-15", False),
        ("2019-04-16", True),
        ("2019-10-15", True),
        ("2019-10-16", False),
        ("2020-04-15", False),
        ("2020-04-16", True),
        ("2019-12-31", False),
        ("2020-01-01", False),
    ],
)
def test_a_season_begins_and_ends_on_its_days_in_every_year(day: str, summer: bool) -> None:  # noqa: FBT001 - a column
    at = date.fromisoformat(day)
    assert SUMMER.has(at) is summer
    assert WINTER.has(at) is not summer
    over_base = (BASE, WeekHours(windows=EARLY, season=SUMMER))
    assert hours_on(over_base, at).windows is (EARLY if summer else BASE.windows)
    two_seasons = (WeekHours(windows=SHORT, season=WINTER), WeekHours(windows=EARLY, season=SUMMER))
    assert hours_on(two_seasons, at).windows is (EARLY if summer else SHORT)


@pytest.mark.parametrize(
    ("season", "inside", "outside"),
    [
        (Season((12, 31), (12, 31)), ["2019-12-31"], ["2019-12-30", "2020-01-01"]),
        (Season((1, 1), (12, 31)), ["2019-01-01", "2020-02-29", "2019-12-31"], []),
        (Season((2, 1), (2, 29)), ["2019-02-28", "2020-02-29"], ["2019-01-31", "2019-03-01", "2020-03-01"]),
        (Season((2, 1), (2, 28)), ["2019-02-28", "2020-02-28"], ["2020-02-29"]),
        (Season((2, 29), (3, 1)), ["2020-02-29", "2019-03-01"], ["2019-02-28", "2020-02-28"]),
    ],
)
def test_seasons_at_the_turn_of_the_year_and_around_the_leap_day(
    season: Season, inside: list[str], outside: list[str]
) -> None:
    assert all(season.has(date.fromisoformat(day)) for day in inside)
    assert not any(season.has(date.fromisoformat(day)) for day in outside)


@pytest.mark.parametrize(
    ("day", "passing"),
    [("2020-03-31", False), ("2020-04-01", True), ("2020-04-22", True), ("2020-04-23", False)],
)
def test_a_passing_change_ends_and_the_hours_above_return(day: str, passing: bool) -> None:  # noqa: FBT001 - a column
    change = WeekHours(windows=SHORT, valid_from=date(2020, 4, 1), valid_until=date(2020, 4, 22))
    calendar = _calendar(BASE, change)
    assert calendar.windows_on(date.fromisoformat(day)) == (SHORT[0] if passing else NINE_TO_FIVE)


def test_a_passing_change_of_one_day_is_that_day() -> None:
    day = date(2020, 4, 1)
    calendar = _calendar(BASE, WeekHours(windows=SHORT, valid_from=day, valid_until=day))
    found = [calendar.windows_on(day + timedelta(days=n)) for n in (-1, 0, 1)]
    assert found == [NINE_TO_FIVE, SHORT[0], NINE_TO_FIVE]


def test_of_hours_that_overlap_the_last_in_order_count() -> None:
    season = WeekHours(windows=EARLY, season=SUMMER)
    change = WeekHours(windows=SHORT, valid_from=date(2020, 4, 10), valid_until=date(2020, 4, 20))
    days = [date(2020, 4, 9), date(2020, 4, 10), date(2020, 4, 20), date(2020, 4, 21)]
    above, below = _calendar(BASE, season, change), _calendar(BASE, change, season)
    assert [above.windows_on(day) for day in days] == [NINE_TO_FIVE, SHORT[0], SHORT[0], EARLY[0]]
    assert [below.windows_on(day) for day in days] == [NINE_TO_FIVE, SHORT[0], EARLY[0], EARLY[0]]


@pytest.mark.parametrize(
    ("day", "early"),
    [
        ("2019-06-30", False),
        ("2019-07-01", True),
        ("2019-10-15", True),
        ("2019-10-16", False),
        ("2021-05-31", True),
        ("2021-06-01", False),
    ],
)
def test_a_season_may_be_introduced_and_abolished(day: str, early: bool) -> None:  # noqa: FBT001 - a column
    season = WeekHours(
        windows=EARLY, season=SUMMER, valid_from=date(2019, 7, 1), valid_until=date(2021, 5, 31)
    )
    calendar = _calendar(BASE, season)
    assert calendar.windows_on(date.fromisoformat(day)) == (EARLY[0] if early else NINE_TO_FIVE)


def test_working_time_runs_through_the_change_of_the_season() -> None:
    calendar = _calendar(BASE, WeekHours(windows=EARLY, season=SUMMER))
    start = datetime(2019, 4, 15, 16, tzinfo=UTC)
    assert calendar.add_time(start, 2 * HOUR) == datetime(2019, 4, 16, 8, tzinfo=UTC)
    back = datetime(2019, 10, 16, 10, tzinfo=UTC)
    assert calendar.elapsed(datetime(2019, 10, 15, 14, tzinfo=UTC), back) == 2 * HOUR
    assert calendar.closing_of(date(2019, 10, 15)) == datetime(2019, 10, 15, 15, tzinfo=UTC)
    assert calendar.closing_of(date(2019, 10, 16)) == datetime(2019, 10, 16, 17, tzinfo=UTC)


def test_a_special_day_replaces_the_hours_of_a_season_too() -> None:
    day = date(2019, 5, 1)
    calendar = WorkingCalendar(
        zone=UTC,
        weeks=(BASE, WeekHours(windows=EARLY, season=SUMMER)),
        special={day: SpecialDay(kind="off")},
    )
    assert calendar.windows_on(day) == ()
    assert calendar.windows_on(date(2019, 5, 2)) == EARLY[0]


FIRST, LAST = date(2018, 1, 1), date(2021, 12, 31)


@pytest.mark.parametrize(
    ("weeks", "hole"),
    [
        ([BASE], None),
        ([WeekHours(windows=EARLY, valid_from=FIRST)], None),
        ([WeekHours(windows=EARLY, valid_from=date(2018, 1, 2))], "2018-01-01"),
        ([WeekHours(windows=EARLY, valid_until=LAST)], None),
        ([WeekHours(windows=EARLY, valid_until=date(2021, 12, 30))], "2021-12-31"),
        ([WeekHours(windows=EARLY, valid_until=FIRST)], "2018-01-02"),
        ([WeekHours(windows=EARLY, valid_until=date(2017, 12, 31))], "2018-01-01"),
        ([WeekHours(windows=EARLY, season=SUMMER)], "2018-01-01"),
        ([WeekHours(windows=EARLY, season=SUMMER), WeekHours(windows=EARLY, season=WINTER)], None),
        (
            [
                WeekHours(windows=EARLY, season=SUMMER),
                WeekHours(windows=EARLY, season=Season((10, 17), (4, 15))),
            ],
            "2018-10-16",
        ),
        ([WeekHours(windows=EARLY, season=Season((1, 1), (12, 31)))], None),
        ([WeekHours(windows=EARLY, season=Season((1, 2), (12, 31)))], "2018-01-01"),
        ([WeekHours(windows=EARLY, season=Season((1, 1), (12, 30)))], "2018-12-31"),
        ([WeekHours(windows=EARLY, season=Season((3, 1), (2, 28)))], "2020-02-29"),
        ([WeekHours(windows=EARLY, season=Season((3, 1), (2, 29)))], None),
        ([WeekHours(windows=EARLY, season=Season((3, 2), (2, 29)))], "2018-03-01"),
        (
            [
                WeekHours(windows=EARLY, valid_until=date(2019, 5, 31)),
                WeekHours(windows=SHORT, valid_from=date(2019, 6, 1)),
            ],
            None,
        ),
        (
            [
                WeekHours(windows=SHORT, valid_from=date(2019, 6, 2)),
                WeekHours(windows=EARLY, valid_until=date(2019, 5, 31)),
            ],
            "2019-06-01",
        ),
    ],
)
def test_a_known_day_without_hours_is_found_and_refused(weeks: list[WeekHours], hole: str | None) -> None:
    expected = date.fromisoformat(hole) if hole else None
    assert day_without_hours(weeks, FIRST, LAST) == expected
    walked = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    assert next((day for day in walked if not any(week.covers(day) for week in weeks)), None) == expected
    if hole is None:
        assert _calendar(*weeks, known=(FIRST, LAST)).is_known(FIRST)
        return
    with pytest.raises(CalendarError, match=f"no hours are in force on {hole}"):
        _calendar(*weeks, known=(FIRST, LAST))


def test_a_hole_is_looked_for_up_to_the_last_day_of_all() -> None:
    weeks = [WeekHours(windows=EARLY, season=Season((1, 1), (12, 31)), valid_until=date.max)]
    assert day_without_hours(weeks, date(9998, 1, 1), date.max) is None


def test_outside_the_known_years_the_first_hours_stand_in() -> None:
    begun = WeekHours(windows=EARLY, valid_from=FIRST, valid_until=LAST)
    calendar = _calendar(begun, known=(FIRST, LAST))
    for day in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        assert calendar.windows_on(day) == EARLY[0]
        assert not calendar.is_known(day)

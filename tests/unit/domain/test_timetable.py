from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.timetable import SECOND, build, from_micros, to_micros, wall_time
from domain.working_calendar import WeekHours, WorkingCalendar

HOUR = 3600 * SECOND


def _all_day(windows: tuple[tuple[int, int], ...], zone: str) -> WorkingCalendar:
    return WorkingCalendar(zone=ZoneInfo(zone), weeks=[WeekHours(windows=(windows,) * 7)], special={})


def _hours_of(day: date, windows: tuple[tuple[int, int], ...], zone: str) -> float:
    calendar = _all_day(windows, zone)
    begin, end = wall_time(day, 0, calendar.zone), wall_time(day, 86_400, calendar.zone)
    return calendar.elapsed(begin, end) / HOUR


def test_an_instant_survives_the_way_to_microseconds_and_back() -> None:
    instant = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert to_micros(instant) == -1
    assert from_micros(-1) == instant


@pytest.mark.parametrize(
    ("day", "hours"), [("2016-03-26", 24), ("2016-03-27", 23), ("2016-10-29", 24), ("2016-10-30", 25)]
)
def test_a_day_round_the_clock_has_as_many_hours_as_the_clock_gives_it(day: str, hours: int) -> None:
    assert _hours_of(date.fromisoformat(day), ((0, 86_400),), "Europe/Berlin") == hours


def test_a_window_in_the_skipped_hour_vanishes_or_moves_on_with_the_clock() -> None:
    spring = date(2016, 3, 27)
    assert _hours_of(spring, ((2 * 3600, 3 * 3600),), "Europe/Berlin") == 0
    assert _hours_of(spring, ((2 * 3600 + 900, 2 * 3600 + 2700),), "Europe/Berlin") == 0.5


def test_a_skipped_closing_never_counts_the_next_window_twice() -> None:
    windows = ((3600, 2 * 3600 + 1800), (3 * 3600, 5 * 3600))
    assert _hours_of(date(2016, 3, 27), windows, "Europe/Berlin") == 3


def test_a_day_that_a_zone_skips_is_not_worked_twice() -> None:
    # Samoa crossed the date line: 30/12/2011 did not happen there.
    calendar = _all_day(((9 * 3600, 17 * 3600),), "Pacific/Apia")
    begin, end = (
        wall_time(date(2011, 12, 29), 0, calendar.zone),
        wall_time(date(2012, 1, 1), 0, calendar.zone),
    )
    assert calendar.elapsed(begin, end) == 16 * HOUR


def test_a_midnight_that_does_not_exist_is_the_moment_of_the_change() -> None:
    # São Paulo turned its clocks forward at midnight: 16/10/2016 began at 01:00.
    zone = ZoneInfo("America/Sao_Paulo")
    assert wall_time(date(2016, 10, 16), 0, zone).astimezone(UTC) == datetime(2016, 10, 16, 3, tzinfo=UTC)
    assert wall_time(date(2016, 10, 15), 86_400, zone).astimezone(UTC) == datetime(
        2016, 10, 16, 3, tzinfo=UTC
    )
    assert _hours_of(date(2016, 10, 16), ((0, 86_400),), "America/Sao_Paulo") == 23
    assert _hours_of(date(2016, 2, 20), ((0, 86_400),), "America/Sao_Paulo") == 25


def test_a_table_answers_none_beyond_its_edges() -> None:
    monday = date(2019, 4, 29).toordinal()
    table = build(monday, monday + 1, lambda _: ((0, 3600),), UTC)
    begin, end = table.opens[0], table.closes[-1]
    assert table.nth_after(monday, 2) is None
    assert table.nth_before(monday + 1, 2) is None
    assert table.nth_before(monday, 1) is None
    assert table.total_at(begin - 1) == 0
    assert table.instant_of(3 * HOUR, closing=False) is None
    assert table.instant_of(-1, closing=True) is None
    assert table.open_at_or_after(end) is None
    assert table.closed_at_or_before(begin - 1) is None
    assert table.instant_of(HOUR, closing=True) == table.closes[0]
    assert table.instant_of(HOUR, closing=False) == table.opens[1]


def test_an_instant_between_begin_and_end_lies_inside_the_table_in_any_zone() -> None:
    monday = date(2019, 4, 29)
    for zone in ("Pacific/Kiritimati", "Asia/Ho_Chi_Minh", "Pacific/Pago_Pago"):
        table = build(monday.toordinal(), monday.toordinal() + 6, lambda _: (), ZoneInfo(zone))
        begin, last = from_micros(table.begin), from_micros(table.end - 1)
        assert monday < begin.astimezone(ZoneInfo(zone)).date()
        assert last.astimezone(ZoneInfo(zone)).date() < date(2019, 5, 5)
        assert begin < last


def test_sixty_years_fit_in_a_few_megabytes() -> None:
    first, last = (date(year, 1, 1).toordinal() for year in (1990, 2050))
    table = build(first, last, lambda _: ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600)), UTC)
    columns = (table.upto, table.opens, table.closes, table.worked)
    held = sum(map(sys.getsizeof, (*columns, table.days, *table.days)))
    assert 1_000_000 < held < 5_000_000

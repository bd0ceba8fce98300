from __future__ import annotations

from datetime import date

from config.sla import parse


def test_summer_hours_are_written_once_and_return_every_year(files: dict[str, str]) -> None:
    files |= {f"calendar/{year}.toml": f"year = {year}\n" for year in (2020, 2021)}
    summer = (
        '[[calendars.main.hours]]\nseason = ["04-16", "10-15"]\nweekdays = ["06:30-10:30", "13:30-17:30"]\n\n'
        '[[calendars.main.hours]]\nfrom = 2020-04-01\nuntil = 2020-04-22\nweekdays = ["08:00-12:00"]\n\n'
    )
    files["office.toml"] = files["office.toml"].replace("[units.top]", f"{summer}[units.top]")
    calendar = parse(files).calendar
    opening = {
        day: calendar.windows_on(date.fromisoformat(day))[0][0] / 3600
        for day in (
            *("2019-04-15", "2019-04-16", "2019-10-15", "2019-10-16"),
            *("2020-03-31", "2020-04-01", "2020-04-22", "2020-04-23", "2021-04-15", "2021-04-16"),
        )
    }
    assert list(opening.values()) == [7, 6.5, 6.5, 7, 7, 8, 8, 6.5, 7, 6.5]
    # The make-up day of May has the hours of its season.
    assert calendar.windows_on(date(2019, 5, 4)) == ((23_400, 37_800), (48_600, 63_000))


def test_two_seasons_that_fill_the_year_need_no_other_hours(files: dict[str, str]) -> None:
    files["office.toml"] = files["office.toml"].replace(
        'weekdays = ["07:00-11:00", "13:00-17:00"]',
        'season = ["10-16", "04-15"]\nweekdays = ["07:30-11:30"]\n[[calendars.main.hours]]\n'
        'season = ["04-16", "10-15"]\nweekdays = ["07:00-11:00"]',
    )
    calendar = parse(files).calendar
    assert calendar.windows_on(date(2019, 4, 15))[0][0] == 7.5 * 3600
    assert calendar.windows_on(date(2019, 4, 16))[0][0] == 7 * 3600


def test_old_hours_may_be_written_below_with_an_end(files: dict[str, str]) -> None:
    older = '[[calendars.main.hours]]\nuntil = 2019-05-31\nweekdays = ["08:00-12:00"]\n\n[units.top]'
    files["office.toml"] = files["office.toml"].replace("[units.top]", older)
    calendar = parse(files).calendar
    assert calendar.windows_on(date(2019, 5, 31)) == ((8 * 3600, 12 * 3600),)
    assert calendar.windows_on(date(2019, 6, 3)) == ((7 * 3600, 11 * 3600), (13 * 3600, 17 * 3600))


def test_lasting_hours_may_follow_a_season_that_has_ended(files: dict[str, str]) -> None:
    blocks = (
        '[[calendars.main.hours]]\nseason = ["04-16", "10-15"]\nuntil = 2019-05-31\n'
        'weekdays = ["06:00-10:00"]\n[[calendars.main.hours]]\nfrom = 2019-06-01\n'
        'weekdays = ["08:00-12:00"]\n\n[units.top]'
    )
    files["office.toml"] = files["office.toml"].replace("[units.top]", blocks)
    calendar = parse(files).calendar
    days = (date(2019, 4, 15), date(2019, 4, 16), date(2019, 5, 31), date(2019, 6, 3))
    assert [calendar.windows_on(day)[0][0] // 3600 for day in days] == [7, 6, 6, 8]

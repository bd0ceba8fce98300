"""Which days count otherwise under another calendar, and what stretch of them a count can meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.calendar_changes import DayChange, Stretch, change_in_words, changed_days, stretches
from domain.working_calendar import SpecialDay, WorkingCalendar
from tests.cases import CALENDAR
from tests.shared_data import OFFICE_HOURS, weekdays

FIRST, LAST = date(2019, 6, 1), date(2019, 6, 30)


def june(day: int) -> date:
    return date(2019, 6, day)


def changed(new: WorkingCalendar, old: WorkingCalendar = CALENDAR) -> tuple[DayChange, ...]:
    return changed_days(old, new, FIRST, LAST)


def test_the_same_calendar_changes_nothing() -> None:
    assert changed(CALENDAR) == ()
    assert changed(weekdays(OFFICE_HOURS, zone="Asia/Ho_Chi_Minh")) == ()


def test_a_new_day_off_and_a_new_make_up_day_are_told_with_their_document() -> None:
    special = {
        june(6): SpecialDay(kind="off", name="Bão", source="cv-1"),
        june(8): SpecialDay(kind="swap_work", windows=((25_200, 39_600),), name="Làm bù", source="cv-1"),
        june(9): SpecialDay(kind="off", name="Chủ nhật, nghỉ sẵn"),
    }
    found = changed(replace(CALENDAR, special=special))
    assert found == (
        DayChange(june(6), "off", "Bão", "cv-1"),
        DayChange(june(8), "work", "Làm bù", "cv-1"),
    )
    assert [change.gives_time for change in found] == [False, True]


def test_a_day_off_that_is_taken_back_is_told_by_what_it_was() -> None:
    old = replace(CALENDAR, special={june(6): SpecialDay(kind="off", name="Bão", source="cv-1")})
    assert changed(CALENDAR, old) == (DayChange(june(6), "work", "Bão", "cv-1"),)


def test_other_hours_are_another_day() -> None:
    short = {june(7): SpecialDay(kind="short", windows=((25_200, 39_600),), name="Nghỉ chiều")}
    (change,) = changed(replace(CALENDAR, special=short))
    assert (change.kind, change.gives_time) == ("hours", True)


def test_days_that_are_published_and_days_that_are_no_longer_are_told() -> None:
    known = replace(CALENDAR, known_from=june(1), known_until=june(28))
    assert [change.day.day for change in changed(CALENDAR, known)] == [29, 30]
    assert {change.kind for change in changed(CALENDAR, known)} == {"known"}
    assert {change.kind for change in changed(known)} == {"unknown"}


def test_days_near_each_other_are_one_stretch_and_far_ones_two() -> None:
    assert stretches([]) == ()
    assert stretches([june(20), june(3), june(10), june(3)]) == (
        Stretch(june(3), june(10)),
        Stretch(june(20), june(20)),
    )


def test_too_many_stretches_become_one_over_all() -> None:
    days = [date(2019, month, 1) for month in range(1, 10)]
    assert len(stretches(days, most=9)) == 9
    assert stretches(days) == (Stretch(date(2019, 1, 1), date(2019, 9, 1)),)


def test_what_becomes_of_a_day_is_said_in_words() -> None:
    change = DayChange(june(12), "off", "Bão số 1", "cv-1")
    assert change_in_words(change) == "12/06/2019 nghỉ (Bão số 1)"
    assert change_in_words(DayChange(june(8), "work"), "en") == "08/06/2019 a working day"

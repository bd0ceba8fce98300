"""The trace tells what the count did: whole legs, in order, and of the last landing only."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.pauses import land_with_pauses
from domain.time_limit import CIVIL_CODE, CountingRules, TimeLimit, Unit
from domain.timetable import SECOND
from domain.trace import Leg, LegKind, Span, Trace
from tests.shared_data import weekdays

HOUR = 3600 * SECOND
STALE = Leg("roll", date(2000, 1, 1), date(2000, 1, 2))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}").replace(tzinfo=UTC)


def _leg(kind: LegKind, begin: str, end: str, amount: int = 0) -> Leg:
    return Leg(kind, date.fromisoformat(f"2019-{begin}"), date.fromisoformat(f"2019-{end}"), amount)


def _told(
    n: int, unit: Unit, start: str, *pauses: tuple[str, str], rules: CountingRules = CIVIL_CODE
) -> Trace:
    trace: Trace = [STALE]
    found = [(_at(begin), _at(end)) for begin, end in pauses]
    land_with_pauses(TimeLimit(n, unit), _at(start), weekdays(), rules, found, trace=trace)
    return trace


def test_hours_are_one_stretch_of_working_time() -> None:
    assert _told(4, Unit.HOURS, "06-03T09:00") == [
        Span("working_time", _at("06-03T09:00"), _at("06-03T13:00"), 4 * HOUR)
    ]


def test_hours_with_a_pause_are_the_stretches_around_it() -> None:
    before = ("06-03T08:00", "06-03T09:00")  # over at receipt: not told
    assert _told(4, Unit.HOURS, "06-03T09:00", before, ("06-03T10:00", "06-03T11:00")) == [
        Span("working_time", _at("06-03T09:00"), _at("06-03T10:00"), HOUR),
        Span("pause", _at("06-03T10:00"), _at("06-03T11:00")),
        Span("working_time", _at("06-03T11:00"), _at("06-03T14:00"), 3 * HOUR),
    ]


def test_days_lengthened_by_a_pause_name_it_last() -> None:
    before = ("06-03T08:00", "06-03T09:00")
    assert _told(2, Unit.WORKING_DAYS, "06-03T09:00", before, ("06-04T10:00", "06-05T10:00")) == [
        _leg("receipt", "06-03", "06-03"),
        _leg("receipt", "06-03", "06-03"),
        _leg("working_days", "06-03", "06-06", 3),
        _leg("roll", "06-06", "06-06"),
        _leg("after_end", "06-06", "06-06"),
        _leg("pause", "06-04", "06-05", 1),
    ]


def test_days_paused_in_working_time_are_given_back_as_time() -> None:
    rules = CountingRules(pause_in="working_time")
    assert _told(2, Unit.WORKING_DAYS, "06-03T12:00", ("06-04T10:00", "06-04T12:00"), rules=rules)[-2:] == [
        Span("pause", _at("06-04T10:00"), _at("06-04T12:00"), 2 * HOUR),
        Span("back_time", _at("06-05T12:00"), _at("06-05T14:00"), 2 * HOUR),
    ]


def test_a_last_day_off_rolls_and_the_day_after_the_end_follows_it() -> None:
    rules = CountingRules(first_day_after_end=True, count_from="day_after_receipt", start_day_counts=True)
    assert _told(5, Unit.CALENDAR_DAYS, "06-03T09:00", rules=rules) == [
        _leg("receipt", "06-03", "06-03"),
        _leg("receipt", "06-03", "06-03"),
        _leg("calendar_days", "06-03", "06-08", 5),
        _leg("roll", "06-08", "06-10"),
        _leg("after_end", "06-10", "06-11"),
    ]


def test_a_receipt_after_the_cut_off_counts_the_next_working_day() -> None:
    assert _told(0, Unit.SAME_DAY, "06-07T16:00") == [
        _leg("cutoff", "06-06", "06-07"),
        _leg("working_days", "06-07", "06-10", 1),
    ]


def test_a_paused_same_day_is_given_back_in_working_days() -> None:
    assert _told(0, Unit.SAME_DAY, "06-03T09:00", ("06-03T10:00", "06-05T10:00")) == [
        _leg("cutoff", "06-02", "06-02"),
        _leg("working_days", "06-02", "06-03", 1),
        _leg("back_working_days", "06-03", "06-05", 2),
        _leg("roll", "06-05", "06-05"),
        _leg("after_end", "06-05", "06-05"),
        _leg("pause", "06-03", "06-05", 2),
    ]


def test_a_same_day_paused_twice_tells_of_itself_once() -> None:
    pauses = (("06-03T10:00", "06-04T10:00"), ("06-04T12:00", "06-05T12:00"))
    assert _told(0, Unit.SAME_DAY, "06-03T09:00", *pauses) == [
        _leg("cutoff", "06-02", "06-02"),
        _leg("working_days", "06-02", "06-03", 1),
        _leg("back_working_days", "06-03", "06-05", 2),
        _leg("roll", "06-05", "06-05"),
        _leg("after_end", "06-05", "06-05"),
        _leg("pause", "06-03", "06-04", 1),
        _leg("pause", "06-04", "06-05", 1),
    ]


def test_a_paused_month_is_given_back_in_calendar_days() -> None:
    assert _told(1, Unit.MONTHS, "06-07T09:00", ("06-12T10:00", "06-13T10:00")) == [
        _leg("receipt", "06-07", "06-07"),
        _leg("months", "06-07", "07-07", 1),
        _leg("roll", "07-07", "07-07"),
        _leg("after_end", "07-07", "07-07"),
        _leg("back_calendar_days", "07-07", "07-08", 1),
        _leg("roll", "07-08", "07-08"),
        _leg("after_end", "07-08", "07-08"),
        _leg("pause", "06-12", "06-13", 1),
    ]

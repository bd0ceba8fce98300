"""Every way to miscount, found again from the date it prints, on the real calendar of the sample office."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from config.sla import load_sla
from domain.calendar_variants import Variants
from domain.miscounts import Count, OtherLimit
from domain.slips import SlipDifference, agrees, compare, likely_reasons, read_promise
from domain.snapshot import Moment
from domain.time_limit import CIVIL_CODE, TimeLimit, Unit

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar

W, C, M, H = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.HOURS
SAME_DAY = TimeLimit(0, Unit.SAME_DAY)


@cache
def calendar() -> WorkingCalendar:
    return load_sla().calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=calendar().zone)


def counted(limit: TimeLimit, received: str, **more: tuple[tuple[datetime, datetime], ...]) -> Count:
    return Count(limit=limit, start=at(received), calendar=calendar(), rules=CIVIL_CODE, **more)


def slip(text: str) -> Moment:
    return Moment(at(text), date_only="T" not in text)


def found(limit: TimeLimit, received: str, printed: str, *others: OtherLimit) -> SlipDifference:
    difference = compare(slip(printed), counted(limit, received), others=others)
    assert difference is not None
    return difference


def codes(limit: TimeLimit, received: str, printed: str, *others: OtherLimit) -> list[str]:
    return [reason.code for reason in found(limit, received, printed, *others).reasons]


@pytest.mark.parametrize(
    ("limit", "received", "printed"),
    [
        (TimeLimit(3, W), "2019-04-26T09:00", "2019-05-04"),
        (TimeLimit(15, C), "2019-01-21T09:00", "2019-02-11"),
        (TimeLimit(4, H), "2019-06-03T10:00", "2019-06-03T16:00"),
        (TimeLimit(4, H), "2019-06-03T10:00", "2019-06-03"),
        (SAME_DAY, "2019-04-26T15:30", "2019-05-02"),
        (TimeLimit(0, Unit.NONE), "2019-04-26T15:30", "2019-05-02"),
    ],
)
def test_a_slip_that_says_what_the_law_says_is_no_difference(
    limit: TimeLimit, received: str, printed: str
) -> None:
    assert compare(slip(printed), counted(limit, received)) is None


@pytest.mark.parametrize(
    ("limit", "received", "printed", "first"),
    [
        # Sat 04/05/2019 makes up for Mon 29/04/2019; the law says Sat 04/05 (DOMAIN 2.7).
        (TimeLimit(3, W), "2019-04-26T09:00", "2019-05-06", "make_up_ignored"),
        (TimeLimit(3, W), "2019-04-26T09:00", "2019-05-03", "swap_ignored"),
        (TimeLimit(3, W), "2018-12-28T09:00", "2019-01-03", "swap_off_ignored"),
        (TimeLimit(3, W), "2019-04-26T09:00", "2019-05-01", "weekends_only"),
        (TimeLimit(5, W), "2019-01-28T09:00", "2019-02-04", "holiday_missing"),
        (TimeLimit(5, W), "2019-08-30T09:00", "2019-09-06", "holiday_missing"),
        # Day 15 is the first day of Tết, Tue 05/02/2019, and moves to Mon 11/02.
        (TimeLimit(15, C), "2019-01-21T09:00", "2019-02-05", "end_not_rolled"),
        (TimeLimit(10, C), "2019-06-05T09:00", "2019-06-15", "end_not_rolled"),
        (TimeLimit(1, M), "2019-05-15T09:00", "2019-06-15", "end_not_rolled"),
        (TimeLimit(5, W), "2019-06-03T09:00", "2019-06-07", "receipt_counted"),
        (TimeLimit(10, C), "2019-06-03T09:00", "2019-06-12", "receipt_counted"),
        (TimeLimit(10, W), "2019-06-03T09:00", "2019-06-13", "counted_calendar_days"),
        (TimeLimit(15, C), "2019-06-03T09:00", "2019-06-24", "counted_working_days"),
        (TimeLimit(1, M), "2019-07-01T09:00", "2019-07-31", "receipt_counted"),
        (TimeLimit(2, M), "2019-07-01T09:00", "2019-08-30", "months_of_30_days"),
        (TimeLimit(5, W), "2019-06-03T15:01", "2019-06-11", "late_receipt"),
        (TimeLimit(5, W), "2019-06-03T15:00", "2019-06-11", "next_day_as_receipt"),
        (TimeLimit(5, W), "2019-06-08T09:00", "2019-06-17", "receipt_moved"),
        (TimeLimit(8, H), "2019-06-03T10:00", "2019-06-04T17:00", "hours_as_days"),
        (TimeLimit(16, H), "2019-06-03T09:00", "2019-06-06T10:00", "unknown"),
        (TimeLimit(4, H), "2019-06-03T10:00", "2019-06-04", "hours_as_days"),
        (TimeLimit(4, H), "2019-06-03T10:00", "2019-06-03T14:00", "clock_hours"),
        (TimeLimit(90, Unit.MINUTES), "2019-06-03T10:00", "2019-06-03T11:30", "clock_hours"),
        (SAME_DAY, "2019-04-26T15:30", "2019-04-26", "cutoff_ignored"),
        (SAME_DAY, "2019-04-26T15:00", "2019-05-02", "same_day_as_one_day"),
        (TimeLimit(5, W), "2019-06-03T09:00", "2019-06-28", "unknown"),
    ],
)
def test_the_likeliest_reason_is_the_miscount_that_prints_this_date(
    limit: TimeLimit, received: str, printed: str, first: str
) -> None:
    assert codes(limit, received, printed)[0] == first


@pytest.mark.parametrize(
    ("limit", "received", "printed", "pair"),
    [
        (TimeLimit(15, C), "2019-01-21T09:00", "2019-02-04", "weekends_only+receipt_counted"),
        (TimeLimit(5, W), "2019-08-30T09:00", "2019-09-05", "weekends_only+receipt_counted"),
        (TimeLimit(12, W), "2019-06-03T09:00", "2019-06-14", "receipt_counted+counted_calendar_days"),
        (TimeLimit(12, W), "2019-06-03T09:00", "2019-06-15", "end_not_rolled+counted_calendar_days"),
        (TimeLimit(10, C), "2019-06-03T16:00", "2019-06-18", "counted_working_days+late_receipt"),
        (TimeLimit(12, H), "2019-06-03T16:00", "2019-06-06", "hours_as_days+late_receipt"),
    ],
)
def test_two_miscounts_together_are_found_where_none_alone_explains_the_date(
    limit: TimeLimit, received: str, printed: str, pair: str
) -> None:
    assert pair in codes(limit, received, printed)
    assert all("+" in code for code in codes(limit, received, printed))


def test_the_first_reason_is_not_the_only_one_when_others_print_the_same_date() -> None:
    assert codes(TimeLimit(3, W), "2019-04-26T09:00", "2019-05-03") == [
        "swap_ignored",
        "swap_off_ignored",
        "holiday_missing",
        "holiday_missing",
        "receipt_counted",
    ]


def test_a_missing_day_off_is_named_with_its_document() -> None:
    reasons = found(TimeLimit(5, W), "2019-08-30T09:00", "2019-09-06").reasons
    assert reasons[0].said() == "thiếu ngày nghỉ: 02/09/2019 Quốc khánh 2/9"
    assert reasons[0].said("en") == "day off missing: 02/09/2019 Quốc khánh 2/9"
    assert reasons[0].source.startswith("Bộ luật Lao động 2012 Điều 115")
    assert [reason.code for reason in reasons[1:]] == ["weekends_only", "receipt_counted"]


def test_days_off_of_one_name_can_be_missing_all_together() -> None:
    reasons = found(TimeLimit(7, W), "2019-01-28T09:00", "2019-02-06").reasons
    assert reasons[0].said() == "thiếu ngày nghỉ: 04/02/2019–08/02/2019 Tết Nguyên đán Kỷ Hợi"


def test_a_swap_names_both_its_days() -> None:
    first = found(TimeLimit(3, W), "2019-04-26T09:00", "2019-05-03").reasons[0]
    assert first.said() == "không biết hoán đổi ngày làm việc: 29/04/2019, 04/05/2019"
    assert "suckhoedoisong" in first.source


def test_a_reason_without_a_day_names_no_document() -> None:
    assert found(TimeLimit(5, W), "2019-06-03T09:00", "2019-06-07").reasons[0].source == ""


def test_two_miscounts_are_said_in_one_sentence() -> None:
    reasons = found(TimeLimit(12, W), "2019-06-03T09:00", "2019-06-14").reasons
    assert [reason.said() for reason in reasons] == [
        "tính cả ngày tiếp nhận + thời hạn là ngày làm việc mà đếm cả ngày nghỉ"
    ]


def test_the_limit_of_another_case_is_recognised() -> None:
    remote = OtherLimit(limit=TimeLimit(18, W), words=("trường hợp vùng khó khăn", "the remote case"))
    reasons = found(TimeLimit(8, W), "2025-07-01T09:00", "2025-07-25", remote).reasons
    assert [reason.said("en") for reason in reasons] == ["another limit used: the remote case"]


def test_a_version_that_comes_later_than_both_dates_was_not_used() -> None:
    sooner = OtherLimit(limit=TimeLimit(18, W), words=("bản mới", "new"), since=date(2025, 7, 25))
    later = OtherLimit(limit=TimeLimit(18, W), words=("bản mới", "new"), since=date(2025, 7, 26))
    assert codes(TimeLimit(8, W), "2025-07-01T09:00", "2025-07-25", later) == ["unknown"]
    assert codes(TimeLimit(8, W), "2025-07-01T09:00", "2025-07-25", sooner) == ["other_limit"]


def test_a_slip_before_the_law_promises_what_is_not_owed() -> None:
    early = found(TimeLimit(3, W), "2019-04-26T09:00", "2019-05-03")
    late = found(TimeLimit(3, W), "2019-04-26T09:00", "2019-05-06")
    assert (early.days, early.working_days, early.is_early) == (-1, -1, True)
    assert (late.days, late.working_days, late.is_early) == (2, 1, False)
    assert early.minutes is None


def test_hours_differ_by_their_working_minutes() -> None:
    early = found(TimeLimit(4, H), "2019-06-03T10:00", "2019-06-03T14:00")
    assert (early.days, early.working_days, early.minutes, early.is_early) == (0, 0, -120, True)
    assert not found(TimeLimit(4, H), "2019-06-03T10:00", "2019-06-03T16:01").is_early
    assert found(TimeLimit(4, H), "2019-06-03T10:00", "2019-06-04").minutes is None


@pytest.mark.parametrize("printed", ["2019-06-03T11:00", "2019-06-03T12:00", "2019-06-03T13:00"])
def test_a_closing_and_the_next_opening_are_one_moment(printed: str) -> None:
    deadline = counted(TimeLimit(1, H), "2019-06-03T10:00").lands()
    assert deadline is not None
    assert agrees(slip(printed), deadline, calendar())
    assert not agrees(slip("2019-06-03T13:01"), deadline, calendar())
    assert not agrees(slip("2019-06-03T10:59"), deadline, calendar())


def test_hours_taken_for_days_bear_the_hour_of_receipt_or_of_closing() -> None:
    limit, received = TimeLimit(12, H), "2019-06-03T09:30"
    assert "hours_as_days" in codes(limit, received, "2019-06-05T09:30")
    assert "hours_as_days" in codes(limit, received, "2019-06-05T17:00")
    assert codes(limit, received, "2019-06-05T10:00") == ["unknown"]


def test_a_slip_of_another_century_is_a_slip_of_the_pen() -> None:
    difference = found(TimeLimit(5, W), "2019-06-03T09:00", "2091-06-10")
    assert [reason.code for reason in difference.reasons] == ["unknown"]
    assert (difference.working_days, difference.days > 26_000) == (None, True)
    hours = found(TimeLimit(4, H), "2019-06-03T10:00", "2091-06-03T16:00")
    assert (hours.minutes, hours.working_days) == (None, None)


def test_a_calendar_that_changed_after_printing_is_not_the_softwares_miscount() -> None:
    # DOMAIN 2.5: three days after a slip for Fri 02/01/2026 was printed, that day became a day off.
    variants = Variants(calendar())
    before = variants.without("swap_off", "swap_work")
    printed = Count(limit=TimeLimit(8, W), start=at("2025-12-22T09:00"), calendar=before, rules=CIVIL_CODE)
    now = counted(TimeLimit(8, W), "2025-12-22T09:00")
    difference = compare(slip("2026-01-02"), printed, latest=now)
    assert difference is not None
    assert not difference.is_miscount
    assert [reason.code for reason in difference.reasons] == ["calendar_changed"]
    assert (difference.lawful.due_on.isoformat(), difference.is_early) == ("2026-01-05", True)


def test_a_slip_that_knew_of_the_change_before_our_calendar_did_is_no_miscount_either() -> None:
    before = Variants(calendar()).without("swap_off", "swap_work")
    kept = Count(limit=TimeLimit(8, W), start=at("2025-12-22T09:00"), calendar=before, rules=CIVIL_CODE)
    now = counted(TimeLimit(8, W), "2025-12-22T09:00")
    difference = compare(slip("2026-01-05"), kept, latest=now)
    assert difference is not None
    assert not difference.is_miscount
    assert difference.lawful.due_on.isoformat() == "2026-01-02"


def test_a_changed_calendar_that_moves_nothing_changes_nothing() -> None:
    before = Variants(calendar()).without("swap_off", "swap_work")
    kept = Count(limit=TimeLimit(5, W), start=at("2025-06-02T09:00"), calendar=before, rules=CIVIL_CODE)
    now = counted(TimeLimit(5, W), "2025-06-02T09:00")
    assert compare(slip("2025-06-09"), kept, latest=now) is None
    wrong = compare(slip("2025-06-06"), kept, latest=now)
    assert wrong is not None
    assert wrong.is_miscount


def test_the_date_kept_from_acceptance_is_the_one_compared_with() -> None:
    count = counted(TimeLimit(5, W), "2019-06-03T09:00")
    kept = counted(TimeLimit(4, W), "2019-06-03T09:00").lands()
    assert compare(slip("2019-06-07"), count, lawful=kept) is None
    assert compare(slip("2019-06-10"), count, lawful=kept) is not None


def test_a_pause_is_part_of_the_lawful_count_and_of_the_miscounts() -> None:
    pauses = ((at("2019-06-04T09:00"), at("2019-06-06T09:00")),)
    count = counted(TimeLimit(5, W), "2019-06-03T09:00", pauses=pauses)
    assert compare(slip("2019-06-12"), count) is None
    difference = compare(slip("2019-06-11"), count)
    assert difference is not None
    assert difference.reasons[0].code == "receipt_counted"


def test_a_miscount_that_lands_nowhere_explains_nothing() -> None:
    # An office that works on special days only: without them it never works.
    plain = calendar()
    only = type(plain)(
        zone=plain.zone,
        weeks=[type(plain.weeks[0])(windows=((),) * 7)],
        special={day: kept for day, kept in plain.special.items() if kept.windows},
    )
    count = Count(limit=TimeLimit(1, W), start=at("2019-01-07T09:00"), calendar=only, rules=CIVIL_CODE)
    lawful = count.lands()
    assert lawful is not None
    assert lawful.due_on.isoformat() == "2019-05-04"
    assert [reason.code for reason in likely_reasons(slip("2019-05-06"), lawful, count)] == ["unknown"]


def test_a_promise_is_read_as_the_intake_wrote_it_down() -> None:
    assert read_promise("2019-06-17T00:00:00+07:00/day") == Moment(at("2019-06-17"), date_only=True)
    assert read_promise("2019-06-17T16:00:00+07:00") == Moment(at("2019-06-17T16:00"))

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.inbox.dates import MomentError, MomentReader, parse_moment

if TYPE_CHECKING:
    from config.columns import DateOrder

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AFTERNOON = datetime(2019, 5, 31, 7, 0, tzinfo=UTC)  # 14:00 in Vietnam


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("31/05/2019 14:00", AFTERNOON),
        ("31/05/2019 14:00:05", AFTERNOON + timedelta(seconds=5)),
        ("31-05-2019 14:00", AFTERNOON),
        ("14:00 31/05/2019", AFTERNOON),
        ("14:00:05 31/05/2019", AFTERNOON + timedelta(seconds=5)),
        ("2019-05-31T14:00:00", AFTERNOON),
        ("2019-05-31 14:00", AFTERNOON),
        ("2019-05-31T14:00:00.250", AFTERNOON + timedelta(milliseconds=250)),
        ("2019-05-31T14:00:00+07:00", AFTERNOON),
        ("2019-05-31T07:00:00Z", AFTERNOON),
        ("2019-05-31T03:00:00-04:00", AFTERNOON),
        ("31/05/2019 07:00 Z", AFTERNOON),
        ("43616.583333333336", AFTERNOON),
        ("43616,583333", AFTERNOON),
        ("43616.5833", AFTERNOON),
        ("43616.58334", AFTERNOON + timedelta(seconds=1)),
        ("43616.999999999", datetime(2019, 5, 31, 17, 0, tzinfo=UTC)),
        ("1/6/2019 8:05", datetime(2019, 6, 1, 1, 5, tzinfo=UTC)),
        ("31/05/2019 00:00", datetime(2019, 5, 30, 17, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_with_a_time_is_read(text: str, at: datetime) -> None:
    moment = parse_moment(text, VIETNAM, "dmy")
    assert (moment.at, moment.date_only) == (at, False)
    assert moment.at.tzinfo is UTC


@pytest.mark.parametrize("text", ["31/05/2019", "31-05-2019", "2019-05-31", "43616", "43616.0"])
def test_a_date_alone_is_the_local_midnight_that_begins_it(text: str) -> None:
    moment = parse_moment(text, VIETNAM, "dmy")
    assert (moment.at, moment.date_only) == (datetime(2019, 5, 30, 17, 0, tzinfo=UTC), True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm qua",
        "31/02/2019",
        "05/31/2019",
        "31/05/19",
        "31/05-2019",
        "31/05",
        "2019",
        "2019-5-31",
        "20190531",
        "12345678901234567890.5",
        "0043616",
        "31/05/2019 24:00",
        "31/05/2019 14:60",
        "31/05/2019 14",
        "31/05/2019 2:00 PM",
        "31/05/2019X14:00",
        "2019-05-31T14:00:00+7",
        "31/05/0019",
        "31/05/9999",
        "٣١/٠٥/٢٠١٩",
        "-43616",
        "4.3616e4",
        "NaN",
        "31/05/2019 14:00 31/05/2019",
        "T",
        ":",
    ],
)
def test_anything_else_is_refused_with_what_was_found_and_expected(text: str) -> None:
    with pytest.raises(MomentError) as caught:
        parse_moment(text, VIETNAM, "dmy")
    assert caught.value.found == text
    assert "31/05/2019 14:00" in caught.value.expected


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [("dmy", "05/06/2019", date(2019, 6, 5)), ("mdy", "05/06/2019", date(2019, 5, 6))],
)
def test_the_mapping_says_whether_day_or_month_comes_first(order: DateOrder, text: str, day: date) -> None:
    assert parse_moment(text, UTC_ZONE, order).at.date() == day


def test_with_the_order_ymd_only_the_unmistakable_form_is_read() -> None:
    assert parse_moment("2019-06-05", UTC_ZONE, "ymd").date_only
    with pytest.raises(MomentError):
        parse_moment("05/06/2019", UTC_ZONE, "ymd")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("30/03/2019 12:00", datetime(2019, 3, 30, 11, 0, tzinfo=UTC)),
        ("31/03/2019 01:59", datetime(2019, 3, 31, 0, 59, tzinfo=UTC)),
        ("31/03/2019 02:30", datetime(2019, 3, 31, 1, 30, tzinfo=UTC)),  # skipped: the offset before counts
        ("31/03/2019 12:00", datetime(2019, 3, 31, 10, 0, tzinfo=UTC)),
        ("27/10/2019 02:30", datetime(2019, 10, 27, 0, 30, tzinfo=UTC)),  # twice: the first one
        ("27/10/2019 03:00", datetime(2019, 10, 27, 2, 0, tzinfo=UTC)),
        ("43555.5", datetime(2019, 3, 31, 10, 0, tzinfo=UTC)),
    ],
)
def test_local_times_follow_the_clock_changes_of_the_zone(text: str, at: datetime) -> None:
    reader = MomentReader(AMSTERDAM, "dmy")
    assert reader[text].at == at
    assert parse_moment(text, AMSTERDAM, "dmy").at == at


UTC_ZONE = ZoneInfo("UTC")
NAIVE = st.datetimes(datetime(1950, 1, 2), datetime(2199, 12, 30), timezones=st.none())  # noqa: DTZ001 - local
SHAPES = ["%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%H:%M:%S %d/%m/%Y"]


@given(NAIVE, st.sampled_from(SHAPES), st.sampled_from([VIETNAM, AMSTERDAM, ZoneInfo("America/New_York")]))
def test_every_moment_survives_being_written_and_read(naive: datetime, shape: str, zone: ZoneInfo) -> None:
    naive = naive.replace(microsecond=0, fold=0)
    reader = MomentReader(zone, "dmy")
    text = f"{naive:{shape}}"
    # The second look-up goes another way through the reader than the first.
    for moment in (reader[text], reader[text], MomentReader(zone, "dmy")[text]):
        assert moment.at == naive.replace(tzinfo=zone).astimezone(UTC)


@given(NAIVE)
def test_every_minute_survives_being_an_excel_number(naive: datetime) -> None:
    naive = naive.replace(second=0, microsecond=0, fold=0)
    serial = (naive - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - Excel's own day 0
    moment = parse_moment(repr(serial), UTC_ZONE, "dmy")
    assert moment.at == naive.replace(tzinfo=UTC)
    assert moment.date_only == serial.is_integer()


@given(st.text(max_size=25))
def test_no_text_does_anything_but_read_or_refuse(text: str) -> None:
    with suppress(MomentError):
        assert parse_moment(text, VIETNAM, "dmy").at.tzinfo is UTC

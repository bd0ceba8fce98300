"""An iCalendar file as offices export it becomes whole days, or is refused with its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.inbox.faults import SheetError
from workers.inbox.ics import read_ics

TET = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//VPCP//VI\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20270204\r
DTEND;VALUE=DATE:20270211\r
SUMMARY:Tết Nguyên đán\\, Đinh\r
  Mùi\r
DESCRIPTION:Công văn 1/VPCP\\nngày 01/12/2026\r
CATEGORIES:Holiday\r
CATEGORIES:off,x\r
BEGIN:VALARM\r
DESCRIPTION:nhắc\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])


def test_an_event_of_days_has_its_words_unfolded_and_its_end_is_the_day_before() -> None:
    (found,) = read_ics(TET, file="tet.ics")
    assert (found.first, found.last) == (date(2027, 2, 4), date(2027, 2, 10))
    assert found.summary == "Tết Nguyên đán, Đinh Mùi"
    assert found.description == "Công văn 1/VPCP ngày 01/12/2026"
    assert found.categories == ("Holiday", "off", "x")
    assert found.line == 4


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["DTSTART;VALUE=DATE:20270101"], date(2027, 1, 1)),
        (["DTSTART:20270101T000000Z", "DTEND:20270103T000000Z"], date(2027, 1, 2)),
        (["DTSTART;TZID=Asia/Ho_Chi_Minh:20270101T000000", "DURATION:P3D"], date(2027, 1, 3)),
        (["dtstart;value=date:20270101", "duration:P1W"], date(2027, 1, 7)),
    ],
)
def test_an_end_may_be_written_in_several_ways(lines: list[str], last: date) -> None:
    (found,) = read_ics(event(*lines), file="x.ics")
    assert (found.first, found.last) == (date(2027, 1, 1), last)


def test_events_come_in_the_order_of_their_days_and_cancelled_ones_not_at_all() -> None:
    text = "\n".join(
        ["BEGIN:VCALENDAR"]
        + [
            f"BEGIN:VEVENT\nDTSTART:{day}\nSUMMARY:{day}{more}\nEND:VEVENT"
            for day, more in {"20270902": "", "20270101": "", "20270430": "\nSTATUS:CANCELLED"}.items()
        ]
    )
    assert [found.summary for found in read_ics(text, file="x.ics")] == ["20270101", "20270902"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "x.ics: dòng đầu không phải BEGIN:VCALENDAR; cần tệp iCalendar (.ics)."),
        ("date;kind\n", "BEGIN:VCALENDAR"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\n", "x.ics, dòng 2: sự kiện không có END:VEVENT"),
        (event("SUMMARY:x"), "dòng 2: thời điểm ''; cần sự kiện cả ngày"),
        (event("DTSTART:20270230"), "thời điểm '20270230'"),
        (event("DTSTART:20270101T080000"), "thời điểm '20270101T080000'"),
        (event("DTSTART:20270101", "RRULE:FREQ=YEARLY"), "sự kiện lặp lại (RRULE); cần mỗi ngày một sự kiện"),
        (event("DTSTART:20270102", "DTEND:20270102"), "sự kiện từ 2027-01-02 đến 2027-01-01"),
        (event("DTSTART:20270101", "DTEND:20280101"), "đến 2027-12-31; cần một đến 31 ngày"),
        (event("DTSTART:20270101", "DURATION:PT8H"), "DURATION 'PT8H'; cần số ngày, như P5D"),
    ],
)
def test_what_is_no_event_of_whole_days_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_ics(text, file="x.ics")
    assert words in str(caught.value)


@settings(max_examples=200)
@given(at=st.integers(0, len(TET)), length=st.integers(0, 30), piece=st.text(max_size=8))
def test_a_damaged_file_is_read_or_refused(at: int, length: int, piece: str) -> None:
    try:
        found = read_ics(TET[:at] + piece + TET[at + length :], file="x.ics")
    except SheetError:
        return
    assert all(one.first <= one.last for one in found)

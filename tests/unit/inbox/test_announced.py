"""Announced days: what a file says of them, and what kind an event of a swap is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.unit.inbox.test_ics import TET, event
from workers.inbox.announced import read_announcement
from workers.inbox.faults import SheetError

if TYPE_CHECKING:
    from pathlib import Path

    from workers.inbox.announced import Announced

SATURDAY = 5


def by_week(day: date) -> bool:
    return day.weekday() < SATURDAY


def read(folder: Path, name: str, text: str | bytes) -> list[Announced]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_announcement(path, by_week)


def test_an_event_of_seven_days_is_seven_days_off(tmp_path: Path) -> None:
    days = read(tmp_path, "tet.ics", TET)
    assert [day.day.day for day in days] == list(range(4, 11))
    assert {(day.kind, day.name) for day in days} == {("off", "Tết Nguyên đán, Đinh Mùi")}
    assert {day.source for day in days} == {"Công văn 1/VPCP ngày 01/12/2026"}


@pytest.mark.parametrize(
    ("day", "summary", "category", "kind"),
    [
        ("20270901", "Nghỉ lễ", "", "off"),
        ("20270903", "Nghỉ hoán đổi (làm bù thứ Bảy)", "", "swap_off"),
        ("20270911", "Thứ Bảy làm bù cho 03/09", "", "swap_work"),
        ("20270911", "Đi làm", "Làm bù", "swap_work"),
        ("20270503", "Nghỉ bù Quốc tế Lao động", "", "off"),
    ],
)
def test_only_words_of_a_swap_make_one_and_the_week_says_which_way(
    day: str, summary: str, category: str, kind: str, tmp_path: Path
) -> None:
    lines = [f"DTSTART:{day}", f"SUMMARY:{summary}", *([f"CATEGORIES:{category}"] if category else [])]
    (found,) = read(tmp_path, "x.ics", event(*lines))
    assert found.kind == kind


def test_a_csv_has_heads_and_kinds_in_either_language(tmp_path: Path) -> None:
    text = (
        "Ngày;Loại;Tên;Nguồn;Giờ\n02/01/2026;nghỉ hoán đổi;Nghỉ;CV 1;\n\n2026-12-31;short;Ngắn;;07:00-11:00\n"
    )
    first, second = read(tmp_path, "x.csv", b"\xef\xbb\xbf" + text.encode())
    assert (first.day, first.kind, first.name, first.source) == (date(2026, 1, 2), "swap_off", "Nghỉ", "CV 1")
    assert (second.kind, second.hours, second.source, second.line) == ("short", ("07:00-11:00",), "", 4)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.xlsx", "", "đuôi tệp '.xlsx'; cần tệp .ics hoặc .csv"),
        ("x.csv", "", "x.csv, dòng 1: các cột: ; cần date;kind;name;source"),
        ("x.csv", "date;kind\n2026-01-01;off\n", "cần date;kind;name;source"),
        ("x.csv", "date;kind;name\n", "tệp không có ngày nào"),
        ("x.csv", "date;kind;name\n31/02/2026;off;x\n", "dòng 2, cột “date”: có “31/02/2026”; cần ngày"),
        ("x.csv", "date;kind;name\n2026-01-01;of;x\n", "dòng 2, cột “kind”: có “of”; cần off, swap_off"),
        ("x.csv", "date;kind;name\n2026-01-01;off;\n", "cột “name”: để trống"),
        ("x.csv", "date;kind;name;verified\n2026-01-01;off;x;sure\n", "cột “verified”: có “sure”"),
        ("x.csv", 'date;kind;name\n2026-01-01;off;"x\n', "x.csv, dòng 2"),
        ("x.csv", "date;kind;name\n" + "x" * 1_000_000, "lớn hơn 1 MB"),
        ("x.ics", "ồ".encode() + b"\xff", "byte không thuộc bảng mã"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    name: str, text: str | bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(SheetError) as caught:
        read(tmp_path, name, text)
    assert words in str(caught.value)

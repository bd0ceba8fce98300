"""The on-time table: its identities, its rates, its words, and what a terminal shows of it."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from domain.on_time_rate import Counts
from workers.reports.on_time_table import COLUMNS, STANDS, OnTimeTable
from workers.reports.terminal import on_time_view

HANOI = timezone(timedelta(hours=7))
AS_OF = datetime(2019, 6, 15, 8, 0, tzinfo=HANOI)
BUSY = Counts(
    early=10, on_time=5, late=2, resolved_no_limit=3, pending_in_time=4, pending_overdue=1, waiting=6,
    pending_no_limit=7, withdrawn=8,
)  # fmt: skip
number = st.integers(0, 10_000)
counts = st.builds(
    Counts, early=number, on_time=number, late=number, resolved_no_limit=number, pending_in_time=number,
    pending_overdue=number, waiting=number, pending_no_limit=number, withdrawn=number,
)  # fmt: skip


def table(*rows: tuple[str, Counts], **changes: Any) -> OnTimeTable:
    plain: dict[str, Any] = {"office_name": "UBND huyện Mỹ Xuyên", "as_of": AS_OF, "rows": rows}
    return OnTimeTable(**(plain | changes))


def printed(what: OnTimeTable, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=False)
    console.print(on_time_view(what, width=width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@given(st.lists(counts, max_size=6))
def test_the_official_identities_hold_in_every_row_and_in_the_sum(parts: list[Counts]) -> None:
    made = table(*((f"Đơn vị {n}", part) for n, part in enumerate(parts)))
    keys = [key for key, _, _ in COLUMNS]
    for row in made.as_rows():
        cells = {key: int(cell) for key, cell in zip(keys, row[1:], strict=False)}
        assert cells["received"] == cells["resolved"] + cells["pending"]
        assert cells["resolved"] == cells["early"] + cells["on_time"] + cells["late"]
        assert cells["pending"] == cells["pending_in_time"] + cells["waiting"] + cells["pending_overdue"]
    total = made.as_rows()[-1]
    for column in range(1, 1 + len(COLUMNS)):
        assert total[column] == sum(int(row[column]) for row in made.as_rows()[:-1])


def test_a_row_shows_its_counts_and_its_three_rates() -> None:
    assert table(("Phòng Tư pháp", BUSY)).as_rows()[0] == (
        "Phòng Tư pháp", 28, 17, 10, 5, 2, 11, 4, 6, 1, 8, "88,24 %", "53,57 %", "89,29 %",
    )  # fmt: skip


def test_a_rate_between_two_hundredths_is_rounded_half_up() -> None:
    made = table(("A", Counts(on_time=6_667, late=13_333)))  # 33.335 %
    assert made.as_rows()[0][-3] == "33,34 %"


def test_nothing_counted_is_no_rate_and_neither_0_nor_100() -> None:
    made = table(("A", Counts(withdrawn=3, pending_no_limit=2)))
    assert made.as_rows()[0][-3:] == ("—", "—", "—")
    assert made.as_json()["total"]["rates"][0]["percent"] is None
    assert "0 / 0 = —" in printed(made, 140)


def test_the_figures_of_soc_trang_q3_2021_come_out_as_published() -> None:
    made = table(("Trung tâm", Counts(early=8_012, on_time=4_071, late=2, pending_in_time=571)))
    row = made.as_rows()[0]
    assert (row[1], row[2], row[-3], row[-2]) == (12_656, 12_085, "99,98 %", "95,47 %")


def test_the_json_names_every_rate_with_numerator_and_denominator() -> None:
    made = json.loads(json.dumps(table(("A", BUSY), from_day=date(2019, 5, 15)).as_json()))
    assert made["as_of"] == "2019-06-15T08:00:00+07:00"
    assert (made["from"], made["to"]) == ("2019-05-15", None)
    assert made["rows"][0]["early"] == 10
    assert made["rows"][0]["resolved_no_limit"] == 3
    assert [(r["name"], r["numerator"], r["denominator"]) for r in made["total"]["rates"]] == [
        ("rate_resolved", 15, 17), ("rate_received", 15, 28), ("rate_766", 25, 28),
    ]  # fmt: skip
    assert made["stands"] == list(STANDS)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({}, "Toàn bộ hồ sơ, tình trạng đến 08:00 ngày 15/06/2019."),
        (
            {"from_day": date(2019, 5, 15), "to_day": date(2019, 6, 14)},
            "Hồ sơ tiếp nhận từ 15/05/2019 đến 14/06/2019, tình trạng đến",
        ),
        ({"to_day": date(2019, 6, 14)}, "Hồ sơ tiếp nhận đến 14/06/2019, tình trạng"),
    ],
)
def test_the_period_is_said_in_words(bounds: dict[str, date], words: str) -> None:
    assert words in table(**bounds).period


def test_a_naive_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        table(as_of=datetime(2019, 6, 15, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize("width", [160, 120, 100, 80, 60, 50])
def test_no_terminal_is_too_narrow_for_a_column(width: int) -> None:
    big = Counts(
        early=11_111, on_time=22_222, late=33_333, pending_in_time=44_444, pending_overdue=55_555,
        waiting=66_666, withdrawn=77_777,
    )  # fmt: skip
    text = printed(table(("Phòng Lao động – Thương binh và Xã hội", big)), width)
    shown = ["11.111", "22.222", "33.333", "44.444", "55.555", "66.666", "77.777", "233.331", "50,00 %"]
    for cell in (*shown, "14,29 %", "61,90 %"):
        assert text.count(cell) >= 2, cell  # in the unit's row and in the sum
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width


def test_definitions_annex_and_stands_stand_under_the_table() -> None:
    text = " ".join(printed(table(("A", BUSY)), 160).split())
    assert "trước hạn + đúng hạn, trên số đã giải quyết: 15 / 17 = 88,24 %" in text
    assert "Không quy định thời hạn: đã giải quyết 3." in text
    assert "Không quy định thời hạn: đang giải quyết 7." in text
    assert "Rút hồ sơ: 8." in text
    for stand in STANDS:
        assert stand in text


def test_a_unit_name_cannot_paint_the_terminal() -> None:
    text = printed(table(("[red]A[/red]\x1b[2J\x07", BUSY)), 160)
    assert "[red]A[/red]" in text
    assert "\x1b" not in text
    assert "\x07" not in text

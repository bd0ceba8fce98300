"""The counts behind the on-time table: every dossier stands in exactly one cell, at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.on_time_rate import Counts
from tests.builders import OFFICE, local, row
from workers.use_cases.overview import counts_by_unit

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def counts(office: OfficeAtWork, now: str, **period: str) -> dict[str, Counts]:
    moments = {name: local(text) for name, text in period.items()}
    return dict(counts_by_unit(office.store, OFFICE, now=local(now), **moments)[1])


@pytest.fixture
def busy(office: OfficeAtWork) -> OfficeAtWork:
    """One dossier of every kind in the land section, and one elsewhere."""
    done = {"status": "Đã xử lý xong"}
    office.take_in(
        row("early", finished="14/06/2019 10:00", **done),
        row("on-time", finished="17/06/2019 10:00", **done),
        row("late", finished="18/06/2019 00:00", **done),
        row("no-limit", procedure="1.003", finished="14/06/2019 10:00", **done),
        row("refused", status="Từ chối", status_at="14/06/2019 10:00"),
        row("withdrawn", status="Đã rút", status_at="14/06/2019 10:00"),
        row("open"),
        row("younger", accepted="10/06/2019 08:00"),
        row("waiting", status="Tạm dừng", status_at="14/06/2019 10:00"),
        row("stopped-late", status="Tạm dừng", status_at="19/06/2019 10:00"),
        row("open-no-limit", procedure="1.003"),
        row("elsewhere", unit="civil", officer="civil.1"),
        now="20/06/2019 09:00",
    )
    return office


def test_every_dossier_stands_in_one_cell(busy: OfficeAtWork) -> None:
    found = counts(busy, "20/06/2019 09:00")
    assert found["Phòng Đất đai"] == Counts(
        early=2,
        on_time=1,
        late=1,
        resolved_no_limit=1,
        withdrawn=1,
        pending_overdue=2,
        pending_in_time=1,
        waiting=1,
        pending_no_limit=1,
        refused=1,
        suspended=1,
    )
    assert found["Phòng Tư pháp"] == Counts(pending_overdue=1)
    assert found["Lãnh đạo"] == Counts()


def test_the_parts_are_the_whole_whatever_the_moment(busy: OfficeAtWork) -> None:
    for now in ("20/06/2019 09:00", "24/06/2019 23:59", "25/06/2019 00:00", "01/12/2019 00:00"):
        total = sum(counts(busy, now).values(), Counts())
        cells = (
            total.early
            + total.on_time
            + total.late
            + total.resolved_no_limit
            + total.withdrawn
            + total.pending_in_time
            + total.pending_overdue
            + total.waiting
            + total.pending_no_limit
        )
        assert cells == 12
        assert total.received == total.resolved + total.pending


def test_a_dossier_is_overdue_from_its_due_date_on_and_not_a_moment_before(busy: OfficeAtWork) -> None:
    # "younger" was received on 10 June and is due on the 24th.
    assert counts(busy, "24/06/2019 23:59")["Phòng Đất đai"].pending_in_time == 1
    assert counts(busy, "25/06/2019 00:00")["Phòng Đất đai"].pending_in_time == 0


def test_a_period_is_half_open(busy: OfficeAtWork) -> None:
    def received(begin: str, end: str) -> int:
        found = counts(busy, "20/06/2019 09:00", begin=begin, end=end)
        return found["Phòng Đất đai"].received

    assert received("10/06/2019 08:00", "11/06/2019") == 1
    assert received("10/06/2019 08:01", "11/06/2019") == 0
    assert received("01/06/2019", "10/06/2019 08:00") == 7
    assert received("01/06/2019", "10/06/2019 08:00") + received("10/06/2019 08:00", "01/07/2019") == 8


def test_the_clocks_and_the_table_say_the_same_of_what_is_open(busy: OfficeAtWork) -> None:
    now = "20/06/2019 09:00"
    total = sum(counts(busy, now).values(), Counts())
    with busy.store.read(OFFICE) as work:
        summary = work.clocks.summary(now=local(now))
    assert summary["open"] == total.pending + total.pending_no_limit
    assert summary["overdue"] == total.pending_overdue

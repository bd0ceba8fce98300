"""A sweep finds by state, hands out once, and finds again what got lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TYPE_CHECKING

from tests.builders import LEASE, OFFICE, local, row
from workers.use_cases.signs import Run
from workers.use_cases.sweep import batches, sweep_dossiers, sweep_notices

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork


def test_a_sweep_finds_what_has_come_due_and_hands_it_out_once(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B", accepted="31/05/2019 08:00"))
    assert office.sweep(now="12/06/2019 06:59") == []
    assert office.sweep(now="12/06/2019 07:00") == ["B"]
    assert office.sweep(now="12/06/2019 07:01") == []


def test_a_batch_that_got_lost_is_found_again_after_its_lease(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert office.sweep(now="13/06/2019 07:00") == ["HS-1"]
    assert office.sweep(now="13/06/2019 07:01") == []
    assert office.sweep(now="13/06/2019 07:02") == ["HS-1"]


def test_what_was_acted_on_is_not_found_before_its_next_rung(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.act(*office.sweep(now="13/06/2019 07:00"), now="13/06/2019 07:00")
    assert office.sweep(now="17/06/2019 06:59") == []
    assert office.sweep(now="17/06/2019 07:00") == ["HS-1"]


def test_a_weekend_without_beat_loses_nothing(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B", accepted="27/05/2019 08:00"), now="03/06/2019 09:00")
    assert sorted(office.sweep(now="30/06/2019 07:00")) == ["A", "B"]


def test_nothing_due_still_leaves_a_sign_of_life(office: OfficeAtWork) -> None:
    office.sweep(now="13/06/2019 07:00")
    with office.store.read(OFFICE) as work:
        beat = work.journal.heartbeats()["sweep_dossiers"]
    assert (beat.at, Run(**beat.data)) == (local("13/06/2019 07:00"), Run())


def test_a_sweep_says_how_many_rows_it_read_took_and_left(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"), row("C"))
    now = local("13/06/2019 07:00")
    sweep_dossiers(office.store, OFFICE, now=now, lease=LEASE, took=lambda: 0.25, limit=2)
    assert ran(office, "sweep_dossiers") == Run(seen=2, due=3, claimed=2, truncated=True, seconds=0.25)
    sweep_dossiers(office.store, OFFICE, now=now, lease=LEASE, limit=1)
    assert ran(office, "sweep_dossiers") == Run(seen=1, due=1, claimed=1), "nothing is left"
    office.act("A", "B", "C", now="13/06/2019 22:00")
    morning = local("14/06/2019 07:00")
    sweep_notices(office.store, OFFICE, now=morning, lease=LEASE, limit=2)
    assert ran(office, "sweep_notices") == Run(seen=2, due=3, claimed=2, truncated=True)


def ran(office: OfficeAtWork, name: str) -> Run:
    with office.store.read(OFFICE) as work:
        return Run(**work.journal.heartbeats()[name].data)


def test_a_closed_dossier_and_one_that_stands_still_are_not_found(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"))
    office.take_in(
        row("A", finished="04/06/2019 10:00", status="Đã xử lý xong"),
        row("B", status="Tạm dừng", status_at="04/06/2019 10:00"),
        now="05/06/2019 09:00",
    )
    assert office.sweep(now="30/06/2019 07:00") == []


def test_sweeps_at_once_hand_each_dossier_out_once(office: OfficeAtWork) -> None:
    codes = {f"HS-{n:03d}" for n in range(120)}
    office.take_in(*(row(code) for code in sorted(codes)))
    now = local("13/06/2019 07:00")
    with ThreadPoolExecutor(6) as threads:
        found = list(
            threads.map(lambda _: sweep_dossiers(office.store, OFFICE, now=now, lease=LEASE), range(6))
        )
    everything = list(chain(*found))
    assert len(everything) == len(set(everything)) == len(codes)


def test_a_sweep_takes_no_more_than_its_most_the_soonest_first(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B", accepted="31/05/2019 08:00"), row("C"))
    with office.store.begin(OFFICE) as work:
        now = local("13/06/2019 07:00")
        assert work.clocks.take_due(now=now, until=now + LEASE, limit=1) == ["B"]
        assert len(work.clocks.take_due(now=now, until=now + LEASE, limit=9)) == 2


def test_a_notice_whose_morning_has_come_is_found(office: OfficeAtWork) -> None:
    office.take_in(row(unit="civil", officer="civil.1"))
    office.act(now="13/06/2019 22:00")
    (notice,) = office.notices()

    def sweep(now: str) -> list[int]:
        return sweep_notices(office.store, OFFICE, now=local(now), lease=LEASE)

    assert sweep("14/06/2019 06:59") == []
    assert sweep("14/06/2019 07:00") == [notice.id]
    assert sweep("14/06/2019 07:01") == []
    assert sweep("14/06/2019 07:02") == [notice.id]


def test_batches_keep_every_item_in_order() -> None:
    assert list(batches([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(batches([], 2)) == []

"""Lists come in: what is new, what cannot be, what came before; twice, at once, and half."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, refusals, row, write_list
from tests.databases import connect
from workers.inbox.faults import SheetError
from workers.use_cases.intake import BATCH

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.use_cases.intake import ImportReport

MANY = BATCH + 500
"""More than one batch."""


def test_a_new_dossier_is_accepted_with_its_due_date_and_its_next_moment(office: OfficeAtWork) -> None:
    report = office.take_in(row()).report
    assert report.counts() == {
        "rows": 1,
        "accepted": 1,
        "changed": 0,
        "unchanged": 0,
        "not_accepted": 0,
        "events": 1,
        "refused": 0,
    }
    clock = office.clock()
    assert clock is not None
    assert clock.due_at == local("18/06/2019 00:00")
    assert clock.next_action_at == local("13/06/2019 07:00")
    assert office.stored().due_original == local("18/06/2019 00:00")
    assert office.moments() == [("accepted", "03/06/2019 08:00")]


def test_the_same_list_twice_changes_nothing(office: OfficeAtWork, database_url: str) -> None:
    rows = [row(f"HS-{n}", promised="17/06/2019") for n in range(5)]
    office.take_in(*rows)
    before = versions_of_rows(database_url)
    report = office.take_in(*rows, now="04/06/2019 09:00").report
    assert (report.rows, report.unchanged, report.events) == (5, 5, 0)
    assert versions_of_rows(database_url) == before


def versions_of_rows(url: str) -> list[object]:
    """Return every row; on PostgreSQL with who wrote it: an update with the same values shows."""
    found: list[object] = []
    for table in ("dossier_events", "dossiers", "clocks", "notices"):
        if url.startswith("sqlite"):
            with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
                found += file.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608 - our own names
        else:
            with connect(url) as server:
                query = f"SELECT ctid, xmin, * FROM {table} ORDER BY 1"  # noqa: S608 - our own names
                found += server.execute(query.encode()).fetchall()
    return found


def test_a_row_that_cannot_be_is_refused_and_harms_no_other(office: OfficeAtWork) -> None:
    taken = office.take_in(
        row("A", procedure="9.999"),
        row("B", unit="Phòng Đất"),
        row("C"),
        row("C", officer="land.2"),
        row("D", finished="02/06/2019", status="Đã xử lý xong"),
        row("E", accepted="04/06/2019"),
        row("F", accepted="33/06/2019"),
        row("G", status="Đang bay"),
        row("", officer="land.2"),
        row("H"),
    )
    report = taken.report
    assert (report.rows, report.accepted, len(report.refused)) == (10, 2, 8)
    assert [line for line, _ in report.refused] == [2, 3, 5, 6, 7, 8, 9, 10]
    signs = ["9.999", "Phòng Đất đai", "dòng 4", "trước ngày tiếp nhận"]
    signs += ["tương lai", "33/06", "Đang bay", "Mã hồ sơ"]
    for text, sign in zip(refusals(taken), signs, strict=True):
        assert sign in text
    assert office.kinds("C") == ["accepted"]
    assert office.kinds("H") == ["accepted"]
    assert office.stored("C").dossier.officer == "land.1"


def test_the_refused_rows_can_be_corrected_and_go_in(office: OfficeAtWork) -> None:
    taken = office.take_in(row("A"), row("B", procedure="9.999"))
    assert taken.rejects is not None
    text = taken.rejects.read_text(encoding="utf-8-sig")
    assert "A;" not in text
    taken.rejects.write_text(text.replace("9.999", "1.001"), encoding="utf-8-sig")
    again = office.import_path(taken.rejects, now="03/06/2019 10:00")
    assert (again.report.accepted, again.rejects) == (1, None)
    assert office.kinds("B") == ["accepted"]


def test_a_list_without_faults_leaves_no_reject_file(office: OfficeAtWork) -> None:
    taken = office.take_in(row())
    assert taken.rejects is None
    assert sorted(path.name for path in office.folder.glob("*.csv")) == ["list-1.csv"]


def test_a_file_that_is_no_list_changes_nothing(office: OfficeAtWork, tmp_path: Path) -> None:
    path = tmp_path / "no-list.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(SheetError, match="no-list"):
        office.import_path(path, now="03/06/2019 09:00")
    with office.store.read(OFFICE) as work:
        assert work.dossiers.count() == 0
        assert work.journal.last_import() is None


def test_an_import_is_remembered_with_its_counts(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B", procedure="9"))
    with office.store.read(OFFICE) as work:
        last = work.journal.last_import()
    assert last is not None
    assert last[0] == "list-1.csv"
    assert last[1] == local("03/06/2019 09:00")
    assert (last[2]["accepted"], last[2]["refused"]) == (1, 1)


def test_two_imports_at_once_give_each_dossier_once(office: OfficeAtWork, tmp_path: Path) -> None:
    rows = [row(f"HS-{n:04d}") for n in range(300)]
    paths = [write_list(tmp_path / f"at-once-{n}.csv", rows[n * 20 :] + rows[: n * 20]) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda path: office.import_path(path, now="03/06/2019 09:00"), paths))
    assert sum(entry.report.accepted for entry in taken) == 300
    assert sum(entry.report.unchanged for entry in taken) == 900
    assert all(not entry.report.refused for entry in taken)
    with office.store.read(OFFICE) as work:
        assert work.dossiers.count() == 300
        assert len(work.clocks.load([entry["code"] for entry in rows])) == 300
    assert all(office.kinds(f"HS-{n:04d}") == ["accepted"] for n in range(0, 300, 37))


def test_two_lists_at_once_in_opposite_order_do_not_wait_for_each_other_for_ever(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    rows = [row(f"HS-{n:05d}") for n in range(3_000)]
    paths = [write_list(tmp_path / f"order-{n}.csv", rows[:: 1 - 2 * n]) for n in range(2)]
    together = Barrier(2)

    def take_in(path: Path) -> int:
        together.wait()
        return office.import_path(path, now="03/06/2019 09:00").report.accepted

    with ThreadPoolExecutor(2) as threads:
        assert sum(threads.map(take_in, paths)) == len(rows)


def test_the_same_change_seen_by_two_imports_at_once_is_recorded_once(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    codes = [f"HS-{n:03d}" for n in range(60)]
    office.take_in(*(row(code) for code in codes))
    rows = [row(code, finished="04/06/2019 10:00", status="Đã xử lý xong") for code in codes]
    paths = [write_list(tmp_path / f"done-{n}.csv", rows[:: 1 - 2 * n]) for n in range(2)]
    with ThreadPoolExecutor(2) as threads:
        taken = list(threads.map(lambda path: office.import_path(path, now="05/06/2019 09:00"), paths))
    assert sum(entry.report.events for entry in taken) == 60
    assert all(office.kinds(code) == ["accepted", "finished"] for code in codes)


class KilledError(Exception):
    """Stand for a process that is killed."""


def test_an_import_that_breaks_off_goes_on_where_it_stopped(office: OfficeAtWork, tmp_path: Path) -> None:
    path = write_list(tmp_path / "long.csv", (row(f"HS-{n:05d}") for n in range(MANY)))

    def die(_: ImportReport) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        office.import_path(path, now="03/06/2019 09:00", progress=die)
    with office.store.read(OFFICE) as work:
        first = work.dossiers.count()
    assert 0 < first < MANY
    report = office.import_path(path, now="03/06/2019 10:00").report
    assert (report.accepted, report.unchanged) == (MANY - first, first)
    with office.store.read(OFFICE) as work:
        assert work.dossiers.count() == MANY
        assert work.clocks.summary(now=local("03/06/2019 10:00"))["open"] == MANY


def test_a_duplicate_is_seen_however_far_apart_its_lines_are(office: OfficeAtWork, tmp_path: Path) -> None:
    rows = [row(f"HS-{n:05d}") for n in range(MANY)] + [row("HS-00000", officer="land.2")]
    report = office.import_path(write_list(tmp_path / "far.csv", rows), now="03/06/2019 09:00").report
    assert report.accepted == MANY
    assert [line for line, _ in report.refused] == [MANY + 2]


def test_every_row_is_counted_once(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"))
    report = office.take_in(
        row("A"),
        row("B", officer="land.2"),
        row("C"),
        row("D", procedure="9"),
        row("E", accepted="gì đó"),
        row("E"),
        row("C"),
        now="04/06/2019 09:00",
    ).report
    parts = report.accepted + report.changed + report.unchanged + len(report.refused)
    assert report.rows == parts == 7


def test_a_procedure_may_be_named_and_a_unit_spelt_in_its_own_way(office: OfficeAtWork) -> None:
    office.take_in(row(procedure="Thủ tục  1.001", unit="P. ĐẤT ĐAI"))
    dossier = office.stored().dossier
    assert (dossier.procedure, dossier.unit) == ("1.001", "land")


def test_a_procedure_without_a_limit_has_a_clock_but_no_due_date(office: OfficeAtWork) -> None:
    office.take_in(row(procedure="1.003"))
    clock = office.clock()
    assert clock is not None
    assert (clock.due_at, clock.next_action_at) == (None, None)
    assert office.sweep(now="01/12/2019 09:00") == []


def test_a_limit_in_hours_needs_the_hour_of_receipt(office: OfficeAtWork) -> None:
    taken = office.take_in(row("A", procedure="1.002", accepted="03/06/2019"), row("B", procedure="1.002"))
    assert [line for line, _ in taken.report.refused] == [2]
    clock = office.clock("B")
    assert clock is not None
    assert clock.due_at == local("03/06/2019 14:00")


def test_a_dossier_finished_before_it_was_first_seen_comes_in_closed(office: OfficeAtWork) -> None:
    cells = {"finished": "17/06/2019 16:59", "returned": "19/06/2019", "status": "Đã trả"}
    report = office.take_in(row(**cells), now="20/06/2019 09:00").report
    assert (report.accepted, report.events) == (1, 3)
    stored = office.stored()
    assert (stored.timing, stored.due_judged) == ("on_time", local("18/06/2019 00:00"))
    assert office.clock() is None
    assert office.kinds() == ["accepted", "finished", "returned"]


@pytest.mark.parametrize(
    ("finished", "timing"),
    [
        ("14/06/2019 23:59", "early"),
        ("17/06/2019 00:00", "on_time"),
        ("17/06/2019", "on_time"),
        ("17/06/2019 23:59", "on_time"),
        ("18/06/2019 00:00", "late"),
        ("18/06/2019", "late"),
    ],
)
def test_a_result_is_judged_at_both_sides_of_its_due_date(
    office: OfficeAtWork, finished: str, timing: str
) -> None:
    office.take_in(row(finished=finished, status="Đã xử lý xong"), now="20/06/2019 09:00")
    assert office.stored().timing == timing


def test_what_lies_in_the_future_by_a_minute_is_refused_and_now_is_not(office: OfficeAtWork) -> None:
    taken = office.take_in(
        row("A", accepted="03/06/2019 09:00"), row("B", accepted="03/06/2019 09:01"), now="03/06/2019 09:00"
    )
    assert [line for line, _ in taken.report.refused] == [3]
    assert office.kinds("A") == ["accepted"]

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.snapshot import SnapshotRow
from workers.inbox.csv_records import bare
from workers.inbox.faults import BadRow, CellProblem
from workers.inbox.rejects import RejectFile, safe
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config.columns import ColumnMapping

    Read = Callable[[Path], list[SnapshotRow | BadRow]]

HEADER = ["Mã hồ sơ", "Thủ tục", "Ngày tiếp nhận", "Ghi chú"]


def refused(line: int, *cells: str) -> BadRow:
    return BadRow(
        line, cells, (CellProblem("Ngày tiếp nhận", "mai", "ngày"), CellProblem("", "dòng lạ", "x"))
    )


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def test_without_a_bad_row_there_is_no_file(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "loi.csv", HEADER) as rejects:
        pass
    assert rejects.count == 0
    assert list(tmp_path.iterdir()) == []


def test_bad_rows_stand_with_their_line_and_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "loi.csv"
    with RejectFile(path, HEADER) as rejects:
        rejects.write(refused(7, "A", "TT", "mai", "dòng 1\ndòng 2"))
        assert not path.exists()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, row = table(path)
    assert head == [*HEADER, "dòng", "lỗi"]
    assert row[:5] == ["A", "TT", "mai", "dòng 1\ndòng 2", "7"]
    assert row[5] == "cột “Ngày tiếp nhận”: có “mai”, cần ngày; dòng lạ, cần x"


def test_a_failure_in_between_leaves_no_half_file(tmp_path: Path) -> None:
    def fail_after_the_first_row() -> None:
        with RejectFile(tmp_path / "loi.csv", HEADER) as rejects:
            rejects.write(refused(2, "A"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_the_first_row()
    assert list(tmp_path.iterdir()) == []


def test_cells_that_a_spreadsheet_would_run_are_neutralised(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "loi.csv", HEADER) as rejects:
        rejects.write(refused(2, "=cmd|' /C calc'!A0", "+84", "-1", "@x"))
        rejects.write(refused(3, "\tx", "\rx", "'=x", "a=b"))
    assert [row[:4] for row in table(tmp_path / "loi.csv")[1:]] == [
        ["'=cmd|' /C calc'!A0", "'+84", "'-1", "'@x"],
        ["'\tx", "'\rx", "''=x", "a=b"],
    ]


def test_a_corrected_reject_file_is_a_list_again(
    tmp_path: Path, read: Read, mappings: tuple[ColumnMapping, ...]
) -> None:
    original = tmp_path / "ds.csv"
    original.write_text(
        "\n".join([";".join(HEADER), "=A-1;-TT;mai;@x", "B;TT;31/05/2019;"]), encoding="utf-8"
    )
    rows = read(original)
    with RejectFile(tmp_path / "loi.csv", open_sheet(original, mappings).header) as rejects:
        for row in rows:
            if isinstance(row, BadRow):
                rejects.write(row)
    assert rejects.count == 1
    text = (tmp_path / "loi.csv").read_text(encoding="utf-8")
    (tmp_path / "loi.csv").write_text(text.replace("mai;", "31/05/2019;", 1), encoding="utf-8")
    [corrected] = read(tmp_path / "loi.csv")
    assert isinstance(corrected, SnapshotRow)
    assert (corrected.code, corrected.procedure) == ("=A-1", "-TT")


def test_a_second_round_replaces_line_and_fault_of_the_first(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "loi.csv", ["Mã hồ sơ", "Dòng", "LỖI", "Ghi chú"]) as rejects:
        rejects.write(refused(9, "A", "2", "lỗi cũ", "x"))
    head, row = table(tmp_path / "loi.csv")
    assert head == ["Mã hồ sơ", "Ghi chú", "dòng", "lỗi"]
    assert row[:3] == ["A", "x", "9"]


def test_a_row_with_too_few_or_too_many_cells_loses_none(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "loi.csv", HEADER) as rejects:
        rejects.write(refused(2, "A"))
        rejects.write(refused(3, "A", "B", "C", "D", "E"))
    _, short, long = table(tmp_path / "loi.csv")
    assert short[:4] == ["A", "", "", ""]
    assert long[:4] == ["A", "B", "C", "D"]
    assert long[-1] == "E"


@given(st.text(alphabet="'=+-@\t\rab "))
def test_neutralising_can_always_be_undone(cell: str) -> None:
    assert bare(safe(cell)) == cell
    assert not safe(cell).startswith(("=", "+", "-", "@", "\t", "\r"))

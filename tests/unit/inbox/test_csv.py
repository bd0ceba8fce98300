from __future__ import annotations

import codecs
import tracemalloc
import unicodedata
from typing import TYPE_CHECKING

import pytest

from domain.snapshot import SnapshotRow
from workers.inbox.faults import BadRow, SheetError
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from config.columns import ColumnMapping

    Read = Callable[[Path], list[SnapshotRow | BadRow]]

HEAD = "Mã hồ sơ;Tên thủ tục;Ngày tiếp nhận;Đơn vị xử lý\n"
TEXT = HEAD + "0012;Đính chính giấy chứng nhận;31/05/2019 14:00;Phòng Tài nguyên và Môi trường\n"


def row(code: str, extra: str = "") -> str:
    return f"{code};TT;31/05/2019;Phòng{extra}\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def codes(rows: list[SnapshotRow | BadRow]) -> list[str]:
    return [found.code for found in rows if isinstance(found, SnapshotRow)]


def bad(rows: list[SnapshotRow | BadRow]) -> list[BadRow]:
    return [found for found in rows if isinstance(found, BadRow)]


def as_windows_1258(text: str) -> bytes:
    """Write as Windows does: base letters with their hats are one byte, tones follow as another."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    written = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in tones)
        written += unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone
    return written.encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        as_windows_1258(TEXT),
        unicodedata.normalize("NFD", TEXT).encode("utf-8"),
        TEXT.replace("\n", "\r\n").encode("utf-8"),
        TEXT.replace("\n", "\r").encode("utf-8"),
        TEXT.replace(";", ",").encode("utf-8"),
        TEXT.replace(";", "\t").encode("utf-8"),
        ("\n" + TEXT + "\n ; ; ; \n").encode("utf-8"),
    ],
    ids=["utf8", "bom", "utf16le", "utf16be", "cp1258", "nfd", "crlf", "cr", "comma", "tab", "blank lines"],
)
def test_every_way_to_write_the_same_list_reads_the_same(tmp_path: Path, read: Read, content: bytes) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes(content)
    [found] = read(path)
    assert isinstance(found, SnapshotRow)
    assert (found.code, found.procedure) == ("0012", "Đính chính giấy chứng nhận")
    assert found.unit == "Phòng Tài nguyên và Môi trường"
    assert found.accepted_at.at.isoformat() == "2019-05-31T07:00:00+00:00"
    assert found.digest == read(written(tmp_path / "plain.csv", TEXT))[0].digest  # type: ignore[union-attr]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path, read: Read) -> None:
    text = "DANH SÁCH HỒ SƠ\n\n" + HEAD + row("A") + '"B";"nhiều\ndòng";31/05/2019;P\n' + "\n" + row("C")
    assert [found.line for found in read(written(tmp_path / "ds.csv", text))] == [4, 5, 8]


def test_a_cell_of_ten_megabytes_costs_only_its_row(tmp_path: Path, read: Read) -> None:
    huge = "x" * 10_000_000
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A") + row("B", huge) + row("C")))
    assert codes(rows) == ["A", "C"]
    [refused] = bad(rows)
    assert refused.line == 3
    assert refused.cells[0] == "B"
    assert "1 MiB" in str(refused.problems[0])


@pytest.mark.parametrize("size", [40_000, 200_000])
@pytest.mark.parametrize("mark", ["", '"'])
def test_a_cell_above_32_kib_costs_only_its_row(tmp_path: Path, read: Read, size: int, mark: str) -> None:
    huge = f"B;{mark}{'x' * size}{mark};31/05/2019;P\n"
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A") + huge + row("C")))
    assert codes(rows) == ["A", "C"]
    assert [(refused.line, "32.768" in str(refused.problems[0])) for refused in bad(rows)] == [(3, True)]


def test_a_monstrous_cell_over_many_lines_costs_only_its_row(tmp_path: Path, read: Read) -> None:
    huge = 'B;"' + "một dòng\n" * 500_000 + '";31/05/2019;P\n'
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A") + huge + row("C")))
    assert codes(rows) == ["A", "C"]
    assert [refused.line for refused in bad(rows)] == [3]


def test_a_mark_that_is_never_closed_costs_only_its_row(tmp_path: Path, read: Read) -> None:
    many = "".join(row(f"C{number}") for number in range(60_000))
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A") + 'B;"TT;31/05/2019;P\n' + many))
    assert len(codes(rows)) == 60_001
    assert [refused.line for refused in bad(rows)] == [3]


def test_a_mark_closed_by_a_later_row_does_not_swallow_it(tmp_path: Path, read: Read) -> None:
    text = HEAD + 'A;TT;31/05/2019;"P\n' + 'B;TT;31/05/2019;"Q"\n' + row("C")
    rows = read(written(tmp_path / "ds.csv", text))
    assert codes(rows) == ["B", "C"]
    assert [refused.line for refused in bad(rows)] == [2]


def test_a_row_cut_off_in_the_middle_is_refused(tmp_path: Path, read: Read) -> None:
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A") + "B;TT;31/05/20"))
    assert codes(rows) == ["A"]
    assert "3 ô" in str(bad(rows)[0].problems[0])


def test_empty_cells_behind_the_last_column_do_no_harm(tmp_path: Path, read: Read) -> None:
    rows = read(written(tmp_path / "ds.csv", HEAD + row("A", ";;") + row("B", ";x")))
    assert codes(rows) == ["A"]
    assert "5 ô" in str(bad(rows)[0].problems[0])


def test_one_wrong_byte_costs_only_its_row(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes((HEAD + row("A")).encode() + b"B;T\xffT;31/05/2019;P\n" + row("C").encode())
    rows = read(path)
    assert codes(rows) == ["A", "C"]
    assert bad(rows)[0].line == 3


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ds.csv", b"", "rỗng"),
        ("ds.csv", b"\xef\xbb\xbf\r\n\r\n", "không có dữ liệu"),
        ("ds.csv", b"%PDF-1.7\n", "PDF"),
        ("ds.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        ("ds.csv", b"a;b\x00c\n", "nhị phân"),
        ("ds.csv", "Mã hồ sơ".encode("utf-16-le"), "BOM"),
        ("ds.csv", b"M\xe3 \x8d\n", "0x8D"),
        ("ds.pdf", TEXT.encode(), "đuôi tệp “.pdf”"),
        ("ds.xlsx", b"PK\x03\x04 no zip", "xlsx"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...], name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SheetError) as caught:
        open_sheet(path, mappings)
    assert says in str(caught.value)
    assert str(caught.value).startswith(name)


def test_missing_columns_are_named_with_their_nearest_spelling(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...]
) -> None:
    path = written(
        tmp_path / "ds.csv", "Danh sách\n" + HEAD.replace("Ngày tiếp nhận", "Ngày tiếp nhân") + row("A")
    )
    with pytest.raises(SheetError) as caught:
        open_sheet(path, mappings)
    assert caught.value.line == 2
    assert "“Đơn vị xử lý”" in caught.value.found
    assert "“Ngày tiếp nhận” (gần giống “Ngày tiếp nhân”)" in caught.value.expected
    assert "mot-cua.toml" in caught.value.advice


def test_two_columns_of_one_name_are_refused(tmp_path: Path, mappings: tuple[ColumnMapping, ...]) -> None:
    path = written(tmp_path / "ds.csv", HEAD.strip() + ";MÃ HỒ SƠ\n")
    with pytest.raises(SheetError) as caught:
        open_sheet(path, mappings)
    assert (caught.value.line, caught.value.column) == (1, "Mã hồ sơ")


def test_the_second_software_is_known_by_its_heads(
    tmp_path: Path, mappings: tuple[ColumnMapping, ...]
) -> None:
    path = written(tmp_path / "ds.csv", "SoHoSo,MaTTHC,NgayNhan,DonVi\n1,2,3,4\n")
    sheet = open_sheet(path, mappings)
    assert sheet.mapping.name == "Phần mềm khác"
    assert sheet.head_of("code") == "SoHoSo"
    assert "NgayHenTra" in sheet.absent_heads


def test_a_long_list_is_read_in_constant_memory(tmp_path: Path, mappings: tuple[ColumnMapping, ...]) -> None:
    def peak(count: int) -> int:
        path = written(tmp_path / f"{count}.csv", HEAD + "".join(row(str(number)) for number in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in open_sheet(path, mappings).records()) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(1)
    assert peak(40_000) < 2 * peak(4_000)

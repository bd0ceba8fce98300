"""One list, csv or xlsx, with its head row found and its mapping chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from config.columns import fold
from workers.inbox.csv_records import csv_records
from workers.inbox.encodings import find_encoding
from workers.inbox.faults import SheetError
from workers.inbox.heads import no_head_row
from workers.inbox.xlsx_records import check_bounds, sheet_names, xlsx_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from config.columns import ColumnMapping
    from workers.inbox.csv_records import Record

    _Opener = Callable[[int], Iterator[Record]]  # given the width, the rows from the first one

SUFFIXES: Final = (".csv", ".xlsx")
_HEAD_ROWS: Final = 20
_DELIMITERS: Final = (";", ",", "\t")
_FOREIGN: Final = (
    (b"%PDF", "tệp PDF"),
    (b"\xd0\xcf\x11\xe0", "bảng tính .xls cũ hoặc có mật khẩu"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"Rar!", "tệp nén rar"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold a list that can be read: its heads, where its fields stand, and a way to its rows.

    `header_line` is the physical line (csv) or row (xlsx), 1-based. `columns` gives the 0-based positions of
    each mapped field, the preferred one first.
    """

    path: Path
    mapping: ColumnMapping
    header: tuple[str, ...]
    header_line: int
    columns: Mapping[str, tuple[int, ...]]
    open_records: _Opener

    def records(self) -> Iterator[Record]:
        """Read the rows below the head row from the file, anew with each call, one at a time."""
        records = self.open_records(len(self.header))
        next(record for record in records if record[0] == self.header_line)
        return records

    def head_of(self, field: str) -> str:
        """Name the head of a field as this list has it; of a field it lacks, the preferred one."""
        positions = self.columns.get(field)
        return self.header[positions[0]] if positions else self.mapping.heads.get(field, (field,))[0]

    @property
    def absent_heads(self) -> tuple[str, ...]:
        """Name the heads of mapped fields that this list does not have: what it cannot tell."""
        return tuple(heads[0] for field, heads in self.mapping.heads.items() if field not in self.columns)


def open_sheet(path: Path, mappings: Sequence[ColumnMapping]) -> Sheet:
    """Find out how a file is to be read; nothing below its first 20 rows is judged yet.

    The content decides between csv and xlsx; the name must end in one of them. The head row is the first row
    that has the required columns of a mapping; mappings are tried in their order. Raises SheetError when the
    file cannot be a list, FileNotFoundError when it is gone.
    """
    _check_kind(path)
    openers = _openers(path)
    for opener in openers:
        for line, cells, _ in islice(opener(0), _HEAD_ROWS):
            for mapping in mappings:
                if not mapping.missing_in(cells):
                    return _sheet(path, mapping, cells, line, opener)
    raise no_head_row(path, _first_rows(openers), mappings)


def _check_kind(path: Path) -> None:
    expected = "tệp .csv hoặc .xlsx"
    if path.suffix.lower() not in SUFFIXES:
        raise SheetError(path.name, found=f"đuôi tệp “{path.suffix}”", expected=expected)
    if not path.stat().st_size:
        raise SheetError(path.name, found="tệp rỗng", expected="danh sách hồ sơ có dòng tiêu đề")
    with path.open("rb") as stream:
        start = stream.read(8)
    for mark, kind in _FOREIGN:
        if start.startswith(mark):
            advice = "Hãy xuất lại danh sách dạng .xlsx hoặc .csv."
            raise SheetError(path.name, found=kind, expected=expected, advice=advice)


def _openers(path: Path) -> list[_Opener]:
    with path.open("rb") as stream:
        is_zip = stream.read(4).startswith(b"PK")
    if is_zip:
        check_bounds(path)
        return [partial(xlsx_records, path, name) for name in sheet_names(path)]
    encoding = find_encoding(path)
    return [partial(csv_records, path, encoding, delimiter) for delimiter in _DELIMITERS]


def _first_rows(openers: list[_Opener]) -> list[tuple[int, list[str]]]:
    return [(line, cells) for opener in openers for line, cells, _ in islice(opener(0), _HEAD_ROWS)]


def _sheet(path: Path, mapping: ColumnMapping, cells: list[str], line: int, opener: _Opener) -> Sheet:
    while cells and not cells[-1]:
        cells.pop()
    columns = mapping.columns_of(cells)
    for field, positions in columns.items():
        _refuse_twins(path, line, [cells[position] for position in positions], field)
    return Sheet(
        path=path,
        mapping=mapping,
        header=tuple(cells),
        header_line=line,
        columns=columns,
        open_records=opener,
    )


def _refuse_twins(path: Path, line: int, heads: list[str], field: str) -> None:
    if len({fold(head) for head in heads}) < len(heads):
        raise SheetError(
            path.name,
            line=line,
            column=heads[0],
            found=f"{len(heads)} cột cùng tên",
            expected=f"một cột cho {field}",
            advice="Hãy đổi tên hoặc bỏ cột thừa.",
        )

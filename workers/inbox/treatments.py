"""The register of overdue dossiers, filled in and given back: what its rows say of each dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from config.columns import fold
from domain.nonconformity import FROM_APOLOGY, NAMES, NOTHING, Treatment
from workers.inbox.csv_records import csv_records
from workers.inbox.dates import MomentError, parse_moment
from workers.inbox.encodings import find_encoding
from workers.inbox.faults import SheetError
from workers.inbox.xlsx_records import check_bounds, sheet_names, xlsx_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from workers.inbox.csv_records import Record

CODE: Final = "Mã hồ sơ"
SHEET: Final = "Sổ quá hạn"
_HEAD_ROWS: Final = 20
_HEADS: Final = {fold(text): name for name, text in {"code": CODE, **NAMES}.items()}
_Found = TypeVar("_Found")
_EFFECTS: Final = {"có": True, "không": False, "yes": True, "no": False}


def read_treatments(path: Path, zone: ZoneInfo, titles: Mapping[str, str]) -> dict[str, Treatment]:
    """Return by code what a register says, .csv or .xlsx; cells that are empty say nothing.

    `titles` are those of the office's roles by code; a role may be given by either. A cause taken over from
    an apology is nobody's word. Raises SheetError for the first row that cannot be meant.
    """
    reader = _Reader(path.name, zone, titles)
    for line, cells, fault in _records(path):
        if reader.heads:
            reader.take(line, cells, fault)
        elif not reader.find_heads(cells) and line > _HEAD_ROWS:
            break
    if not reader.heads:
        expected = f"các cột {CODE} và một trong {', '.join(NAMES.values())}"
        raise SheetError(path.name, found="không thấy dòng tiêu đề", expected=expected)
    return reader.said


def _records(path: Path) -> Iterator[Record]:
    if not path.is_file() or path.suffix.lower() not in (".csv", ".xlsx"):
        raise SheetError(path.name, found="không phải tệp .csv, .xlsx có thật", expected="so-qua-han.csv")
    if path.suffix.lower() == ".csv":
        return csv_records(path, find_encoding(path), ";", 0)
    check_bounds(path)
    names = sheet_names(path)
    return xlsx_records(path, SHEET if SHEET in names else names[0], 0)


class _Reader:
    """Read the rows of one file."""

    def __init__(self, file: str, zone: ZoneInfo, titles: Mapping[str, str]) -> None:
        self._file, self._zone = file, zone
        self._roles = {fold(title): code for code, title in titles.items()} | {code: code for code in titles}
        self.heads: dict[str, int] = {}
        self.said: dict[str, Treatment] = {}

    def find_heads(self, cells: list[str]) -> bool:
        """Say whether this row holds the heads."""
        found = {_HEADS[fold(cell)]: place for place, cell in enumerate(cells) if fold(cell) in _HEADS}
        if "code" in found and len(found) > 1:
            self.heads = found
        return bool(self.heads)

    def take(self, line: int, cells: list[str], fault: str) -> None:
        """Take one row; raises SheetError."""
        if fault:
            raise SheetError(self._file, line=line, found=fault, expected="một dòng đọc được")
        row = {
            name: " ".join(cells[place].split()) for name, place in self.heads.items() if place < len(cells)
        }
        code = row.pop("code", "")
        treatment = self._treatment({name: text for name, text in row.items() if text}, line)
        if treatment == NOTHING:
            return
        if not code or code in self.said:
            found = f"mã {code} hai lần" if code else "không có mã"
            raise SheetError(self._file, line=line, column=CODE, found=found, expected="mỗi hồ sơ một dòng")
        self.said[code] = treatment

    def _treatment(self, row: dict[str, str], line: int) -> Treatment:
        cause = row.get("cause")
        return Treatment(
            cause=None if cause is None or cause.startswith(FROM_APOLOGY.strip()) else cause,
            correction=row.get("correction"),
            action=row.get("action"),
            role=self._among(row, "role", self._roles, line),
            due_on=self._day(row, "due_on", line),
            effective=self._among(row, "effective", _EFFECTS, line),
            checked_on=self._day(row, "checked_on", line),
            evidence=row.get("evidence"),
        )

    def _among(self, row: dict[str, str], name: str, known: Mapping[str, _Found], line: int) -> _Found | None:
        text = row.get(name)
        if text is None:
            return None
        if fold(text) not in known:
            raise self._fault(name, text, ", ".join(known), line)
        return known[fold(text)]

    def _day(self, row: dict[str, str], name: str, line: int) -> date | None:
        text = row.get(name)
        if text is None:
            return None
        try:
            moment = parse_moment(text, self._zone)
        except MomentError as error:
            raise self._fault(name, error.found, error.expected, line) from None
        return moment.at.astimezone(self._zone).date()

    def _fault(self, name: str, text: str, expected: str, line: int) -> SheetError:
        return SheetError(
            self._file, line=line, column=NAMES[name], found=f"có “{text[:80]}”", expected=expected
        )

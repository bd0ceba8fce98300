"""From the rows of a list to snapshot rows; every fault of a row at once."""

from __future__ import annotations

from difflib import get_close_matches
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from config.columns import FIELDS, fold
from domain.event import is_code
from domain.snapshot import SnapshotRow
from workers.inbox.dates import EXPECTED, MomentError, MomentReader
from workers.inbox.faults import BadRow, CellProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from config.columns import ColumnMapping
    from workers.inbox.csv_records import Record
    from workers.inbox.sheets import Sheet

_EXPECTED_TEXT: Final = {
    "code": "mã hồ sơ",
    "procedure": "mã hoặc tên thủ tục",
    "unit": "đơn vị xử lý",
    "accepted_at": EXPECTED,
}
_SHOWN_WORDS: Final = 6


def read_rows(sheet: Sheet, mapping: ColumnMapping, zone: ZoneInfo) -> Iterator[SnapshotRow | BadRow]:
    """Read a list row by row, in constant memory; rows whose mapped cells are all empty are skipped.

    Local times are those of `zone`. Refused as BadRow: a row with too few or too many cells, without code,
    procedure, acceptance or (if the mapping wants it) unit, with an unreadable date or an unknown word.
    Dates in the future and unknown units are not judged here. `digest` is BLAKE2b-128 of the mapped cells.
    """
    reader = _RowReader(sheet, mapping, zone)
    read, refuse, width = reader.read, reader.refuse, reader.width
    for record in sheet.records():
        cells = record[1]
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]
        row = read(record) or refuse(record)
        if row:
            yield row


def refuse_rows(sheet: Sheet, problems: Mapping[int, Sequence[CellProblem]]) -> Iterator[BadRow]:
    """Read the list again for the cells of rows refused later, as {line: problems}, in the file's order."""
    for line, cells, _ in sheet.records() if problems else ():
        if line in problems:
            yield BadRow(line, tuple(cells), tuple(problems[line]))


class _Words(dict[str, str | None]):
    """Look the words of a column up as they are written, folding each spelling once."""

    def __init__(self, folded: Mapping[str, str]) -> None:
        super().__init__({"": None})
        self.folded = folded

    def __missing__(self, text: str) -> str | None:
        word = self[text] = self.folded[fold(text)]
        return word


class _RowReader:
    """Hold what is looked up for each row: positions, words, and the moments met so far."""

    def __init__(self, sheet: Sheet, mapping: ColumnMapping, zone: ZoneInfo) -> None:
        self.sheet = sheet
        self.width = len(sheet.header)
        # A field without a column is read from an empty cell that is put behind the last one.
        positions = [sheet.columns.get(field, (self.width,)) for field in FIELDS]
        self.pick = itemgetter(*(places[0] for places in positions))
        self.others = [(index, places[1:]) for index, places in enumerate(positions) if places[1:]]
        self.unit_required = mapping.unit_required and "unit" in sheet.columns
        self.statuses = _Words(mapping.statuses)
        self.channels = _Words(mapping.channels)
        self.moments = MomentReader(zone, mapping.date_order)

    def values(self, cells: list[str]) -> Sequence[str]:
        """Give the text of each field in the order of FIELDS; an empty cell yields to its alternatives."""
        values: Sequence[str] = self.pick([*cells, ""])
        if self.others:
            filled = list(values)
            for index, places in self.others:
                if not filled[index]:
                    filled[index] = next((cells[place] for place in places if cells[place]), "")
            return filled
        return values

    def read(self, record: Record) -> SnapshotRow | None:
        """Make the row, or None when anything is wrong with it; `refuse` then says what."""
        line, cells, fault = record
        if fault or len(cells) != self.width:
            return None
        values = self.values(cells)
        code, procedure, unit, officer, channel, accepted, promised, finished, *others = values
        returned, status, since, commune, limit_case, step, bundle = others
        if not (code and procedure and accepted and (unit or not self.unit_required) and is_code(code)):
            return None
        moments = self.moments
        try:
            return SnapshotRow(
                line=line,
                code=code,
                procedure=procedure,
                unit=unit or None,
                officer=officer or None,
                channel=self.channels[channel],
                commune=commune or None,
                limit_case=limit_case or None,
                step=step or None,
                bundle=bundle or None,
                accepted_at=moments[accepted],
                promised_at=moments[promised] if promised else None,
                finished_at=moments[finished] if finished else None,
                returned_at=moments[returned] if returned else None,
                status=self.statuses[status],
                status_at=moments[since] if since else None,
                digest=blake2b("\x1f".join(values).encode(), digest_size=16).hexdigest(),
            )
        except (MomentError, KeyError):
            return None

    def refuse(self, record: Record) -> BadRow | None:
        """Say everything that is wrong with a row; None for a row without any mapped cell."""
        line, cells, fault = record
        if fault:
            return BadRow(line, tuple(cells), (CellProblem("", fault, "dòng đọc được"),))
        if len(cells) != self.width:
            problem = CellProblem("", f"dòng có {len(cells)} ô", f"{self.width} ô như dòng tiêu đề")
            return BadRow(line, tuple(cells), (problem,))
        values = dict(zip(FIELDS, self.values(cells), strict=True))
        if not any(values.values()):
            return None
        return BadRow(line, tuple(cells), tuple(self._problems(values)))

    def _problems(self, values: Mapping[str, str]) -> Iterator[CellProblem]:
        for field, text in values.items():
            expected = self._expected(field, text)
            if expected:
                yield CellProblem(self.sheet.head_of(field), text, expected)

    def _expected(self, field: str, text: str) -> str:
        """Say what a cell should have been; empty when it is right."""
        if not text:
            is_needed = field != "unit" or self.unit_required
            return _EXPECTED_TEXT.get(field, "") if is_needed else ""
        if field == "code":
            return "" if is_code(text) else "mã hồ sơ, không có khoảng trắng lạ ở giữa"
        if field in {"status", "channel"}:
            words = self.statuses if field == "status" else self.channels
            return "" if fold(text) in words.folded else _one_of(text, words.folded)
        if field.endswith("_at"):
            return self._date_fault(text)
        return ""

    def _date_fault(self, text: str) -> str:
        try:
            self.moments[text]
        except MomentError as error:
            return error.expected
        return ""


def _one_of(text: str, words: Mapping[str, str]) -> str:
    listed = [f"“{word}”" for word in words][:_SHOWN_WORDS]
    near = get_close_matches(fold(text), words, n=1)
    hint = f" (gần giống “{near[0]}”)" if near else ""
    return "một trong các từ " + ", ".join(listed) + ("…" if len(words) > _SHOWN_WORDS else "") + hint

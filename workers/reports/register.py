"""The follow-up register as an official paper: Mẫu 06 of Circular 01/2018/TT-VPCP, A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from workers.reports.printed import Align, Grid, HeadCell, Printed, Row
from workers.reports.printed_file import write_paper

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

NUMBER: Final = "Mẫu số 06, Thông tư 01/2018/TT-VPCP"
TITLE: Final = "Sổ theo dõi hồ sơ"
SHEET: Final = "Sổ theo dõi"
SIGNERS: Final = (
    ("Người ghi sổ", "(Ký, ghi rõ họ tên)"),
    ("Người đứng đầu Bộ phận Một cửa", "(Ký, ghi rõ họ tên)"),
)
MOST_ON_PAPER: Final = 5_000
"""How many rows a pdf may have: some 300 pages; a workbook takes more."""
MOST: Final = 200_000
_TALL: Final = (
    (0, "STT"),
    (1, "Mã hồ sơ"),
    (2, "Tên thủ tục hành chính"),
    (3, "Số bộ"),
    (4, "Tên tổ chức, cá nhân"),
    (5, "Địa chỉ, số điện thoại"),
    (6, "Cơ quan chủ trì giải quyết"),
    (11, "Phương thức nhận kết quả"),
    (12, "Ghi chú"),
)
_DAYS: Final = ("Nhận hồ sơ", "Hẹn trả kết quả", "Có kết quả", "Trả kết quả")
_LEFT: Final[tuple[Align, ...]] = ("left", "left")
_CENTER: Final[tuple[Align, ...]] = ("center",) * 5
_WIDTHS: Final = (5, 28, 32, 5, 16, 16, 22, 12, 12, 12, 12, 11, 16)


class Entry(NamedTuple):
    """Hold one row of the register; days are local, None where there is none yet."""

    code: str
    procedure: str
    unit: str
    accepted: date | None
    appointed: date | None
    finished: date | None
    returned: date | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Hold the register of a period: its local days (inclusive, None: open), the cut-off, its rows."""

    office_name: str
    place: str
    period_name: str
    first: date | None
    last: date | None
    as_of: datetime
    entries: tuple[Entry, ...]

    def paper(self) -> Printed:
        """Return the register as an official paper; what is not stored is left for a pen."""
        days = [f"{word} {day:%d/%m/%Y}" for word, day in (("từ", self.first), ("đến hết", self.last)) if day]
        which = " ".join([self.period_name, *days]).strip()
        day = self.as_of
        return Printed(
            number=NUMBER,
            office_name=self.office_name,
            title=TITLE,
            above=(f"Hồ sơ tiếp nhận {which}" if which else "Toàn bộ hồ sơ tiếp nhận",),
            grids=(self._grid(),),
            notes=(("", ()),),
            dated=f"{self.place or '.' * 20}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
            signers=SIGNERS,
            foot=f"Tính đến {day:%H:%M %d/%m/%Y}",
        )

    def _grid(self) -> Grid:
        head = [HeadCell(0, column, text, rows=2) for column, text in _TALL]
        head += [HeadCell(0, 7, "Ngày, tháng, năm", columns=4)]
        head += [HeadCell(1, 7 + index, text) for index, text in enumerate(_DAYS)]
        head += [HeadCell(2, column, f"({column + 1})") for column in range(len(_WIDTHS))]
        aligns: tuple[Align, ...] = ("center", *_LEFT, "center", *_LEFT, "left", *_CENTER, "left")
        return Grid(
            widths=_WIDTHS,
            head=tuple(head),
            rows=tuple(_row(number, entry) for number, entry in enumerate(self.entries, 1)),
            aligns=aligns,
            numbered=True,
            size=8.5,
        )


def write_register(register: Register, path: Path) -> None:
    """Write the register to a file .xlsx or .pdf, whole or not at all.

    Raises LookupError where it has more rows than the file can bear, OSError when it cannot be written.
    """
    pdf, number = path.suffix.lower() == ".pdf", len(register.entries)
    most = MOST_ON_PAPER if pdf else MOST
    if number > most:
        raise LookupError(
            f"sổ có {number} hồ sơ, tệp {path.suffix} chứa nhiều nhất {most}; hãy chia kỳ nhỏ hơn"
        )
    write_paper(register.paper(), path, sheets=(SHEET,), as_of=register.as_of)


def _row(number: int, entry: Entry) -> Row:
    days = (_day(day) for day in (entry.accepted, entry.appointed, entry.finished, entry.returned))
    return (number, entry.code, entry.procedure, "", "", "", entry.unit, *days, "", entry.remark)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""

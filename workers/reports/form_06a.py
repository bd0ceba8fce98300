"""Form II.06a as it is printed: its lines, what stands under it, and the dossiers behind each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.form_06a import COLUMNS, Column

if TYPE_CHECKING:
    from datetime import date, datetime

Cells = Mapping[Column, int]
NUMBER: Final = "Biểu số II.06a/VPCP/KSTT"
TITLE: Final = (
    "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp "
    "giải quyết thủ tục hành chính"
)
UNIT_OF_COUNT: Final = "Đơn vị tính: số hồ sơ thủ tục hành chính"
SIGNERS: Final = (("Người lập biểu", "(Ký, ghi rõ họ tên)"), ("Thủ trưởng đơn vị", "(Ký tên, đóng dấu)"))
CAUSES_TITLE: Final = "Nguyên nhân hồ sơ quá hạn"
CAUSE_HEADS: Final = (
    "STT",
    "Nguyên nhân",
    "Đã giải quyết quá hạn (cột 10)",
    "Đang giải quyết quá hạn (cột 13)",
    "Tổng số",
)
NO_CAUSE: Final = "Chưa ghi nguyên nhân"


class Listed(NamedTuple):
    """Hold a dossier behind a figure; days are local, `stand` is how it stands in Vietnamese."""

    code: str
    field: str
    unit: str
    procedure: str
    accepted: date
    due: date | None
    finished: date | None
    stand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Hold one line of the form: a field, its figures, and the first dossiers behind each by code."""

    label: str
    cells: Cells
    listed: Mapping[Column, tuple[Listed, ...]]


class Cause(NamedTuple):
    """Hold why dossiers are overdue, and how many closed late and are still open."""

    text: str
    late: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form06a:
    """Hold the form of one period.

    `first` and `last` are its local days, inclusive; `as_of` is aware and in the office's zone. `annex` are
    the lines on what stands outside its columns, `rates` those on the three rates, `stands` what was decided
    where the form leaves it open. `command` lists the dossiers of a cell; "{cell}" in it names the cell.
    `sealed` says which seal holds these figures, or that none does.
    """

    office_name: str
    place: str
    period_name: str
    first: date
    last: date
    as_of: datetime
    lines: tuple[Line, ...]
    annex: tuple[str, ...]
    rates: tuple[str, ...]
    stands: tuple[str, ...]
    causes: tuple[Cause, ...]
    command: str
    sealed: str = "Chưa niêm phong."

    @property
    def total(self) -> Cells:
        """Return the sum of all lines, column by column."""
        return {column: sum(line.cells.get(column, 0) for line in self.lines) for column in COLUMNS}

    @property
    def period(self) -> str:
        """Return the period in words."""
        named = f"Kỳ báo cáo: {self.period_name} " if self.period_name else "Kỳ báo cáo: "
        days = f"từ {self.first:%d/%m/%Y} đến hết {self.last:%d/%m/%Y}"
        return f"{named}({days})" if self.period_name else named + days

    @property
    def cut_off(self) -> str:
        """Return what the figures are based on."""
        return f"Số liệu theo những gì đã ghi nhận đến {self.as_of:%H:%M ngày %d/%m/%Y}."

    @property
    def dated(self) -> str:
        """Return the line of place and date over the signatures."""
        day = self.as_of
        place = self.place or "." * 20
        return f"{place}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"

    @property
    def notes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what is printed under the form: heads and their lines."""
        return (
            ("Ngoài biểu", self.annex),
            ("Tỷ lệ đúng hạn", self.rates),
            ("Cách tính", (*self.stands, self.cut_off)),
            ("Niêm phong số liệu", (self.sealed,)),
        )

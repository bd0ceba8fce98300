"""The on-time table: counts by unit with their sum, their rates, and what was counted where."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from domain.on_time_rate import Counts, Rate, rates

if TYPE_CHECKING:
    from datetime import date, datetime

TOTAL: Final = "Tổng cộng"

# The columns in their order: the count, its group and its head; the sums of a group come first.
COLUMNS: Final = (
    ("received", "", "Tiếp nhận"),
    ("resolved", "Đã giải quyết", "Tổng"),
    ("early", "Đã giải quyết", "Trước hạn"),
    ("on_time", "Đã giải quyết", "Đúng hạn"),
    ("late", "Đã giải quyết", "Quá hạn"),
    ("pending", "Đang giải quyết", "Tổng"),
    ("pending_in_time", "Đang giải quyết", "Trong hạn"),
    ("waiting", "Đang giải quyết", "Chờ"),
    ("pending_overdue", "Đang giải quyết", "Quá hạn"),
    ("withdrawn", "", "Rút"),
)
RATE_HEADS: Final = {
    "rate_resolved": "Trên đã giải quyết",
    "rate_received": "Trên tiếp nhận",
    "rate_766": "QĐ 766",
}
STANDS: Final = (
    "Đúng hay quá hạn xét lúc có kết quả tại Bộ phận Một cửa, không xét lúc người dân đến nhận.",
    "Từ chối khi thẩm định là một kết quả: tính là đã giải quyết, xếp theo thời gian.",
    "Chờ bổ sung hoặc tạm dừng (cột Chờ): tính là đang giải quyết, trong hạn.",
    "Rút hồ sơ: không tính vào tiếp nhận, đã giải quyết, đang giải quyết; chỉ ghi số ở cột Rút.",
    "Thủ tục không quy định thời hạn: không tính vào bảng và các tỷ lệ; chỉ ghi số dưới bảng.",
    "Hẹn lại ngày trả kèm xin lỗi không làm hồ sơ trễ thành đúng hạn.",
)


AGAINST: Final = {
    "law": "Đúng hay quá hạn theo hạn của pháp luật.",
    "slip": "Đúng hay quá hạn theo giờ hẹn in trên phiếu, không phải hạn của pháp luật.",
    "slip-day": "Đúng hay quá hạn theo ngày hẹn in trên phiếu, không phải hạn của pháp luật.",
}


ORDER: Final = (
    *("early", "on_time", "late", "pending_in_time", "waiting", "pending_overdue"),
    *("withdrawn", "resolved_no_limit", "pending_no_limit"),
)
"""The order in which the dossiers of a row are listed: those of each figure and each sum run together."""


class Behind(NamedTuple):
    """Hold a dossier behind the figures of the row at place `row`; its days are local."""

    row: int
    stand: str
    code: str
    unit: str
    procedure: str
    accepted: date
    due: date | None
    finished: date | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTimeTable:
    """Hold the counts of one report, one row a unit.

    `as_of` is aware and in the office's zone: the cut-off; nothing later is counted. `from_day` and `to_day`
    are inclusive; None: without bound. `unit_label` heads the first column. `stands` say how disputed
    cases are counted; the law leaves it open, so the printout tells. `handled`: counted are the dossiers
    carried into the period and those received in it, as they stood at its end; else those received in it as
    they stood at `as_of`. `against` says what results are held against, `more` are further lines under the
    table. `behind` are its dossiers in the order of rows and ORDER, or none, `behind_note` says where they
    are found. Raises ValueError for a naive `as_of`.
    """

    office_name: str
    as_of: datetime
    rows: tuple[tuple[str, Counts], ...]
    unit_label: str = "Đơn vị"
    from_day: date | None = None
    to_day: date | None = None
    stands: tuple[str, ...] = STANDS
    handled: bool = False
    against: str = AGAINST["law"]
    more: tuple[str, ...] = ()
    behind: tuple[Behind, ...] = ()
    behind_note: str = ""

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("as_of of the on-time table has no time zone")

    @property
    def total(self) -> Counts:
        """Return the sum of all rows, cell by cell."""
        return sum((counts for _, counts in self.rows), Counts())

    @property
    def title(self) -> str:
        """Return what stands over the table."""
        return "Tình hình giải quyết hồ sơ thủ tục hành chính"

    @property
    def period(self) -> str:
        """Return the period and the cut-off in words."""
        bounds = (("từ", self.from_day), ("đến", self.to_day))
        words = " ".join(f"{word} {day:%d/%m/%Y}" for word, day in bounds if day)
        cut_off = f"{self.as_of:%H:%M ngày %d/%m/%Y}"
        if self.handled and words:
            return (
                f"Hồ sơ kỳ trước chuyển qua và tiếp nhận {words}, tình trạng cuối kỳ, theo số liệu "
                f"đến {cut_off}."
            )
        which = f"Hồ sơ tiếp nhận {words}" if words else "Toàn bộ hồ sơ"
        return f"{which}, tình trạng đến {cut_off}."

    @property
    def annex(self) -> tuple[str, ...]:
        """Return the lines of what stands outside the table."""
        total = self.total
        parts = (
            (total.carried_in, "Trong số hồ sơ trên, từ kỳ trước chuyển qua"),
            (total.refused, "Trong số đã giải quyết, từ chối"),
            (total.suspended, "Trong số chờ, tạm dừng (còn lại: chờ bổ sung)"),
        )
        return (
            f"Không quy định thời hạn: đã giải quyết {grouped(total.resolved_no_limit)}.",
            f"Không quy định thời hạn: đang giải quyết {grouped(total.pending_no_limit)}.",
            f"Rút hồ sơ: {grouped(total.withdrawn)}.",
            *(f"{said}: {grouped(number)}." for number, said in parts if number),
            *self.more,
        )

    def with_total(self) -> tuple[tuple[str, Counts], ...]:
        """Return the rows and, last, their sum."""
        return (*self.rows, (TOTAL, self.total))

    def as_rows(self) -> tuple[tuple[str | int, ...], ...]:
        """Return each row and the sum as name, the counts in the order of COLUMNS, and the rates as shown."""
        return tuple(
            (
                name,
                *(getattr(counts, column) for column, _, _ in COLUMNS),
                *(rate.percent() for rate in rates(counts)),
            )
            for name, counts in self.with_total()
        )

    def as_json(self) -> dict[str, Any]:
        """Return the table for programs: counts, and each rate with numerator, denominator and definition."""
        return {
            "office": self.office_name,
            "as_of": self.as_of.isoformat(),
            "from": self.from_day.isoformat() if self.from_day else None,
            "to": self.to_day.isoformat() if self.to_day else None,
            "handled": self.handled,
            "against": self.against,
            "rows": [{"name": name, **_row(counts)} for name, counts in self.rows],
            "total": _row(self.total),
            "stands": list(self.stands),
        }


def explained(rate: Rate) -> str:
    """Return a rate as its head, its definition and the numbers it comes from."""
    parts = f"{grouped(rate.numerator)} / {grouped(rate.denominator)} = {rate.percent()}"
    return f"{RATE_HEADS[rate.name]} ({rate.name}): {rate.vi}: {parts}"


def grouped(number: int) -> str:
    """Show a count the Vietnamese way: 12.083."""
    return f"{number:,}".replace(",", ".")


def _row(counts: Counts) -> dict[str, Any]:
    sums = {name: getattr(counts, name) for name in ("received", "resolved", "pending")}
    stored = {field.name: getattr(counts, field.name) for field in fields(counts)}
    return {**sums, **stored, "rates": [_rate(rate) for rate in rates(counts)]}


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "name": rate.name,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": rate.percent() if rate.denominator else None,
        "vi": rate.vi,
        "en": rate.en,
    }

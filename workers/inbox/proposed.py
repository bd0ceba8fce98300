"""Days off that a year will probably have, from the package `holidays`: a question to a person, no answer.

The package knows the law and the lunar calendar, not the announcements: it was wrong for January 2026.
Swapped days and make-up days are announced a few weeks ahead and are never taken from it.
"""

from __future__ import annotations

from importlib import metadata
from typing import Final

from workers.inbox.announced import Announced

_SWAPPED: Final = "thay cho ngày"
HEADING: Final = (
    "Ngày nghỉ năm {year}: MÁY ĐỀ NGHỊ, CHƯA AI ĐỐI CHIẾU.",
    "",
    "Suy từ luật và lịch âm bằng gói Python holidays {version}. Ngày nghỉ Tết, Quốc khánh do Thủ tướng quyết",
    "định từng năm; ngày hoán đổi, ngày làm bù chỉ có trong thông báo, máy không đoán: hãy ghi thêm.",
    'Đọc thông báo xong thì ghi văn bản vào [sources], đổi `verified` thành "yes"; chưa đổi thì',
    "dunghan sla check còn nhắc.",
)


class NoPackageError(Exception):
    """The package `holidays` is not installed."""


def propose(year: int) -> tuple[list[Announced], tuple[str, ...]]:
    """Return the probable days off of a year in Vietnam, and the heading of a file of them.

    Raises NoPackageError without the package, LookupError for a year it knows nothing of.
    """
    try:
        import holidays
    except ImportError:
        raise NoPackageError from None
    version = metadata.version("holidays")
    found = holidays.country_holidays("VN", years=[year], language="vi")
    days = [
        Announced(
            day=day,
            kind="off",
            name=name,
            source=f"Gói Python holidays {version}: suy từ luật và lịch, chưa đối chiếu",
            verified="computed",
        )
        for day, name in sorted(found.items())
        if day.year == year and _SWAPPED not in name
    ]
    if not days:
        raise LookupError(f"gói holidays {version} không biết năm {year}")
    return days, tuple(line.format(year=year, version=version) for line in HEADING)

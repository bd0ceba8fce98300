"""Announced days: an iCalendar or csv file becomes days off, swapped days and make-up days."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Final, Literal, get_args
from unicodedata import normalize

from config.columns import fold
from domain.working_calendar import DayKind
from workers.inbox.encodings import find_encoding
from workers.inbox.faults import SheetError
from workers.inbox.ics import read_ics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from workers.inbox.ics import Event

Verified = Literal["yes", "computed", "partial"]
_KINDS: Final[dict[str, DayKind]] = {
    **{kind: kind for kind in get_args(DayKind)},
    "nghỉ": "off",
    "nghỉ hoán đổi": "swap_off",
    "hoán đổi": "swap_off",
    "làm bù": "swap_work",
    "làm ngắn": "short",
}
_HEADS: Final = {
    "date": ("date", "ngày"),
    "kind": ("kind", "loại"),
    "name": ("name", "name_vi", "tên"),
    "source": ("source", "văn bản", "nguồn"),
    "verified": ("verified",),
    "hours": ("hours", "giờ"),
}
_NEEDED: Final = ("date", "kind", "name")
_VERIFIED: Final[dict[str, Verified]] = {word: word for word in get_args(Verified)}
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_SWAP: Final = ("hoán đổi", "làm bù")
_LARGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """Hold one day as a file announces it; `source` and `verified` are "" and None where it does not say."""

    day: date
    kind: DayKind
    name: str
    source: str = ""
    verified: Verified | None = None
    hours: tuple[str, ...] = ()
    line: int = 0


def read_announcement(path: Path, works: Callable[[date], bool]) -> list[Announced]:
    """Return the days of an .ics or a .csv file in the order of their dates.

    `works` says whether the office works on a day by its weekly hours: an event of a swap is a day off where
    it does and a make-up day where it does not. Raises SheetError with file and line.
    """
    if path.suffix.lower() not in {".ics", ".csv"}:
        raise SheetError(path.name, found=f"đuôi tệp {path.suffix!r}", expected="tệp .ics hoặc .csv")
    if path.stat().st_size > _LARGEST:
        raise SheetError(path.name, found="tệp lớn hơn 1 MB", expected="danh sách ngày nghỉ")
    encoding = find_encoding(path)
    if encoding.is_damaged:
        raise SheetError(path.name, found="byte không thuộc bảng mã của tệp", expected="tệp UTF-8")
    text = normalize("NFC", path.read_text(encoding=encoding.codec))
    is_ics = path.suffix.lower() == ".ics"
    days = list(_from_ics(text, path.name, works) if is_ics else _from_csv(text, path.name))
    if not days:
        raise SheetError(path.name, found="tệp không có ngày nào", expected="ít nhất một ngày")
    return sorted(days, key=lambda day: day.day)


def _from_ics(text: str, file: str, works: Callable[[date], bool]) -> Iterator[Announced]:
    for event in read_ics(text, file=file):
        for offset in range((event.last - event.first).days + 1):
            day = event.first + timedelta(days=offset)
            yield Announced(
                day=day,
                kind=_kind_of(event, works=works(day)),
                name=event.summary or "Ngày nghỉ",
                source=event.description,
                line=event.line,
            )


def _kind_of(event: Event, *, works: bool) -> DayKind:
    """Return the kind a category names, else the one the words mean: only a swap makes a rest day work."""
    for category in event.categories:
        if fold(category) in _KINDS:
            return _KINDS[fold(category)]
    if any(word in fold(event.summary) for word in _SWAP):
        return "swap_off" if works else "swap_work"
    return "off"


def _from_csv(text: str, file: str) -> Iterator[Announced]:
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
    try:
        heads = _heads([fold(cell) for cell in next(rows, [])], file)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield _row({key: _cell(cells, at) for key, at in heads.items()}, file, rows.line_num)
    except csv.Error as error:
        raise SheetError(file, line=rows.line_num, found=str(error), expected="tệp csv") from None


def _heads(cells: list[str], file: str) -> dict[str, int]:
    found = {
        key: next(cells.index(word) for word in words if word in cells)
        for key, words in _HEADS.items()
        if any(word in cells for word in words)
    }
    missing = [key for key in _NEEDED if key not in found]
    if missing:
        shown = ", ".join(cell for cell in cells if cell)[:80]
        raise SheetError(file, line=1, found=f"các cột: {shown}", expected="date;kind;name;source")
    return found


def _cell(cells: list[str], at: int) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def _row(cells: dict[str, str], file: str, line: int) -> Announced:
    kind = _KINDS.get(fold(cells["kind"]))
    if kind is None:
        raise _fault("kind", cells["kind"], ", ".join(get_args(DayKind)), file, line)
    verified = cells.get("verified", "")
    if verified and verified not in _VERIFIED:
        raise _fault("verified", verified, ", ".join(_VERIFIED), file, line)
    if not cells["name"]:
        raise _fault("name", "", "tên ngày nghỉ", file, line)
    return Announced(
        day=_date(cells["date"], file, line),
        kind=kind,
        name=cells["name"],
        source=cells.get("source", ""),
        verified=_VERIFIED.get(verified),
        hours=tuple(cells.get("hours", "").replace(",", " ").split()),
        line=line,
    )


def _fault(column: str, cell: str, expected: str, file: str, line: int) -> SheetError:
    found = f"có “{cell[:80]}”" if cell else "để trống"
    return SheetError(file, line=line, column=column, found=found, expected=expected)


def _date(text: str, file: str, line: int) -> date:
    found = _DATE.fullmatch(text)
    parts = [part for part in found.groups() if part] if found else []
    with suppress(ValueError):
        if parts:
            year, month, day = parts if "-" in text else reversed(parts)
            return date(int(year), int(month), int(day))
    raise _fault("date", text, "ngày, như 2026-02-16 hoặc 16/02/2026", file, line)

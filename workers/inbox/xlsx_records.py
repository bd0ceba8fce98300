"""Rows of an xlsx workbook: streamed, every cell as text, a zip bomb refused before it is opened."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from openpyxl import load_workbook

from workers.inbox.csv_records import CELL_LIMIT, TOO_LONG, bare
from workers.inbox.faults import SheetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workers.inbox.csv_records import Record

MAX_COLUMNS: Final = 256
_MAX_PARTS: Final = 10_000
_MAX_SIZE: Final = 512 << 20
_MAX_SHARED: Final = 128 << 20  # the texts of all cells: read into memory as a whole, unlike the sheets
_MAX_OTHER: Final = 4 << 20  # styles and the like: a list of dossiers has a few kilobytes of them
_MAX_GAP: Final = 10_000
"""Empty rows in a row. A sheet that goes on behind more of them was made to keep its reader busy."""
_SMALL: Final = 16 << 20
_MAX_RATIO: Final = 200
_MIDNIGHT: Final = time()


def check_bounds(path: Path) -> None:
    """Refuse what is no workbook, or would unpack to more than a list of dossiers can need.

    At most 512 MiB in all, 128 MiB for the shared texts, 4 MiB for any other part that is not a sheet, and
    200 times its packed size for a part above 16 MiB. The sizes are those of the zip directory, beyond which
    `zipfile` does not read. Raises SheetError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise _no_workbook(path) from None
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise _no_workbook(path)
    size = sum(part.file_size for part in parts)
    if len(parts) > _MAX_PARTS or size > _MAX_SIZE or any(map(_is_bomb, parts)):
        raise SheetError(
            path.name,
            found=f"tệp nén bung ra {size >> 20} MiB, {len(parts)} phần",
            expected="bảng tính không quá 512 MiB sau khi bung và không nén quá 200 lần",
            advice="Hãy xuất lại danh sách, hoặc xuất ra csv.",
        )


def sheet_names(path: Path) -> tuple[str, ...]:
    """Name the worksheets in their order."""
    with _workbook(path) as book:
        return tuple(sheet.title for sheet in book.worksheets)


def xlsx_records(path: Path, sheet: str, width: int) -> Iterator[Record]:
    """Yield the rows of a worksheet from its first: texts stripped and NFC, numbers and dates without loss.

    Dates are ISO text; a midnight is a date, because a workbook has one number for both. Empty rows are
    skipped; cells beyond `width` (256 when it is 0) are not read.
    """
    with _workbook(path) as book:
        source = book[sheet]
        source.reset_dimensions()  # what the file says about its size may be wrong
        rows = source.iter_rows(max_col=width or MAX_COLUMNS, values_only=True)
        number = last = 0
        while (values := _next(rows, path, number + 1)) is not None:
            number += 1
            cells = [_text(value) for value in values]
            if number - last > _MAX_GAP:
                raise _too_empty(path, last)
            if any(cells):
                last = number
                is_long = any(len(cell) > CELL_LIMIT for cell in cells)
                yield number, cells, TOO_LONG if is_long else ""


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    with path.open("rb") as stream:  # a stream, because openpyxl goes by the name of a path
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception:  # noqa: BLE001 - openpyxl lets through whatever its parsers meet in a broken file
            raise _no_workbook(path) from None
        yield book


def _next(rows: Iterator[Any], path: Path, number: int) -> Any:
    try:
        return next(rows, None)
    except Exception:  # noqa: BLE001 - as above
        raise SheetError(
            path.name, line=number, found="trang tính hỏng từ dòng này", expected="tệp xlsx nguyên vẹn"
        ) from None


def _too_empty(path: Path, last: int) -> SheetError:
    return SheetError(
        path.name,
        line=last,
        found=f"hơn {_MAX_GAP} dòng trống sau dòng này",
        expected="danh sách liền dòng",
        advice="Hãy xóa phần dưới danh sách, hoặc xuất ra csv.",
    )


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    is_sheet = part.filename.startswith("xl/worksheets/")
    most = _MAX_SHARED if part.filename == "xl/sharedStrings.xml" else _MAX_OTHER
    if part.file_size > most and not is_sheet:
        return True
    return part.file_size > max(_SMALL, _MAX_RATIO * part.compress_size)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return bare(value.strip() if value.isascii() else normalize("NFC", value).strip())
    if isinstance(value, datetime):
        return (value.date() if value.time() == _MIDNIGHT else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _no_workbook(path: Path) -> SheetError:
    return SheetError(
        path.name,
        found="tệp nén không phải bảng tính xlsx, hoặc bị hỏng",
        expected="tệp xlsx hoặc csv",
        advice="Hãy mở bằng Excel rồi lưu lại dạng .xlsx.",
    )

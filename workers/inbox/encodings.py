"""Which encoding a text file has: byte order mark, else UTF-8, else Windows-1258."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workers.inbox.faults import SheetError

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK: Final = 1 << 16
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """Name the codec of a file, and whether some bytes do not fit it (their rows are refused)."""

    codec: str
    is_damaged: bool = False


def find_encoding(path: Path) -> Encoding:
    """Read the whole file once, in constant memory, and tell its encoding.

    A file with a byte order mark, or with valid UTF-8 letters before the first wrong byte, is taken for what
    it looks like and marked damaged; only a file without either is tried as Windows-1258. Binary content and
    bytes that fit nothing raise SheetError.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    codec = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if codec:
        return Encoding(codec, is_damaged=_first_fault(path, codec) is not None)
    fault = _first_fault(path, "utf-8")
    if fault is None:
        return Encoding("utf-8")
    if fault.follows_letters:
        return Encoding("utf-8", is_damaged=True)
    if other := _first_fault(path, "cp1258"):
        raise SheetError(
            path.name,
            line=other.line,
            found=f"byte 0x{other.byte:02X} không thuộc UTF-8 và Windows-1258",
            expected="văn bản UTF-8, UTF-16 hoặc Windows-1258",
            advice="Hãy lưu lại tệp bằng Excel: “CSV UTF-8”.",
        )
    return Encoding("cp1258")


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    byte: int
    follows_letters: bool


def _first_fault(path: Path, codec: str) -> _Fault | None:
    """Find the first byte that `codec` cannot decode; raise SheetError when the file is binary."""
    decoder = codecs.getincrementaldecoder(codec)()
    line, has_letters = 1, False
    with path.open("rb") as stream:
        chunk = b"start"
        while chunk:
            chunk = stream.read(_CHUNK)
            pending = decoder.getstate()[0]
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = (pending + chunk)[: error.start]
                letters = has_letters or not before.isascii()
                byte = (pending + chunk)[error.start]
                return _Fault(line + before.count(b"\n"), byte, follows_letters=letters)
            if "\x00" in text:
                raise SheetError(
                    path.name,
                    line=line,
                    found="dữ liệu nhị phân (ký tự NUL)",
                    expected="tệp csv hoặc xlsx",
                    advice="Tệp UTF-16 phải có dấu BOM ở đầu.",
                )
            has_letters = has_letters or not text.isascii()
            line += text.count("\n")
    return None

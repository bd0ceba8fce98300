"""The anchors as a file to be kept outside: written for a spreadsheet, read back for a verification."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from workers.cli.csv_file import CsvFile
from workers.cli.exits import CommandError
from workers.cli.screen import iso

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from domain.anchor import Anchor
    from domain.working_calendar import WorkingCalendar

_HEADS: Final = ("number", "day", "made_at", "events", "last_id", "seals", "versions", "hash")
_HASH_LETTERS: Final = 64


def write_anchors(path: Path, anchors: Iterable[Anchor], calendar: WorkingCalendar) -> int:
    """Write the anchors and return how many they are."""
    written = 0
    with CsvFile(path, _HEADS) as file:
        for one in anchors:
            facts = (one.number, one.day, iso(one.made_at, calendar), one.events, one.last_id, one.seals)
            file.line((*map(str, facts), str(one.versions), one.hash))
            written += 1
    return written


def read_anchors(path: Path) -> dict[int, str]:
    """Return the hashes of a file by number; raises CommandError for one that is not of `write_anchors`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {_number(row, line): _hash(row, line) for line, row in _lines(stream)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"--anchors: không đọc được {path}: {error}") from None


def _lines(stream: Iterable[str]) -> Iterable[tuple[int, dict[str, str | None]]]:
    rows = csv.DictReader(stream, delimiter=";")
    missing = {"number", "hash"} - set(rows.fieldnames or ())
    if missing:
        raise CommandError(
            f"--anchors: dòng 1 thiếu cột {', '.join(sorted(missing))}; cần tệp của audit anchors --csv."
        )
    return enumerate(rows, start=2)


def _number(row: dict[str, str | None], line: int) -> int:
    text = (row["number"] or "").strip()
    if not text.isdecimal():
        raise CommandError(f"--anchors: dòng {line}, cột number: có “{text}”, cần một số.")
    return int(text)


def _hash(row: dict[str, str | None], line: int) -> str:
    text = (row["hash"] or "").strip()
    if len(text) != _HASH_LETTERS or set(text) - set("0123456789abcdef"):
        raise CommandError(f"--anchors: dòng {line}, cột hash: có “{text[:80]}”, cần 64 chữ số 0-9 a-f.")
    return text

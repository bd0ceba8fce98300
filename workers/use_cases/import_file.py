"""Importing a file: open, read, take in, and give back the rows that could not go in."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from workers.inbox.faults import BadRow, CellProblem
from workers.inbox.rejects import RejectFile
from workers.inbox.rows import read_rows, refuse_rows
from workers.inbox.sheets import Sheet, open_sheet
from workers.use_cases.doubts import Doubts
from workers.use_cases.intake import ImportReport, Intake
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from domain.snapshot import SnapshotRow
    from workers.store.unit_of_work import Store
    from workers.use_cases.doubts import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Say what came of a file: the counts, and where the refused rows wait to be corrected (None: none).

    `doubts` are about rows that went in and may not mean what they say.
    """

    report: ImportReport
    rejects: Path | None
    absent_heads: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


def import_file(
    store: Store,
    office_code: str,
    path: Path,
    *,
    rejects: Path,
    actor: str,
    now: datetime,
    seen_at: datetime | None = None,
    progress: Callable[[ImportReport], None] | None = None,
) -> Imported:
    """Take a list (csv, xlsx) in as a snapshot and write the refused rows to `rejects`, if there are any.

    `seen_at` is when the list was made, `now` if not given. Raises SheetError when the file cannot be read as
    a list (then nothing has changed), LookupError when the office has no configuration yet.
    """
    office = load_office(store, office_code)
    sheet = open_sheet(path, office.sla.mappings)
    bad, doubts = _BadRows(), Doubts(office.sla)
    with SeenCodes() as seen:
        intake = Intake(
            store=store, office=office, actor=actor, now=now, seen_at=seen_at or now, seen_before=seen.before
        )
        rows = bad.good_ones(read_rows(sheet, sheet.mapping, office.sla.zone))
        report = intake.take_in(doubts.looking(rows), progress=progress)
    report.rows += len(bad.problems)
    report.refused += [(line, "; ".join(map(str, found))) for line, found in bad.problems.items()]
    report.refused.sort()
    with store.begin(office_code) as work:
        work.journal.note_import(_printable(path.name), report.counts(), now=now)
        work.commit()
    written = _write_rejects(sheet, report, rejects)
    return Imported(report=report, rejects=written, absent_heads=sheet.absent_heads, doubts=doubts.found())


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")  # a name may hold bytes that are no letters


class _BadRows:
    """Set aside the rows that cannot be read, and let the others pass."""

    def __init__(self) -> None:
        self.problems: dict[int, tuple[CellProblem, ...]] = {}

    def good_ones(self, rows: Iterator[SnapshotRow | BadRow]) -> Iterator[SnapshotRow]:
        for row in rows:
            if isinstance(row, BadRow):
                self.problems[row.line] = row.problems
            else:
                yield row


def _write_rejects(sheet: Sheet, report: ImportReport, path: Path) -> Path | None:
    problems = {line: (CellProblem("", text, ""),) for line, text in report.refused}
    with RejectFile(path, sheet.header) as file:
        for row in refuse_rows(sheet, problems):
            file.write(row)
    return path if file.count else None


class SeenCodes:
    """Remember in which line of a file each code stood, on disk: memory does not grow with the file."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # a temporary file of SQLite's own
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("CREATE TABLE seen (code TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def before(self, code: str, line: int) -> int | None:
        """Return the line where the code stood first, or None if this is it."""
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (code, line))
        if added.rowcount:
            return None
        with closing(self._database.execute("SELECT line FROM seen WHERE code = ?", (code,))) as found:
            first: int = found.fetchone()[0]
        return first if first != line else None

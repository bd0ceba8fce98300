"""Intake of a list: differences since the last one become events, a bad row is refused and harms no other."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from domain.differences import course_of
from domain.errors import DomainError, HistoryError
from workers.store.dialect import ConflictError
from workers.use_cases.codes import GivenCodes, slips_around
from workers.use_cases.reading import RowReader
from workers.use_cases.recording import Change, Recorder, record

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from datetime import datetime

    from domain.snapshot import Listed, SnapshotRow
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.codes import Slip, Slips
    from workers.use_cases.office import Office

BATCH: Final = 5_000
"""Rows of one transaction: it takes about half a second, and other writers wait no longer than that."""
_TRIES: Final = 5


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """Count what a list brought; `refused` are (line, what is wrong in Vietnamese), each dossier apart.

    `not_accepted` are rows of dossiers the office has not taken in (yet): no clock runs, nothing is recorded.
    """

    rows: int = 0
    accepted: int = 0
    changed: int = 0
    unchanged: int = 0
    not_accepted: int = 0
    events: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: ImportReport) -> None:
        """Add the counts of a further batch."""
        self.rows += other.rows
        self.accepted += other.accepted
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.not_accepted += other.not_accepted
        self.events += other.events
        self.refused += other.refused

    def counts(self) -> dict[str, int]:
        """Return the counts by name."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "not_accepted": self.not_accepted,
            "events": self.events,
            "refused": len(self.refused),
        }


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Take lists in for one office at one moment.

    `seen_at` is when the list was made: it stands for the moment of a change the list shows without one.
    `seen_before(code, line)` returns the line of the same file in which the code already stood, or None.
    """

    store: Store
    office: Office
    actor: str
    now: datetime
    seen_at: datetime
    seen_before: Callable[[str, int], int | None]

    @cached_property
    def _reader(self) -> RowReader:
        return RowReader(office=self.office, now=self.now, seen_at=self.seen_at)

    def take_in(
        self, rows: Iterable[SnapshotRow], *, progress: Callable[[ImportReport], None] | None = None
    ) -> ImportReport:
        """Record what the rows bring, in batches of whole dossiers, and return the report.

        Whatever breaks off, the batches recorded stand and the next import goes on behind them: unchanged
        rows do nothing.
        """
        report = ImportReport()
        for batch in _batches(rows):
            report.add(self._take_batch(batch))
            if report.accepted == report.rows == BATCH:
                self.store.refresh_statistics()  # many new rows at once: what is known of the tables is wrong
            if progress:
                progress(report)
        return report

    def _take_batch(self, batch: list[SnapshotRow]) -> ImportReport:
        for _ in range(_TRIES):
            try:
                return self._try_batch(batch)
            except ConflictError:
                # Somebody accepted one of these dossiers at the same moment: look again, it is known now.
                continue
        return self._try_batch(batch)

    def _try_batch(self, batch: list[SnapshotRow]) -> ImportReport:
        report = ImportReport(rows=len(batch))
        with collector_at_rest(), self.store.begin(self.office.sla.code) as work:
            fresh, known = self._dossiers_of(batch, work, report)
            differing = [row for row in fresh if known.get(row.code) != row.digest]
            report.unchanged += len(fresh) - len(differing)
            if differing:
                self._record(differing, known, work, report)
                work.commit()
        return report

    def _dossiers_of(
        self, batch: list[SnapshotRow], work: UnitOfWork, report: ImportReport
    ) -> tuple[list[SnapshotRow], dict[str, str]]:
        """Return the rows of the dossiers a batch means, and the digests of those that are known."""
        known = work.dossiers.digests([row.code for row in batch])
        # A dossier known by its own code has it already: most rows of a list are such.
        slips = slips_around((row.code for row in batch if row.code not in known), work)
        meant = [pair for pair in self._meant(batch, slips, report) if self._is_first(pair[0], report)]
        if components := {code for _, slip in meant if slip for code in slip.components}:
            known |= work.dossiers.digests(list(components))
        given = GivenCodes(known, slips)
        rows = [
            row
            for row, slip in meant
            if (slip is None and row.code in known) or self._is_given(row, slip, given, report)
        ]
        return rows, known

    def _meant(
        self, batch: list[SnapshotRow], slips: Slips, report: ImportReport
    ) -> Iterator[tuple[SnapshotRow, Slip | None]]:
        for row in batch:
            try:
                yield from self._reader.dossiers_of(row, slips)
            except DomainError as error:
                report.refused.append((row.line, self._said(error)))

    def _is_given(self, row: SnapshotRow, slip: Slip | None, given: GivenCodes, report: ImportReport) -> bool:
        try:
            given.give(row.code, slip)
        except HistoryError as error:
            report.refused.append((row.line, self._said(error)))
            return False
        return True

    def _is_first(self, row: SnapshotRow, report: ImportReport) -> bool:
        line = self.seen_before(row.code, row.line)
        if line is not None:
            report.refused.append((row.line, self._said(HistoryError("duplicate", code=row.code, line=line))))
        return line is None

    def _said(self, error: DomainError) -> str:
        return error.said(self.office.sla.zone)

    def _record(
        self, rows: list[SnapshotRow], known: Container[str], work: UnitOfWork, report: ImportReport
    ) -> None:
        codes = [row.code for row in rows if row.code in known]
        stored = work.dossiers.load(codes, lock=True) if codes else {}
        clocks = work.clocks.load(list(stored), lock=True) if stored else {}
        seen: dict[str, tuple[str, Listed]] = {}
        # In the order of the codes: two lists at once then wait for each other, never in a circle.
        ordered = sorted(rows, key=attrgetter("code"))
        report.events += record(self._changes(ordered, stored, clocks, seen, report), work)
        work.dossiers.mark_seen(seen)

    def _changes(
        self,
        rows: list[SnapshotRow],
        stored: Mapping[str, Stored],
        clocks: Mapping[str, Clock],
        seen: dict[str, tuple[str, Listed]],
        report: ImportReport,
    ) -> Iterator[Change]:
        """Yield what the rows bring; `seen` gets those that bring no event, `report` the count of all."""
        recorder = Recorder(office=self.office, actor=self.actor, now=self.now)
        for row in rows:
            before, clock = stored.get(row.code), clocks.get(row.code)
            if before is None and row.status == "not_accepted":
                report.not_accepted += 1
                continue
            try:
                reading = self._reader.reading(row, before, clock)
                course = course_of(before.dossier if before else None, reading)
                said = (row.digest, self._reader.listed(reading, before))
                if not course:
                    seen[row.code] = said
                    report.unchanged += 1
                    continue
                change = recorder.prepare(course, before=before, clock=clock, seen=said)
            except DomainError as error:
                report.refused.append((row.line, self._said(error)))
                continue
            except LookupError as error:  # its procedure has left the configuration: that row alone
                report.refused.append((row.line, str(error)))
                continue
            report.accepted += before is None
            report.changed += before is not None
            yield change


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector of cycles wait: a batch makes thousands of values that live until it is written.

    None of them is in a cycle; looking through them over and over took a tenth of an import's time.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _batches(rows: Iterable[SnapshotRow]) -> Iterator[list[SnapshotRow]]:
    source = iter(rows)
    while batch := _next_batch(source):
        yield batch


@collector_at_rest()
def _next_batch(source: Iterator[SnapshotRow]) -> list[SnapshotRow]:
    return list(islice(source, BATCH))

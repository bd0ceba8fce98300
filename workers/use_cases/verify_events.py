"""The history held against its own hashes, and the tables against the history, dossier by dossier."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, get_args

from config.errors import ConfigError
from domain.errors import DomainError
from domain.event import EventKind
from domain.hash_chain import SEPARATOR, Fault, walk
from domain.tampering import Alteration, explained
from workers.store.instant import iso
from workers.store.ledger import EVENTS
from workers.use_cases.rebuild import differences, replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.hash_chain import Link
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.verify_totals import Totals

BATCH: Final = 500
MOST_KEPT: Final = 2_000
"""How many faults are held beside each other, to find where a row was moved to; then they are told."""
_UNREADABLE: Final = (DomainError, ConfigError, LookupError, ValueError, TypeError, AttributeError)


class EventCheck:
    """Go through the events of one office once, a batch of dossiers in memory at a time.

    Without an `office` (its configuration cannot be read) the tables are not held against the history.
    """

    def __init__(self, store: Store, office_code: str, office: Office | None, totals: Totals) -> None:
        self._store, self._code, self._office, self._totals = store, office_code, office, totals
        self._faults: list[Fault] = []
        self._values: dict[str, set[str]] = defaultdict(set)
        self._values["kind"].update(get_args(EventKind))

    def alterations(self, progress: Callable[[Totals], None]) -> Iterator[Alteration]:
        """Yield what was altered, as far as it is found by the events and what follows from them."""
        after: str | None = ""
        while after is not None:
            found, after = self.page(after)
            yield from found
            if len(self._faults) > MOST_KEPT:
                yield from self.told()
            progress(self._totals)
        yield from self.rest()

    def page(self, after: str) -> tuple[list[Alteration], str | None]:
        """Look at the dossiers behind a code ("": the first); return the last code, None when all are done.

        What is wrong with chains is kept until it is `told`, to find where a row was moved to.
        """
        with self._store.read(self._code) as work:
            codes = work.events.codes(after=after, limit=BATCH)
            found = list(self._projected(work, self._sound(work, codes)))
        return found, codes[-1] if len(codes) == BATCH else None

    def rest(self) -> Iterator[Alteration]:
        """Yield what is wrong with what no page shows: rows without events, rows of no office."""
        with self._store.read(self._code) as work:
            yield from self._lost(work)
            strays = work.ledger.of_no_office(self._store.offices(), EVENTS)
            self._faults += [Fault("unplaced", link.chain, link.number, link) for link in strays]
        yield from self.told()

    def told(self) -> Iterator[Alteration]:
        """Yield what is wrong with the chains since it was last told."""
        yield from explained(self._faults, EVENTS, self._values)
        self._faults.clear()

    def _sound(self, work: UnitOfWork, codes: Sequence[str]) -> list[str]:
        """Hold the chains of dossiers against their hashes; return those that hold."""
        heads, sound = work.ledger.heads(codes), []
        for code, links in work.ledger.events(codes).items():
            self._totals.dossiers += 1
            self._totals.events += len(links)
            faults = list(walk(links, chain=self._chain(code), head=heads.get(code)))
            if faults:
                self._faults += faults
                self._remember(links)
            else:
                sound.append(code)
        return sound

    def _remember(self, links: Sequence[Link]) -> None:
        for link in links[:MOST_KEPT]:
            for column in ("recorded_at", "actor", "sla_version"):
                self._values[column].add(link.texts[EVENTS.columns.index(column)])

    def _chain(self, code: str) -> str:
        return f"{self._code}{SEPARATOR}{code}"

    def _lost(self, work: UnitOfWork) -> Iterator[Alteration]:
        gone: set[str] = set()
        for table, code in work.ledger.without_events():
            head = work.ledger.heads([code]).get(code) if table == "dossiers" else None
            if head is not None:
                gone.add(code)
                self._faults.append(Fault("hole", self._chain(code), 1, until=head.number, end=head.number))
            elif code not in gone:
                yield Alteration(table, "inserted", self._chain(code))

    def _projected(self, work: UnitOfWork, codes: Sequence[str]) -> Iterator[Alteration]:
        if self._office is None:
            return
        try:
            yield from self._compared(work, codes, self._office)
        except _UNREADABLE:
            # One row that cannot be read must not hide the others.
            for code in codes:
                try:
                    yield from self._compared(work, [code], self._office)
                except _UNREADABLE as error:
                    yield Alteration("dossiers", "unexplained", self._chain(code), found=why_not(error))

    def _compared(self, work: UnitOfWork, codes: Sequence[str], office: Office) -> list[Alteration]:
        stored, clocks, runs = (
            work.dossiers.load(codes),
            work.clocks.load(codes),
            work.steps.of_dossiers(codes),
        )
        found = []
        for code, entries in work.events.histories(codes).items():
            standing = replayed(entries, office, before=stored.get(code))
            for one in differences(standing, stored.get(code), clocks.get(code), runs.get(code, [])):
                said = (one.name, _text(one.expected), _text(one.found))
                found.append(Alteration(one.table, "differs", self._chain(code), None, *said))
        return found


def _text(value: object) -> str:
    return iso(value) if isinstance(value, datetime) else "" if value is None else str(value)


def why_not(error: Exception) -> str:
    """Say in Vietnamese why something recorded cannot be read; what Python says of it stays as it is."""
    if isinstance(error, DomainError):
        return error.said(UTC)
    return error.said() if isinstance(error, ConfigError) else str(error)

"""The timeline of a dossier: what the machine could know of it at each moment, under which configuration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.history import apply
from workers.use_cases.asking import Asking
from workers.use_cases.office import load_office
from workers.use_cases.standing import stand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.dossier import Dossier
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

FOREVER: Final = datetime.max.replace(tzinfo=UTC)
_MOST_HELD: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Hold what was so in [begin, end): the dossier as recorded, and the configuration in force.

    `look_at` is when it had to be looked at for what was recorded at `begin`; None where only the
    configuration changed there, which nobody looks at a dossier for, or where nothing will come.
    `asking` is None once it is closed.
    """

    begin: datetime
    end: datetime
    stored: Stored
    version: int
    opens: bool
    look_at: datetime | None
    asking: Asking | None


@dataclass(slots=True)
class Configurations:
    """Hold the configurations of an office and since when each was in force."""

    store: Store
    office: Office
    since: list[tuple[datetime, int]]
    _held: dict[int, Office] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store, office_code: str) -> Configurations:
        """Return those there are now."""
        with store.read(office_code) as work:
            since = work.versions.since()
        return cls(store, load_office(store, office_code), since)

    def refresh(self, work: UnitOfWork) -> None:
        """Take up what was recorded meanwhile."""
        self.since = work.versions.since()

    def under(self, version: int) -> Office:
        """Return the office as it was under one of them; raises LookupError for an unknown number."""
        if version not in self._held:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            self._held[version] = self.office.under(version)
        return self._held[version]

    def changes(self, begin: datetime, end: datetime, first: int) -> list[tuple[datetime, int]]:
        """Return from when each configuration was in force in [begin, end), `first` from the beginning."""
        later = [(at, number) for at, number in self.since if begin <= at < end and number > first]
        return [(begin, first), *later]


def timeline(entries: Sequence[Entry], configurations: Configurations) -> list[Piece]:
    """Replay a history in the order it was recorded; raises DomainError or LookupError where it cannot be."""
    states = list(_states(entries, configurations))
    ends = [*(state.begin for state in states[1:]), FOREVER]
    return [
        piece
        for state, end in zip(states, ends, strict=True)
        if end > state.begin
        for piece in _pieces(state, end, configurations)
    ]


class _State(NamedTuple):
    begin: datetime
    version: int
    stored: Stored
    clock: Clock | None


def _states(entries: Sequence[Entry], configurations: Configurations) -> Iterator[_State]:
    """Yield what each recording made of the dossier, by the very function that made it then."""
    stored: Stored | None = None
    clock: Clock | None = None
    begin = entries[0].recorded_at
    for (recorded_at, version), group in groupby(entries, lambda e: (e.recorded_at, e.sla_version)):
        course = _course(list(group), stored.dossier if stored else None)
        office = configurations.under(version)
        standing = stand(course, office, before=stored, clock=clock, seen=None)
        stored, clock = standing.stored, standing.clock
        begin = max(begin, recorded_at)  # two machines, two clocks: what was recorded later was known later
        yield _State(begin, version, stored, clock)


def _course(entries: Sequence[Entry], dossier: Dossier | None) -> Iterator[tuple[Entry, Dossier]]:
    for entry in entries:
        dossier = apply(dossier, entry.event, code=entry.code, recorded=True)
        yield entry, dossier


def _pieces(state: _State, end: datetime, configurations: Configurations) -> Iterator[Piece]:
    changes = configurations.changes(state.begin, end, state.version)
    bounds = [*(at for at, _ in changes), end]
    for (_, version), (begin, until) in zip(changes, pairwise(bounds), strict=True):
        opens = begin == state.begin
        if begin == until:
            continue
        yield Piece(
            begin=begin,
            end=until,
            stored=state.stored,
            version=version,
            opens=opens,
            look_at=state.clock.next_action_at if opens and state.clock else None,
            asking=_asking(state, configurations.under(version)),
        )


def _asking(state: _State, office: Office) -> Asking | None:
    return Asking(stored=state.stored, clock=state.clock, office=office) if state.clock else None

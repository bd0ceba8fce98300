"""Rebuilding: what the tables say of every dossier, recreated from its events, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, NamedTuple

from domain.dossier import Dossier
from domain.errors import DomainError
from domain.history import apply
from workers.store.clocks import Clock
from workers.store.dossiers import Stored
from workers.use_cases.office import load_office
from workers.use_cases.standing import Standing, stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from domain.steps import StepRun
    from workers.store.events import Entry
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office

BATCH: Final = 500
# What the last list said is no event: it is taken over as it stands. When to look next depends on who has
# been told: a rebuilt clock is looked at from its first rung.
_OF_STORED: Final = tuple(
    entry.name for entry in fields(Stored) if entry.name not in ("dossier", "digest", "listed")
)
_OF_CLOCK: Final = tuple(entry.name for entry in fields(Clock) if entry.name != "next_action_at")


class Difference(NamedTuple):
    """Hold one thing a table has otherwise than the events give it; `name` is a column or the table."""

    table: str
    name: str
    expected: object
    found: object


@dataclass(slots=True, kw_only=True)
class Rebuilt:
    """Count the dossiers replayed; `differing` maps codes to what differed, `failed` to why none came out."""

    dossiers: int = 0
    differing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def rebuild(
    store: Store,
    office_code: str,
    *,
    write: bool,
    batch: int = BATCH,
    progress: Callable[[Rebuilt], None] = lambda _: None,
) -> Rebuilt:
    """Replay the events of every dossier and compare; with `write` put what follows in place of what stands.

    A `batch` of dossiers is a transaction of its own. Without `write` nothing is changed.
    """
    office, found, after = load_office(store, office_code), Rebuilt(), ""
    while True:
        with store.begin(office_code) if write else store.read(office_code) as work:
            codes = work.events.codes(after=after, limit=batch)
            if not codes:
                return found
            after = codes[-1]
            _batch(codes, work, office, found, write=write)
            if write:
                work.commit()
        progress(found)


def _batch(codes: Sequence[str], work: UnitOfWork, office: Office, found: Rebuilt, *, write: bool) -> None:
    stored, clocks = work.dossiers.load(codes, lock=write), work.clocks.load(codes, lock=write)
    # Only now: an event recorded while the locks were waited for would be undone by what was read before.
    histories, runs = work.events.histories(codes), work.steps.of_dossiers(codes)
    for code, entries in histories.items():
        found.dossiers += 1
        try:
            standing = replayed(entries, office, before=stored.get(code))
        except (DomainError, LookupError) as error:
            found.failed[code] = str(error)
            continue
        unlike = differences(standing, stored.get(code), clocks.get(code), runs.get(code, []))
        names = tuple(dict.fromkeys(one.name for one in unlike))
        if names:
            found.differing[code] = names
        if names and write:
            _write(standing, stored.get(code), clocks.get(code), work)


def replayed(entries: Sequence[Entry], office: Office, *, before: Stored | None) -> Standing:
    """Return the standing a whole history gives, bit for bit the one it had when it was recorded."""
    seen = (before.digest, before.listed) if before and before.listed else None
    return stand(_course(entries), office, before=None, clock=None, seen=seen)


def _course(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Dossier]]:
    dossier: Dossier | None = None
    for entry in entries:
        dossier = apply(dossier, entry.event, code=entry.code, recorded=True)
        yield entry, dossier


def differences(
    standing: Standing, stored: Stored | None, clock: Clock | None, runs: Sequence[StepRun]
) -> Iterator[Difference]:
    """Yield what the tables of a dossier have otherwise than the standing its events give."""
    if stored is None:
        yield Difference("dossiers", "dossier", standing.stored.dossier.code, None)
    else:
        yield from _unequal("dossiers", Dossier._fields, standing.stored.dossier, stored.dossier)
        yield from _unequal("dossiers", _OF_STORED, standing.stored, stored)
    if (standing.clock is None) != (clock is None):
        yield Difference("clocks", "clock", standing.clock, clock)
    elif standing.clock is not None:
        yield from _unequal("clocks", _OF_CLOCK, standing.clock, clock)
    if list(standing.runs) != list(runs):
        yield Difference("steps", "steps", list(standing.runs), list(runs))


def _unequal(table: str, names: Sequence[str], one: object, two: object) -> Iterator[Difference]:
    pairs = ((name, getattr(one, name), getattr(two, name)) for name in names)
    return (Difference(table, *pair) for pair in pairs if pair[1] != pair[2])


def _write(standing: Standing, stored: Stored | None, clock: Clock | None, work: UnitOfWork) -> None:
    code = standing.stored.dossier.code
    (work.dossiers.insert if stored is None else work.dossiers.update)([standing.stored])
    if clock is not None:
        work.clocks.remove([code])
    if standing.clock is not None:
        work.clocks.insert([standing.clock])
    work.steps.replace(code, standing.runs)

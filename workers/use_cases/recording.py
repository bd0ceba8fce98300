"""Recording: events, projection and clock of some dossiers, in one transaction, with what closing cancels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from domain.event import OF_RULES
from domain.hash_chain import NO_HASH
from workers.store.events import chain
from workers.use_cases.standing import Standing, stand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.event import Event
    from domain.snapshot import Listed
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.office import Office


class Change(NamedTuple):
    """Hold what has happened to one dossier, judged and ready to be recorded."""

    entries: Sequence[Entry]
    standing: Standing
    is_new: bool
    had_clock: bool
    stood_still: bool

    @property
    def is_of_rules(self) -> bool:
        """Say whether nothing happened to the dossier but that its rules changed."""
        return not self.is_new and all(entry.event.kind in OF_RULES for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Prepare changes for one office, moment and actor."""

    office: Office
    actor: str
    now: datetime

    def prepare(
        self,
        course: Sequence[tuple[Event, Dossier]],
        *,
        before: Stored | None,
        clock: Clock | None,
        seen: tuple[str, Listed] | None = None,
    ) -> Change:
        """Return the change that new events (at least one), each with the dossier it made, bring.

        Nothing is written yet.
        `seen` is the digest of the list row they came with and what it said; None: no list said anything.
        """
        events = [event for event, _ in course]
        entries = chain(
            course[-1][1].code,
            events,
            after=(before.last_seq, before.last_hash) if before else (0, NO_HASH),
            recorded_at=self.now,
            actor=self.actor,
            sla_version=self.office.version,
        )
        history = [(entry, dossier) for entry, (_, dossier) in zip(entries, course, strict=True)]
        standing = stand(history, self.office, before=before, clock=clock, seen=seen)
        return Change(
            entries=entries,
            standing=standing,
            is_new=before is None,
            had_clock=clock is not None,
            stood_still=before is not None and before.dossier.stopped_since is not None,
        )


def record(changes: Iterable[Change], work: UnitOfWork) -> int:
    """Write changes of different dossiers, in the order of their codes, and return how many events they were.

    They may be made on the way: the database writes the events of one while the next is judged. In the same
    transaction a dossier that has closed loses its clock and its pending notices, one that stands still has
    them held, and one that goes on with the due date it had gets them back.
    """
    made: list[Change] = []
    work.events.append(_entries(changes, made))
    work.dossiers.insert(change.standing.stored for change in made if change.is_new)
    work.dossiers.follow(change.standing.stored for change in made if change.is_of_rules)
    work.dossiers.update(c.standing.stored for c in made if not c.is_new and not c.is_of_rules)
    work.steps.insert((c.standing.stored.dossier.code, run) for c in made for run in c.standing.runs)
    _clocks(made, work, late=_is_late(made, work))
    _notices([change for change in made if change.had_clock], work)
    return sum(len(change.entries) for change in made)


def _is_late(made: Sequence[Change], work: UnitOfWork) -> bool:
    """Say whether this was judged under a configuration that was superseded meanwhile, and have it followed.

    A long list keeps its configuration to its end. Whoever puts another in force waits for those that write;
    whoever writes behind it says so, and open dossiers are looked at again.
    """
    if not made:
        return False
    work.versions.hold()
    active = work.versions.active_number()
    late = made[-1].entries[-1].sla_version < active
    if late:
        work.versions.unsettle(active)
    return late


def _entries(changes: Iterable[Change], made: list[Change]) -> Iterator[Entry]:
    for change in changes:
        made.append(change)
        yield from change.entries


def _looked_at(change: Change) -> Clock | None:
    """Return the clock of a change so that it is looked at now: other rungs may be in force already."""
    clock = change.standing.clock
    return clock and replace(clock, next_action_at=change.entries[-1].recorded_at)


def _notices(changes: Sequence[Change], work: UnitOfWork) -> None:
    closed: list[str] = []
    held: list[str] = []
    moved: list[str] = []
    same: list[str] = []
    for change in changes:
        dossier = change.standing.stored.dossier
        if not dossier.is_open:
            closed.append(dossier.code)
        elif change.standing.moved:
            moved.append(dossier.code)
        elif not dossier.is_running:
            held.append(dossier.code)
        elif change.stood_still:
            same.append(dossier.code)
    # All of them first, in one order: whoever takes others of them meanwhile waits, and never in a circle.
    work.notices.lock_unsent([change.standing.stored.dossier.code for change in changes])
    # A due date that moved has a ladder of its own; what was held for the old one means nothing any more.
    work.notices.cancel_pending(closed)
    work.notices.cancel_moved(moved)
    work.notices.cancel_steps([c.standing.stored.dossier.code for c in changes if c.standing.runs])
    work.notices.hold_pending(held)
    work.notices.release_held(same)


def _clocks(changes: Sequence[Change], work: UnitOfWork, *, late: bool) -> None:
    kept = [(c.had_clock, _looked_at(c) if late else c.standing.clock) for c in changes if c.standing.clock]
    opened = [clock for had_clock, clock in kept if clock is not None and not had_clock]
    moved = [clock for had_clock, clock in kept if clock is not None and had_clock]
    closed = [c.standing.stored.dossier.code for c in changes if c.standing.clock is None and c.had_clock]
    work.clocks.insert(opened)
    work.clocks.move(moved)
    work.clocks.remove(closed)

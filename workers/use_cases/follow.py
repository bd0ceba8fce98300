"""Following: the open dossiers are counted anew under the configuration in force, batch after batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError
from workers.use_cases.binding import bindings_of
from workers.use_cases.intake import collector_at_rest
from workers.use_cases.office import load_office
from workers.use_cases.recording import record
from workers.use_cases.redating import Judge
from workers.use_cases.redating_alike import Together
from workers.use_cases.staleness import staleness

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.store.versions import Version
    from workers.use_cases.binding import Bindings
    from workers.use_cases.office import Office
    from workers.use_cases.staleness import Staleness

BATCH: Final = 5000
"""Dossiers of one transaction: other writers wait a fraction of a second for it."""
LEASE: Final = timedelta(minutes=2)
"""How long a version is left alone when whoever counts under it falls silent."""


@dataclass(slots=True, kw_only=True)
class Followed:
    """Count what following a version came to; `failed` maps codes to why a dossier could not follow.

    `busy`: somebody else is at it. `done`: every open dossier has been looked at.
    """

    version: int = 0
    looked_at: int = 0
    moved: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    done: bool = False


def follow(
    store: Store,
    office_code: str,
    *,
    clock: Callable[[], datetime],
    batch: int = BATCH,
    progress: Callable[[Followed], None] = lambda _: None,
) -> Followed:
    """Count anew what the configuration in force moves, and nothing else; closed dossiers are not touched.

    It may be killed at any moment and begun again by anybody: a batch is true as a whole, and what is left is
    found by its state. Once a version is put in force behind it, it goes on under that one. A dossier that
    cannot follow keeps its old date and is named.
    """
    follower = _Follower(store, office_code, clock, batch, progress)
    while (round_ := follower.begin()) is not None:
        follower.go_through(round_)
        if follower.finish(round_):
            break
    return follower.followed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """Hold one round through the open dossiers under one version."""

    office: Office
    version: Version
    stale: Staleness
    together: Together
    bindings: Bindings


@dataclass(slots=True)
class _Follower:
    """Go through the open dossiers of an office, under one version after another."""

    store: Store
    office_code: str
    clock: Callable[[], datetime]
    size: int
    progress: Callable[[Followed], None]
    followed: Followed = field(default_factory=Followed)

    def begin(self) -> _Round | None:
        """Take the version in force; None when all have followed it or somebody else is at it."""
        now = self.clock()
        with self.store.begin(self.office_code) as work:
            version = work.versions.active()
            if version is None or version.redated_at is not None:
                self.followed.done = True
                return None
            self.followed.version = version.number
            if not work.versions.take(version.number, now=now, until=now + LEASE):
                self.followed.busy = True
                return None
            work.commit()
        office = load_office(self.store, self.office_code)
        with self.store.read(self.office_code) as work:
            stale = staleness(work, office, also_open=version.said.also_open, now=now)
            bindings = bindings_of(work)
        return _Round(
            office=office,
            version=version,
            stale=stale,
            together=Together(ladders=stale.ladders, actor=version.said.author),
            bindings=bindings,
        )

    def go_through(self, round_: _Round) -> None:
        """Let every dossier sought follow, a batch a transaction."""
        after: str | None = ""
        while after is not None:
            with collector_at_rest(), self.store.begin(self.office_code) as work:
                after = self._batch(round_, work, after)
                work.commit()
            self.progress(self.followed)

    def _batch(self, round_: _Round, work: UnitOfWork, after: str) -> str | None:
        """Let the next dossiers follow and return the last code of them, None behind the last of all."""
        work.versions.hold()
        number, now = round_.version.number, self.clock()
        if not work.versions.active_number() == number == round_.office.version:
            return None  # another one was put in force: it has a round of its own
        last, size = work.alike.turn(round_.stale.sought, after=after, limit=self.size)
        office, said = round_.office, round_.version.said
        judge = Judge(office=office, said=said, now=now, bindings=round_.bindings)
        moved, left = _moved_together(round_, work, judge)
        moved += _moved_alone(left, judge, work, self.followed.failed)
        work.versions.go_on(number, moved=moved, until=now + LEASE)
        self.followed.looked_at += size
        self.followed.moved += moved
        return last if size == self.size else None

    def finish(self, round_: _Round) -> bool:
        """Note that all have followed; False when a newer version or a late writer asks for another round."""
        number = round_.version.number
        with self.store.begin(self.office_code) as work:
            work.versions.hold()
            last = work.versions.active_number() == number
            late_writes = round_.version.late_writes
            done = last and work.versions.settle(number, late_writes=late_writes, now=self.clock())
            if not done:
                work.versions.let_go(number)
            work.commit()
        self.followed.done = done
        return done


def _moved_together(round_: _Round, work: UnitOfWork, judge: Judge) -> tuple[int, list[str]]:
    """Move what moves together and return how many that were, and who of the page is left to judge alone."""
    groups = work.alike.groups()
    moving, one_by_one = round_.together.sort(groups, work, judge)
    actor, number = round_.version.said.author, round_.version.number
    if moving and not work.alike.move(moving, now=judge.now, actor=actor, sla_version=number):
        moving, one_by_one = [], [group.likeness for group in groups]
    return sum(group.size for group, _ in moving), work.alike.members(one_by_one)


def _moved_alone(codes: list[str], judge: Judge, work: UnitOfWork, failed: dict[str, str]) -> int:
    if not codes:
        return 0
    stored = work.dossiers.load(codes, lock=True)
    clocks = work.clocks.load(list(stored), lock=True)
    changes, left = [], []
    for code, clock in clocks.items():
        try:
            verdict = judge.verdict(stored[code], clock)
            if verdict is None:
                left.append(code)
            else:
                changes.append(judge.change(verdict, stored[code], clock, judge.said.author))
        except (DomainError, LookupError) as error:
            failed[code] = str(error)
    told = work.notices.fired(left) if left else {}
    looks = (judge.sooner(stored[code], clocks[code], told.get(code, ())) for code in left)
    record(changes, work)
    work.clocks.move(clock for clock in looks if clock is not None)
    return len(changes)


def keep_following(store: Store, office_code: str, *, clock: Callable[[], datetime]) -> Followed:
    """Follow what is left, mostly nothing, and note that somebody looked."""
    followed = follow(store, office_code, clock=clock)
    with store.begin(office_code) as work:
        work.journal.beat("follow", now=clock(), found=followed.looked_at)
        work.commit()
    return followed

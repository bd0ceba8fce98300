"""Following: the open dossiers are counted anew under the configuration in force, batch after batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import DomainError
from workers.use_cases.intake import collector_at_rest
from workers.use_cases.office import load_office
from workers.use_cases.recording import record
from workers.use_cases.redating import Judge
from workers.use_cases.staleness import staleness

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workers.store.clocks import Clock
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.store.versions import Version
    from workers.use_cases.office import Office
    from workers.use_cases.recording import Change
    from workers.use_cases.staleness import Staleness

BATCH: Final = 500
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
        return _Round(office=office, version=version, stale=stale)

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
        codes = work.stale.page(round_.stale.sought, after=after, limit=self.size)
        changes, sooner = _judged(codes, round_, work, now, self.followed.failed)
        record(changes, work)
        work.clocks.move(sooner)
        work.versions.go_on(number, moved=len(changes), until=now + LEASE)
        self.followed.looked_at += len(codes)
        self.followed.moved += len(changes)
        return codes[-1] if len(codes) == self.size else None

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


def _judged(
    codes: list[str], round_: _Round, work: UnitOfWork, now: datetime, failed: dict[str, str]
) -> tuple[list[Change], list[Clock]]:
    judge = Judge(office=round_.office, said=round_.version.said, now=now)
    stored = work.dossiers.load(codes, lock=True)
    clocks = work.clocks.load(list(stored), lock=True)
    changes, left = [], []
    for code, clock in clocks.items():
        try:
            verdict = judge.verdict(stored[code], clock)
            if verdict is None:
                left.append(code)
            else:
                changes.append(judge.change(verdict, stored[code], clock, round_.version.said.author))
        except (DomainError, LookupError) as error:
            failed[code] = str(error)
    told = work.notices.fired(left) if left else {}
    looks = (judge.sooner(stored[code], clocks[code], told.get(code, ())) for code in left)
    return changes, [clock for clock in looks if clock is not None]


def keep_following(store: Store, office_code: str, *, clock: Callable[[], datetime]) -> Followed:
    """Follow what is left, mostly nothing, and note that somebody looked."""
    followed = follow(store, office_code, clock=clock)
    with store.begin(office_code) as work:
        work.journal.beat("follow", now=clock(), found=followed.looked_at)
        work.commit()
    return followed

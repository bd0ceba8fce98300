"""How the machinery of an office is: what every part of it last said, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from workers.use_cases import signs
from workers.use_cases.outages import BEAT
from workers.use_cases.signs import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workers.store.journal import Heartbeat
    from workers.store.unit_of_work import UnitOfWork

SWEEPS: Final = (
    "watch_inbox",
    signs.FOLLOW,
    signs.SWEEP_DOSSIERS,
    signs.SWEEP_NOTICES,
    "warn_ops",
    "tell_returned",
    "remind_of_tasks",
)
"""What runs with every tick: its silence means something."""
ON_DEMAND: Final = (signs.ACT, signs.DELIVER)
"""What runs when there is something to do: its silence means nothing."""


def is_fresh(at: datetime | None, *, now: datetime, within: timedelta) -> bool:
    """Say whether a sign of life is young enough; one from far ahead is none: some clock has jumped."""
    return at is not None and abs(now - at) <= within


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """Hold one beat: where it runs (`machine:pid`), since when, and its last tick, by its own clock."""

    name: str
    since: datetime
    ticked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Hold the last message that came back through a queue: when, to which machine, when it was sent."""

    at: datetime
    sent_at: datetime | None
    host: str

    @property
    def round_trip(self) -> timedelta | None:
        """Return how long it was on its way; below zero when the clocks of two machines differ."""
        return None if self.sent_at is None else self.at - self.sent_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """Hold the last run of something: when, and its counts; None where it does not count."""

    at: datetime
    run: Run | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Machinery:
    """Hold the last signs of life of every part, and what waits.

    `last_tick` is when a worker last heard beat; `beats` are those remembered. `probes` are by queue, `runs`
    by name (`SWEEPS`, `ON_DEMAND`); what is not there never was. `failing` are dossiers that could not be
    judged lately. `oldest_undelivered` is the oldest notice that should have gone, `oldest_due` the moment
    at which the first dossier came due that no sweep has found yet.
    """

    last_tick: datetime | None = None
    beats: tuple[Beat, ...] = ()
    probes: dict[str, Probe]
    runs: dict[str, Ran]
    failing: tuple[str, ...] = ()
    oldest_undelivered: datetime | None = None
    oldest_due: datetime | None = None
    dead_notices: int = 0
    dead_letters: int = 0

    @property
    def last_sign(self) -> datetime | None:
        """Return when anything that runs with every tick last did."""
        ran = [self.runs[name].at for name in SWEEPS if name in self.runs]
        return max([*ran, *([self.last_tick] if self.last_tick else [])], default=None)

    def ticking(self, *, now: datetime, silence: timedelta) -> tuple[Beat, ...]:
        """Return the beats at work, by name: heard within `silence`, and not followed by another one.

        One that began after the last tick of another has taken its place: that is a restart. Two that tick
        at once both go on.
        """
        fresh = [beat for beat in self.beats if is_fresh(beat.ticked_at, now=now, within=silence)]
        at_work = [beat for beat in fresh if not any(other.since > beat.ticked_at for other in fresh)]
        return tuple(sorted(at_work, key=lambda beat: beat.name))


def machinery_of(work: UnitOfWork, *, now: datetime) -> Machinery:
    """Return how the machinery of an office is, by what it wrote of itself and what waits."""
    rows = work.journal.heartbeats()
    names = (*SWEEPS, *ON_DEMAND)
    return Machinery(
        last_tick=rows[BEAT].at if BEAT in rows else None,
        beats=tuple(_beats(rows)),
        probes={
            name.removeprefix(signs.PROBE): _probe(row)
            for name, row in rows.items()
            if name.startswith(signs.PROBE)
        },
        runs={name: Ran(at=rows[name].at, run=_run(rows[name].data)) for name in names if name in rows},
        failing=_failing(rows.get(signs.FAILING), now),
        oldest_undelivered=work.outbox.oldest_undelivered(now=now),
        oldest_due=work.clocks.oldest_due(now=now),
        dead_notices=work.dead_notices.count(),
        dead_letters=work.journal.count_dead_letters(),
    )


def _beats(rows: dict[str, Heartbeat]) -> Iterator[Beat]:
    for name, row in rows.items():
        if name.startswith(signs.ONE_BEAT):
            since, sent = (datetime.fromisoformat(row.data[key]) for key in ("since", "sent_at"))
            yield Beat(name=row.data["beat"], since=since, ticked_at=sent)


def _probe(row: Heartbeat) -> Probe:
    sent = row.data.get("sent_at")
    return Probe(
        at=row.at, sent_at=datetime.fromisoformat(sent) if sent else None, host=row.data.get("host", "")
    )


def _run(data: dict[str, Any]) -> Run | None:
    if "found" in data:  # written by a program that counted no more
        return Run(seen=data["found"], due=data["found"], truncated=data.get("truncated", False))
    counts = {field.name: data[field.name] for field in fields(Run) if field.name in data}
    return Run(**counts) if counts else None


def _failing(row: Heartbeat | None, now: datetime) -> tuple[str, ...]:
    if row is None:
        return ()
    keep = timedelta(seconds=row.data.get("keep", 0.0))
    codes: dict[str, str] = row.data.get("codes", {})
    return tuple(code for code, at in codes.items() if now - datetime.fromisoformat(at) <= keep)

"""Outages: when nothing ran, and until when what came due then had to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers.store.unit_of_work import UnitOfWork

BEAT: Final = "beat"
OUTAGES: Final = "outages"
SHORTEST: Final = timedelta(minutes=15)
"""What is no outage yet, and how late nobody calls late: some sweeps, a lease, a list being written."""
_SWEEPS: Final = 3
_KEPT: Final = 200
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Outage(NamedTuple):
    """Hold when nothing ran: after `begin`, the last sign of life before it, until `end`, the first after."""

    begin: datetime
    end: datetime


def patience_for(sweep: timedelta) -> timedelta:
    """Return how long what has come due may wait in an office that sweeps once in `sweep`."""
    return max(SHORTEST, _SWEEPS * sweep)


def tick(work: UnitOfWork, *, now: datetime, patience: timedelta, **told: str) -> None:
    """Write a sign of life, and where it ends a silence longer than `patience`, the outage it ends.

    Whatever came due before the first sign of life there ever was has come due in an outage too. `told` is
    what beat says of itself.
    """
    before = work.journal.heartbeat(BEAT)
    begin = before.at if before else NEVER
    if now - begin > patience:
        known = [*outages(work), Outage(begin, now)][-_KEPT:]
        listed = [[outage.begin.isoformat(), outage.end.isoformat()] for outage in known]
        work.journal.beat(OUTAGES, now=now, outages=listed)
    work.journal.beat(BEAT, now=now, **told)


def outages(work: UnitOfWork) -> list[Outage]:
    """Return the last outages that have ended, in order."""
    kept = work.journal.heartbeat(OUTAGES)
    listed = kept.data["outages"] if kept else []
    return [Outage(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Say from when and until when what has come due had to be seen; `outages` stand in order."""

    slack: timedelta = SHORTEST
    outages: Sequence[Outage] = ()

    def earliest(self, at: datetime) -> datetime:
        """Return when something could first be seen that came due at a moment: in an outage at its end."""
        return next((end for begin, end in self.outages if begin < at < end), at)

    def latest(self, at: datetime) -> datetime:
        """Return by when it had to be seen: within the slack, or within that of an outage that came first."""
        earliest = self.earliest(at)
        latest = earliest + self.slack
        for begin, end in self.outages:
            if begin < latest and end > earliest:
                latest = end + self.slack
        return latest

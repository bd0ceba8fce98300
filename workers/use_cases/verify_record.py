"""What is remembered of the nightly verifications: the last, the one under way, those that found any."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.tampering import Alteration
    from workers.store.unit_of_work import UnitOfWork

Stage = Literal["events", "rest", "anchors", "registers", "seals"]
VERIFIED: Final = "verify_record"
MOST_LISTED: Final = 20
_MOST_KEPT: Final = 14


class Place(NamedTuple):
    """Say how far a verification is: its stage, behind which dossier, anchor or seal ("": before all)."""

    stage: Stage
    after: str = ""


FIRST: Final = Place("events")


class Told(NamedTuple):
    """Hold of an alteration what is told by mail: where it is, never what a row says or said."""

    table: str
    what: str
    chain: str
    number: int | None
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Hold one verification, begun at an instant: how far it is (`place`; None: to the end), what it found.

    `at` is when it was last worked on; `counted` what it looked at, by the names of `Totals`.
    """

    begun: datetime
    at: datetime
    place: Place | None = FIRST
    counted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    first: tuple[Told, ...] = ()

    def went_on(
        self, alterations: Sequence[Alteration], place: Place | None, counted: Counter[str], *, now: datetime
    ) -> Verified:
        """Return it after one more piece: what that found, and how far it got."""
        told = [Told(one.table, one.what, one.chain, one.number, one.column) for one in alterations]
        return replace(
            self,
            at=now,
            place=place,
            counted=self.counted + counted,
            found=self.found + Counter(one.table for one in told),
            first=(*self.first, *told)[:MOST_LISTED],
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "begun": self.begun.isoformat(),
            "at": self.at.isoformat(),
            "place": self.place,
            "counted": dict(self.counted),
            "found": dict(self.found),
            "first": self.first,
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Verified:
        """Return what `as_json` made plain."""
        begun, at = (datetime.fromisoformat(data[name]) for name in ("begun", "at"))
        return cls(
            begun=begun,
            at=at,
            place=Place(*data["place"]) if data["place"] else None,
            counted=Counter(data["counted"]),
            found=Counter(data["found"]),
            first=tuple(Told(*one) for one in data["first"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRecord:
    """Hold the last verification that came to its end, the one under way, and those that found something."""

    last: Verified | None = None
    running: Verified | None = None
    differing: tuple[Verified, ...] = ()

    def finished(self, done: Verified) -> VerifyRecord:
        """Return the record when a verification has come to its end."""
        kept = (*self.differing, *([done] if done.found.total() else []))
        return VerifyRecord(last=done, differing=kept[-_MOST_KEPT:])


def verify_record(work: UnitOfWork, *, lock: bool = False) -> VerifyRecord:
    """Read the record; with `lock`, nobody else writes it meanwhile."""
    beat = work.journal.heartbeat(VERIFIED, lock=lock)
    if beat is None:
        return VerifyRecord()
    last, running = (
        Verified.of_json(one) if one else None for one in (beat.data["last"], beat.data["running"])
    )
    differing = tuple(Verified.of_json(one) for one in beat.data["differing"])
    return VerifyRecord(last=last, running=running, differing=differing)


def keep_verified(record: VerifyRecord, work: UnitOfWork, *, now: datetime) -> None:
    """Write the record, as a sign of life."""
    last, running = (one.as_json() if one else None for one in (record.last, record.running))
    differing = [one.as_json() for one in record.differing]
    work.journal.beat(VERIFIED, now=now, last=last, running=running, differing=differing)

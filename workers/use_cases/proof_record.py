"""What is remembered of the nightly proofs: until when, the one under way, those that differed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.unlike import Unlike

PROOF: Final = "prove_notices"
MOST_LISTED: Final = 20
_MOST_KEPT: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Hold one proof of [begin, end): how far it is (`after`, a code; None: to the end), and what it found.

    `at` is when it was last worked on. `first` are the first differences: kind, dossier, rung.
    """

    begin: datetime
    end: datetime
    at: datetime
    after: str | None = ""
    dossiers: int = 0
    due: int = 0
    unlike: Counter[str] = field(default_factory=Counter)
    first: tuple[tuple[str, str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "from": self.begin.isoformat(),
            "until": self.end.isoformat(),
            "at": self.at.isoformat(),
            "after": self.after,
            "dossiers": self.dossiers,
            "due": self.due,
            "unlike": dict(self.unlike),
            "first": [list(entry) for entry in self.first],
        }

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> Proof:
        """Return what `as_json` made plain."""
        begin, end, at = (datetime.fromisoformat(data[name]) for name in ("from", "until", "at"))
        first = tuple((kind, code, rung) for kind, code, rung in data["first"])
        return cls(
            begin=begin,
            end=end,
            at=at,
            after=data["after"],
            dossiers=data["dossiers"],
            due=data["due"],
            unlike=Counter(data["unlike"]),
            first=first,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRecord:
    """Hold the last proof that came to its end, the one under way, and those that differed, the last last."""

    last: Proof | None = None
    running: Proof | None = None
    differing: tuple[Proof, ...] = ()

    def finished(self, proof: Proof) -> ProofRecord:
        """Return the record when a proof has come to its end."""
        kept = (*self.differing, *([proof] if proof.unlike.total() else []))
        return ProofRecord(last=proof, differing=kept[-_MOST_KEPT:])


def proof_record(work: UnitOfWork, *, lock: bool = False) -> ProofRecord:
    """Read the record; with `lock`, nobody else writes it meanwhile."""
    beat = work.journal.heartbeat(PROOF, lock=lock)
    if beat is None:
        return ProofRecord()
    data = beat.data
    return ProofRecord(
        last=Proof.of_json(data["last"]) if data["last"] else None,
        running=Proof.of_json(data["running"]) if data["running"] else None,
        differing=tuple(Proof.of_json(entry) for entry in data["differing"]),
    )


def keep_record(record: ProofRecord, work: UnitOfWork, *, now: datetime) -> None:
    """Write the record, as a sign of life."""
    work.journal.beat(
        PROOF,
        now=now,
        last=record.last.as_json() if record.last else None,
        running=record.running.as_json() if record.running else None,
        differing=[proof.as_json() for proof in record.differing],
    )


def brief(found: Iterable[Unlike]) -> tuple[tuple[str, str, str], ...]:
    """Return what is kept of differences: kind, dossier, rung."""
    return tuple((entry.kind, entry.code, entry.notice.rung if entry.notice else "") for entry in found)

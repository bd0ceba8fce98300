"""Signs of life: what the machinery writes of itself, so that silence never looks like peace.

`machinery.py` reads them. Each is one row that moves; all may be written twice or late without harm.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from workers.use_cases import outages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.tick import Tick

ONE_BEAT: Final = "beat:"
PROBE: Final = "probe:"
FAILING: Final = "failing"
FOLLOW: Final = "follow"
SWEEP_DOSSIERS: Final = "sweep_dossiers"
SWEEP_NOTICES: Final = "sweep_notices"
ACT: Final = "act_on_batch"
DELIVER: Final = "deliver"
REMEMBERED: Final = timedelta(days=1)
"""How long a beat that ticks no more is remembered."""
_MOST_FAILING: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Count what one run of something did.

    seen: rows it read; due: rows that had come due, also those beyond its limit; claimed: rows it took to
    hand them out, or notices it made or sent; failed: those that went wrong; truncated: more is waiting;
    seconds: how long it took.
    """

    seen: int = 0
    due: int = 0
    claimed: int = 0
    failed: int = 0
    truncated: bool = False
    seconds: float = 0.0


def untimed() -> float:
    """Say of a run that nobody times that it took no time."""
    return 0.0


def note_run(work: UnitOfWork, name: str, run: Run, *, now: datetime) -> None:
    """Say that something has run and what it counted: nothing was due is not the same as nothing ran."""
    work.journal.beat(name, now=now, **asdict(run))


def note_failing(work: UnitOfWork, codes: Iterable[str], *, now: datetime, keep: timedelta) -> None:
    """Remember the dossiers that could not be judged, beside those of the last `keep`; nothing for none.

    Whichever cannot be judged still comes back with every lease, so what is not named again is mended.
    """
    failed = dict.fromkeys(codes, now.isoformat())
    if not failed:
        return
    known = work.journal.heartbeat(FAILING, lock=True)
    earlier = known.data.get("codes", {}) if known else {}
    fresh = {code: at for code, at in earlier.items() if datetime.fromisoformat(at) > now - keep}
    newest = dict(list({**fresh, **failed}.items())[-_MOST_FAILING:])
    work.journal.beat(FAILING, now=now, codes=newest, keep=keep.total_seconds())


def note_tick(store: Store, office: str, tick: Tick | None, *, now: datetime, patience: timedelta) -> None:
    """Say that beat has ticked and a worker has heard it, and which beat; None: one that gives no name.

    A silence longer than `patience` that ends now is kept as an outage. Each beat has a row, so that two that
    tick at once are seen; one that is silent for a day is forgotten.
    """
    told = {} if tick is None else _told(tick)
    with store.begin(office) as work:
        outages.tick(work, now=now, patience=patience, **told)
        if tick is not None:
            name = sha256(f"{tick.beat} {told['since']}".encode()).hexdigest()[:16]
            work.journal.beat(f"{ONE_BEAT}{name}", now=now, **told)
            work.journal.forget(ONE_BEAT, before=now - REMEMBERED)
        work.commit()


def _told(tick: Tick) -> dict[str, str]:
    return {"beat": tick.beat, "since": tick.since.isoformat(), "sent_at": tick.at.isoformat()}


def note_probe(
    store: Store, office: str, queue: str, *, sent_at: datetime | None, host: str, now: datetime
) -> None:
    """Say that a message went through a queue to a worker on `host`, and when it was sent, if it says so."""
    sent = sent_at.isoformat() if sent_at else None
    with store.begin(office) as work:
        work.journal.beat(f"{PROBE}{queue}", now=now, sent_at=sent, host=host)
        work.commit()

"""The tally: where a dossier stood at a moment, in exactly one place, and what it adds to the counts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from domain.deadline import is_past
from domain.on_time_rate import Counts, Timing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from domain.dossier import Outcome, Stop

Stand = Literal[
    "early",
    "on_time",
    "late",
    "resolved_no_limit",
    "withdrawn",
    "waiting",
    "pending_in_time",
    "pending_overdue",
    "pending_no_limit",
]
"""The stands, each a field of Counts of the same name."""

Against = Literal["law", "slip", "slip-day"]
"""What a result is held against: the lawful due date; the hour, or the day, printed on the slip."""

_CLOSED: Final[Mapping[Timing, Stand]] = {
    "early": "early",
    "on_time": "on_time",
    "late": "late",
    "no_limit": "resolved_no_limit",
}
_INSTANT: Final = timedelta(microseconds=1)


class Counted(NamedTuple):
    """Hold one dossier as it stood at a moment: what its events up to then, as known by then, say of it.

    `due_at` is the lawful due date, once closed the one it was judged by; `timing` is set once closed.
    `ticking`: the store holds a due date, or that there is none, for a dossier that is still open. Instants
    are aware. A NamedTuple: a report reads a hundred thousand of them.
    """

    code: str
    procedure: str
    procedure_version: str
    sla_version: int
    unit: str
    accepted_at: datetime
    officer: str | None = None
    channel: str | None = None
    commune: str | None = None
    bundle: str | None = None
    bundle_rule: str | None = None
    step: str | None = None
    promised_at: str | None = None
    stopped_since: datetime | None = None
    stopped_by: Stop | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    outcome: Outcome | None = None
    timing: Timing | None = None
    due_at: datetime | None = None
    ticking: bool = True


def stand_of(counted: Counted, *, at: datetime) -> Stand | None:
    """Return where a dossier stood at an aware instant; None where what is stored of it fits nowhere.

    Withdrawn ones stand apart. One that stopped in time waits in time; stopping after the due date does not
    make it timely. It is overdue from its due date on, and not a moment before.
    """
    if counted.outcome == "withdrawn":
        return "withdrawn"
    if counted.outcome is not None:
        return None if counted.timing is None else _CLOSED.get(counted.timing)
    if not counted.ticking:
        return None
    due_at, since = counted.due_at, counted.stopped_since
    if since is not None and (due_at is None or since < due_at):
        return "waiting"
    if due_at is None:
        return "pending_no_limit"
    return "pending_overdue" if is_past(due_at, now=at) else "pending_in_time"


def counts_of(counted: Counted, stand: Stand, *, begin: datetime | None) -> Counts:
    """Return what one dossier adds to the counts of a period that begins at an instant (None: never)."""
    return Counts(
        **{stand: 1},
        refused=int(counted.outcome == "refused"),
        suspended=int(stand == "waiting" and counted.stopped_by != "supplement"),
        carried_in=int(stand != "withdrawn" and begin is not None and counted.accepted_at < begin),
    )


def judged_by_slip(counted: Counted, against: Against, zone: ZoneInfo) -> Counted:
    """Return a dossier judged by what its slip promised, hour or day; without a promise it has no limit.

    By the hour a result at the promised instant is on time, by the day any result of the promised local day;
    a promise of a day alone is one of its whole day. Early is before the promised local day.
    """
    if counted.promised_at is None:
        closed: Timing | None = None if counted.outcome in (None, "withdrawn") else "no_limit"
        return counted._replace(due_at=None, timing=closed)
    promised = datetime.fromisoformat(counted.promised_at.removesuffix("/day")).astimezone(zone)
    whole_day = against == "slip-day" or counted.promised_at.endswith("/day")
    due_at = (_day_after(promised) if whole_day else promised + _INSTANT).astimezone(UTC)
    if counted.finished_at is None or counted.outcome == "withdrawn":
        return counted._replace(due_at=due_at, timing=None)
    judged_at = counted.stopped_since or counted.finished_at
    early = judged_at.astimezone(zone).date() < promised.date()
    in_time: Timing = "early" if early else "on_time"
    return counted._replace(due_at=due_at, timing="late" if judged_at >= due_at else in_time)


def _day_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), tzinfo=moment.tzinfo)

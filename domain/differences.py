"""From a list to events: what a row of the one-stop software's list says has happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.dossier import AFTER_DUE, Dossier, Event, EventKind, apply
from domain.errors import HistoryError
from domain.plausible import check_against, check_alone

if TYPE_CHECKING:
    from datetime import datetime

    from domain.snapshot import Moment, Reading, SnapshotRow


def differences(known: Dossier | None, reading: Reading) -> tuple[list[Event], Dossier]:
    """Return the events a row brings, oldest first, and the dossier after them; an unchanged row brings none.

    A row that contradicts history raises ContradictionError, one that cannot be true HistoryError; neither
    changes anything.
    """
    check_alone(reading)
    history = _History(reading, known)
    if known is None:
        history.add("accepted", reading.row.accepted_at, **_acceptance(reading))
    else:
        check_against(known, reading)
        _moved(history, known)
    _clock(history)
    _closing(history)
    if history.dossier is None:
        raise HistoryError("no_events", code=reading.row.code)
    return history.events, history.dossier


class _History:
    """Collect events and keep the dossier up with them, so that each is judged by what came before."""

    def __init__(self, reading: Reading, dossier: Dossier | None) -> None:
        self.reading, self.dossier = reading, dossier
        self.events: list[Event] = []

    def add(self, kind: EventKind, moment: Moment | None, **data: str | None) -> None:
        at = self.moment(moment)
        event = Event(
            kind=kind, occurred_at=at, data={key: value for key, value in data.items() if value is not None}
        )
        self.dossier = apply(self.dossier, event, code=self.reading.row.code)
        self.events.append(event)

    def moment(self, moment: Moment | None) -> datetime:
        """Return the instant of a change: its own or the list's; a bare day follows what came before."""
        if moment is None:
            return self.reading.seen_at
        last = self.dossier.last_at if self.dossier else moment.at
        zone = self.reading.zone
        same_day = moment.at.astimezone(zone).date() == last.astimezone(zone).date()
        return last if moment.date_only and same_day and moment.at < last else moment.at


def _acceptance(reading: Reading) -> dict[str, str | None]:
    row, procedure = reading.row, reading.procedure
    return {
        "procedure": procedure.code,
        "procedure_version": procedure.version,
        "unit": reading.unit,
        "officer": row.officer,
        "channel": row.channel,
        "promised_at": _promise(row),
    }


def _moved(history: _History, known: Dossier) -> None:
    row, unit, last = history.reading.row, history.reading.unit, history.reading.last
    closes = row.finished_at or row.returned_at or row.status in ("withdrawn", "refused")
    # A finished dossier stands with the one-stop section: that is where its result is, not who handled it.
    if unit not in (last.unit if last else known.unit, known.unit) and known.is_open and not closes:
        history.add("handed_over", row.status_at, unit=unit, officer=row.officer)
    elif row.officer and row.officer not in (known.officer, last.officer if last else None):
        history.add("officer_changed", None, officer=row.officer)
    promise = _promise(row)
    if promise and promise != known.promised_at:
        history.add("promise_changed", None, promised_at=promise)


def _clock(history: _History) -> None:
    row, dossier, last = history.reading.row, history.dossier, history.reading.last
    if dossier is None or not dossier.is_open or row.status is None or (last and row.status == last.status):
        return  # the list says nothing new of the clock; what was recorded otherwise stands
    if row.status == "processing" and dossier.stopped_since is not None:
        if last is None and (row.status_at is None or row.status_at.at < dossier.stopped_since):
            return  # the first list that names it may be older than the stop
        history.add("resumed" if dossier.stopped_by == "suspended" else "supplemented", row.status_at)
    elif row.status in ("suspended", "supplement"):
        kind: EventKind = "suspended" if row.status == "suspended" else "supplement_requested"
        history.add(kind, row.status_at, **{AFTER_DUE: _after_due(history)})


def _after_due(history: _History) -> str | None:
    due_at = history.reading.due_at
    return "yes" if due_at is not None and history.moment(history.reading.row.status_at) >= due_at else None


def _closing(history: _History) -> None:
    row, dossier = history.reading.row, history.dossier
    if dossier is not None and dossier.is_open:
        if row.status == "withdrawn":
            history.add("withdrawn", row.status_at or row.finished_at)
        elif row.status == "refused":
            history.add("refused", row.finished_at or row.status_at)
        elif row.finished_at or row.returned_at:
            history.add("finished", row.finished_at or row.returned_at)
    dossier = history.dossier
    is_new = row.returned_at and dossier is not None and dossier.returned_at is None
    if is_new and dossier is not None and dossier.outcome != "withdrawn":
        history.add("returned", row.returned_at)


def _promise(row: SnapshotRow) -> str | None:
    if row.promised_at is None:
        return None
    return row.promised_at.at.isoformat() + ("/day" if row.promised_at.date_only else "")

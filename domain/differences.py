"""From a list to events: what a row of the one-stop software's list says has happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.deadline import is_past
from domain.dossier import AFTER_DUE, Dossier, Event, EventKind, apply
from domain.plausible import check_against, check_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.snapshot import Moment, Reading, SnapshotRow


def differences(known: Dossier | None, reading: Reading) -> tuple[list[Event], Dossier]:
    """Return the events a row brings, oldest first, and the dossier after them; an unchanged row brings none.

    A row that contradicts history raises ContradictionError, one that cannot be true HistoryError; neither
    changes anything.
    """
    check_alone(reading)
    if known is None:
        accepted = _acceptance(reading)
        history = _History(reading, apply(None, accepted, code=reading.row.code), [accepted])
    else:
        check_against(known, reading)
        history = _History(reading, known, [])
        _moved(history, known)
    _clock(history)
    _closing(history)
    return history.events, history.dossier


class _History:
    """Collect events and keep the dossier up with them, so that each is judged by what came before."""

    def __init__(self, reading: Reading, dossier: Dossier, events: list[Event]) -> None:
        self.reading, self.dossier, self.events = reading, dossier, events

    def add(self, kind: EventKind, moment: Moment | None, **data: str | None) -> None:
        event = Event(kind=kind, occurred_at=self.moment(moment), data=_known(data))
        self.dossier = apply(self.dossier, event)
        self.events.append(event)

    def moment(self, moment: Moment | None) -> datetime:
        """Return the instant of a change: its own or the list's; a bare day follows what came before."""
        if moment is None:
            return self.reading.seen_at
        last, zone = self.dossier.last_at, self.reading.zone
        same_day = moment.at.astimezone(zone).date() == last.astimezone(zone).date()
        return last if moment.date_only and same_day and moment.at < last else moment.at


def _acceptance(reading: Reading) -> Event:
    row, procedure = reading.row, reading.procedure
    data = {
        "procedure": procedure.code,
        "procedure_version": procedure.version,
        "unit": reading.unit,
        "officer": row.officer,
        "channel": row.channel,
        "promised_at": _promise(row),
    }
    return Event(kind="accepted", occurred_at=row.accepted_at.at, data=_known(data))


def _known(data: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in data.items() if value is not None}


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
    if not dossier.is_open or row.status is None or (last and row.status == last.status):
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
    stopped_at = history.moment(history.reading.row.status_at)
    return "yes" if due_at is not None and is_past(due_at, now=stopped_at) else None


def _closing(history: _History) -> None:
    row = history.reading.row
    if history.dossier.is_open:
        if row.status == "withdrawn":
            history.add("withdrawn", row.status_at or row.finished_at)
        elif row.status == "refused":
            history.add("refused", row.finished_at or row.status_at)
        elif row.finished_at or row.returned_at:
            history.add("finished", row.finished_at or row.returned_at)
    dossier = history.dossier
    if row.returned_at and dossier.returned_at is None and dossier.outcome != "withdrawn":
        history.add("returned", row.returned_at)


def _promise(row: SnapshotRow) -> str | None:
    if row.promised_at is None:
        return None
    return row.promised_at.at.isoformat() + ("/day" if row.promised_at.date_only else "")

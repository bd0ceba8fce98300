"""From a list to events: what a row of the one-stop software's list says has happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.event import Event
from domain.history import apply
from domain.lawful import Circumstances, weigh
from domain.plausible import check_against, check_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.dossier import Dossier
    from domain.event import EventKind
    from domain.snapshot import Moment, Reading, SnapshotRow


_GOES_ON: Final[dict[str | None, EventKind]] = {
    "suspended": "resumed",
    "financial_obligation": "resumed",
    "supplement": "supplemented",
}


def course_of(known: Dossier | None, reading: Reading) -> list[tuple[Event, Dossier]]:
    """Return the events a row brings, oldest first, each with the dossier it made; an unchanged row has none.

    A row that contradicts history raises ContradictionError, one that cannot be true HistoryError; neither
    changes anything.
    """
    check_alone(reading)
    if known is not None:
        check_against(known, reading)
    history = _History(reading, known)
    if known is not None:
        _moved(history, known)
    _clock(history)
    _closing(history)
    return history.course


class _History:
    """Collect events and keep the dossier up with them, so that each is judged by what came before."""

    def __init__(self, reading: Reading, known: Dossier | None) -> None:
        self.reading = reading
        self.course: list[tuple[Event, Dossier]] = []
        self.around = Circumstances(terms=reading.terms, now=reading.now, known=known, due_at=reading.due_at)
        if known is None:
            accepted = weigh(_acceptance(reading), None, self.around)
            known = apply(None, accepted, code=reading.row.code)
            self.course.append((accepted, known))
        self.dossier = known

    def add(self, kind: EventKind, moment: Moment | None, **data: str | None) -> None:
        event = Event(kind=kind, occurred_at=self.moment(moment), data=_known(data))
        event = weigh(event, self.dossier, self.around)
        self.dossier = apply(self.dossier, event)
        self.course.append((event, self.dossier))

    def hand_over(self, moment: Moment | None, **data: str | None) -> None:
        # The list dates its status, not the hand-over: a date before the last one cannot be that of this one.
        earlier = moment is not None and self.moment(moment) < self.dossier.step_since
        self.add("handed_over", None if earlier else moment, **data)

    def moment(self, moment: Moment | None) -> datetime:
        """Return the instant of a change: its own or the list's; a bare day follows what came before."""
        if moment is None:
            return self.reading.seen_at
        last, zone = self.dossier.last_at, self.reading.zone
        same_day = moment.at.astimezone(zone).date() == last.astimezone(zone).date()
        return last if moment.date_only and same_day and moment.at < last else moment.at


def _acceptance(reading: Reading) -> Event:
    row, procedure = reading.row, reading.terms.procedure
    data = {
        "procedure": procedure.code,
        "procedure_version": procedure.version,
        "unit": reading.unit,
        "officer": row.officer,
        "channel": row.channel,
        "limit_case": reading.limit_case,
        "commune": reading.commune,
        "bundle": reading.bundle,
        "bundle_rule": reading.bundle_rule,
        "step": reading.step,
        "promised_at": _promise(row),
    }
    return Event(kind="accepted", occurred_at=row.accepted_at.at, data=_known(data))


def _known(data: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in data.items() if value is not None}


def _moved(history: _History, known: Dossier) -> None:
    reading = history.reading
    row, unit, step, last = reading.row, reading.unit, reading.step, reading.last
    closes = row.finished_at or row.returned_at or row.status in ("withdrawn", "refused")
    # A finished dossier stands with the one-stop section: that is where its result is, not who handled it.
    elsewhere = unit not in (last.unit if last else known.unit, known.unit)
    onward = step is not None and step not in (known.step, last.step if last else None)
    if (elsewhere or onward) and known.is_open and not closes:
        history.hand_over(row.status_at, unit=unit, officer=row.officer, step=step)
    elif row.officer and row.officer not in (known.officer, last.officer if last else None):
        history.add("officer_changed", None, officer=row.officer)
    promise = _promise(row)
    if promise and promise != known.promised_at:
        history.add("promise_changed", None, promised_at=promise)


def _clock(history: _History) -> None:
    row, dossier, last = history.reading.row, history.dossier, history.reading.last
    if not dossier.is_open or row.status is None or (last and row.status == last.status):
        return  # the list says nothing new of the clock; what was recorded otherwise stands
    if row.status == dossier.stopped_by:
        return  # an event told of this stop before the list did
    if row.status == "processing" and dossier.stopped_by in _GOES_ON:
        since = dossier.stopped_since
        if last is None and (row.status_at is None or (since and row.status_at.at < since)):
            return  # the first list that names it may be older than the stop
        history.add(_GOES_ON[dossier.stopped_by], row.status_at)
    elif row.status == "supplement":
        history.add("supplement_requested", row.status_at)
    elif row.status in ("suspended", "financial_obligation"):
        cause = row.status if row.status == "financial_obligation" else None
        history.add("suspended", row.status_at, cause=cause)


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

"""From a list to events: what a row of the one-stop software's list says has happened since the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.dossier import Dossier, Event, EventKind, apply
from domain.errors import ContradictionError, HistoryError
from domain.time_limit import SECONDS_OF

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from domain.procedure import ProcedureVersion
    from domain.snapshot import Moment, SnapshotRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold a row with its words resolved, and the moment the list was made.

    `now` (aware) bounds everything: what lies after it has not happened. `seen_at` stands for the moment of a
    change that the list shows without one.
    """

    row: SnapshotRow
    procedure: ProcedureVersion
    unit: str
    zone: tzinfo
    now: datetime
    seen_at: datetime


def differences(known: Dossier | None, reading: Reading) -> tuple[list[Event], Dossier]:
    """Return the events a row brings, oldest first, and the dossier after them; an unchanged row brings none.

    A row that contradicts history raises ContradictionError, one that cannot be true HistoryError; neither
    changes anything.
    """
    _possible(reading)
    history = _History(reading, known)
    if known is None:
        history.add("accepted", reading.row.accepted_at, **_acceptance(reading))
    else:
        _consistent(known, reading)
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
        at = self.reading.seen_at if moment is None else moment.at
        if self.dossier is not None and at < self.dossier.last_at and self._same_day(moment):
            at = self.dossier.last_at  # the list gave only the day: later on that day than what came before
        event = Event(
            kind=kind, occurred_at=at, data={key: value for key, value in data.items() if value is not None}
        )
        self.dossier = apply(self.dossier, event, code=self.reading.row.code)
        self.events.append(event)

    def _same_day(self, moment: Moment | None) -> bool:
        if moment is None or not moment.date_only or self.dossier is None:
            return False
        zone = self.reading.zone
        return moment.at.astimezone(zone).date() == self.dossier.last_at.astimezone(zone).date()


def _acceptance(reading: Reading) -> dict[str, str | None]:
    row, procedure = reading.row, reading.procedure
    if row.accepted_at.date_only and procedure.limit.unit in SECONDS_OF:
        raise HistoryError("hour_needed")
    return {
        "procedure": procedure.code,
        "procedure_version": procedure.version,
        "unit": reading.unit,
        "officer": row.officer,
        "channel": row.channel,
        "promised_at": _promise(row),
    }


def _possible(reading: Reading) -> None:
    row = reading.row
    named = [("accepted", row.accepted_at), ("finished", row.finished_at), ("returned", row.returned_at)]
    for name, moment in [*named, ("status", row.status_at)]:
        if moment is not None and moment.at > reading.now:
            raise HistoryError("future", what=name, at=_show(moment, reading))
    for name, moment in [("finished", row.finished_at), ("returned", row.returned_at)]:
        if moment is not None and _before(moment, row.accepted_at, reading.zone):
            raise HistoryError(
                "result_before_receipt",
                what=name,
                at=_show(moment, reading),
                accepted=_show(row.accepted_at, reading),
            )
    if row.status in ("finished", "returned") and row.finished_at is None and row.returned_at is None:
        raise HistoryError("result_without_date", status=row.status)


def _consistent(known: Dossier, reading: Reading) -> None:
    row = reading.row
    if reading.procedure.code != known.procedure:
        raise ContradictionError("other_procedure", found=reading.procedure.code, known=known.procedure)
    if row.accepted_at.at != known.accepted_at:
        raise ContradictionError(
            "other_receipt", found=_show(row.accepted_at, reading), known=_when(known.accepted_at, reading)
        )
    if known.outcome in ("finished", "refused") and row.finished_at is None and row.returned_at is None:
        raise ContradictionError("result_gone", known=known.outcome)
    if (
        known.finished_at is not None
        and row.finished_at is not None
        and _moved_finish(known, row.finished_at)
    ):
        raise ContradictionError(
            "other_result", found=_show(row.finished_at, reading), known=_when(known.finished_at, reading)
        )


def _moved_finish(known: Dossier, finished: Moment) -> bool:
    if known.finished_at is None or finished.at == known.finished_at:
        return False
    later_that_day = timedelta(0) <= known.finished_at - finished.at < timedelta(days=1)
    return not (finished.date_only and later_that_day)


def _moved(history: _History, known: Dossier) -> None:
    row, unit = history.reading.row, history.reading.unit
    if unit != known.unit and known.is_open:
        history.add("handed_over", row.status_at, unit=unit, officer=row.officer)
    elif row.officer and row.officer != known.officer:
        history.add("officer_changed", None, officer=row.officer)
    promise = _promise(row)
    if promise and promise != known.promised_at:
        history.add("promise_changed", None, promised_at=promise)


def _clock(history: _History) -> None:
    row, dossier = history.reading.row, history.dossier
    if dossier is None or not dossier.is_open:
        return
    stopped = {"suspended": "suspended", "supplement": "supplement"}.get(row.status or "")
    ended = row.finished_at or row.returned_at or row.status_at
    if dossier.stopped_by is not None and stopped != dossier.stopped_by:
        history.add("resumed" if dossier.stopped_by == "suspended" else "supplemented", ended)
        dossier = history.dossier
    if stopped and dossier is not None and dossier.stopped_by is None and row.finished_at is None:
        history.add("suspended" if stopped == "suspended" else "supplement_requested", row.status_at)


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
    if (
        row.returned_at
        and dossier is not None
        and dossier.returned_at is None
        and dossier.outcome != "withdrawn"
    ):
        history.add("returned", row.returned_at)


def _promise(row: SnapshotRow) -> str | None:
    if row.promised_at is None:
        return None
    return row.promised_at.at.isoformat() + ("/day" if row.promised_at.date_only else "")


def _before(moment: Moment, other: Moment, zone: tzinfo) -> bool:
    if moment.date_only or other.date_only:
        return moment.at.astimezone(zone).date() < other.at.astimezone(zone).date()
    return moment.at < other.at


def _show(moment: Moment, reading: Reading) -> str:
    return f"{moment.at.astimezone(reading.zone):%d/%m/%Y}" if moment.date_only else _when(moment.at, reading)


def _when(instant: datetime, reading: Reading) -> str:
    return f"{instant.astimezone(reading.zone):%d/%m/%Y %H:%M}"

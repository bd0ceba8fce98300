"""Whether a row of a list can be true: by itself, and beside what is known; history is never overwritten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from domain.errors import ContradictionError, HistoryError
from domain.time_limit import SECONDS_OF

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from domain.dossier import Dossier
    from domain.snapshot import Moment, Reading

_RESULTS: Final = ("finished", "returned", "refused")
_STOPS: Final = ("suspended", "financial_obligation", "supplement")
_OPEN: Final = ("processing", *_STOPS)
_FITTING: Final = {
    "finished": ("finished", "returned"),
    "refused": ("refused", "finished", "returned"),
    "withdrawn": ("withdrawn",),
}


def check_alone(reading: Reading) -> None:
    """Refuse a row that cannot be true whatever went before; raises HistoryError."""
    row = reading.row
    dates = [("accepted", row.accepted_at), ("finished", row.finished_at), ("returned", row.returned_at)]
    for name, moment in [*dates, ("status", row.status_at)]:
        if moment is not None and moment.at > reading.now:
            raise HistoryError("future", what=name, at=show(moment, reading.zone))
    for name, moment in dates[1:]:
        if moment is not None and _before(moment, row.accepted_at, reading.zone):
            accepted = show(row.accepted_at, reading.zone)
            raise HistoryError(
                "result_before_receipt", what=name, at=show(moment, reading.zone), accepted=accepted
            )
    ended = row.finished_at or row.returned_at
    if row.status in ("finished", "returned") and ended is None:
        raise HistoryError("result_without_date", status=row.status)
    if row.status in _OPEN and ended is not None:
        raise HistoryError("result_while_open", status=row.status)
    if reading.terms.limit.unit in SECONDS_OF and any(m and m.date_only for m in (row.accepted_at, ended)):
        raise HistoryError("hour_needed")


def check_against(known: Dossier, reading: Reading) -> None:
    """Refuse a row that says otherwise than history does; raises ContradictionError."""
    row, last = reading.row, reading.last
    if last is not None and reading.seen_at < last.at:
        raise ContradictionError("older_list", seen=reading.seen_at, last=last.at)
    if reading.terms.procedure.code != known.procedure:
        raise ContradictionError("other_procedure", found=reading.terms.procedure.code, known=known.procedure)
    if _differ(row.accepted_at, known.accepted_at, reading.zone):
        found = show(row.accepted_at, reading.zone)
        raise ContradictionError("other_receipt", found=found, known=known.accepted_at)
    if row.status == "not_accepted":
        raise ContradictionError("accepted_before", found=row.status, known=known.accepted_at)
    if known.outcome is not None:
        _check_closed(known, reading)
    elif row.status in _STOPS:
        _check_stop(reading)


def _check_stop(reading: Reading) -> None:
    """Refuse a stop dated before a list that showed the dossier running: nobody stops a clock backwards."""
    row, last, zone = reading.row, reading.last, reading.zone
    if last is None or last.status != "processing" or row.status_at is None:
        return
    if row.status_at.at.astimezone(zone).date() < last.at.astimezone(zone).date():
        raise ContradictionError("stopped_before", at=show(row.status_at, zone), last=last.at)


def _check_closed(known: Dossier, reading: Reading) -> None:
    row = reading.row
    if known.outcome in _RESULTS and row.finished_at is None and row.returned_at is None:
        raise ContradictionError("result_gone", known=known.outcome)
    if row.status is not None and row.status not in _FITTING[known.outcome or "finished"]:
        raise ContradictionError("closed_differs", found=row.status, known=known.outcome)
    for key, found, before in [
        ("other_result", row.finished_at, known.finished_at),
        ("other_return", row.returned_at, known.returned_at),
    ]:
        if found is not None and before is not None and _differ(found, before, reading.zone):
            raise ContradictionError(key, found=show(found, reading.zone), known=before)
    if known.returned_at is not None and row.returned_at is None:
        raise ContradictionError("other_return", found="\N{EM DASH}", known=known.returned_at)


def _differ(found: Moment, known: datetime, zone: tzinfo) -> bool:
    """Say whether two moments differ; a day and an hour of that day do not."""
    if found.at == known:
        return False
    local = known.astimezone(zone)
    known_is_a_day = local - local.replace(hour=0, minute=0, second=0, microsecond=0) == timedelta(0)
    if found.date_only or known_is_a_day:
        return found.at.astimezone(zone).date() != local.date()
    return True


def _before(moment: Moment, other: Moment, zone: tzinfo) -> bool:
    if moment.date_only or other.date_only:
        return moment.at.astimezone(zone).date() < other.at.astimezone(zone).date()
    return moment.at < other.at


def show(moment: Moment, zone: tzinfo) -> str:
    """Return a moment of a list as the office writes it."""
    local = moment.at.astimezone(zone)
    return f"{local:%d/%m/%Y}" if moment.date_only else f"{local:%H:%M %d/%m/%Y}"

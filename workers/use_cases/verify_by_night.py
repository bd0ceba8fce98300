"""The nightly verification: the whole record, a piece at a time, and what was altered is kept for ops."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workers.use_cases.office import active_office
from workers.use_cases.prove_notices import AFTER_MIDNIGHT
from workers.use_cases.verify_pieces import Pieces
from workers.use_cases.verify_record import Verified, VerifyRecord, keep_verified, verify_record
from workers.use_cases.verify_totals import Totals

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.working_calendar import WorkingCalendar
    from workers.store.unit_of_work import Store


def verify_by_night(
    store: Store, office_code: str, *, now: datetime, has_time: Callable[[], bool]
) -> VerifyRecord:
    """Go on with the verification of the record, or begin it, while there is time; return what is remembered.

    It begins once a local day, an hour after midnight. What is done is kept after every piece; the next call
    goes on behind it, after midnight too. Whoever runs it at the same time loses nothing and counts nothing
    twice. With nothing to do it costs a look.
    """
    with store.read(office_code) as work:
        record, calendar = verify_record(work), active_office(work).calendar
    running = record.running or _next(record, calendar, now)
    if running is None:
        return record
    pieces, before = Pieces(store, office_code, Totals()), Totals().counts()
    while running is not None and running.place is not None:
        found, place = pieces.do(running.place)
        counted = pieces.totals.counts()
        done = running.went_on(found, place, counted - before, now=now)
        if not _keep(done, running, store, office_code, now):
            break  # somebody else is at it, and further
        running, before = done if has_time() else None, counted
    with store.read(office_code) as work:
        return verify_record(work)


def _next(record: VerifyRecord, calendar: WorkingCalendar, now: datetime) -> Verified | None:
    """Return the verification that is to be begun; None while that of the day is done."""
    today = calendar.local(now - AFTER_MIDNIGHT).date()
    if record.last is not None and calendar.local(record.last.begun - AFTER_MIDNIGHT).date() >= today:
        return None
    return Verified(begun=now, at=now)


def _keep(done: Verified, before: Verified, store: Store, office_code: str, now: datetime) -> bool:
    """Keep what a piece came to, if the record still stands where the piece began."""
    with store.begin(office_code) as work:
        record = verify_record(work, lock=True)
        ended = record.last is not None and record.last.begun >= done.begun
        if ended or (record.running is not None and record.running.place != before.place):
            return False
        kept = record.finished(done) if done.place is None else replace(record, running=done)
        keep_verified(kept, work, now=now)
        work.commit()
    return True

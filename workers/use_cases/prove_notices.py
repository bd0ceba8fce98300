"""The nightly proof: the days since the last one are audited, a batch at a time, and what differs is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from workers.use_cases.audit_notices import BATCH, NoticeAudit
from workers.use_cases.office import active_office
from workers.use_cases.proof_record import MOST_LISTED, Proof, ProofRecord, brief, keep_record, proof_record
from workers.use_cases.unlike import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.working_calendar import WorkingCalendar
    from workers.store.unit_of_work import Store
    from workers.use_cases.audit_notices import Page

AFTER_MIDNIGHT: Final = timedelta(hours=1)
"""When the night's proof begins: what came due last thing in the evening has had its time by then."""


def prove_notices(
    store: Store,
    office_code: str,
    *,
    now: datetime,
    slack: timedelta,
    has_time: Callable[[], bool],
    batch: int = BATCH,
) -> ProofRecord:
    """Go on with the proof of the days before today, or begin it, while there is time; return the record.

    It covers all days since the last proof that came to its end: after an outage of a week that week. What is
    done is kept after every batch; the next call goes on behind it. Whoever runs it at the same time loses
    nothing and counts nothing twice. With nothing to prove it costs a look.
    """
    with store.read(office_code) as work:
        record, calendar = proof_record(work), active_office(work).calendar
    running = record.running or _next(record, calendar, max(slack, AFTER_MIDNIGHT), now)
    if running is None:
        return record
    window = Window(running.begin, running.end)
    audit = NoticeAudit(store, office_code, window, now=now, slack=slack, batch=batch)
    while running is not None and running.after is not None:
        done = _with(running, audit.page(running.after), now)
        if not _keep(done, running, store, office_code, now):
            break  # somebody else is at it, and further
        running = done if has_time() else None
    with store.read(office_code) as work:
        return proof_record(work)


def _next(record: ProofRecord, calendar: WorkingCalendar, wait: timedelta, now: datetime) -> Proof | None:
    """Return the proof that is to be begun; None while the last day that is over has been proven."""
    today = calendar.local(now - wait).date()
    end, yesterday = (
        datetime.combine(day, time(), tzinfo=calendar.zone).astimezone(UTC)
        for day in (today, today - timedelta(days=1))
    )
    begin = record.last.end if record.last else yesterday
    return Proof(begin=begin, end=end, at=now) if begin < end else None


def _with(proof: Proof, page: Page, now: datetime) -> Proof:
    return replace(
        proof,
        at=now,
        after=page.after,
        dossiers=proof.dossiers + page.proven.dossiers,
        due=proof.due + page.proven.due,
        unlike=proof.unlike + page.proven.unlike,
        first=(proof.first + brief(page.unlike))[:MOST_LISTED],
    )


def _keep(done: Proof, before: Proof, store: Store, office_code: str, now: datetime) -> bool:
    """Keep what a batch came to, if the record still stands where the batch began."""
    with store.begin(office_code) as work:
        record = proof_record(work, lock=True)
        proven = record.last is not None and record.last.end >= done.end
        if proven or (record.running is not None and record.running.after != before.after):
            return False
        kept = record.finished(done) if done.after is None else replace(record, running=done)
        keep_record(kept, work, now=now)
        work.commit()
    return True

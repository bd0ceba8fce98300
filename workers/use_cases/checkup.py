"""What `doctor` must know of an office: its machinery, its configuration, the end of its calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.sla import endings
from workers.use_cases.machinery import Machinery, machinery_of
from workers.use_cases.nonconformities import overdue_matters
from workers.use_cases.office import active_office
from workers.use_cases.proof_record import proof_record
from workers.use_cases.verify_record import verify_record

if TYPE_CHECKING:
    from datetime import datetime

    from domain.expiry import Ending
    from domain.working_calendar import WorkingCalendar
    from workers.store.unit_of_work import Store
    from workers.use_cases.proof_record import ProofRecord
    from workers.use_cases.verify_record import VerifyRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """Hold what is judged of one office.

    `provisional` counts open dossiers due beyond the known days, `late_actions` corrective actions past it.
    `anchored_at` is when the last anchor was made; None before the first.
    """

    office: str
    version: int
    digest: str
    machinery: Machinery
    endings: tuple[Ending, ...]
    provisional: int
    late_actions: int
    proof: ProofRecord
    verified: VerifyRecord
    anchored_at: datetime | None
    calendar: WorkingCalendar


def check_up(store: Store, office_code: str, *, now: datetime) -> Checkup:
    """Return what is to be judged of an office; it costs no more with more dossiers."""
    with store.read(office_code) as work:
        office, anchor = active_office(work), work.anchors.last()
        today = office.calendar.local(now).date()
        return Checkup(
            office=office_code,
            version=office.version,
            digest=office.sla.digest,
            machinery=machinery_of(work, now=now),
            endings=endings(office.sla, today=today),
            provisional=work.clocks.count_provisional(),
            late_actions=overdue_matters(work, today=today),
            proof=proof_record(work),
            verified=verify_record(work),
            anchored_at=anchor.made_at if anchor else None,
            calendar=office.calendar,
        )

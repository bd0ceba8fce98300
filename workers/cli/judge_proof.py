"""The work of every night: whether the notices were proven and differed, whether the record was anchored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.cli.findings import Finding
from workers.cli.screen import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from domain.working_calendar import WorkingCalendar
    from workers.use_cases.proof_record import ProofRecord

UNPROVEN: Final = 3
"""Days after which notices nobody has audited are called unproven."""


def judge_proof(record: ProofRecord, calendar: WorkingCalendar, *, now: datetime) -> Iterator[Finding]:
    """Yield a finding for the last proof and one for its age; nothing before there was any."""
    last = record.last
    if last is None:
        return
    first, day = calendar.local(last.begin), day_before(last.end, calendar)
    unlike = last.unlike.total()
    yield Finding(
        check="proof",
        level="warning" if unlike else "ok",
        text=f"{number(unlike)} thông báo không khớp: xem dunghan audit notices "
        f"--from {first:%d/%m/%Y} --to {day:%d/%m/%Y}"
        if unlike
        else f"Thông báo đến hết ngày {day:%d/%m/%Y} đã được đối chiếu, không lệch.",
    )
    if (now - last.end).days >= UNPROVEN:
        text = f"Thông báo sau ngày {day:%d/%m/%Y} chưa được đối chiếu: xem var/log."
        yield Finding(check="unproven", level="trouble", text=text)


def judge_anchors(
    anchored_at: datetime | None, calendar: WorkingCalendar, *, now: datetime
) -> Iterator[Finding]:
    """Yield a finding for the last anchor; nothing before there was any."""
    if anchored_at is None:
        return
    at = f"{calendar.local(anchored_at):%d/%m/%Y}"
    if (now - anchored_at).days >= UNPROVEN:
        text = f"Lịch sử chưa được neo từ ngày {at}: xem var/log."
        yield Finding(check="anchors", level="trouble", text=text)
    else:
        yield Finding(check="anchors", level="ok", text=f"Lịch sử được neo lần cuối ngày {at}.")


def day_before(midnight: datetime, calendar: WorkingCalendar) -> date:
    """Return the last day of a window that ends at a midnight."""
    return calendar.local(midnight).date() - timedelta(days=1)
